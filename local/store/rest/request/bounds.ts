import type { Entry } from '../../core/collection.ts';
import type { SiteZone } from '../../core/zone.ts';
import type { Params } from './params.ts';
import { parseRestDate, type RestDate } from './rest-date.ts';

/**
 * Which column a date bound is compared with. Orders and refunds (HPOS) keep UTC only; products, variations
 * and coupons keep site time too, and are compared with that unless `dates_are_gmt` is set.
 */
export type DateColumns = 'utc' | 'site';

interface Bound {
  seconds: number;
  column: DateColumns;
}

/**
 * The bound that WooCommerce really compares with, in seconds; exclusive.
 * With `dates_are_gmt` a date that names its own zone is first turned into site time and then taken for UTC:
 * that shifts the bound by the site's offset, as the real store does.
 */
function boundOf(
  date: RestDate,
  datesAreGmt: boolean,
  columns: DateColumns,
  zone: SiteZone,
): Bound {
  const siteWall = date.offset === undefined ? date.wall : zone.wall(date.wall - date.offset);
  if (datesAreGmt) {
    return { seconds: siteWall, column: 'utc' };
  }
  if (columns === 'site') {
    return { seconds: siteWall, column: 'site' };
  }
  const utc = date.offset === undefined ? zone.fromWall(date.wall) : date.wall - date.offset;
  return { seconds: utc, column: 'utc' };
}

export interface DateRange {
  after: Bound | undefined;
  before: Bound | undefined;
}

/** The bounds of `after`/`before` (prefix "") or `modified_after`/`modified_before` (prefix "modified_"). */
export function rangeOf(
  params: Params,
  prefix: '' | 'modified_',
  columns: DateColumns,
  zone: SiteZone,
): DateRange {
  const bound = (name: string): Bound | undefined => {
    const date = parseRestDate(params.text(prefix + name) ?? '');
    const gmt = params.flag('dates_are_gmt') ?? false;
    return date === undefined ? undefined : boundOf(date, gmt, columns, zone);
  };
  return { after: bound('after'), before: bound('before') };
}

/** Whether an entry's date lies strictly inside the range. */
export function inRange(
  entry: Entry<unknown>,
  key: 'created' | 'modified',
  { after, before }: DateRange,
  zone: SiteZone,
): boolean {
  const at = (bound: Bound): number =>
    bound.column === 'utc' ? entry[key] : zone.wall(entry[key]);
  return (
    (after === undefined || at(after) > after.seconds) &&
    (before === undefined || at(before) < before.seconds)
  );
}
