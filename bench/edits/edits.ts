import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sidecarEnv } from '../../scripts/lib/install/deploy.ts';
import type { Bench, Setting } from '../lib/bench.ts';
import { newDatabase } from '../lib/programs/database.ts';
import type { Pair } from '../lib/programs/pair.ts';
import { ServiceProcess } from '../lib/programs/service.ts';
import { atMost, countAtMost, median, type Result, shown } from '../lib/results/results.ts';
import { withGateway } from '../orders/gateway.ts';
import { measureBothSides } from './both-sides.ts';
import { measureEditLatency } from './edit-latency.ts';
import { measureImages } from './images.ts';
import { measureOrderStatuses } from './order-statuses.ts';
import {
  addProducts,
  quiet,
  saveProducts,
  type SharedProduct,
  sharedProducts,
} from './shared-products.ts';

/** Orders of the shop, beside its products. */
const ORDERS = 100;
const [PRODUCTS, FEW_PRODUCTS] = [1000, 200];
const RUNS = 3;
const EDITED = 'products edited at once';

interface World {
  readonly pair: Pair;
  readonly service: ServiceProcess;
  readonly products: readonly SharedProduct[];
}

/** What came of many products that were edited at once. */
interface Edits {
  /** Calls to Salesforce, and requests to the store. */
  readonly calls: number;
  readonly requests: number;
  readonly writes: number;
  readonly seconds: number;
}

/** From Salesforce to the shop: one edit, many at once, images, and edits on both sides. */
export async function measureEdits(
  bench: Bench,
  setting: Setting,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  await bench.withPair(ORDERS, async (pair) => {
    const world = await openWorld(setting, pair, say);
    say('from the org to the store');
    results.push(...(await measureEditLatency({ ...world, isShort: setting.isShort })));
    say(`${world.products.length} ${EDITED}`);
    results.push(...(await measureMany(setting, world)));
    await world.service.stop();
  });
  results.push(...(await measureImages(bench, setting, say)));
  results.push(...(await measureBothSides(bench, setting, say)));
  results.push(...(await measureOrderStatuses(bench, setting, say)));
  const throughOrg = await withGateway(setting, ORDERS, async (pair) => {
    const world = await openWorld(setting, pair, say);
    const what = `${world.products.length} ${EDITED}, through the org`;
    say(what);
    const measured = await editAll(world, 1);
    await world.service.stop();
    return [
      shown(`${what}: Salesforce calls`, '', measured.calls),
      shown(`${what}: requests to the store`, '', measured.requests),
    ];
  });
  return [...results, ...throughOrg];
}

async function openWorld(
  { processes, postgresUrl, isShort }: Setting,
  pair: Pair,
  say: (line: string) => void,
): Promise<World> {
  const count = isShort ? FEW_PRODUCTS : PRODUCTS;
  say(`the service loads ${count} products`);
  await addProducts(pair.store, count);
  const place = { DATABASE_URL: await newDatabase(postgresUrl, `edits_${pair.route}`) };
  const service = await ServiceProcess.loaded(processes, pair, place);
  return { pair, service, products: await sharedProducts(pair) };
}

async function measureMany(setting: Setting, world: World): Promise<readonly Result[]> {
  const runs: Edits[] = [];
  const count = setting.isShort ? 1 : RUNS;
  for (let run = 1; run <= count; run++) runs.push(await editAll(world, run));
  const repeated = await deliverAgain(world);
  const plugin = await recordByRecord(setting, world, count + 1);
  const over = (value: (one: Edits) => number) => median(runs.map(value));
  const [calls, requests] = [over((one) => one.calls), over((one) => one.requests)];
  const what = `${world.products.length} ${EDITED}`;
  return [
    // More where messages arrive more slowly than they are looked at.
    atMost(`${what}: Salesforce calls`, 10, '', calls),
    atMost(`${what}: requests to the store`, 25, '', requests),
    shown(
      `${what}: until the store has them and has told of them`,
      's',
      over((one) => one.seconds),
    ),
    shown('Record by record: Salesforce calls for them', '', plugin.calls),
    shown('Record by record: requests to the store for them', '', plugin.requests),
    shown('Record by record: time', 's', plugin.seconds),
    countAtMost('The same messages delivered again: store writes', 0, repeated.writes),
    shown('The same messages delivered again: Salesforce calls', '', repeated.calls),
  ];
}

/**
 * Gives all products another name and another price.
 * @throws Error where the shop does not have them afterwards
 */
async function editAll(world: World, round: number): Promise<Edits> {
  const { pair, products } = world;
  const edits = await counted(world, () => saveProducts(pair, products, valuesOf(round)));
  await areInShop(world, round);
  return edits;
}

function valuesOf(round: number) {
  return ({ id }: SharedProduct) => ({
    Name: `Product ${id}, edit ${round}`,
    Woo_Regular_Price__c: id + round,
  });
}

async function areInShop({ pair: { store }, products }: World, round: number): Promise<void> {
  const listed = new Map((await store.list('products', Infinity)).map((one) => [one.id, one]));
  const there = products.filter((product) => {
    const wanted = valuesOf(round)(product);
    const one = listed.get(product.id);
    return (
      one?.['name'] === wanted.Name && Number(one['regular_price']) === wanted.Woo_Regular_Price__c
    );
  }).length;
  if (there !== products.length)
    throw new Error(`${there} of ${products.length} products are in step.`);
}

/**
 * What comes of something until nothing is on its way any more.
 * @param run answers how many API calls it made itself
 */
async function counted({ pair, service }: World, run: () => Promise<number>): Promise<Edits> {
  await quiet(pair, service);
  await Promise.all([pair.store.control('DELETE', 'requests'), pair.org.resetRequests()]);
  const begun = performance.now();
  const own = await run();
  const seconds = ((await quiet(pair, service)) - begun) / 1000;
  const { total, writes } = (await pair.store.control('GET', 'requests')) as {
    readonly total: number;
    readonly writes: number;
  };
  const { billed } = await pair.org.requests();
  return { calls: billed - own, requests: total, writes, seconds };
}

/** The messages of the last edits come a second time, as where their acknowledgement was lost. */
async function deliverAgain(world: World): Promise<Edits> {
  const { products, pair } = world;
  const { org } = pair;
  const { done } = (await org.control('GET', 'outbound')) as { done: readonly { id: string }[] };
  const ids = done.slice(-products.length).map(({ id }) => id);
  return counted(world, async () => {
    await org.control('POST', 'outbound/resend', { ids });
    return 0;
  });
}

/** How plugins usually write. The service is stopped for it, and stays so. */
async function recordByRecord(
  { processes, folder }: Setting,
  world: World,
  round: number,
): Promise<Omit<Edits, 'writes'>> {
  const { pair, service, products } = world;
  await service.stop();
  await pair.org.control('POST', 'outbound/hold');
  await saveProducts(pair, products, valuesOf(round));
  await Promise.all([pair.store.control('DELETE', 'requests'), pair.org.resetRequests()]);
  const file = join(folder, 'edited.json');
  writeFileSync(file, JSON.stringify(products));
  const { seconds } = await processes.measure(['bench/edits/push-by-record.ts'], {
    ...sidecarEnv(pair.org, pair.store, pair.org.url, ''),
    BENCH_STORE_URL: pair.store.url,
    BENCH_PRODUCTS: file,
  });
  const { total } = (await pair.store.control('GET', 'requests')) as { readonly total: number };
  const { billed } = await pair.org.requests();
  await areInShop(world, round);
  return { calls: billed, requests: total, seconds };
}
