import type { Query } from '@jetstreamapp/soql-parser-js';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';

const MOST = 2;

/** A comparison of a filter with a query, and what stands around it. */
interface Join {
  readonly field: string;
  readonly inner: Query;
  /** The operators between the conditions of its parentheses, or of the whole filter. */
  readonly operators: ReadonlySet<string>;
  readonly isNested: boolean;
  /** Whether `NOT` stands before it, or before parentheses around it. */
  readonly isNegated: boolean;
}

interface Condition {
  readonly field?: string;
  readonly openParen?: number;
  readonly closeParen?: number;
  readonly valueQuery?: Query;
}

interface Clause {
  readonly left: Condition | null;
  readonly operator?: string;
  readonly right?: Clause;
}

/** The whole filter, or what stands in one pair of parentheses. */
interface Level {
  readonly operators: Set<string>;
  readonly isNegated: boolean;
}

const joinOf = (
  left: Condition,
  inner: Query,
  levels: readonly Level[],
  isAfterNot: boolean,
): Join => ({
  field: left.field ?? '',
  inner,
  operators: levels.at(-1)?.operators ?? new Set(),
  isNested: levels.length > 1,
  isNegated: isAfterNot || levels.some((one) => one.isNegated),
});

const none: Condition = {};

function joinsOf(query: Query): readonly Join[] {
  const levels: Level[] = [{ operators: new Set(), isNegated: false }];
  const joins: Join[] = [];
  let isAfterNot = false;
  for (let at = query.where as Clause | undefined; at; at = at.right) {
    const { openParen = 0, closeParen = 0, ...left } = at.left ?? none;
    for (let n = 0; n < openParen; n++) {
      levels.push({ operators: new Set(), isNegated: isAfterNot });
      isAfterNot = false;
    }
    if (left.valueQuery) joins.push(joinOf(left, left.valueQuery, levels, isAfterNot));
    for (let n = 0; n < closeParen; n++) levels.pop();
    isAfterNot = at.operator === 'NOT';
    if (at.operator !== undefined && !isAfterNot) levels.at(-1)?.operators.add(at.operator);
  }
  return joins;
}

/** What the guide says that the other query may not have. */
function clauseProblem({ inner }: Join): string | undefined {
  const [selected] = inner.fields ?? [];
  const clauses = {
    'COUNT()': selected?.type === 'FieldFunctionExpression' && selected.functionName === 'COUNT',
    'FOR UPDATE': inner.for === 'UPDATE',
    'ORDER BY': inner.orderBy !== undefined,
    LIMIT: inner.limit !== undefined,
  };
  const clause = Object.entries(clauses).find(([, isThere]) => isThere)?.[0];
  return clause && `${clause} is not supported in semi join sub-selects`;
}

const fieldOf = (object: ObjectDefinition, name: string): FieldDefinition | undefined =>
  object.fields.find((one) => one.name.toLowerCase() === name.toLowerCase());

type Objects = (name: string) => ObjectDefinition | undefined;

/** The field at the end of a path over parents; undefined where a parent may be of several objects. */
function fieldAt(object: ObjectDefinition, path: string, objects: Objects) {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let here: ObjectDefinition | undefined = object;
  for (const [at, name] of names.entries()) {
    if (at === 0 && name.toLowerCase() === object.name.toLowerCase()) continue;
    const parent: FieldDefinition | undefined = here.fields.find(
      (one) => one.relationshipName?.toLowerCase() === name.toLowerCase(),
    );
    here = parent?.referenceTo.length === 1 ? objects(parent.referenceTo[0] ?? '') : undefined;
    if (!here) return undefined;
  }
  const field = fieldOf(here, last);
  return field && { field, object: here };
}

type Found = NonNullable<ReturnType<typeof fieldAt>>;

const isKey = ({ field }: Found): boolean => field.type === 'id' || field.type === 'reference';

const targetsOf = ({ field, object }: Found): readonly string[] =>
  field.type === 'id' ? [object.name] : field.referenceTo;

function keysProblem(outer: ObjectDefinition, { field, inner }: Join, objects: Objects) {
  const [selected, ...more] = inner.fields ?? [];
  const object = objects(inner.sObject ?? '');
  if (selected?.type !== 'Field' || more.length > 0 || !object) return undefined;
  const left = fieldAt(outer, field, objects);
  const right = fieldAt(object, selected.field, objects);
  if (!left || !right) return undefined;
  if (!isKey(left)) {
    return `The left operand field in the where expression for outer query should be an id or reference field, cannot use: '${field}'`;
  }
  if (!isKey(right)) {
    return `Semi join sub-selects can only query id fields, cannot use: '${selected.field}'`;
  }
  if (object.name === outer.name) {
    return 'The inner and outer selects should not be on the same object type';
  }
  const [one, other] = [targetsOf(left), targetsOf(right)];
  const isSame = one.length === 0 || other.length === 0 || one.some((name) => other.includes(name));
  return isSame
    ? undefined
    : `The selected field '${selected.field}' in the subquery and the left operand field in the where expression in the outer query '${field}' should point to the same object type`;
}

/**
 * What Salesforce refuses of comparisons with another query; undefined where there is nothing.
 * @param objects by their names, in any case
 */
export function semiJoinProblem(
  query: Query,
  object: ObjectDefinition,
  objects: Objects,
): string | undefined {
  const joins = joinsOf(query);
  if (joins.length > MOST) return `Maximum ${MOST} semi join sub-selects are allowed.`;
  for (const join of joins) {
    if (joinsOf(join.inner).length > 0) return 'Nesting of semi join sub-selects is not supported';
    if (join.operators.has('OR')) {
      return join.isNested
        ? 'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.'
        : "Semi join sub-selects are not allowed with the 'OR' operator";
    }
    if (join.isNegated) return "Semi join sub-selects are not allowed with the 'NOT' operator";
    const problem = clauseProblem(join) ?? keysProblem(object, join, objects);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
