import Table from 'cli-table3';

import type { BackfillResult } from '../sync/backfill.ts';
import type { MappingReport } from '../sync/report.ts';

/** Failures that a mapping's list shows before it says how many more there are. */
const SHOWN = 5;

/** The outcome of a backfill, as a table and a list of what failed and why. */
export function describeResult(result: BackfillResult): string {
  const table = new Table({
    head: [
      'Mapping',
      'In Salesforce as',
      'Read',
      'Wanted',
      'New',
      'Updated',
      'Same',
      'Removed',
      'Failed',
    ],
    style: { head: [], border: [] },
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const row of result.mappings) {
    const { label, object, read, wanted, created, updated, unchanged, removed, failed } = row;
    table.push([label, object, read, wanted, created, updated, unchanged, removed, failed]);
  }
  return [
    `Store ${result.store}`,
    table.toString(),
    ...result.mappings.flatMap(describeFailures),
    ...result.lists.map(({ list, code, message, cure }) => `${list}: ${code}: ${message} ${cure}`),
  ].join('\n');
}

function describeFailures({ label, failures, failed }: MappingReport): string[] {
  const shown = failures.slice(0, SHOWN);
  const lines = shown.map(({ key, code, message }) => `${label} ${key}: ${code}: ${message}`);
  if (failed > shown.length) lines.push(`${label}: ${failed - shown.length} more failed.`);
  return lines;
}
