/**
 * Mapping alone: the default mappings of orders and items, as an admin's records make them, beside the same rows
 * built by code that knows nothing else. Prints how many records each makes per second.
 */
import { isDeepStrictEqual } from 'node:util';
import { loadConfig, wooKeysFor } from '../../sidecar/src/config/load-config.ts';
import { orderItems } from '../../sidecar/src/mapping/attributes/order-items.ts';
import { compileMappings } from '../../sidecar/src/mapping/compile/compile.ts';
import type { Mapping } from '../../sidecar/src/mapping/model/mapping.ts';
import type { Row, WooRecord } from '../../sidecar/src/mapping/model/record.ts';
import { SalesforceOrg } from '../../sidecar/src/salesforce/org.ts';
import { DirectStore } from '../../sidecar/src/woo/direct-store.ts';
import { type Order, rowsByHand } from './by-hand.ts';
import { given } from '../lib/programs/given.ts';
import { median } from '../lib/results/results.ts';

const STORE = 'main';
const PAGES = 10;
/** Of each way, by turns; the first ones warm up. */
const ROUNDS = 30;
const WARM_UP = 10;

const config = loadConfig(process.env);
const store = { key: STORE, url: given('BENCH_STORE_URL') };

async function defaultMapping(name: string): Promise<Mapping> {
  const org = new SalesforceOrg(config.salesforce);
  const source = await org.readMappings();
  const objects = source.mappings.flatMap(({ object }) => object ?? []);
  const { mappings } = compileMappings(source, await org.describe([...new Set(objects)]));
  const found = mappings.find((mapping) => mapping.name === name);
  if (!found) throw new Error(`The org has no mapping ${name} that can run.`);
  return found;
}

async function someOrders(): Promise<readonly Order[]> {
  const direct = new DirectStore(store, wooKeysFor(config, STORE));
  const orders: WooRecord[] = [];
  for (let page = 1; page <= PAGES; page++) {
    const params = { per_page: '100', page: `${page}`, orderby: 'id', order: 'asc' };
    orders.push(...(await direct.list('orders', params)).records);
  }
  return orders as unknown as readonly Order[];
}

const [order, item] = [await defaultMapping('Order'), await defaultMapping('Order_Item')];
const orders = await someOrders();

function mapped(one: Order): Row[] {
  const rows = [order.build(one, store), ...orderItems(one).map((line) => item.build(line, store))];
  return rows.map(({ row, problems }) => {
    if (row) return row;
    throw new Error(problems.map(({ message }) => message).join(' '));
  });
}

const byHand = (one: Order): Row[] => rowsByHand(one, store.key, store.url);

for (const one of orders) {
  if (isDeepStrictEqual(mapped(one), byHand(one))) continue;
  const rows = JSON.stringify([mapped(one), byHand(one)], null, 1);
  throw new Error(`Order ${one.id} becomes other rows than by hand:\n${rows}`);
}

/** @returns records per second */
function speed(rowsOf: (order: Order) => readonly Row[]): number {
  const start = performance.now();
  let records = 0;
  for (const one of orders) records += rowsOf(one).length;
  return (1000 * records) / (performance.now() - start);
}

const rounds = Array.from({ length: ROUNDS }, () => ({
  mapped: speed(mapped),
  byHand: speed(byHand),
}));
const counted = rounds.slice(WARM_UP);
console.log(
  JSON.stringify({
    mapped: median(counted.map((round) => round.mapped)),
    byHand: median(counted.map((round) => round.byHand)),
    ratio: median(counted.map((round) => round.mapped / round.byHand)),
  }),
);
