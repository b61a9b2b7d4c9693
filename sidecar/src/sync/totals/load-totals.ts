import type { State } from '../../ports/state.ts';
import { COUNTED } from '../../ports/totals/totals-state.ts';
import type { BackfillMarker } from '../model/backfill-marker.ts';
import { COUNTING, type CustomerTotals } from './customer-totals.ts';

/** A load begins with the first order of a store. */
export async function beginCounting(state: State, store: string): Promise<void> {
  await state.saveCursor(store, COUNTING, { begun: true });
}

/**
 * Ends a load that has walked all orders of a store: those that it has not met are gone, and customers are told what
 * differs. A load that went on from one of an earlier version has not met all of them, and tells nothing.
 * @param begun the load's first answer
 * @throws CodedError where the org cannot go on
 */
export async function finishCounting(
  { state, store }: { readonly state: State; readonly store: string },
  totals: CustomerTotals,
  begun: BackfillMarker['begun'],
): Promise<void> {
  if (begun === null || (await state.cursor(store, COUNTING)) === null) return;
  await state.totals.forgetUnread(store, begun.readNumber);
  await totals.recount();
  await state.saveCursor(store, COUNTED, { at: begun.at });
  await totals.writeAll();
  await state.saveCursor(store, COUNTING, null);
}
