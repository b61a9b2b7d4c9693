import type { EqualFailures, Issue } from '../../src/ports/issues.ts';

export function isCounted(issue: Issue, prefix: string): boolean {
  const { state, kind, resource, wooValue, salesforceValue, key } = issue;
  return (
    state === 'open' &&
    ['failed', 'setup'].includes(kind) &&
    resource !== null &&
    wooValue === null &&
    salesforceValue === null &&
    !key.startsWith(prefix)
  );
}

export function kinship({ store, resource, object, code, field }: Issue): string {
  return JSON.stringify([store, resource, object, code, field]);
}

export function toEqualFailures(members: readonly Issue[]): EqualFailures {
  const sorted = members.toSorted(
    (a, b) => Number(a.firstSeen) - Number(b.firstSeen) || (a.key < b.key ? -1 : 1),
  );
  const first = sorted[0];
  if (first === undefined || first.resource === null) throw new Error('There are no failures.');
  const { store, resource, object, code, field, reason, cure } = first;
  return {
    ...{ store, resource, object, code, field, reason, cure, count: members.length },
    kind: members.some(({ kind }) => kind === 'setup') ? 'setup' : 'failed',
    recordKeys: sorted.slice(0, 5).map(({ recordKey }) => recordKey),
  };
}

/** Whether parts of its record may wait for an issue. */
export function isWhole({ state, kind, key }: Issue, prefix: string): boolean {
  return state === 'open' && kind !== 'conflict' && !key.startsWith(prefix);
}

/** What tells the record of an issue, as {@link awaited} tells that of a part. */
export function wholeOf({ resource, recordKey }: Issue): string {
  return `${resource} ${recordKey}`;
}

export function awaited({ resource, change }: Issue): string {
  return change === null || change.resource === resource ? '' : `${change.resource} ${change.key}`;
}
