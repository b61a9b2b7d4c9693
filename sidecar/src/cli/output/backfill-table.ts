import type { BackfillResult } from '../../sync/pipeline/backfill.ts';
import { readBeforeText } from '../../sync/report/read-before.ts';
import type { MappingReport } from '../../sync/report/run-report.ts';
import { ANYWHERE, type Screen, tableText } from './table.ts';

/** Failures and adoptions that a mapping's list shows before it says how many more there are. */
const SHOWN = 5;

type Column = readonly [string, (row: MappingReport) => string | number];

const NAMES: readonly Column[] = [
  ['Mapping', ({ label }) => label],
  ['In Salesforce as', ({ object }) => object],
  ['Read', ({ read }) => read],
];

/** The outcome of a backfill, as a table and a list of what failed and why. */
export function describeResult(result: BackfillResult, screen: Screen = ANYWHERE): string {
  const columns: readonly Column[] = [
    ...NAMES,
    ['Wanted', ({ wanted }) => wanted],
    ['New', ({ created }) => created],
    ['Adopted', ({ adopted }) => adopted],
    ['Updated', ({ updated }) => updated],
    ...toTheShop(result),
    ['Same', ({ unchanged }) => unchanged],
    ['Removed', ({ removed }) => removed],
    ...leftOut(result),
    ['Failed', ({ failed }) => failed],
  ];
  return [
    ...[`Store ${result.store}`, readBeforeText(result.before)].filter((line) => line !== null),
    tableOf(columns, result.mappings, screen),
    ...result.mappings.flatMap(describeFailures),
    ...result.mappings.flatMap(describeKept),
    ...result.mappings.flatMap(describeNotes),
    ...describeLists(result),
  ].join('\n');
}

/** What a backfill would do, as a table, with records that it would adopt or refuse. */
export function describeDryRun(result: BackfillResult, screen: Screen = ANYWHERE): string {
  const columns: readonly Column[] = [
    ...NAMES,
    ['Not wanted', ({ read, wanted }) => read - wanted],
    ['Create', ({ created }) => created],
    ['Adopt', ({ adopted }) => adopted],
    ['Update', ({ updated }) => updated],
    ...toTheShop(result),
    ['Same', ({ unchanged }) => unchanged],
    ['Remove', ({ removed }) => removed],
    ...leftOut(result),
    ['Ambiguous', ({ ambiguous }) => ambiguous],
    ['Fail', ({ failed, ambiguous }) => failed - ambiguous],
  ];
  return [
    `Store ${result.store}: what a backfill would do. Nothing was written.`,
    tableOf(columns, result.mappings, screen),
    ...result.mappings.flatMap(describeAdoptions),
    ...result.mappings.flatMap(describeFailures),
    ...result.mappings.flatMap(describeNotes),
    ...describeLists(result),
  ].join('\n');
}

/** Most loads only bring. */
function toTheShop(result: BackfillResult): readonly Column[] {
  return ifAny(result, 'To the shop', ({ pushed }) => pushed);
}

/** Most people decide of no record. */
function leftOut(result: BackfillResult): readonly Column[] {
  return ifAny(result, 'Left out', (row) => row.leftOut);
}

function ifAny(
  { mappings }: BackfillResult,
  name: string,
  count: (row: MappingReport) => number,
): readonly Column[] {
  return mappings.some((row) => count(row) > 0) ? [[name, count]] : [];
}

function tableOf(
  columns: readonly Column[],
  rows: readonly MappingReport[],
  screen: Screen,
): string {
  const cells = rows.map((row) => columns.map(([, value]) => value(row)));
  const colAligns = columns.map((_column, at) => (at < 2 ? 'left' : 'right'));
  return tableText(
    columns.map(([name]) => name),
    cells,
    screen,
    2,
    { colAligns },
  );
}

function describeAdoptions({ label, adoptions, adopted }: MappingReport): string[] {
  const shown = adoptions.slice(0, SHOWN);
  const lines = shown.map(
    ({ key, recordId, byId }) =>
      `${label} ${key} would be ${recordId}${byId ? ', which keeps the key that it has' : ''}.`,
  );
  if (adopted > shown.length) lines.push(`${label}: ${adopted - shown.length} more adopted.`);
  return lines;
}

function describeFailures({ label, failures, failed }: MappingReport): string[] {
  const shown = failures.slice(0, SHOWN);
  const lines = shown.map(({ key, code, message }) => `${label} ${key}: ${code}: ${message}`);
  if (failed > shown.length) lines.push(`${label}: ${failed - shown.length} more failed.`);
  return lines;
}

function describeNotes({ label, notes, noted }: MappingReport): string[] {
  const shown = notes.slice(0, SHOWN);
  const lines = shown.map(({ key, message }) => `${label} ${key}: ${message}`);
  if (noted > shown.length) lines.push(`${label}: ${noted - shown.length} more like these.`);
  return lines;
}

function describeLists({ lists }: BackfillResult): string[] {
  return lists.map(({ list, code, message, cure }) => `${list}: ${code}: ${message} ${cure}`);
}

function describeKept({ label, kept }: MappingReport): string[] {
  if (kept === 0) return [];
  return [
    `${label}: ${kept} field${kept === 1 ? '' : 's'} that differed when first compared ${kept === 1 ? 'keeps' : 'keep'} what Salesforce has, since a person may have typed it.`,
  ];
}
