import type { Collection, Entry, SortedIndex } from '../../core/collection.ts';

/** One page of a list, and how many records match in all. */
export interface Page<R> {
  entries: Entry<R>[];
  total: number;
}

export interface Window {
  after: number | undefined;
  before: number | undefined;
}

export interface ListCriteria<R> {
  matches: (entry: Entry<R>) => boolean;
  /** only these ids, when not empty */
  include: readonly number[];
  orderby: string;
  descending: boolean;
  offset: number;
  limit: number;
  /** UTC seconds, exclusive: lets the walk skip what lies outside; `matches` still decides */
  windows: Record<'created' | 'modified', Window>;
  /** sort keys that only the record itself knows */
  compare: ((a: R, b: R) => number) | undefined;
}

/** Walks a collection in the wanted order, building nothing but counting all that match. */
export function pageOf<R>(collection: Collection<R>, criteria: ListCriteria<R>): Page<R> {
  if (criteria.include.length > 0 || criteria.compare !== undefined) {
    return cut(sortedFew(collection, criteria), criteria);
  }
  const index = indexFor(collection, criteria.orderby);
  const window = index.key === 'id' ? undefined : criteria.windows[index.key];
  const { from, to } = index.between(window?.after, window?.before);
  return walk(index.entries, from, to, criteria);
}

function indexFor<R>(collection: Collection<R>, orderby: string): SortedIndex<R> {
  if (orderby === 'modified') {
    return collection.byModified;
  }
  return ['date', 'date_gmt', 'registered_date'].includes(orderby)
    ? collection.byCreated
    : collection.byId;
}

function walk<R>(
  entries: readonly Entry<R>[],
  from: number,
  to: number,
  { matches, descending, offset, limit }: ListCriteria<R>,
): Page<R> {
  const page: Page<R> = { entries: [], total: 0 };
  const step = descending ? -1 : 1;
  for (let at = descending ? to - 1 : from; at >= from && at < to; at += step) {
    const entry = entries[at];
    if (entry === undefined || !matches(entry)) {
      continue;
    }
    if (page.total >= offset && page.entries.length < limit) {
      page.entries.push(entry);
    }
    page.total += 1;
  }
  return page;
}

function sortedFew<R>(collection: Collection<R>, criteria: ListCriteria<R>): Entry<R>[] {
  const { include, orderby, descending, matches, compare } = criteria;
  const candidates =
    include.length > 0
      ? [...new Set(include)].flatMap((id) => collection.get(id) ?? [])
      : collection.all();
  const found = candidates.filter(matches);
  if (orderby === 'include' || orderby === 'post__in') {
    return found;
  }
  const key = indexFor(collection, orderby).key;
  const sign = descending ? -1 : 1;
  if (compare === undefined) {
    return found.sort((a, b) => sign * (a[key] - b[key] || a.id - b.id));
  }
  return found
    .map((entry) => ({ entry, record: entry.read() }))
    .sort((a, b) => sign * (compare(a.record, b.record) || a.entry.id - b.entry.id))
    .map(({ entry }) => entry);
}

function cut<R>(all: Entry<R>[], { offset, limit }: ListCriteria<R>): Page<R> {
  return { entries: all.slice(offset, offset + limit), total: all.length };
}
