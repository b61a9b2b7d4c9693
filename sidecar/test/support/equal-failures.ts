import type { EqualFailures, Grouping, Issue } from '../../src/ports/issues.ts';

export function isCounted(
  issue: Issue,
  { prefix, standing }: Pick<Grouping, 'prefix' | 'standing'>,
): boolean {
  const { state, kind, resource, wooValue, salesforceValue, key } = issue;
  return (
    state === 'open' &&
    ['failed', 'setup'].includes(kind) &&
    resource !== null &&
    wooValue === null &&
    salesforceValue === null &&
    ![prefix, standing].some((one) => key.startsWith(one))
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
    store,
    resource,
    object,
    code,
    field,
    reason,
    cure,
    count: members.length,
    kind: members.some(({ kind }) => kind === 'setup') ? 'setup' : 'failed',
    recordKeys: sorted.slice(0, 5).map(({ recordKey }) => recordKey),
  };
}

/** @returns what finds the key of the issue of the record that an issue's own only waits for, as a part of it */
export function wholesIn(
  issues: readonly Issue[],
  prefix: string,
  waiting: string,
): (issue: Issue) => string | undefined {
  const isWhole = ({ state, kind, key }: Issue) =>
    state === 'open' && kind !== 'conflict' && !key.startsWith(prefix);
  const wholes = new Map(
    issues.filter(isWhole).map(({ resource, recordKey, key }) => [`${resource} ${recordKey}`, key]),
  );
  return ({ state, code, resource, change, wholeKey }) => {
    if (state !== 'open' || code !== waiting || change === null) return undefined;
    if (change.resource === resource && wholeKey === undefined) return undefined;
    return wholes.get(`${change.resource} ${wholeKey ?? change.key}`);
  };
}
