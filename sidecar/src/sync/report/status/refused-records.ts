import { GROUPING } from '../issue-group.ts';
import { followsAnother } from '../attention/following.ts';
import type { IssueCause } from '../../../ports/issues.ts';
import type { MappingStanding } from './mapping-lines.ts';
import { GONE_BACK } from './records-gone-back.ts';
import { WRITTEN_APART_MS } from './last-written.ts';
import { BOTH_WAYS } from '../../../errors/two-way.ts';
import { TO_WOO } from '../../../errors/values-to-woo.ts';
import { minuteOf } from './store-snapshot.ts';

/** So few are told of only where nothing else of them is written. */
const FEW = 3;

/** What is said of records that do not reach the shop: they say nothing of those that come from it. */
const isForShop = (code: string): boolean => Object.hasOwn({ ...BOTH_WAYS, ...TO_WOO }, code);

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
    const fromShop = some.filter(({ code }) => !isForShop(code));
    const since = new Date(Math.min(...fromShop.map(({ oldest }) => oldest.getTime())));
    const isNone = countOf(fromShop) >= FEW && isNoneWritten(mappings, resource, since);
    const told = isNone ? fromShop : some;
    const [most] = told.toSorted((one, other) => other.count - one.count);
    if (most === undefined || (!isNone && most.count < GROUPING.least)) return [];
    const records = countOf(told);
    return [
      isNone
        ? `Nothing of ${resource} is written since ${minuteOf(since)}: ${records} records are refused (${most.code}). See the open issues.`
        : `${records} records (${resource}) are refused (${most.code}). See the open issues.`,
    ];
  });
}

const countOf = (causes: readonly IssueCause[]): number =>
  causes.reduce((sum, { count }) => sum + count, 0);

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
