import type { OrgView } from '../../model/org-view.ts';
import { compile } from '../../soql/compile.ts';
import { RecordBuilder, type ResultRecord } from '../../soql/run.ts';
import type { FieldDefinition, ObjectDefinition } from '../../model/schema.ts';
import { entriesByPath, ordered } from './order.ts';
import { connectionObject, countRows } from './paging.ts';
import { fetchProblem, notEmulated } from '../problem.ts';
import type { Reading } from './records.ts';
import type { Selected } from './select.ts';
import { valueObject } from './values.ts';
import { conditions, whereClause } from './where.ts';

type Reader = (record: ResultRecord) => unknown;

/** What a count gives, and what a function of dates gives. */
const whole: Pick<FieldDefinition, 'type' | 'scale' | 'picklistValues'> = {
  type: 'int',
  scale: 0,
  picklistValues: [],
};
const ofItsField = new Set(['MIN', 'MAX', 'SUM', 'AVG']);
const computing = new Set(['COUNT', 'COUNT_DISTINCT', 'MIN', 'MAX', 'SUM', 'AVG']);

/** The SELECT list of an aggregate query, each expression once, and what the records are grouped by. */
class Expressions {
  readonly groups: ReadonlySet<string>;
  private readonly aliases = new Map<string, string>();

  constructor(groups: ReadonlySet<string>) {
    this.groups = groups;
  }

  /** The name of an expression's value in the records. */
  alias(expression: string): string {
    const known = this.aliases.get(expression);
    if (known !== undefined) return known;
    const alias = `e${this.aliases.size}`;
    this.aliases.set(expression, alias);
    return alias;
  }

  /** @throws GraphqlProblem for something that is not the same for all records of a group */
  grouped(expression: string, node: Selected['node']): string {
    if (this.groups.has(expression)) return this.alias(expression);
    throw fetchProblem(`Field must be grouped or aggregated: ${expression}`, node);
  }

  list(): string {
    return [...this.aliases].map(([expression, alias]) => `${expression} ${alias}`).join(', ');
  }
}

function functionReader(
  expressions: Expressions,
  selected: Selected,
  path: string,
  field: FieldDefinition,
  name: string,
): Reader {
  const expression = `${name}(${path})`;
  const alias = computing.has(name)
    ? expressions.alias(expression)
    : expressions.grouped(expression, selected.node);
  const shown = ofItsField.has(name) ? field : whole;
  return (record) => valueObject(selected.fields, shown, record[alias]);
}

/** `Currency_Code__c { value }`, `Total__c { sum { value } }`, or both of a field. */
function fieldReader(
  expressions: Expressions,
  selected: Selected,
  path: string,
  field: FieldDefinition,
): Reader {
  const readers = selected.fields.map((one): readonly [string, Reader] => {
    if (one.source?.kind === 'function') {
      return [one.key, functionReader(expressions, one, path, field, one.source.name)];
    }
    if (one.name === '__typename') return [one.key, () => one.owner];
    const alias = expressions.grouped(path, one.node);
    return [one.key, (record) => valueObject([one], field, record[alias])[one.key]];
  });
  return (record) => Object.fromEntries(readers.map(([key, read]) => [key, read(record)]));
}

function reader(expressions: Expressions, fields: readonly Selected[], prefix: string): Reader {
  const readers = fields.map((one): readonly [string, Reader] => {
    const { key, name, source, owner } = one;
    if (source?.kind === 'parent') {
      return [key, reader(expressions, one.fields, `${prefix}${name}.`)];
    }
    if (source?.kind === 'value') {
      return [key, fieldReader(expressions, one, prefix + name, source.field)];
    }
    return [key, () => owner];
  });
  return (record) => Object.fromEntries(readers.map(([key, read]) => [key, read(record)]));
}

/** The expressions that an argument `groupBy` names. */
function groupsOf(org: OrgView, object: ObjectDefinition, { args, node }: Selected): Set<string> {
  const { groupBy } = args as { groupBy?: { readonly type?: unknown } };
  if (groupBy?.type !== undefined && groupBy.type !== 'GROUP_BY') {
    throw notEmulated('ROLLUP and CUBE', node);
  }
  const entries = entriesByPath(org.schema(), object, groupBy);
  return new Set(
    entries.flatMap(({ path, input }) => {
      const { function: name, group } = input;
      if (typeof name === 'string') return [`${name}(${path})`];
      return group === true ? [path] : [];
    }),
  );
}

/** Ends with the groups themselves, so that pages do not overlap. */
function orderOf(
  org: OrgView,
  object: ObjectDefinition,
  expressions: Expressions,
  { args, node }: Selected,
): string {
  const parts = entriesByPath(org.schema(), object, args['orderBy']).map(({ path, input }) => {
    const { function: name } = input;
    if (typeof name === 'string') return ordered(`${name}(${path})`, input);
    expressions.grouped(path, node);
    return ordered(path, input);
  });
  const all = [...parts, ...expressions.groups];
  return all.length === 0 ? '' : ` ORDER BY ${all.join(', ')}`;
}

/**
 * Groups of an object's records, as `aggregate` gives them: one SQL statement, and one more for `totalCount`.
 * @throws GraphqlProblem or ApiError for what cannot be asked
 */
export function groups(
  { org, version }: Reading,
  object: ObjectDefinition,
  selected: Selected,
): unknown {
  const expressions = new Expressions(groupsOf(org, object, selected));
  const nodes = new Map(
    selected.fields
      .filter(({ name }) => name === 'edges')
      .flatMap(({ fields }) => fields.filter(({ name }) => name === 'node'))
      .map((node) => [node, aggregateReader(expressions, node)] as const),
  );
  const order = orderOf(org, object, expressions, selected);
  expressions.alias('COUNT(Id)');
  const where = whereClause(conditions(org.schema(), object, selected.args['where']));
  const by = [...expressions.groups];
  const group = by.length === 0 ? '' : ` GROUP BY ${by.join(', ')}`;
  const soql = `SELECT ${expressions.list()} FROM ${object.name}${where}${group}${order}`;
  const compiled = compile(org, soql, false);
  const { values } = compiled;
  const builder = new RecordBuilder(org, version);
  return connectionObject({
    org,
    selected,
    compiled,
    values,
    node: (node, row) => nodes.get(node)?.(builder.build(compiled, row)),
    total: () => {
      if (by.length > 0) return countRows(org, compiled, values);
      throw notEmulated('totalCount without groupBy, for which Id { count { value } } stands,');
    },
  });
}

/** A node has `aggregate`, which has the fields. */
function aggregateReader(expressions: Expressions, node: Selected): Reader {
  const readers = node.fields.map((one): readonly [string, Reader] =>
    one.name === '__typename'
      ? [one.key, () => one.owner]
      : [one.key, reader(expressions, one.fields, '')],
  );
  return (record) => Object.fromEntries(readers.map(([key, read]) => [key, read(record)]));
}
