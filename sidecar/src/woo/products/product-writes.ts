import { CodedError } from '../../errors/coded-error.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { ProductResult, ProductUpdate, UpdateResult } from '../../ports/store.ts';
import { RequestRefused } from '../refusal.ts';
import { readProducts } from '../response.ts';
import type { StoreRequests } from '../store-requests.ts';
import { withKnownOutcome } from '../unknown-outcome.ts';
import {
  BATCH,
  batchJson,
  createBatches,
  halves,
  orderBatches,
  type ProductBatch,
  updateBatches,
} from './product-batches.ts';
import { callRefused, writeRefused } from './product-error.ts';
import { without } from './seen.ts';

/**
 * Changes products and variations, up to 100 per request. Each call is tried once: while an answer is lost or awaited
 * somebody may change the record in the shop, and the same call again would undo that, past the conflict rule. Who asks
 * reads both sides again.
 * @returns what became of each, in the order given
 * @throws CodedError when the store cannot answer, or takes nothing from us; some may be done then
 */
export function updateProducts(
  requests: StoreRequests,
  updates: readonly ProductUpdate[],
): Promise<readonly UpdateResult[]> {
  return update(requests, updates, updateBatches(updates));
}

/** The same of orders. @throws as `updateProducts` */
export function updateOrders(
  requests: StoreRequests,
  updates: readonly ProductUpdate[],
): Promise<readonly UpdateResult[]> {
  return update(requests, updates, orderBatches(updates));
}

async function update(
  requests: StoreRequests,
  updates: readonly ProductUpdate[],
  batches: readonly ProductBatch[],
): Promise<readonly UpdateResult[]> {
  const results = new Map<number, UpdateResult>();
  for (const batch of batches) {
    const isCompared = batch.items.some(({ seen }) => seen !== null);
    const some = await sendProducts(requests, batch, isCompared ? sendUnchanged : sendBatch);
    batch.items.forEach(({ place }, at) => {
      const result = some[at];
      if (result) results.set(place, result);
    });
  }
  return updates.flatMap((_, place) => results.get(place) ?? []);
}

/**
 * Makes up to 100 products. WooCommerce has no way to tell a repeated call.
 * @returns what became of each, in the order given
 * @throws CodedError `WOO_OUTCOME_UNKNOWN` where products may be made or not: search them before another attempt;
 * any other when none was made
 */
export function createProducts(
  requests: StoreRequests,
  products: readonly WooRecord[],
): Promise<readonly ProductResult[]> {
  return create(requests, 'products', products);
}

/** The same of orders. @throws as `createProducts` */
export function createOrders(
  requests: StoreRequests,
  orders: readonly WooRecord[],
): Promise<readonly ProductResult[]> {
  return create(requests, 'orders', orders);
}

async function create(
  requests: StoreRequests,
  list: 'products' | 'orders',
  records: readonly WooRecord[],
): Promise<readonly ProductResult[]> {
  if (records.length > BATCH) throw new RangeError(`At most ${BATCH} ${list} are made at once.`);
  const results: ProductResult[] = [];
  for (const batch of createBatches(list, records)) {
    const begun = results.length > 0;
    const send = () => sendProducts(requests, batch, sendBatch);
    results.push(...(await withKnownOutcome(requests.host, begun, send)));
  }
  return results;
}

/** One batch, whatever the shop holds by now. */
async function sendBatch(
  requests: StoreRequests,
  batch: ProductBatch,
): Promise<readonly ProductResult[]> {
  const answer = await requests.post(batch.path, batchJson(batch), true);
  return readProducts(requests.asked(listOf(batch)), batch, answer);
}

/** One batch, without the records that do not hold what was seen of them. */
async function sendUnchanged(
  requests: StoreRequests,
  batch: ProductBatch,
): Promise<readonly UpdateResult[]> {
  const { answer, changed } = await requests.postUnchanged(batch);
  const left = without(batch, changed);
  const results =
    left.items.length === 0 ? [] : readProducts(requests.asked(listOf(batch)), left, answer);
  const byPlace = new Map(left.items.map(({ place }, at) => [place, results[at]]));
  return batch.items.map(({ place }) => byPlace.get(place) ?? { changed: true });
}

/** Where the answer is too large to come back, it is asked for again in halves. */
async function sendProducts<Result extends UpdateResult>(
  requests: StoreRequests,
  batch: ProductBatch,
  sendOne: (requests: StoreRequests, batch: ProductBatch) => Promise<readonly Result[]>,
): Promise<readonly (Result | ProductResult)[]> {
  const send = () => sendOne(requests, batch);
  try {
    return await requests.once(send);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    if (error instanceof RequestRefused) return refusedApart(requests, batch, sendOne, error);
    // It was let in to read what is to be changed, so all else of the shop goes on.
    if (error.code === 'WOO_KEY_REFUSED')
      return batch.items.map(() => ({ error: writeRefused(error) }));
    const { code, message } = error;
    const isUnsent = code === 'WOO_BODY_TOO_LARGE';
    const isSent = code === 'WOO_ANSWER_TOO_LARGE' && !batch.once;
    if (!isUnsent && !isSent) throw error;
    if (batch.items.length === 1) return [{ error: { code, message, data: null } }];
    if (batch.once) throw error;
    const halved: (Result | ProductResult)[] = [];
    for (const half of halves(batch)) halved.push(...(await sendProducts(requests, half, sendOne)));
    return halved;
  }
}

/** Nothing of it was done. Where one of its items may be at fault it is halved, until that one is alone. */
async function refusedApart<Result extends UpdateResult>(
  requests: StoreRequests,
  batch: ProductBatch,
  sendOne: (requests: StoreRequests, batch: ProductBatch) => Promise<readonly Result[]>,
  refusal: RequestRefused,
): Promise<readonly (Result | ProductResult)[]> {
  if (!refusal.mayBeOfOne || batch.items.length === 1)
    return batch.items.map(() => ({ error: callRefused(refusal) }));
  const halved: (Result | ProductResult)[] = [];
  for (const half of halves(batch)) halved.push(...(await sendProducts(requests, half, sendOne)));
  return halved;
}

function listOf({ path }: ProductBatch) {
  if (path.startsWith('orders')) return 'orders';
  return path.includes('variations') ? 'variations' : 'products';
}
