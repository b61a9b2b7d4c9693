import type { Collection, Entry } from '../core/collection.ts';
import { inRange, rangeOf } from '../rest/request/bounds.ts';
import type { DateColumns, DateRange } from '../rest/request/bounds.ts';
import { pageOf } from '../rest/response/list.ts';
import type { Page, Window } from '../rest/response/list.ts';
import type { Params } from '../rest/request/params.ts';
import { sliceOf } from '../rest/route.ts';
import type { Meta } from '../core/records.ts';
import type { SiteZone } from '../core/zone.ts';

interface Listing<R> {
  columns: DateColumns;
  zone: SiteZone;
  /** filters of the resource, beside ids and dates */
  matches: (entry: Entry<R>) => boolean;
  compare?: (a: R, b: R) => number;
}

/** A page of a list with the parameters that all post-like resources share. */
export function listPage<R>(
  collection: Collection<R>,
  params: Params,
  listing: Listing<R>,
): Page<R> {
  const { columns, zone, matches } = listing;
  const exclude = new Set(params.ids('exclude'));
  const created = rangeOf(params, '', columns, zone);
  const modified = rangeOf(params, 'modified_', columns, zone);
  return pageOf(collection, {
    include: params.ids('include'),
    orderby: params.text('orderby') ?? 'date',
    descending: params.text('order') !== 'asc',
    ...sliceOf(params),
    windows: { created: windowOf(created), modified: windowOf(modified) },
    compare: listing.compare,
    matches: (entry) =>
      !exclude.has(entry.id) &&
      inRange(entry, 'created', created, zone) &&
      inRange(entry, 'modified', modified, zone) &&
      matches(entry),
  });
}

/** Bounds in UTC narrow the walk; those in site time are only checked entry by entry. */
function windowOf({ after, before }: DateRange): Window {
  return {
    after: after?.column === 'utc' ? after.seconds : undefined,
    before: before?.column === 'utc' ? before.seconds : undefined,
  };
}

/** `include_meta` and `exclude_meta`. */
export function withMeta<R extends { meta_data: Meta[] }>(record: R, params: Params): R {
  const include = params.texts('include_meta');
  const exclude = params.texts('exclude_meta');
  if (include.length === 0 && exclude.length === 0) {
    return record;
  }
  const keep = ({ key }: Meta): boolean =>
    include.length > 0 ? include.includes(key) : !exclude.includes(key);
  return { ...record, meta_data: record.meta_data.filter(keep) };
}

/** Case-insensitive search in any of the texts. */
export function found(search: string, texts: readonly string[]): boolean {
  const wanted = search.trim().toLowerCase();
  return texts.some((text) => text.toLowerCase().includes(wanted));
}
