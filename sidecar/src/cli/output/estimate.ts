import type { OrgLimits } from '../../ports/org.ts';
import type { CountedNeeds } from '../../sync/pipeline/counted-needs.ts';
import type { Estimate, Needs } from '../../sync/pipeline/estimate.ts';

/** What a backfill will take, what there is, and whether it fits; one line each. */
export function describeEstimates(
  estimates: readonly Estimate[],
  limits: OrgLimits,
): readonly string[] {
  const lines = estimates.map(
    ({ store, reads, records, newRecords, storageMb: megabytes, apiCalls: calls, notShown }) =>
      `Store ${store}: about ${number(records)} records in Salesforce from ${number(reads)} of the shop's, ` +
      `some ${number(newRecords)} of them new (${number(megabytes)} MB of data storage); up to ` +
      `${number(calls)} API calls. An estimate from a sample of each list` +
      `${notShown.length > 0 ? `, without ${notShown.join(', ')}, which the shop does not show` : ''}.`,
  );
  return [...lines, ...leftLines(estimates, limits)];
}

/** The same after a dry run, which has counted it. */
export function describeCounted(
  counted: readonly CountedNeeds[],
  limits: OrgLimits,
): readonly string[] {
  const lines = counted.map(
    ({ store, newRecords, changes, storageMb, apiCalls }) =>
      `Store ${store}: in all ${number(newRecords)} records to create (${number(storageMb)} MB of data storage) ` +
      `and ${number(changes)} to change, with up to ${number(apiCalls)} API calls.`,
  );
  return [...lines, ...leftLines(counted, limits)];
}

function leftLines(needs: readonly Needs[], { apiCalls, storageMb }: OrgLimits): readonly string[] {
  const left = [
    ...(apiCalls
      ? [`${number(apiCalls.remaining)} of ${number(apiCalls.limit)} API calls a day`]
      : []),
    ...(storageMb
      ? [`${number(storageMb.remaining)} of ${number(storageMb.limit)} MB of data storage`]
      : []),
  ];
  const lines = left.length > 0 ? [`The org has left: ${left.join(', ')}.`] : [];
  const needed = (what: (one: Needs) => number) => needs.reduce((sum, one) => sum + what(one), 0);
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
