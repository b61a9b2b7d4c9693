import { createRecords, updateRecords, type SaveResult } from '../../write/batch.ts';
import type { Caller } from '../../model/caller.ts';
import { deleteRecords } from '../../write/delete.ts';
import { toId18 } from '../../model/ids.ts';
import { compile } from '../../soql/compile.ts';
import { RecordBuilder } from '../../soql/run.ts';
import type { ObjectDefinition } from '../../model/schema.ts';
import { fetchProblem, GraphqlProblem, shownProblem, type ShownProblem } from '../problem.ts';
import { shapeOf, type Reading } from './records.ts';
import type { Selected } from './select.ts';
import type { Change } from '../schema/sources.ts';
import { entriesOf, isInput, quotedText, type Input } from './where.ts';

export interface Mutating extends Reading {
  readonly caller: Caller;
}

/** What one operation of a mutation did. */
interface Outcome {
  readonly selected: Selected;
  readonly change: Change;
  /** Of the record; undefined when nothing was written. */
  readonly id?: string;
  readonly answer: unknown;
  readonly problems: readonly ShownProblem[];
}

const halted =
  'The transaction was rolled back since another operation in the same transaction failed.';

/** The id that `@{alias}` stands for, or the text itself. */
function resolved(value: unknown, before: readonly Outcome[], { node }: Selected): unknown {
  const alias = typeof value === 'string' ? /^@\{(\w+)\}$/.exec(value)?.[1] : undefined;
  if (alias === undefined) return value;
  const named = before.find(({ selected }) => selected.key === alias);
  if (!named || named.change === 'Update') {
    throw fetchProblem(
      `@{${alias}} must name a Create or a Delete that stands before this operation.`,
      node,
    );
  }
  if (named.id !== undefined) return named.id;
  throw fetchProblem(`The operation ${alias}, whose record @{${alias}} names, failed.`, node);
}

/** @throws GraphqlProblem for an id that is not one of the object's */
function idOf(
  org: Reading['org'],
  object: ObjectDefinition,
  given: unknown,
  { node }: Selected,
): string {
  const id = toId18(String(given));
  if (id !== undefined && org.objectOfId(id) === object) return id;
  throw fetchProblem(`${object.label} ID: id value of incorrect type: ${String(given)}`, node);
}

function saved(result: SaveResult | undefined, selected: Selected): string {
  if (result?.success === true) return result.id;
  const paths = ['uiapi', selected.key];
  throw new GraphqlProblem(
    (result?.errors ?? []).map(({ message }) =>
      shownProblem('DataFetchingException', message, [selected.node], paths),
    ),
  );
}

function write(
  { org, caller }: Mutating,
  object: ObjectDefinition,
  change: Change,
  selected: Selected,
  before: readonly Outcome[],
): string {
  const input = selected.args['input'] as Input;
  const id = (): string => idOf(org, object, resolved(input['Id'], before, selected), selected);
  if (change === 'Delete') return saved(deleteRecords(org, caller, [id()], true)[0], selected);
  const values = Object.fromEntries(
    entriesOf(input[object.name]).map(([name, value]) => [name, resolved(value, before, selected)]),
  );
  const type = object.name;
  if (change === 'Create') {
    return saved(createRecords(org, caller, [{ type, record: values }], true)[0], selected);
  }
  const record = { ...values, Id: id() };
  return saved(updateRecords(org, caller, [{ type, record }], true)[0], selected);
}

/** Parents and children are not in the answer of a mutation. */
function refuseRelationships(fields: readonly Selected[]): void {
  for (const { name, node, source } of fields) {
    if (source?.kind !== 'parent' && source?.kind !== 'children') continue;
    throw fetchProblem(`The field ${name} is not currently available in mutation results.`, node);
  }
}

/** The record as the user sees it after the change. */
function recordOf(
  reading: Reading,
  object: ObjectDefinition,
  { fields }: Selected,
  id: string,
): unknown {
  const { org, version } = reading;
  const { paths, node } = shapeOf(reading, object, fields, false);
  const soql = `SELECT ${[...paths].join(', ')} FROM ${object.name} WHERE Id = ${quotedText(id)}`;
  const compiled = compile(org, soql, false);
  const row = org.db.get(compiled.sql, ...compiled.values);
  return row ? node(new RecordBuilder(org, version).build(compiled, row)) : null;
}

function payload(
  mutating: Mutating,
  object: ObjectDefinition,
  selected: Selected,
  id: string,
): unknown {
  return Object.fromEntries(
    selected.fields.map((one) => {
      if (one.name === '__typename') return [one.key, one.owner];
      return [one.key, one.name === 'Id' ? id : recordOf(mutating, object, one, id)];
    }),
  );
}

function run(mutating: Mutating, selected: Selected, before: readonly Outcome[]): Outcome {
  const { source } = selected;
  if (source?.kind !== 'mutation') throw new Error(`${selected.name} is no operation.`);
  const { object, change } = source;
  try {
    const id = write(mutating, object, change, selected, before);
    return { selected, change, id, answer: payload(mutating, object, selected, id), problems: [] };
  } catch (error) {
    if (!(error instanceof GraphqlProblem)) throw error;
    const paths = ['uiapi', selected.key];
    const problems = error.shown.map((one) => ({ ...one, paths }));
    return { selected, change, answer: null, problems };
  }
}

function runAll(mutating: Mutating, operations: readonly Selected[]): readonly Outcome[] {
  const done: Outcome[] = [];
  for (const one of operations) done.push(run(mutating, one, done));
  return done;
}

const isGood = ({ problems }: Outcome): boolean => problems.length === 0;

/** The good ones of a mutation that was undone say so. */
function rolledBack(outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.map((one) => {
    const { key, node } = one.selected;
    const problem = shownProblem('DataFetchingException', halted, [node], ['uiapi', key]);
    return isGood(one) ? { ...one, answer: null, problems: [problem] } : one;
  });
}

/**
 * The operations below the `uiapi` of a mutation, one after the other. Unless `allOrNone` is false, one that fails
 * undoes all; else it is null in the answer, and the others stay.
 */
export function mutate(
  mutating: Mutating,
  uiapi: Selected,
): {
  readonly answer: Readonly<Record<string, unknown>>;
  readonly problems: readonly ShownProblem[];
} {
  const operations = uiapi.fields.filter(({ source }) => source?.kind === 'mutation');
  for (const { fields } of operations) {
    for (const one of fields) refuseRelationships(one.fields);
  }
  const { input } = uiapi.args;
  const allOrNone = !(isInput(input) && input['allOrNone'] === false);
  const keep = (all: readonly Outcome[]): boolean => !allOrNone || all.every(isGood);
  const run = mutating.org.db.transaction(() => runAll(mutating, operations), keep);
  const outcomes = keep(run) ? run : rolledBack(run);
  const answers = new Map(outcomes.map(({ selected, answer }) => [selected, answer]));
  return {
    answer: Object.fromEntries(
      uiapi.fields.map((one) => [one.key, answers.has(one) ? answers.get(one) : one.owner]),
    ),
    problems: outcomes.flatMap(({ problems }) => problems),
  };
}
