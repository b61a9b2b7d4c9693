import { reconcileCustomers, type CustomersSwept } from './reconcile-customers.ts';
import { reconcileStore, type ReconcileParts, type ReconcileResult } from './reconcile-store.ts';
import { noteReconcile } from '../report/store-activity.ts';

export interface Reconciled extends ReconcileResult {
  readonly customers: CustomersSwept;
}

/** When a store was compared last. */
export const RECONCILED = 'nightly';

/**
 * Compares a store with Salesforce for differences of which neither side has told, queues the records, and keeps
 * what it found for the status of the store.
 * @throws CodedError where the store or the org cannot answer
 */
export async function reconcile(parts: ReconcileParts): Promise<Reconciled> {
  const { store, state, now } = parts;
  const customers = await reconcileCustomers(parts);
  const found = { ...(await reconcileStore(parts)), customers };
  const at = now.toISOString();
  await state.saveCursor(store.key, RECONCILED, { at });
  await noteReconcile(state, store.key, { at, text: reconcileText(found) });
  return found;
}

/** In the words of the status. */
export function reconcileText(found: Reconciled): string {
  const { counted, missing, foreign, orphans, slice, customers } = found;
  const all = counted + customers.listed;
  const differ = missing + foreign + customers.changed + customers.missing;
  const which = counts([
    [missing + customers.missing, 'gone from the shop'],
    [foreign, 'changed in Salesforce'],
    [customers.changed, 'customers'],
  ]);
  return [
    `${number(all)} records of the shop compared: `,
    differ === 0 ? 'none differs.' : `${number(differ)} differ and are repaired (${which}).`,
    orphans === 0 ? '' : ` Records in Salesforce that the shop does not have: ${number(orphans)}.`,
    slice === 0 ? '' : ` To be sure, ${number(slice)} more are read again.`,
  ].join('');
}

/** What there is any of, in words. */
const counts = (found: readonly (readonly [number, string])[]): string =>
  found
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${number(count)} ${what}`)
    .join(', ');

function number(value: number): string {
  return value.toLocaleString('en-US');
}
