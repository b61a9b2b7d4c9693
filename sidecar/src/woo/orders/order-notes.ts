import { CodedError } from '../../errors/coded-error.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { OrderNote, ProductResult } from '../../ports/store.ts';
import { callRefused, writeRefused } from '../products/product-error.ts';
import { RequestRefused } from '../refusal.ts';
import { errorCode, isGone, readList, readRecord } from '../response.ts';
import type { StoreRequests } from '../store-requests.ts';
import { withKnownOutcome } from '../unknown-outcome.ts';

/**
 * The notes of an order; they have no pages. There are none of an order that is gone meanwhile.
 * @throws CodedError when the store cannot answer
 */
export function orderNotes(requests: StoreRequests, id: number): Promise<readonly WooRecord[]> {
  const asked = { ...requests.asked('orders'), writing: false };
  return requests.retried(async () => {
    const answer = await requests.get(`orders/${id}/notes`, {});
    return isGone(answer) ? [] : readList(asked, answer);
  });
}

/**
 * Adds a note to an order. Tried once, for WooCommerce has no way to tell a repeated call.
 * @throws CodedError `WOO_OUTCOME_UNKNOWN` where it may be there or not; any other when it is not
 */
export async function addOrderNote(
  requests: StoreRequests,
  id: number,
  { text, toCustomer }: OrderNote,
): Promise<ProductResult> {
  const asked = requests.asked('orders');
  const json = JSON.stringify({ note: text, customer_note: toCustomer });
  const send = async (): Promise<ProductResult> => {
    const answer = await requests.post(`orders/${id}/notes`, json, true);
    const code = [400, 404].includes(answer.status) ? errorCode(answer) : null;
    if (code === null) return { record: readRecord(asked, answer) };
    return { error: { code, message: `The shop refused it (${code}).`, data: null } };
  };
  try {
    return await withKnownOutcome(requests.host, false, () => requests.once(send));
  } catch (error) {
    if (error instanceof RequestRefused) return { error: callRefused(error) };
    if (error instanceof CodedError && error.code === 'WOO_KEY_REFUSED')
      return { error: writeRefused(error) };
    throw error;
  }
}
