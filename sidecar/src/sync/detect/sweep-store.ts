import type { Clock } from '../../lib/clock.ts';
import { wooKey } from '../../mapping/keys/keys.ts';
import { isContent } from '../../mapping/model/resources.ts';
import type { ChangeEvent, ChangeResource } from '../../ports/change.ts';
import type { ListRead, WooPage } from '../../ports/store.ts';
import { backfilledAt } from '../model/sweep-start.ts';
import { isWhole, ListFailures, type ListFailure } from './list-failures.ts';
import { NewCustomers } from './new-customers.ts';
import { cursorFrom, type SweepCursor, SweptPages } from './sweep-cursor.ts';
import {
  datedOf,
  listsToSweep,
  readOf,
  restAfter,
  sweepName,
  type SweepParts,
  type SweptList,
} from './sweep-lists.ts';

export interface SweepOptions extends SweepParts {
  readonly clock: Pick<Clock, 'now'>;
  /** Those that are due. Customers that are new are looked for each time. */
  readonly resources: readonly ChangeResource[];
}

export interface SweepResult {
  readonly changed: number;
  /** The same by list, such as `orders` or `products:trash`; those without news are left out. */
  readonly lists: Readonly<Record<string, number>>;
  /** Lists that were read to their end, by the same names. */
  readonly read: readonly string[];
  /** Lists that could not be read, while the others were: their cursors are where they were. */
  readonly failures: readonly ListFailure[];
}

/** A list that is swept, where its sweep begins, and what it found so far. */
interface Turn {
  readonly list: SweptList;
  readonly after: string;
  readonly pages: SweptPages;
}

/**
 * Queues what has changed in the shop since the last sweep. The first pages of all lists are one call of the
 * store, which is all where little has changed; the rest is walked. A list's cursor is saved when all of it is
 * queued, so that a sweep which breaks off repeats what it did.
 * @throws CodedError where the store cannot answer
 */
export async function sweepStore(options: SweepOptions): Promise<SweepResult> {
  const { store, state, mappings, resources } = options;
  const loaded = await backfilledAt(state, store.key);
  const failures = new ListFailures();
  const turns: Turn[] = [];
  for (const list of listsToSweep(mappings, resources)) {
    if ((await failures.attempt(list.name, () => isSwept(store, list))) !== true) continue;
    const saved = (await state.cursor(store.key, sweepName(list))) as SweepCursor | null;
    const cursor = saved ?? cursorFrom(loaded);
    turns.push({ list, after: cursor.after, pages: new SweptPages(cursor) });
  }
  const customers = new NewCustomers(options);
  const firstOf = await firstPages(options, [
    ...turns.map(({ list, after }) => readOf(list, after)),
    ...customers.reads,
  ]);
  const counts: [string, number][] = [];
  const count = async (name: string, work: () => Promise<number>) => {
    const found = await failures.attempt(name, work);
    if (found !== null) counts.push([name, found]);
  };
  for (const [at, turn] of turns.entries()) {
    await count(turn.list.name, async () => sweepList(options, turn, await firstOf(at)));
  }
  await count('customers', async () => customers.take((await firstOf(turns.length))?.page));
  return {
    failures: failures.all,
    read: counts.map(([name]) => name),
    changed: counts.reduce((sum, [, found]) => sum + found, 0),
    lists: Object.fromEntries(counts.filter(([, found]) => found > 0)),
  };
}

/**
 * One call of the store for all of WooCommerce's lists. WordPress's content is read by itself when its turn comes, so
 * that what is refused of it takes no other list along; so is each list where that call fails for one of them.
 * @throws CodedError where the store cannot answer
 */
async function firstPages(
  { store, clock }: Pick<SweepOptions, 'store' | 'clock'>,
  reads: readonly ListRead[],
): Promise<(at: number) => Promise<FirstPage | undefined>> {
  const together = reads.filter(({ list }) => !isContent(list));
  const pages = await pagesOf(store, together);
  const came = clock.now();
  return async (at) => {
    const read = reads[at];
    if (read === undefined) return undefined;
    const page = pages[together.indexOf(read)];
    if (page !== undefined) return { page, came };
    return { page: await store.list(read.list, read.params), came: clock.now() };
  };
}

interface FirstPage {
  readonly page: WooPage;
  /** By our clock. */
  readonly came: Date;
}

/** None where one of them cannot be read. @throws CodedError where the store cannot answer */
async function pagesOf(
  store: SweepParts['store'],
  reads: readonly ListRead[],
): Promise<readonly WooPage[]> {
  try {
    return await store.lists(reads);
  } catch (error) {
    if (isWhole(error)) throw error;
    return [];
  }
}

/** Content without dates is read whole, and not here. */
async function isSwept(store: SweepParts['store'], { list }: SweptList): Promise<boolean> {
  return !isContent(list) || store.isDated(list);
}

/** @returns how many change events that made */
async function sweepList(
  { store, state, queue, clock }: SweepOptions,
  { list, after, pages }: Turn,
  first: FirstPage | undefined,
): Promise<number> {
  if (first === undefined) throw new Error('The store gave fewer pages than it was asked for.');
  let changed = 0;
  const take = async ({ records, storeTime }: WooPage, came: Date) => {
    const news = pages.take(datedOf(list, records), storeTime, came);
    const { keyType } = list;
    const keys = new Set(
      news.map(({ change }) =>
        wooKey(store.key, keyType === null ? change : `${keyType}:${change}`),
      ),
    );
    const found = [...keys].map((key): ChangeEvent => ({ resource: list.resource, key }));
    if (found.length > 0) await queue.add(found);
    changed += found.length;
  };
  const { page, came } = first;
  await take(page, came);
  if (page.total > page.records.length) {
    const { params } = readOf(list, restAfter(list, page, after));
    for await (const more of store.walk(list.list, null, params)) await take(more, clock.now());
  }
  await state.saveCursor(store.key, sweepName(list), pages.next());
  return changed;
}
