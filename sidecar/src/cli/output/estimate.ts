import type { OrgLimits } from '../../ports/org.ts';
import type { Estimate } from '../../sync/pipeline/estimate.ts';

/** What a backfill will take, what there is, and whether it fits; one line each. */
export function describeEstimates(
  estimates: readonly Estimate[],
  { apiCalls, storageMb }: OrgLimits,
): readonly string[] {
  const lines = estimates.map(
    ({ store, reads, records, newRecords, storageMb: megabytes, apiCalls: calls }) =>
      `Store ${store}: about ${number(records)} records in Salesforce from ${number(reads)} of the shop's, ` +
      `some ${number(newRecords)} of them new (${number(megabytes)} MB of data storage); up to ` +
      `${number(calls)} API calls. An estimate from a sample of each list.`,
  );
  const left = [
    ...(apiCalls
      ? [`${number(apiCalls.remaining)} of ${number(apiCalls.limit)} API calls a day`]
      : []),
    ...(storageMb
      ? [`${number(storageMb.remaining)} of ${number(storageMb.limit)} MB of data storage`]
      : []),
  ];
  if (left.length > 0) lines.push(`The org has left: ${left.join(', ')}.`);
  const needed = (what: (estimate: Estimate) => number) =>
    estimates.reduce((sum, one) => sum + what(one), 0);
  if (storageMb && needed((one) => one.storageMb) > storageMb.remaining) {
    lines.push(
      'WARNING: The new records will not fit into the data storage. Narrow the conditions of the mappings, free storage, or buy some; what is written stays, and the run can be resumed.',
    );
  }
  if (apiCalls && needed((one) => one.apiCalls) > apiCalls.remaining) {
    lines.push(
      'WARNING: The API calls may not suffice today. A run that is stopped by the limit goes on where it was when it is started again.',
    );
  }
  return lines;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
