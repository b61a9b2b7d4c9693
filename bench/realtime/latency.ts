import { setTimeout as delay } from 'node:timers/promises';
import type { Pair } from '../lib/programs/pair.ts';
import type { ServiceProcess } from '../lib/programs/service.ts';
import { WEBHOOK_DELAY_MS } from '../lib/programs/store.ts';
import { until } from '../lib/programs/until.ts';
import { atMost, median, type Result, shown } from '../lib/results/results.ts';

const ROUNDS = 9;
/** After the last record, until the service rests again. */
const REST_MS = 700;
const ASK_EVERY_MS = 5;

interface Product {
  readonly id: number;
  readonly stock_quantity: number;
}

/**
 * From a change in the store until Salesforce shows it, less what the store itself waits before it says
 * anything: the stock of a product that is bought, and an order that is completed.
 */
export async function measureLatency(
  pair: Pair,
  service: ServiceProcess,
  isShort: boolean,
): Promise<readonly Result[]> {
  const stock: number[] = [];
  const orders: number[] = [];
  let left = (await plentiful(pair)).stock_quantity;
  const { id: product } = await plentiful(pair);
  const rounds = isShort ? 1 : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    await rested(service);
    left -= 1;
    const [bought, order] = await timed(
      () => pair.store.control('POST', `products/${product}/buy`, { quantity: 1 }),
      () =>
        isThere(pair, `Product2 WHERE Woo_Key__c = 'main:${product}' AND Woo_Stock__c = ${left}`),
    );
    stock.push(bought);
    const { id } = order as { readonly id: number };
    await rested(service);
    const [completed] = await timed(
      () => pair.store.control('PATCH', `orders/${id}`, { status: 'completed' }),
      () => isThere(pair, `Woo_Order__c WHERE Woo_Key__c = 'main:${id}'`),
    );
    orders.push(completed);
  }
  const slowest = Math.max(...stock, ...orders);
  return [
    atMost('Purchase in the store → stock in the org, idle', 300, 'ms', median(stock)),
    atMost('Order completed in the store → order in the org, idle', 300, 'ms', median(orders)),
    shown('The slowest of these', 'ms', slowest),
  ];
}

/** A product with stock for all purchases. */
async function plentiful({ store }: Pair): Promise<Product> {
  const products = await store.list('products', 100, '&type=simple&status=publish');
  const found = products.find((one) => Number(one['stock_quantity']) > ROUNDS);
  if (!found) throw new Error('The store has no product with enough stock.');
  return { id: found.id, stock_quantity: Number(found['stock_quantity']) };
}

async function rested(service: ServiceProcess): Promise<void> {
  await service.settled();
  await delay(REST_MS);
}

/** @returns milliseconds beyond the store's own wait, and what the change answered */
async function timed(
  change: () => Promise<unknown>,
  isDone: () => Promise<boolean>,
): Promise<[number, unknown]> {
  const begun = performance.now();
  const answer = await change();
  await until('the change is in the org', 60, isDone, ASK_EVERY_MS);
  return [performance.now() - begun - WEBHOOK_DELAY_MS, answer];
}

async function isThere({ org }: Pair, record: string): Promise<boolean> {
  return (await org.count(record)) === 1;
}
