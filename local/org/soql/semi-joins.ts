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

function joinsOf(query: Query): readonly Join[] {
  const levels = [new Set<string>()];
  const joins: Join[] = [];
  for (let at = query.where as Clause | undefined; at; at = at.right) {
    const { left, operator } = at;
    for (let n = 0; n < (left?.openParen ?? 0); n++) levels.push(new Set());
    if (left?.valueQuery) {
      joins.push({
        field: left.field ?? '',
        inner: left.valueQuery,
        operators: levels.at(-1) ?? new Set(),
        isNested: levels.length > 1,
      });
    }
    for (let n = 0; n < (left?.closeParen ?? 0); n++) levels.pop();
    if (operator !== undefined) levels.at(-1)?.add(operator);
  }
  return joins;
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
    const problem = keysProblem(object, join, objects);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
