import type { Pair } from '../lib/programs/pair.ts';
import type { ServiceProcess } from '../lib/programs/service.ts';
import type { StoreProcess } from '../lib/programs/store.ts';
import { until } from '../lib/programs/until.ts';

/** A product of the shop that has its record in the org. */
export interface SharedProduct {
  readonly id: number;
  readonly recordId: string;
}

/** Records of one call, to the store and to the org. */
const BATCH = 100;
const COLLECTION = 200;
/** Nothing has to be on its way for so long: the shop's webhooks wait less, and the service less. */
const REST_MS = 700;
const LOOK_EVERY_MS = 250;
const QUIET_SECONDS = 300;

/** Makes so many plain products in the shop. */
export async function addProducts(store: StoreProcess, count: number): Promise<void> {
  const products = Array.from({ length: count }, (_, at) => ({
    name: `Shared ${at}`,
    type: 'simple',
    status: 'publish',
    sku: `SHARED-${at}`,
    regular_price: `${at + 10}.50`,
    manage_stock: true,
    stock_quantity: 40,
  }));
  for (let from = 0; from < count; from += BATCH) {
    await store.request('POST', 'products/batch', { create: products.slice(from, from + BATCH) });
  }
}

/** Those products, once the org has them. */
export async function sharedProducts({ org }: Pair): Promise<readonly SharedProduct[]> {
  const rows = await org.query(
    "SELECT Id, Woo_Key__c FROM Product2 WHERE StockKeepingUnit LIKE 'SHARED-%' ORDER BY Id",
  );
  return rows.map((row) => ({
    id: Number(String(row['Woo_Key__c']).replace('main:', '')),
    recordId: String(row['Id']),
  }));
}

/**
 * Saves products in the org, as an administrator does who changes many at once.
 * @returns API calls that it took
 */
export async function saveProducts(
  { org }: Pair,
  products: readonly SharedProduct[],
  fields: (product: SharedProduct) => object,
): Promise<number> {
  let calls = 0;
  for (let from = 0; from < products.length; from += COLLECTION) {
    const some = products.slice(from, from + COLLECTION);
    await org.update(
      'Product2',
      some.map((product) => ({ id: product.recordId, ...fields(product) })),
    );
    calls += 1;
  }
  return calls;
}

/** Notifications of the org that were not taken yet. */
async function untold({ org }: Pair): Promise<number> {
  const { notifications } = (await org.control('GET', 'outbound/totals')) as {
    notifications: { waiting: number; sending: number };
  };
  return notifications.waiting + notifications.sending;
}

/** Webhooks of the shop that were not sent yet; those that are held stay where they are. */
async function unsent({ store }: Pair): Promise<number> {
  const { waiting, held } = (await store.control('GET', 'deliveries')) as {
    readonly waiting: readonly unknown[];
    readonly held: boolean;
  };
  return held ? 0 : waiting.length;
}

/**
 * Resolves when nothing is on its way: no message, no webhook, no record in the service.
 * @returns since when, as `performance.now()` has it
 */
export async function quiet(pair: Pair, service: ServiceProcess): Promise<number> {
  let since = performance.now();
  const isQuiet = async (): Promise<boolean> => {
    const under = (await untold(pair)) + (await service.backlog()) + (await unsent(pair));
    if (under > 0) since = performance.now();
    return performance.now() - since > REST_MS;
  };
  await until('nothing is on its way', QUIET_SECONDS, isQuiet, LOOK_EVERY_MS);
  return since;
}
