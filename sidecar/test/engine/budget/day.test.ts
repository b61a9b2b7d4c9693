import { afterEach, beforeEach, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import type { EngineParts } from '../../../src/engine/engine-parts.ts';
import { purpose, spendCall } from '../../../src/lib/call-purpose.ts';
import type { ObjectSchema } from '../../../src/mapping/model/schema.ts';
import type { Collection } from '../../../src/ports/org.ts';
import type { Setup, StoreSetup } from '../../../src/ports/setup.ts';
import { source } from '../../mapping/support/mappings.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryCallLedger } from '../../support/memory-call-ledger.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const CALLS = 400;
const EVENTS = 300;
/** Two are read at a time: with their writes they are more than half of the day's calls. */
const PRODUCTS = 400;

interface Call {
  readonly at: string;
  readonly purpose: string;
  /** What it writes; empty for one that reads. */
  readonly writes: readonly string[];
}

let calls: Call[];
let clock: VirtualClock;

/** One API call of the org is made. @throws where the budget does not let it */
function call(writes: readonly string[] = []): void {
  spendCall();
  calls.push({ at: clock.now().toISOString(), purpose: purpose(), writes });
}

/** An org that counts what it is asked, and keeps what it is told of status and issues by key. */
class CountingOrg extends HoldingOrg {
  readonly usage = { limit: 100_000, remaining: 90_000 };
  readonly callsFor = new Map<string, number>();
  readonly told: { readonly at: string; readonly row: Readonly<Record<string, unknown>> }[] = [];

  get calls(): number {
    return calls.length;
  }

  override queries(soql: readonly string[]): ReturnType<HoldingOrg['queries']> {
    call();
    return super.queries(soql);
  }

  queriesAll(soql: readonly string[]): ReturnType<HoldingOrg['queries']> {
    call();
    return Promise.resolve(soql.map(() => []));
  }

  query(): Promise<readonly never[]> {
    call();
    return Promise.resolve([]);
  }

  describe(): Promise<ReadonlyMap<string, never>> {
    call();
    return Promise.resolve(new Map<string, never>());
  }

  override write(collections: readonly Collection[]): ReturnType<HoldingOrg['write']> {
    call(collections.map(({ object }) => object));
    for (const one of collections) {
      if (one.kind === 'delete' || !/^Woo_(Sync_Issue|Store_Status)__c$/.test(one.object)) continue;
      for (const text of one.records)
        this.told.push({ at: clock.now().toISOString(), row: JSON.parse(text) as object as never });
    }
    return super.write(collections);
  }
}

/** A shop behind a named credential: each read is an API call. */
class GatewayShop extends ListStore {
  override list: ListStore['list'] = (...args) => {
    call();
    return super.list(...args);
  };

  override lists: ListStore['lists'] = async (reads) => {
    call();
    const answers = reads.map(({ list, params }) => super.list(list, params));
    return Promise.all(answers);
  };

  override readonly walk: ListStore['walk'] = (...args) => counted(walkOf(this, args));
}

function walkOf(
  shop: ListStore,
  args: Parameters<ListStore['walk']>,
): ReturnType<ListStore['walk']> {
  return new ListStore(shop.held).walk(...args);
}

async function* counted<T>(pages: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const page of pages) {
    call();
    yield page;
  }
}

const orders = mappingTo('Woo_Order__c', {
  label: 'Orders',
  resource: 'order',
  build: ({ id }) => ({ row: rowOf(`main:${String(id)}`, { Name: String(id) }) }),
});
const products = mappingTo('Product2', {
  label: 'Products',
  resource: 'product',
  build: ({ id }) => ({ row: rowOf(`main:${String(id)}`, { Name: String(id) }) }),
});

let engine: Engine;
let org: CountingOrg;
let state: MemoryState;
let queue: MemoryChangeQueue;
let logged: string[];
const shopOrders: { id: number }[] = [];

beforeEach(() => {
  calls = [];
  logged = [];
  shopOrders.length = 0;
  clock = new VirtualClock(new Date('2026-11-28T00:00:00Z'));
  org = new CountingOrg();
  state = new MemoryState();
  queue = new MemoryChangeQueue(state, clock.now);
  const shop = new GatewayShop({
    orders: shopOrders,
    products: Array.from({ length: PRODUCTS }, (_, at) => ({ id: 10_000 + at, type: 'simple' })),
  });
  const one = { label: 'Shop', mappings: [products, orders], held: [], version: '1' };
  const stores = [{ store: shop, ...one, budget: { dailyCalls: CALLS, dailyShare: null } }];
  const compiledOf = { source: source({}), schemas: new Map<string, ObjectSchema>() };
  const nothing = { stopped: [], inactive: [], problems: [], held: [], compiledOf };
  const setup: Setup = {
    stores: stores as unknown as readonly StoreSetup[],
    ...nothing,
    fingerprint: 'a1b2c3d4',
    readAt: clock.now(),
  };
  const log = (fields: object, message: string) =>
    void logged.push(`${(fields as { code?: string }).code ?? ''} ${message}`);
  engine = new Engine({
    org: org.asOrg as EngineParts['org'],
    state,
    queue,
    issues: queue,
    clock,
    leases: { acquire: () => Promise.resolve(true), release: () => Promise.resolve() },
    calls: new MemoryCallLedger(),
    log: { info: () => undefined, warn: log, error: log },
    publicUrl: null,
    secrets: null,
    sweepSeconds: 900,
    imageUrl: null,
    adoptAddress: () => Promise.reject(new Error('nothing moves')),
    readSetup: () => {
      call();
      return Promise.resolve(setup);
    },
  });
});

afterEach(async () => {
  const stopped = engine.stop();
  await clock.passUntil(clock.now());
  await stopped;
});

const timeOf = (at: number): Date => new Date(Date.UTC(2026, 10, 28, 1) + at * 20_000);
const arrived = () => org.of('Woo_Order__c').length;
const at = (time: string) => calls.filter((one) => one.at < time).length;

it('a day with 400 calls and 300 events: events first, then waiting and named, and in step by itself', async () => {
  await engine.start();
  await clock.passUntil(new Date('2026-11-28T01:00:00Z'));
  // The first backfill has had its half, and says that it waits.
  expect(calls.length).toBeGreaterThanOrEqual(200);
  expect(calls.length).toBeLessThan(220);
  expect(org.of('Product2').length).toBeGreaterThan(300);
  expect(org.of('Product2').length).toBeLessThan(PRODUCTS);
  let lost = 0;
  for (let event = 0; event < EVENTS; event++) {
    shopOrders.push({ id: event + 1 });
    await queue.add([{ resource: 'order', key: `main:${event + 1}` }]);
    await clock.passUntil(timeOf(event + 1));
    // Each is in the org before the next one, while calls last.
    if (arrived() < event + 1) lost ||= calls.length;
  }
  expect(lost).toBeGreaterThanOrEqual(CALLS * 0.9 - 10 - 2);
  await clock.passUntil(new Date('2026-11-28T22:59:59Z'));
  expect(arrived()).toBeLessThan(EVENTS);
  await clock.passUntil(new Date('2026-11-28T23:59:59Z'));
  // What was kept is free in the last hour.
  expect(arrived()).toBe(EVENTS);
  expect(calls.length).toBeLessThanOrEqual(CALLS);
  expect(logged.filter((line) => /^SF_BUDGET_(LOW|REACHED)/.test(line))).toEqual([
    expect.stringMatching(/^SF_BUDGET_LOW 70 % of the 400 .*sweeps and backfills wait/),
    expect.stringMatching(/^SF_BUDGET_REACHED 90 % of the 400 .*changes wait too/),
  ]);
  const issues = org.told.filter(({ row }) => String(row['Code__c']).startsWith('SF_BUDGET'));
  expect(issues.map(({ row }) => row['Code__c'])).toEqual(['SF_BUDGET_LOW', 'SF_BUDGET_REACHED']);
  // The calls from the 280th and 360th on, before the last hour, in which what is kept is free.
  const day = calls.filter((one) => one.at < '2026-11-28T23:00:00');
  const after = (count: number) => day.slice(count).map((one) => one.purpose);
  const urgent = ['changes', 'status', 'issues', 'configuration'];
  expect(after(280).filter((one) => !urgent.includes(one))).toEqual([]);
  const written = day.slice(360).flatMap(({ writes }) => writes);
  const own = ['Woo_Attention__c', 'Woo_Sync_Issue__c', 'Woo_Store_Status__c'];
  expect(written.length).toBeGreaterThan(0);
  expect(written.filter((object) => !own.includes(object))).toEqual([]);
  expect(written.filter((object) => object === 'Woo_Sync_Issue__c').length).toBeLessThanOrEqual(1);
  const last = org.told.findLast(({ row }) => row['State__c'] === 'paused');
  expect(last?.row['Message__c']).toMatch(/changes wait too, until 23:00 UTC/);

  await clock.passUntil(new Date('2026-11-29T01:00:00Z'));
  expect(org.of('Product2').length).toBe(PRODUCTS);
  expect(at('2026-11-29T01:00:00Z') - at('2026-11-29T00:00:00Z')).toBeLessThanOrEqual(CALLS);
  expect(queue.issues.size).toBe(0);
});
