import type { State } from '../../ports/state.ts';
import { BACKFILLED } from './backfill-marker.ts';

/** The store's time at which its first backfill began, where sweeps take over; null for a store that was not loaded. */
export async function backfilledAt(
  state: Pick<State, 'cursor'>,
  store: string,
): Promise<Date | null> {
  const loaded = (await state.cursor(store, BACKFILLED)) as { readonly at: string } | null;
  return loaded === null ? null : new Date(loaded.at);
}
