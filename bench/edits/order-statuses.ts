import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { signIn } from '../../scripts/lib/install/deploy.ts';
import { outboundEnv } from '../../scripts/lib/install/install.ts';
import type { Bench, Setting } from '../lib/bench.ts';
import { newDatabase } from '../lib/programs/database.ts';
import type { Pair } from '../lib/programs/pair.ts';
import { endpointAt, ServiceProcess } from '../lib/programs/service.ts';
import { atMost, type Result, shown } from '../lib/results/results.ts';
import { until } from '../lib/programs/until.ts';
import { quiet } from './shared-products.ts';

const [ORDERS, FEW_ORDERS] = [1000, 200];
/** Records of one call, to the store and to the org. */
const BATCH = 100;
const COLLECTION = 200;
/** Nothing may be asked for so long before the measurement. */
const IDLE_MS = 3000;
const IDLE_SECONDS = 300;
const PLACED = '2026-01-01T12:00:00';
const RECIPE = 'config/recipes/orders-back';

/** A thousand orders that are completed in Salesforce, with the recipe by which their status goes to the shop. */
export async function measureOrderStatuses(
  bench: Bench,
  setting: Setting,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  const orders = setting.isShort ? FEW_ORDERS : ORDERS;
  const what = `${orders} orders completed at once`;
  return bench.withPair(orders, async (pair) => {
    say(what);
    await placeOrders(pair);
    await deployRecipe(setting, pair);
    const place = { DATABASE_URL: await newDatabase(setting.postgresUrl, 'order_statuses') };
    const service = await ServiceProcess.loaded(setting.processes, pair, place);
    const rows = await pair.org.query("SELECT Id FROM Woo_Order__c WHERE Status__c = 'processing'");
    if (rows.length !== orders) throw new Error(`The org has ${rows.length} of ${orders} orders.`);
    await idle(pair, service);
    await Promise.all([pair.store.control('DELETE', 'requests'), pair.org.resetRequests()]);
    const begun = performance.now();
    const own = await complete(pair, rows);
    const seconds = ((await quiet(pair, service)) - begun) / 1000;
    const { total } = await requestsOf(pair);
    const { billed } = await pair.org.requests();
    await areCompleted(pair);
    await service.stop();
    return [
      // More where messages arrive more slowly than they are looked at.
      atMost(`${what}: Salesforce calls`, 10, '', billed - own),
      atMost(`${what}: requests to the store`, 25, '', total),
      shown(`${what}: until both sides are in step`, 's', seconds),
    ];
  });
}

/** Resolves when the service has done all that it does when it is started: its sweeps make no webhook and no record wait. */
async function idle(pair: Pair, service: ServiceProcess): Promise<void> {
  let before = '';
  await until(
    'the sweeps of the start are over',
    IDLE_SECONDS,
    async () => {
      await quiet(pair, service);
      const [{ total }, { requests }] = await Promise.all([requestsOf(pair), pair.org.requests()]);
      const now = `${total} ${requests}`;
      const isSame = now === before;
      before = now;
      return isSame;
    },
    IDLE_MS,
  );
}

async function requestsOf({ store }: Pair): Promise<{ readonly total: number }> {
  return (await store.control('GET', 'requests')) as { readonly total: number };
}

/** Orders as they are once they were paid: the shop has taken their stock, and knows their customers as paying. */
async function placeOrders({ store }: Pair): Promise<void> {
  const ids = (await store.list('orders', store.orders)).map(({ id }) => id);
  for (const { id } of await store.list('customers', Infinity))
    await store.control('PATCH', `customers/${id}?touch=false`, { is_paying_customer: true });
  const undone = { date_completed: null, date_completed_gmt: null };
  await store.changeQuietly(ids, { status: 'pending', ...undone });
  for (let from = 0; from < ids.length; from += BATCH) {
    const update = ids.slice(from, from + BATCH).map((id) => ({ id, status: 'processing' }));
    await store.request('POST', 'orders/batch', { update });
  }
  // Long ago, so that no sweep finds them.
  await store.control('PATCH', `orders?modified=${PLACED}`, { ids });
}

async function deployRecipe({ folder, stopped }: Setting, pair: Pair): Promise<void> {
  const { org, servicePort } = pair;
  const sf = await signIn(org, org.url, mkdtempSync(join(folder, 'statuses-')));
  const outbound = { endpoint: endpointAt(servicePort), username: org.integrationUsername };
  const options = { env: outboundEnv(outbound), stopped };
  await sf.must(['project', 'deploy', 'start', '-d', RECIPE], options);
  const assign = ['org', 'assign', 'permset', '--name', 'Woo_Recipe_Orders_Back'];
  await sf.must([...assign, '--on-behalf-of', org.integrationUsername], options);
}

/** @returns API calls that it took */
async function complete(
  { org }: Pair,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<number> {
  let calls = 0;
  for (let from = 0; from < rows.length; from += COLLECTION) {
    const some = rows.slice(from, from + COLLECTION);
    const completed = some.map(({ Id }) => ({ id: String(Id), Status__c: 'completed' }));
    await org.update('Woo_Order__c', completed);
    calls += 1;
  }
  return calls;
}

/** @throws Error where an order is not completed on one of the sides, or the shop's date of it has not come back */
async function areCompleted({ store, org }: Pair): Promise<void> {
  const inShop = (await store.list('orders', Infinity)).filter(
    ({ status }) => status === 'completed',
  ).length;
  const inOrg = await org.count(
    "Woo_Order__c WHERE Status__c = 'completed' AND Completed_In_Woo__c != null",
  );
  const { orders } = store;
  if (inShop !== orders || inOrg !== orders)
    throw new Error(
      `Of ${orders} orders ${inShop} are completed in the shop, ${inOrg} in the org.`,
    );
}
