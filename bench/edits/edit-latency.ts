import type { Pair } from '../lib/programs/pair.ts';
import type { ServiceProcess } from '../lib/programs/service.ts';
import { until } from '../lib/programs/until.ts';
import { atMost, median, type Result, shown } from '../lib/results/results.ts';
import { quiet, saveProducts, type SharedProduct } from './shared-products.ts';

const ROUNDS = 9;
const ASK_EVERY_MS = 5;

export interface EditLatencyOptions {
  readonly pair: Pair;
  readonly service: ServiceProcess;
  readonly products: readonly SharedProduct[];
  readonly isShort: boolean;
}

/**
 * From a save in the org until the store shows it, less the time until the org begins to send the message: that is
 * Salesforce's own.
 */
export async function measureEditLatency({
  pair,
  service,
  products,
  isShort,
}: EditLatencyOptions): Promise<readonly Result[]> {
  const times: number[] = [];
  for (const [round, product] of products.slice(0, isShort ? 1 : ROUNDS).entries()) {
    await quiet(pair, service);
    const name = `Edited alone, ${round}`;
    await saveProducts(pair, [product], () => ({ Name: name }));
    await until('the edit is in the shop', 60, () => isThere(pair, product, name), ASK_EVERY_MS);
    times.push(Date.now() - (await sentAt(pair)));
  }
  return [
    atMost('Product edited in the org → product in the store, idle', 300, 'ms', median(times)),
    shown('The slowest of these edits', 'ms', Math.max(...times)),
  ];
}

async function isThere({ store }: Pair, { id }: SharedProduct, name: string): Promise<boolean> {
  const product = (await store.request('GET', `products/${id}`)) as { readonly name: string };
  return product.name === name;
}

/** When the request of the last message began, by the clock of the machine. */
async function sentAt({ org }: Pair): Promise<number> {
  const { envelopes } = (await org.control('GET', 'outbound')) as {
    readonly envelopes: readonly { readonly sent_at: number }[];
  };
  const last = envelopes.at(-1);
  if (!last) throw new Error('The org has sent no message.');
  return last.sent_at;
}
