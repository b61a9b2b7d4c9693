import type { WooRecord } from '../../mapping/model/record.ts';
import type { WooList, WooPage, WooStore } from '../../ports/store.ts';

/** Records that one page holds. */
const PAGE = 100;

/** Records of a list that are wanted by their ids. */
export interface WantedIds {
  readonly list: WooList;
  readonly ids: readonly number[];
  /** Besides the ids; with `_fields`, it must name `id`. */
  readonly params?: Readonly<Record<string, string>>;
}

/** The records with these ids that the store shows, in as few reads as there can be. */
export async function readByIds(
  store: WooStore,
  list: WooList,
  ids: readonly number[],
  params: Readonly<Record<string, string>> = {},
): Promise<WooRecord[]> {
  const [found] = await readAllByIds(store, [{ list, ids, params }]);
  return found?.records ?? [];
}

/** What a list showed of the records asked for. */
export interface FoundRecords {
  readonly records: WooRecord[];
  /** The store's time of the first page; null where none had to be read. */
  readAt: Date | null;
}

/**
 * As `readByIds`, for several lists at once.
 * @returns what was found in each list, in the order asked
 */
export async function readAllByIds(
  store: WooStore,
  wanted: readonly WantedIds[],
): Promise<readonly FoundRecords[]> {
  const found = wanted.map((): FoundRecords => ({ records: [], readAt: null }));
  let open = wanted.flatMap((one, at) => inPages(one.ids).map((ids) => ({ ...one, ids, at })));
  while (open.length > 0) {
    const pages = await store.lists(
      open.map(({ list, ids, params }) => ({
        list,
        params: { ...params, include: ids.join(','), per_page: `${PAGE}` },
      })),
    );
    open = open.flatMap((one, index) => {
      const page = pages[index];
      if (page === undefined) throw new Error('The store gave fewer pages than it was asked for.');
      take(found[one.at], page);
      const ids = leftOut(one.ids, page);
      return ids.length === 0 ? [] : [{ ...one, ids }];
    });
  }
  return found;
}

function take(found: FoundRecords | undefined, { records, storeTime }: WooPage): void {
  if (found === undefined) return;
  found.records.push(...records);
  found.readAt ??= storeTime;
}

/** Ids to ask for again, where a page was cut short. A shop may count what it does not show: that is given up. */
function leftOut(ids: readonly number[], { records, total }: WooPage): readonly number[] {
  if (total <= records.length) return [];
  const seen = new Set(records.map(({ id }) => Number(id)));
  const left = ids.filter((id) => !seen.has(id));
  return left.length < ids.length ? left : [];
}

function inPages(ids: readonly number[]): readonly (readonly number[])[] {
  const pages: (readonly number[])[] = [];
  for (let at = 0; at < ids.length; at += PAGE) pages.push(ids.slice(at, at + PAGE));
  return pages;
}
