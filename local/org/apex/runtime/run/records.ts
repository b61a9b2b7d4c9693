import { ApexList } from '../values/collections.ts';
import type { SObjectValue } from '../values/sobject.ts';
import { sizeOf } from '../values/size.ts';
import type { Value } from '../values/value.ts';
import { ApexException, exception, nullPointer } from './exception.ts';
import type { Access, DmlVerb, Saved } from './host.ts';
import { current } from './transaction.ts';

/** How records are saved. */
export interface Saving {
  readonly access: Access;
  readonly allOrNone: boolean;
  /** The external id of an upsert. */
  readonly by?: string | undefined;
}

function recordsIn(given: Value): readonly SObjectValue[] {
  if (given === null) throw nullPointer();
  return given instanceof ApexList ? (given.items as SObjectValue[]) : [given as SObjectValue];
}

function requireSound(verb: DmlVerb, records: readonly SObjectValue[]): void {
  const blank = records.findIndex((one) => (one as SObjectValue | null) === null);
  if (blank >= 0) throw nullPointer();
  const withId = records.find((one) => one.get('Id') !== null);
  if (verb === 'insert' && withId) {
    throw exception(
      'DmlException',
      'Insert failed. First exception on row 0; first error: INVALID_FIELD_FOR_INSERT_UPDATE, cannot specify Id in an insert call: [Id]',
    );
  }
}

/** In system mode the class that runs says whether sharing counts. */
const inClass = (access: Access): Access =>
  access === 'system' && current().frames.isSharing ? 'sharing' : access;

/** Saves records as one statement. The new ones get their ids. */
export function save(
  verb: DmlVerb,
  given: Value,
  { access, allOrNone, by }: Saving,
): readonly Saved[] {
  const records = recordsIn(given);
  const { usage, host } = current();
  if (records.length === 0) return [];
  usage.use('statements');
  usage.use('statementRows', records.length);
  requireSound(verb, records);
  current().hasUncommittedWork = true;
  const saved = host.save(verb, records, {
    access: inClass(access),
    allOrNone,
    ...(by === undefined ? {} : { by }),
  });
  for (const [at, one] of saved.entries()) {
    if (one.errors.length === 0 && one.id !== null) records[at]?.put('Id', one.id);
  }
  if (allOrNone) requireAll(verb, saved);
  return saved;
}

const capital = (verb: string): string => verb.slice(0, 1).toUpperCase() + verb.slice(1);

/** @throws ApexException where a record was refused */
function requireAll(verb: DmlVerb, saved: readonly Saved[]): void {
  const failures = saved.flatMap(({ id, errors }, index) =>
    errors
      .filter(({ statusCode }) => statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK')
      .map((one) => ({ ...one, index, id })),
  );
  const [first] = failures;
  if (!first) return;
  const row = first.id === null ? `row ${first.index}` : `row ${first.index} with id ${first.id}`;
  const fields = `[${first.fields.join(', ')}]`;
  const problem = new ApexException(
    'System.DmlException',
    `${capital(verb)} failed. First exception on ${row}; first error: ${first.statusCode}, ${first.message}: ${fields}`,
  );
  problem.failures = failures;
  throw problem;
}

/** Runs a query of a loop, which holds no more of it than it goes through. Its rows may stand for one record. */
export function rowsOf(soql: string, access: Access): ApexList {
  const { usage, host } = current();
  usage.use('queries');
  const rows = host.query(soql, inClass(access));
  usage.use('queryRows', rows.length);
  const [, object = 'SObject'] = /\bFROM\s+(\w+)/i.exec(soql) ?? [];
  return new ApexList(rows[0]?.type ?? object, [...rows], true);
}

/** Runs a query whose rows are held. */
export function query(soql: string, access: Access): ApexList {
  const list = rowsOf(soql, access);
  const [first] = list.items;
  if (first) current().heap.grow(list, list.items.length * sizeOf([first]));
  return list;
}

/** `SELECT COUNT() FROM …` */
export const count = (soql: string, access: Access): number => {
  const list = rowsOf(soql.replace(/COUNT\s*\(\s*\)/i, 'Id'), access);
  return list.items.length;
};

/** The same behind `?.`, where a query without rows is null. */
export const rowOrNull = (list: Value): Value =>
  list instanceof ApexList && list.items.length === 0 ? null : oneRow(list);

/** The one row of a query that stands for a record. @throws ApexException where there are none, or several */
export function oneRow(list: Value): Value {
  if (!(list instanceof ApexList)) return list;
  const [row, ...more] = list.items;
  if (row === undefined) {
    throw exception('QueryException', 'List has no rows for assignment to SObject');
  }
  if (more.length > 0) {
    throw exception('QueryException', 'List has more than 1 row for assignment to SObject');
  }
  return row;
}
