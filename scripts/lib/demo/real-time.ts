import { Connection } from 'jsforce';

import type { Store } from '../../../local/store/store.ts';
import type { Pair } from './pair.ts';
import { until } from '../until.ts';

/** As many as are in stock before the shopper comes, and as many as are bought. */
const STOCK = 16;
const BOUGHT = 4;
/** Of the shopper, in the state whose tax the store knows. */
const ADDRESS = {
  first_name: 'Ada',
  last_name: 'Byron',
  address_1: '12 Linden Street',
  city: 'Ithaca',
  state: 'NY',
  postcode: '14850',
  country: 'US',
};
/** Long enough for a machine that is busy with other things. */
const SECONDS = 20;

/** What a service that has just started does by itself is over when the org has not heard of it for so long. */
const REST_MS = 1000;

/** Puts sixteen bean bags on the shelf. @returns the id of the product */
export function stockBeanBags({ shop, edits }: Store): number {
  const product = shop.products
    .all()
    .map((entry) => entry.read())
    .find(({ name }) => name.startsWith('Bean Bag'));
  if (!product) throw new Error('The store sells no bean bags.');
  return edits.updateProduct(product.id, { stock_quantity: STOCK }).id;
}

/**
 * Buys bean bags in the store and completes the order, and prints when Salesforce has each.
 * @param product id of the bean bag
 * @throws Error where one does not arrive
 */
export async function showRealTime(
  { org, orgUrl, storeUrl }: Pair,
  product: number,
  stopped: AbortSignal,
): Promise<void> {
  await atRest(org, stopped);
  const instance = { instanceUrl: orgUrl, accessToken: org.adminToken, version: '66.0' };
  const salesforce = new Connection(instance);
  const find = async (fields: string, object: string, key: string) => {
    const soql = `SELECT ${fields} FROM ${object} WHERE Woo_Key__c = '${key}'`;
    const { records } = await salesforce.query<Record<string, unknown>>(soql);
    return records[0];
  };
  const stock = async () =>
    (await find('Woo_Stock__c', 'Product2', `main:${product}`))?.['Woo_Stock__c'];
  console.log(`\nBean bags in stock in Salesforce: ${String(await stock())}`);

  const left = STOCK - BOUGHT;
  const buying = performance.now();
  const order = await inStore('POST', `${storeUrl}/local/products/${product}/buy`, {
    quantity: BOUGHT,
    billing: { ...ADDRESS, email: 'ada@example.com', phone: '+1 207 555 0142' },
    shipping: ADDRESS,
  });
  const isLeft = async () => ((await stock()) === left ? true : undefined);
  await until(isLeft, { what: `${left} bean bags in Salesforce`, seconds: SECONDS, stopped });
  console.log(`${BOUGHT} are bought in the store: ${left} in Salesforce after ${since(buying)} ms`);

  const name = `Order ${order.id}`;
  const arrived = () => find('Name, Total__c', 'Woo_Order__c', `main:${order.id}`);
  if (await arrived()) throw new Error(`${name} is in Salesforce before it is completed.`);
  console.log(`${name} is in processing, so it is not in Salesforce`);

  const completing = performance.now();
  await inStore('PATCH', `${storeUrl}/local/orders/${order.id}`, { status: 'completed' });
  await until(arrived, { what: `${name} in Salesforce`, seconds: SECONDS, stopped });
  console.log(`It is completed in the store: in Salesforce after ${since(completing)} ms`);
}

/** Else a sweep might bring what the shop is to report. */
async function atRest({ requestLog }: Pair['org'], stopped: AbortSignal): Promise<void> {
  let calls = -1;
  let since = performance.now();
  const rests = () => {
    const { billed } = requestLog.totals();
    if (billed !== calls) since = performance.now();
    calls = billed;
    return performance.now() - since > REST_MS ? true : undefined;
  };
  await until(rests, { what: 'A service at rest', seconds: SECONDS, stopped });
}

/** What the store's staff or shoppers do: `/local/…`. @returns the record @throws Error with what the store says */
export async function inStore(
  method: 'POST' | 'PATCH',
  url: string,
  body: unknown,
): Promise<{ id: number }> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The store refused ${method} ${url}: ${await answer.text()}`);
  return (await answer.json()) as { id: number };
}

function since(start: number): number {
  return Math.round(performance.now() - start);
}
