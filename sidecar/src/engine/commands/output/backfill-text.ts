import type { OrgLimits } from '../../../ports/org.ts';
import type { BackfillResult } from '../../../sync/pipeline/backfill.ts';
import type { CountedNeeds } from '../../../sync/pipeline/counted-needs.ts';
import type { BackfillProgress } from '../../../sync/report/backfill-progress.ts';
import { readBeforeText } from '../../../sync/report/read-before.ts';
import type { MappingReport } from '../../../sync/report/run-report.ts';
import { count, first } from './result-text.ts';

/** Failures, adoptions and notes of one mapping. */
const SHOWN = 10;

type Counts = readonly (readonly [number, string])[];

/** What a load has done, a paragraph per mapping: fields in Salesforce keep no columns. */
export function resultOfLoad({ store, mappings, lists, before }: BackfillResult): string {
  return [
    ...[`Store ${store}`, readBeforeText(before)].filter((line) => line !== null),
    ...mappings.flatMap((row) => [
      '',
      headOf(row, [
        [row.created, 'created'] as const,
        [row.adopted, 'adopted'] as const,
        [row.updated, 'updated'] as const,
        [row.pushed, 'changed in the shop'] as const,
        [row.unchanged, 'the same'] as const,
        [row.removed, 'removed'] as const,
        ...leftOut(row),
        [row.failed, 'failed'] as const,
      ]),
      ...failuresOf(row),
      ...notesOf(row),
    ]),
    ...listsOf(lists),
  ].join('\n');
}

/** What a load would do, in the same way, and what it would take. */
export function resultOfDryRun(
  { store, mappings, lists }: BackfillResult,
  needs: CountedNeeds,
  limits: OrgLimits,
): string {
  return [
    `Store ${store}: what a backfill would do. Nothing was written.`,
    ...mappings.flatMap((row) => [
      '',
      headOf(row, [
        [row.created, 'to create'] as const,
        [row.adopted, 'to adopt'] as const,
        [row.updated, 'to update'] as const,
        [row.pushed, 'to change in the shop'] as const,
        [row.unchanged, 'the same'] as const,
        [row.removed, 'to remove'] as const,
        ...leftOut(row),
        [row.ambiguous, 'ambiguous'] as const,
        [row.failed - row.ambiguous, 'would fail'] as const,
      ]),
      ...adoptionsOf(row),
      ...failuresOf(row),
      ...notesOf(row),
    ]),
    ...listsOf(lists),
    // What could not be read was not counted.
    ...(lists.length > 0 ? [] : ['', needsLine(needs), ...leftLines(needs, limits)]),
  ].join('\n');
}

/** Said only where people have left records out. */
function leftOut(row: MappingReport): Counts {
  return row.leftOut === 0 ? [] : [[row.leftOut, 'left out as decided']];
}

export function progressText({ store, list, read, total, resumed }: BackfillProgress): string {
  const again = resumed ? ' It goes on where an earlier run had stopped.' : '';
  return `Store ${store}, ${list}: ${number(read)} of ${count(total, 'record')} read.${again}`;
}

function headOf({ label, object, read, wanted }: MappingReport, counts: Counts): string {
  const parts = counts.map(([many, what]) => `${number(many)} ${what}`);
  return `${label} → ${object}: ${number(read)} read, ${number(wanted)} wanted: ${parts.join(', ')}.`;
}

function adoptionsOf({ adoptions, adopted }: MappingReport): readonly string[] {
  const lines = adoptions.map(
    ({ key, recordId, byId }) =>
      `- ${key} would be ${recordId}${byId ? ', which keeps the key that it has' : ''}.`,
  );
  return shown(lines, adopted, 'adopted');
}

function failuresOf({ failures, failed }: MappingReport): readonly string[] {
  const lines = failures.map(({ key, code, message }) => `- ${key}: ${code}: ${message}`);
  return shown(lines, failed, 'failed');
}

function notesOf({ notes, noted }: MappingReport): readonly string[] {
  return shown(
    notes.map(({ key, message }) => `- ${key}: ${message}`),
    noted,
    'like these',
  );
}

/** A report keeps the first ones, and counts them all. */
function shown(lines: readonly string[], all: number, what: string): readonly string[] {
  const some = lines.slice(0, SHOWN);
  return all > some.length ? [...some, `- ${number(all - some.length)} more ${what}.`] : some;
}

function listsOf(lists: BackfillResult['lists']): readonly string[] {
  const lines = lists.map(
    ({ list, code, message, cure }) => `${list}: ${code}: ${message} ${cure}`,
  );
  return lines.length === 0 ? [] : ['', ...first(lines, SHOWN)];
}

function needsLine({ newRecords, changes, storageMb, apiCalls }: CountedNeeds): string {
  return (
    `In all it would create ${count(newRecords, 'record')} (${number(storageMb)} MB of data storage) and change ` +
    `${number(changes)}, with up to ${count(apiCalls, 'API call')}.`
  );
}

function leftLines(needs: CountedNeeds, { apiCalls, storageMb }: OrgLimits): readonly string[] {
  const left = [
    ...(apiCalls
      ? [`${number(apiCalls.remaining)} of ${number(apiCalls.limit)} API calls a day`]
      : []),
    ...(storageMb
      ? [`${number(storageMb.remaining)} of ${number(storageMb.limit)} MB of storage`]
      : []),
  ];
  return [
    ...(left.length > 0 ? [`The org has left: ${left.join(', ')}.`] : []),
    ...(storageMb && needs.storageMb > storageMb.remaining
      ? ['WARNING: The new records will not fit into the data storage.']
      : []),
    ...(apiCalls && needs.apiCalls > apiCalls.remaining
      ? ['WARNING: The API calls may not suffice today.']
      : []),
  ];
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
