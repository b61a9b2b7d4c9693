import { secondOf, secondsBefore } from '../../lib/gmt-seconds.ts';
import { wooKey } from '../../mapping/keys/keys.ts';
import { CHANGE_RESOURCES, RESOURCES } from '../../mapping/model/resources.ts';
import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { WooPage } from '../../ports/store.ts';
import type { SweepCursor } from '../detect/sweep-cursor.ts';
import {
  datedOf,
  type Listed,
  listsToSweep,
  readOf,
  restAfter,
  sweepName,
  type SweepParts,
  type SweptList,
} from '../detect/sweep-lists.ts';
import { backfilledAt } from '../model/sweep-start.ts';
import { type Known, knownOf, type KnownParts } from './known-of.ts';

export interface PassedOverParts extends KnownParts {
  readonly store: SweepParts['store'];
  readonly state: KnownParts['state'] & SweepParts['state'];
  readonly now: Date;
}

/** When its lists were looked at last, by our clock. */
interface Looked {
  readonly at: string;
}

/** A part of a list: from where it is looked at, and up to where sweeps have passed it. */
interface Stretch {
  readonly list: SweptList;
  readonly after: string;
  readonly until: string;
}

const CURSOR = 'proof:passed';
/** A shop's clock may have been slow by so much. */
const SLOW_SECONDS = 86_400;
/** What shows of a record as of which date it was read last; nothing else is looked at again. */
const REMEMBERED = CHANGE_RESOURCES.filter((resource) => RESOURCES[resource].marks.length > 0);

/**
 * Looks for products, orders and refunds that sweeps have passed over: while a shop's clock is slow, what changes is dated
 * before what was swept already, and where its webhook is lost and the clock is right again at the next sweep, nothing
 * else tells of it. What the lists show of the time since the last look and of the day before that is compared with what
 * was read, and queued where it differs. One call of the store, and one more for each hundred records of a list.
 * @param known where a record is queued that is known to have changed
 * @param unknown where one is of which nothing is known: it is new, or no mapping wants it
 * @returns how many are known to have changed
 * @throws CodedError where the store cannot answer
 */
export async function queuePassedOver(
  parts: PassedOverParts,
  known: Pick<ChangeQueue, 'add'>,
  unknown: Pick<ChangeQueue, 'add'>,
): Promise<number> {
  const { store, state, now } = parts;
  const stretches = await stretchesOf(parts);
  const reads = stretches.map(({ list, after }) => readOf(list, after));
  const firsts = reads.length === 0 ? [] : await store.lists(reads);
  let changed = 0;
  for (const [at, stretch] of stretches.entries()) {
    const first = firsts[at];
    if (first === undefined) continue;
    for await (const records of pagesOf(parts, stretch, first)) {
      const found = await differing(parts, stretch.list, records);
      if (found.changed.length > 0) await known.add(found.changed);
      if (found.unknown.length > 0) await unknown.add(found.unknown);
      changed += found.changed.length;
    }
  }
  await state.saveCursor(store.key, CURSOR, { at: now.toISOString() } satisfies Looked);
  return changed;
}

async function stretchesOf({ store, state, mappings }: PassedOverParts): Promise<Stretch[]> {
  const last = (await state.cursor(store.key, CURSOR)) as Looked | null;
  const since = last === null ? await backfilledAt(state, store.key) : new Date(last.at);
  if (since === null) return [];
  const after = secondsBefore(secondOf(since), SLOW_SECONDS);
  const stretches: Stretch[] = [];
  for (const list of listsToSweep(mappings, REMEMBERED)) {
    const swept = (await state.cursor(store.key, sweepName(list))) as SweepCursor | null;
    if (swept !== null && swept.after > after) stretches.push({ list, after, until: swept.after });
  }
  return stretches;
}

/** What a stretch shows, as long as it goes. */
async function* pagesOf(
  { store }: PassedOverParts,
  { list, after, until }: Stretch,
  first: WooPage,
): AsyncGenerator<readonly Listed[]> {
  const within = (listed: readonly Listed[]) => listed.filter(({ second }) => second <= until);
  const listed = datedOf(list, first.records);
  yield within(listed);
  const isOver = (page: readonly Listed[]) =>
    list.date === 'date_modified_gmt' && (page.at(-1)?.second ?? '') > until;
  if (first.total <= first.records.length || isOver(listed)) return;
  const { params } = readOf(list, restAfter(list, first, after));
  for await (const { records } of store.walk(list.list, null, params)) {
    const more = datedOf(list, records);
    yield within(more);
    if (isOver(more)) return;
  }
}

interface Differing {
  readonly changed: readonly ChangeEvent[];
  readonly unknown: readonly ChangeEvent[];
}

async function differing(
  parts: PassedOverParts,
  list: SweptList,
  listed: readonly Listed[],
): Promise<Differing> {
  const { store } = parts;
  const known = await knownOf(parts, list, listed);
  const of = (what: Known) => {
    const ids = listed.filter(({ id }) => known.get(id) === what).map(({ change }) => change);
    const keys = [...new Set(ids)].map((id) => wooKey(store.key, id));
    return keys.map((key): ChangeEvent => ({ resource: list.resource, key }));
  };
  return { changed: of('changed'), unknown: of('unknown') };
}
