import type { EarlierStore, StoreSetup } from '../../ports/setup.ts';
import type { State } from '../../ports/state.ts';
import { BACKFILLED, BACKFILLING } from '../../sync/model/backfill-marker.ts';
import { neededLoad } from './loaded-without.ts';

/** Name of the cursor: a person has told the first backfill to begin. */
const TOLD = 'told';

interface Told {
  readonly at: string;
  readonly goesFirst?: boolean;
}

type Store = Pick<StoreSetup, 'loadWhenTold'> & {
  readonly store: Pick<StoreSetup['store'], 'key'>;
};

/** Whether the first backfill of the store waits for a person. One that was begun once goes on by itself. */
export async function waitsToBeTold(
  state: Pick<State, 'cursor'>,
  { store, loadWhenTold }: Store,
): Promise<boolean> {
  if (loadWhenTold !== true) return false;
  const names = [TOLD, BACKFILLING, BACKFILLED];
  const found = await Promise.all(names.map((name) => state.cursor(store.key, name)));
  return found.every((one) => one === null);
}

/**
 * The store before whose load that of this one does not begin: what both shops have belongs to whoever is loaded first,
 * which is whoever was set up first, be it out for as long as it may. Null for none, and where a person has said that
 * this one goes first.
 */
export async function waitsForStore(
  state: Pick<State, 'cursor'>,
  { store, earlier = [] }: Pick<StoreSetup, 'earlier'> & Pick<Store, 'store'>,
): Promise<EarlierStore | null> {
  const told = (await state.cursor(store.key, TOLD)) as Told | null;
  if (told?.goesFirst === true) return null;
  for (const one of earlier) {
    if ((await neededLoad(state, one)) !== null) return one;
  }
  return null;
}

/**
 * Lets the first backfill begin, in whichever process looks next.
 * @param goesFirst also where a store that was set up before is not loaded
 */
export async function tellToBegin(
  state: Pick<State, 'saveCursor'>,
  { store }: Pick<Store, 'store'>,
  { now, goesFirst }: { readonly now: Date; readonly goesFirst: boolean },
): Promise<void> {
  const told: Told = { at: now.toISOString(), ...(goesFirst && { goesFirst }) };
  await state.saveCursor(store.key, TOLD, told);
}
