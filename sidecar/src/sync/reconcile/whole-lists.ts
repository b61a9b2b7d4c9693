import { hash } from 'node:crypto';
import { joinedViews } from '../../mapping/fields/content-view.ts';
import { parseTypedKey, recordKey, wooKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import {
  isContent,
  isTyped,
  isWhole,
  listsOf,
  mapsSame,
  recordTypeOf,
  RESOURCES,
} from '../../mapping/model/resources.ts';
import type { State } from '../../ports/state.ts';
import { PAGE_SIZE, type WooList, type WooPage, type WooStore } from '../../ports/store.ts';
import { backfilledAt } from '../model/sweep-start.ts';
import { fieldsRead } from '../read/fields-param.ts';
import { type ListFailure, ListFailures } from '../detect/list-failures.ts';
import type { SweepParts } from '../detect/sweep-lists.ts';
import { LinkedIds } from './linked-ids.ts';

export interface WholeSweepParts extends SweepParts {
  readonly state: Pick<State, 'cursor' | 'saveCursor' | 'linked'>;
}

/** A list that is read to its end to see what is new, different or gone. */
interface WholeList {
  readonly list: WooList;
  /** Those of its records. */
  readonly mappings: readonly Mapping[];
  /** Whether sweeps by date find what has changed in it, so that only what is new or gone is left. */
  readonly isDated: boolean;
}

interface WholeSwept {
  readonly listed: number;
  /** New, or other than they were. */
  readonly changed: number;
  /** Not listed any more. */
  readonly missing: number;
}

/** What the last sweep saw: when, and by the last part of each key what tells a change. Plain JSON. */
interface Seen {
  readonly at: string;
  readonly digests: Readonly<Record<string, string>>;
}

/** One call through the org takes so many reads. */
const PAGES_AT_ONCE = 10;
/** Minutes between two sweeps of a list without dates, where no mapping names an interval. */
const USUAL_MINUTES = 60;
const DIGEST_LENGTH = 12;

export interface WholeListsSwept extends WholeSwept {
  /** Those that were read to their end. */
  readonly read: readonly string[];
  /** Lists that could not be read, while the others were. */
  readonly failures: readonly ListFailure[];
}

/**
 * Reads the lists of what the shop keeps beside orders, products and customers.
 * @param which those without dates that are due; all of them at night
 * @throws CodedError of a shop that is out
 */
export async function sweepWholeLists(
  parts: WholeSweepParts,
  now: Date,
  which: 'due' | 'all' = 'all',
): Promise<WholeListsSwept> {
  const { store, mappings } = parts;
  const failures = new ListFailures();
  const read: string[] = [];
  const sums = { listed: 0, changed: 0, missing: 0 };
  for (const { list, mapping } of typedLists(mappings)) {
    await failures.attempt(list, async () => {
      const isDated = isContent(list)
        ? await store.isDated(list)
        : RESOURCES[mapping.resource].sweptBy !== null;
      const those = mappings.filter((one) => mapsSame(one, mapping));
      const whole = { list, mappings: those, isDated };
      if (which === 'due' && (isDated || !(await isDue(parts, whole, now)))) return;
      const swept = await sweepWhole(parts, whole, now);
      sums.listed += swept.listed;
      sums.changed += swept.changed;
      sums.missing += swept.missing;
      read.push(list);
    });
  }
  return { ...sums, read, failures: failures.all };
}

/** Each list once. */
function typedLists(mappings: readonly Mapping[]) {
  const all = mappings
    .filter(({ resource }) => isTyped(resource))
    .flatMap((mapping) => listsOf(mapping).map((list) => ({ list, mapping })));
  return [...new Map(all.map((one) => [one.list, one])).values()];
}

/** Whether a list without dates is to be read again, by the shortest interval that its mappings name. */
async function isDue(
  { store, state }: Pick<WholeSweepParts, 'store' | 'state'>,
  { list, mappings }: WholeList,
  now: Date,
): Promise<boolean> {
  const seen = (await state.cursor(store.key, cursorOf(list))) as Seen | null;
  const minutes = mappings.flatMap(({ sweepMinutes }) => sweepMinutes ?? []);
  const least = minutes.length > 0 ? Math.min(...minutes) : USUAL_MINUTES;
  return seen === null || now.getTime() - Date.parse(seen.at) >= least * 60_000;
}

/**
 * Reads a list by id and queues what is new, other than it was, or not in it any more; of the first time, what has
 * no date. Ten pages of a hundred are one call of the store. A record that is deleted meanwhile moves the others up,
 * and one may be passed over: it looks gone, and is only queued, so that it is read again before anything happens.
 * @throws CodedError where the store cannot answer; the next sweep begins anew
 */
async function sweepWhole(
  { store, state, queue }: WholeSweepParts,
  whole: WholeList,
  now: Date,
): Promise<WholeSwept> {
  const [mapping] = whole.mappings;
  const type = mapping === undefined ? null : recordTypeOf(mapping);
  if (mapping === undefined || type === null) return { listed: 0, changed: 0, missing: 0 };
  const before = (await state.cursor(store.key, cursorOf(whole.list))) as Seen | null;
  const linked = new Set<string>();
  const objects = whole.mappings.map(({ object }) => object);
  const ids = new LinkedIds(state, wooKey(store.key, type), objects);
  for await (const some of ids.upTo(Infinity)) for (const id of some) linked.add(String(id));
  const digests = new Map<string, string>();
  for await (const record of recordsOf(store, whole)) {
    const key = recordKey(mapping.resource, record, store.key);
    const ref = key === null ? undefined : parseTypedKey(key)?.ref;
    if (ref !== undefined) digests.set(ref, digestOf(record));
  }
  // A store that was not loaded yet has its backfill for what is there.
  const isLoaded = before !== null || (await backfilledAt(state, store.key)) !== null;
  const changed = [...digests].filter(([ref, digest]) =>
    before === null
      ? isLoaded && (!whole.isDated || !linked.has(ref))
      : before.digests[ref] !== digest,
  );
  const known = new Set([...linked, ...Object.keys(before?.digests ?? {})]);
  const missing = [...known].filter((ref) => !digests.has(ref));
  const refs = [...changed.map(([ref]) => ref), ...missing];
  if (refs.length > 0) {
    const keyed = refs.map((ref) => wooKey(store.key, `${type}:${ref}`));
    await queue.add(keyed.map((key) => ({ resource: 'content', key })));
  }
  const seen: Seen = { at: now.toISOString(), digests: Object.fromEntries(digests) };
  await state.saveCursor(store.key, cursorOf(whole.list), seen);
  return { listed: digests.size, changed: changed.length, missing: missing.length };
}

async function* recordsOf(
  store: Pick<WooStore, 'lists'>,
  { list, mappings, isDated }: WholeList,
): AsyncGenerator<WooRecord> {
  const { status } = joinedViews(mappings.map(({ view }) => view));
  const byDate = { ...(status && { status }), _fields: 'id,date_modified_gmt' };
  // The uses of a coupon are counted without a date.
  const asked = isDated && list !== 'coupons' ? byDate : fieldsRead(list, mappings);
  const params = { ...asked, per_page: `${PAGE_SIZE}`, orderby: 'id', order: 'asc' };
  const most = isWhole(list) ? 1 : PAGES_AT_ONCE;
  for (let offset = 0; ; offset += most * PAGE_SIZE) {
    const pages: readonly WooPage[] = await store.lists(
      Array.from({ length: most }, (_, at) => ({
        list,
        params: { ...params, offset: `${offset + at * PAGE_SIZE}` },
      })),
    );
    for (const { records } of pages) yield* records;
    if (offset + most * PAGE_SIZE >= (pages[0]?.total ?? 0)) return;
  }
}

function digestOf(record: WooRecord): string {
  return hash('sha1', JSON.stringify(record), 'base64').slice(0, DIGEST_LENGTH);
}

function cursorOf(list: WooList): string {
  return `whole:${list}`;
}
