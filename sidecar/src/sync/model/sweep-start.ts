import type { State } from '../../ports/state.ts';
import { LOADED } from './backfill-marker.ts';

/** The store's time at which its first load began, where sweeps take over; null for a store that was not loaded. */
export async function loadedAt(state: Pick<State, 'cursor'>, store: string): Promise<Date | null> {
  const loaded = (await state.cursor(store, LOADED)) as { readonly at: string } | null;
  return loaded === null ? null : new Date(loaded.at);
}
