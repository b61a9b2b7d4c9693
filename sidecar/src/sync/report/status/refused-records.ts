import { GROUPING } from '../issue-group.ts';
import { followsAnother } from '../attention/following.ts';
import type { IssueCause } from '../../../ports/issues.ts';
import type { MappingStanding } from './mapping-lines.ts';
import { GONE_BACK } from './records-gone-back.ts';
import { WRITTEN_APART_MS } from './last-written.ts';
import { minuteOf } from './store-snapshot.ts';

/** So few are told of only where nothing else of them is written. */
const FEW = 3;

/**
 * What the status of a store says of records that are refused by the dozen, or all of them; none where single ones are.
 * @param causes all of the store
 */
export function refusedText(
  causes: readonly IssueCause[],
  mappings: readonly MappingStanding[],
): readonly string[] {
  const refused = causes.filter(
    (one) => !one.toDecide && !GONE_BACK.has(one.code) && !followsAnother(one, causes),
  );
  const byResource = Map.groupBy(refused, ({ resource }) => resource ?? '');
  return [...byResource].flatMap(([resource, some]) => {
    const count = some.reduce((sum, one) => sum + one.count, 0);
    const since = new Date(Math.min(...some.map(({ oldest }) => oldest.getTime())));
    const isAll = count >= FEW && isNoneWritten(mappings, resource, since);
    const [most] = some.toSorted((one, other) => other.count - one.count);
    if (most === undefined || (!isAll && most.count < GROUPING.least)) return [];
    return [
      isAll
        ? `Nothing of ${resource} is written since ${minuteOf(since)}: ${count} records are refused (${most.code}). See the open issues.`
        : `${count} records (${resource}) are refused (${most.code}). See the open issues.`,
    ];
  });
}

/** A write is noted when the last one that was noted is a while ago. */
function isNoneWritten(
  mappings: readonly MappingStanding[],
  resource: string,
  since: Date,
): boolean {
  const own = mappings.filter((one) => one.resource === resource && one.state !== 'held');
  const before = since.getTime() - WRITTEN_APART_MS;
  return own.length > 0 && own.every(({ written }) => Date.parse(written ?? '1970') < before);
}
