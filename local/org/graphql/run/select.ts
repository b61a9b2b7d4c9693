import {
  getNamedType,
  isAbstractType,
  isObjectType,
  isUnionType,
  valueFromASTUntyped,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';
import { notEmulated } from '../problem.ts';
import { sourceOf, type Source } from '../schema/sources.ts';

/** What all fields of one operation share. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A field that is asked for, fragments and directives worked out. */
export interface Selected {
  /** Its name in the answer: the alias where it has one. */
  readonly key: string;
  readonly name: string;
  readonly node: FieldNode;
  /** The type that it is a field of. */
  readonly owner: string;
  readonly source: Source | undefined;
  /** In the order in which they were written, which is that of an `orderBy`. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly fields: readonly Selected[];
}

function isIncluded(operation: Operation, directives: readonly DirectiveNode[] = []): boolean {
  return directives.every(({ name, arguments: given = [] }) => {
    const condition = given.find((one) => one.name.value === 'if');
    const value = condition && valueFromASTUntyped(condition.value, operation.variables);
    if (name.value === 'skip') return value !== true;
    return name.value !== 'include' || value === true;
  });
}

/** Whether a fragment on a type holds for records of another. */
function applies(operation: Operation, condition: string, type: GraphQLObjectType): boolean {
  const asked = operation.schema.getType(condition);
  if (asked === type) return true;
  return isAbstractType(asked) && operation.schema.isSubType(asked, type);
}

function addFields(
  operation: Operation,
  type: GraphQLObjectType,
  selections: readonly SelectionNode[],
  found: Map<string, FieldNode[]>,
): void {
  for (const one of selections) {
    if (!isIncluded(operation, one.directives)) continue;
    if (one.kind === 'Field') {
      const key = one.alias?.value ?? one.name.value;
      const same = found.get(key);
      if (same) same.push(one);
      else found.set(key, [one]);
      continue;
    }
    const fragment = one.kind === 'InlineFragment' ? one : operation.fragments.get(one.name.value);
    const condition = fragment?.typeCondition?.name.value ?? type.name;
    if (fragment && applies(operation, condition, type)) {
      addFields(operation, type, fragment.selectionSet.selections, found);
    }
  }
}

/** The type of a field's value; the one member of a union. */
function typeOf(owner: GraphQLObjectType, name: string): GraphQLObjectType | undefined {
  const field = owner.getFields()[name];
  const type = field && getNamedType(field.type);
  if (isUnionType(type)) return type.getTypes()[0];
  return isObjectType(type) ? type : undefined;
}

function selected(
  operation: Operation,
  owner: GraphQLObjectType,
  key: string,
  nodes: readonly [FieldNode, ...FieldNode[]],
): Selected {
  const [node] = nodes;
  const name = node.name.value;
  if (name === '__schema' || name === '__type') throw notEmulated('introspection', node);
  const field = owner.getFields()[name];
  const source = field && sourceOf(field);
  if (source?.kind === 'notEmulated') throw notEmulated(source.what, node);
  const type = typeOf(owner, name);
  return {
    key,
    name,
    node,
    owner: owner.name,
    source,
    args: Object.fromEntries(
      (node.arguments ?? [])
        .map(
          (one) => [one.name.value, valueFromASTUntyped(one.value, operation.variables)] as const,
        )
        .filter(([, value]) => value !== undefined && value !== null),
    ),
    fields: type
      ? select(
          operation,
          type,
          nodes.flatMap((one) => one.selectionSet?.selections ?? []),
        )
      : [],
  };
}

/**
 * The fields of a validated selection, in the order of the answer.
 * @throws GraphqlProblem for what this org does not emulate
 */
export function select(
  operation: Operation,
  type: GraphQLObjectType,
  selections: readonly SelectionNode[],
): readonly Selected[] {
  const found = new Map<string, FieldNode[]>();
  addFields(operation, type, selections, found);
  return [...found].flatMap(([key, [first, ...more]]) =>
    first ? [selected(operation, type, key, [first, ...more])] : [],
  );
}
