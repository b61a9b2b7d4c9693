import { secondOf, secondsBefore } from '../../lib/gmt-seconds.ts';
import { wooId, wooKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { State } from '../../ports/state.ts';
import type { WooPage, WooStore } from '../../ports/store.ts';
import { OVERLAP_SECONDS } from '../detect/sweep-cursor.ts';
import { backfilledAt } from '../model/sweep-start.ts';
import { LinkedIds } from './linked-ids.ts';

export interface CustomersSweep {
  readonly store: WooStore;
  readonly state: Pick<State, 'cursor' | 'saveCursor' | 'linked' | 'origins'>;
  readonly queue: Pick<ChangeQueue, 'add'>;
  /** Those that apply to the store. */
  readonly mappings: readonly Mapping[];
}

export interface CustomersSwept {
  readonly listed: number;
  /** Hinted since they were modified, or are in Salesforce no more or not yet. */
  readonly changed: number;
  /** Hinted since the shop does not list them any more. */
  readonly missing: number;
}

/** The second of the store at which the last sweep began. */
interface Swept {
  readonly at: string;
}

/** Id and second of the last change; empty where the shop has none. */
type Dated = readonly [id: number, second: string];

const CURSOR = 'sweep:customers:all';
/** One call through the org takes so many reads. */
const PAGES_AT_ONCE = 10;
const PAGE = 100;
const FIELDS = 'id,date_modified_gmt';

/**
 * Lists all customers by id beside those that are linked, and queues what differs: their list cannot be asked for
 * by date. Ten pages of a hundred are one call of the store. A customer that is deleted meanwhile moves the
 * later ones up, and one of those may be passed over between two calls: it looks deleted, and is only queued,
 * so that it is read again before anything happens to it.
 * @throws CodedError where the store cannot answer; the next sweep begins anew
 */
export async function reconcileCustomers(sweep: CustomersSweep): Promise<CustomersSwept> {
  const { store, state, mappings } = sweep;
  const objects = mappings
    .filter(({ resource }) => resource === 'customer')
    .map(({ object }) => object);
  if (objects.length === 0) return { listed: 0, changed: 0, missing: 0 };
  const since = await lastSwept(sweep);
  const linked = new LinkedIds(state, store.key, objects);
  const counts = { listed: 0, changed: 0, missing: 0 };
  let began: string | null = null;
  for await (const { records, storeTime } of pagesOf(store)) {
    began ??= secondOf(storeTime);
    const listed = new Map(records.flatMap((record) => withId(record)));
    const last = Math.max(...listed.keys());
    const known = new Set<number>();
    for await (const some of linked.upTo(last)) {
      for (const id of some) if (listed.has(id)) known.add(id);
      counts.missing += await change(
        sweep,
        some.filter((id) => !listed.has(id)),
      );
    }
    const isNew = ([id, second]: Dated): boolean => second > since || !known.has(id);
    const all = [...listed];
    const dated = await withOtherDate(
      sweep,
      all.filter((one) => !isNew(one)),
    );
    const changed = [...all.filter(isNew), ...dated];
    counts.changed += await change(
      sweep,
      changed.map(([id]) => id),
    );
    counts.listed += listed.size;
  }
  for await (const some of linked.upTo(Infinity)) counts.missing += await change(sweep, some);
  if (began !== null) await state.saveCursor(store.key, CURSOR, { at: began } satisfies Swept);
  return counts;
}

/** Customers modified up to this second were queued; empty for none. */
async function lastSwept({ store, state }: CustomersSweep): Promise<string> {
  const last = (await state.cursor(store.key, CURSOR)) as Swept | null;
  const loaded = await backfilledAt(state, store.key);
  const at = last?.at ?? (loaded === null ? null : secondOf(loaded));
  return at === null ? '' : secondsBefore(at, OVERLAP_SECONDS);
}

/** Those that were read with another date: the clock of the shop was slow as they were changed, or they are older ones. */
async function withOtherDate(
  { store, state }: CustomersSweep,
  listed: readonly Dated[],
): Promise<readonly Dated[]> {
  if (listed.length === 0) return [];
  const keys = listed.map(([id]) => wooKey(store.key, id));
  const origins = await state.origins.find('customer', keys);
  return listed.filter(([id, second]) => {
    const origin = origins.get(wooKey(store.key, id));
    // What waits for a person is read again when that one has decided.
    if (origin === undefined || origin.isHeld || origin.modified === null) return false;
    return second !== '' && origin.modified !== Date.parse(`${second}Z`);
  });
}

/** All customers by id, up to a thousand at once, never none. */
async function* pagesOf(store: WooStore): AsyncGenerator<Pick<WooPage, 'records' | 'storeTime'>> {
  const params = { per_page: `${PAGE}`, orderby: 'id', order: 'asc', _fields: FIELDS };
  for (let page = 1; ; page += PAGES_AT_ONCE) {
    const pages = await store.lists(
      Array.from({ length: PAGES_AT_ONCE }, (_, at) => ({
        list: 'customers',
        params: { ...params, page: `${page + at}` },
      })),
    );
    const [first] = pages;
    const records = pages.flatMap((one) => one.records);
    if (first === undefined || records.length === 0) return;
    yield { records, storeTime: first.storeTime };
    if (page + PAGES_AT_ONCE > first.pages) return;
  }
}

function withId({ id, date_modified_gmt: date }: WooRecord): readonly Dated[] {
  const known = wooId(id);
  return known === null ? [] : [[known, typeof date === 'string' ? date.slice(0, 19) : '']];
}

async function change({ store, queue }: CustomersSweep, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0;
  await queue.add(ids.map((id) => ({ resource: 'customer', key: wooKey(store.key, id) })));
  return ids.length;
}
