import type { StoreSetup } from '../../ports/setup.ts';
import type { State } from '../../ports/state.ts';
import { BACKFILLED, BACKFILLING } from '../../sync/model/backfill-marker.ts';

/** Name of the cursor: a person has told the first backfill to begin. */
const TOLD = 'told';

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

/** Lets the first backfill begin, in whichever process looks next. */
export async function tellToBegin(
  state: Pick<State, 'saveCursor'>,
  { store }: Pick<Store, 'store'>,
  now: Date,
): Promise<void> {
  await state.saveCursor(store.key, TOLD, { at: now.toISOString() });
}
