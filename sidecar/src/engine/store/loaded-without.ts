import type { StoreSetup } from '../../ports/setup.ts';
import type { State } from '../../ports/state.ts';
import { BACKFILLED, BACKFILLING } from '../../sync/model/backfill-marker.ts';
import { stagesOf } from '../../sync/pipeline/backfill-lists.ts';

/** Name of the cursor: mappings whose records no load has brought, since they were held meanwhile. */
const WITHOUT = 'loaded without';

interface Without {
  readonly mappings: readonly string[];
  /** Those that have run all the time since the load under way began with the first list. */
  readonly again: readonly string[];
}

type Store = Pick<StoreSetup, 'mappings' | 'held'> & {
  readonly store: Pick<StoreSetup['store'], 'key'>;
};
type Cursors = Pick<State, 'cursor' | 'saveCursor'>;

/**
 * Why all records of a store are to be loaded: it never was, or not for a mapping that was held; null where they need
 * not be.
 */
export async function neededLoad(
  state: Pick<State, 'cursor'>,
  one: Store,
): Promise<'first' | 'mended' | null> {
  if ((await state.cursor(one.store.key, BACKFILLED)) === null) return 'first';
  const { mappings } = await withoutOf(state, one);
  return mended(mappings, one).length > 0 ? 'mended' : null;
}

/** Before a load: what is held now will lack, and what was mended since one began needs it from the first list on. */
export async function beginLoad(state: Cursors, one: Store): Promise<void> {
  const before = await withoutOf(state, one);
  const due = mended(before.mappings, one);
  const isNew = due.some((name) => !before.again.includes(name));
  if (isNew) await beginAnew(state, one);
  const mappings = [...new Set([...before.mappings, ...one.held.map(({ name }) => name)])];
  if (mappings.length === 0) return;
  // One that is held once more lacks what the load brings from here on, so that it needs another.
  await save(state, one, { mappings, again: due });
}

/** After a load that has walked all lists to their end. */
export async function endLoad(state: Cursors, one: Store): Promise<void> {
  const { mappings, again } = await withoutOf(state, one);
  if (mappings.length === 0) return;
  const left = mappings.filter((name) => !again.includes(name));
  await save(state, one, left.length === 0 ? null : { mappings: left, again: [] });
}

/** Forgets where a load before was stopped. */
export async function beginAnew(
  state: Pick<State, 'saveCursor'>,
  { store, mappings }: Omit<Store, 'held'>,
): Promise<void> {
  for (const { cursor } of stagesOf(mappings)) await state.saveCursor(store.key, cursor, null);
  await state.saveCursor(store.key, BACKFILLING, null);
}

function mended(names: readonly string[], { mappings }: Store): readonly string[] {
  return names.filter((name) => mappings.some((one) => one.name === name));
}

async function withoutOf(state: Pick<State, 'cursor'>, { store }: Store): Promise<Without> {
  const found = (await state.cursor(store.key, WITHOUT)) as Without | null;
  return found ?? { mappings: [], again: [] };
}

async function save(state: Cursors, { store }: Store, without: Without | null): Promise<void> {
  await state.saveCursor(store.key, WITHOUT, without);
}
