import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import type { EngineParts } from '../../src/engine/engine-parts.ts';
import type { ObjectSchema } from '../../src/mapping/model/schema.ts';
import type { Collection } from '../../src/ports/org.ts';
import type { Setup, StoreSetup } from '../../src/ports/setup.ts';
import { source } from '../mapping/support/mappings.ts';
import { HoldingOrg } from '../support/holding-org.ts';
import { ListStore } from '../support/list-store.ts';
import { MemoryCallLedger } from '../support/memory-call-ledger.ts';
import { MemoryChangeQueue } from '../support/memory-change-queue.ts';
import { MemoryState } from '../support/memory-state.ts';
import { mappingTo, rowOf } from '../support/rows.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const ORDERS = 30;

/** An org that takes no orders while it is told so. */
class RefusingOrg extends HoldingOrg {
  readonly usage = { limit: 100_000, remaining: 90_000 };
  readonly callsFor = new Map<string, number>();
  calls = 0;
  isRefusing = false;
  /** Issues that stand open in it since before the state. */
  readonly standing: Readonly<Record<string, unknown>>[] = [];

  override queries(soql: readonly string[]): ReturnType<HoldingOrg['queries']> {
    const isOfIssues = (one: string) => one.includes("FROM Woo_Sync_Issue__c WHERE Store__c IN ('");
    return Promise.all(
      soql.map(async (one) => {
        const [rows = []] = isOfIssues(one) ? [this.standing] : await super.queries([one]);
        return rows;
      }),
    );
  }

  queriesAll(soql: readonly string[]): ReturnType<HoldingOrg['queries']> {
    return Promise.resolve(soql.map(() => []));
  }

  query(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }

  describe(): Promise<ReadonlyMap<string, never>> {
    return Promise.resolve(new Map<string, never>());
  }

  override async write(collections: readonly Collection[]): ReturnType<HoldingOrg['write']> {
    const refused = collections.map((one) => this.isRefusing && one.object === 'Woo_Order__c');
    const taken = await super.write(collections.filter((_, at) => refused[at] !== true));
    const left = [...taken];
    const code = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
    const error = { code, kind: 'permanent', fields: [], message: 'No orders today.' } as const;
    return collections.map((one, at) =>
      refused[at] === true && one.kind !== 'delete'
        ? one.records.map(() => ({ id: null, created: false, errors: [error] }))
        : (left.shift() ?? []),
    );
  }

  /** What the status of the store says now: each that is written is a row here. */
  get status(): Readonly<Record<string, unknown>> {
    return this.of('Woo_Store_Status__c').at(-1) ?? {};
  }
}

const orders = mappingTo('Woo_Order__c', {
  label: 'Orders',
  resource: 'order',
  reads: ['total'],
  build: ({ id, total }) => ({
    row: rowOf(`main:${String(id)}`, { Name: `${String(id)} ${String(total)}` }),
  }),
});

let engine: Engine;
let org: RefusingOrg;
let clock: VirtualClock;
let queue: MemoryChangeQueue;
let state: MemoryState;
let setup: Setup;
const held: { id: number; total: string }[] = [];

beforeEach(async () => {
  held.splice(
    0,
    held.length,
    ...Array.from({ length: ORDERS }, (_, id) => ({ id: id + 1, total: '1' })),
  );
  clock = new VirtualClock(new Date('2026-11-28T00:00:00Z'));
  org = new RefusingOrg();
  state = new MemoryState();
  queue = new MemoryChangeQueue(state, clock.now);
  const shop = { store: new ListStore({ orders: held }), label: 'Shop', mappings: [orders] };
  const budget = { dailyCalls: null, dailyShare: null };
  const nothing = { stopped: [], inactive: [], problems: [], held: [] };
  setup = {
    stores: [{ ...shop, held: [], version: '1', budget }] as unknown as readonly StoreSetup[],
    ...nothing,
    compiledOf: { source: source({}), schemas: new Map<string, ObjectSchema>() },
    fingerprint: 'a1b2c3d4',
    readAt: clock.now(),
  };
  await begin();
});

async function begin(): Promise<void> {
  const ignore = (): void => undefined;
  engine = new Engine({
    org: org.asOrg as EngineParts['org'],
    state,
    queue,
    issues: queue,
    clock,
    leases: { acquire: () => Promise.resolve(true), release: () => Promise.resolve() },
    calls: new MemoryCallLedger(),
    log: { info: ignore, warn: ignore, error: ignore },
    publicUrl: null,
    secrets: null,
    sweepSeconds: 900,
    imageUrl: null,
    adoptAddress: () => Promise.reject(new Error('nothing moves')),
    readSetup: () => Promise.resolve(setup),
  });
  await engine.start();
  await pass(600);
}

async function end(): Promise<void> {
  const stopped = engine.stop();
  await clock.passUntil(clock.now());
  await stopped;
}

afterEach(end);

const pass = (seconds: number) => clock.passUntil(new Date(clock.now().getTime() + seconds * 1000));

async function changeAll(total: string): Promise<void> {
  for (const order of held) order.total = total;
  await queue.add(held.map(({ id }) => ({ resource: 'order', key: `main:${id}` })));
}

it.each([0, 13, 29, 41])(
  'a store is healthy no more within seconds of its orders being refused, and again of their cure, %d s into a minute',
  async (seconds) => {
    expect(org.status).toMatchObject({ State__c: 'healthy', Open_Issues__c: 0 });
    await pass(seconds);
    org.isRefusing = true;
    await changeAll('2');
    await pass(10);
    expect(org.status).toMatchObject({ State__c: 'attention', Open_Issues__c: 1 });
    expect(org.status['Message__c']).toContain('FIELD_CUSTOM_VALIDATION_EXCEPTION');
    await pass(300 + seconds);
    org.isRefusing = false;
    await changeAll('2');
    await pass(10);
    expect(org.status).toMatchObject({ State__c: 'healthy', Open_Issues__c: 0 });
  },
);

it('what is edited while no mapping sends it to the shop is looked for as soon as one does', async () => {
  const sweeps = () => org.queried.filter((soql) => / FROM Woo_Order__c WHERE System/.test(soql));
  const sending = (version: string, outgoing: readonly object[]): void => {
    const stores = setup.stores.map((store) => ({
      ...store,
      version,
      mappings: store.mappings.map((mapping) => ({ ...mapping, outgoing })),
    }));
    setup = { ...setup, fingerprint: version, stores: stores as unknown as typeof setup.stores };
  };
  await pass(60);
  expect(sweeps()).toEqual([]);
  sending('2', [{ field: 'Status__c', kind: 'value', direction: 'to_woo' }]);
  await engine.reload();
  await pass(10);
  expect(sweeps()).toHaveLength(1);
  await engine.reload();
  await pass(10);
  expect(sweeps()).toHaveLength(1);
});

it('open issues of the other stores are tried again once a store is loaded, which may share their records', async () => {
  const queueAll = vi.spyOn(queue, 'queueAll');
  const [main] = setup.stores;
  const second = {
    ...main,
    store: Object.assign(new ListStore({ orders: [] }), { key: 'second' }),
    mappings: [orders],
  };
  setup = { ...setup, fingerprint: '2', stores: [main, second] as unknown as typeof setup.stores };
  await engine.reload();
  await pass(60);
  expect(queueAll.mock.calls.filter(([store]) => store === 'main')).toHaveLength(1);
});

const UNSENT = {
  Issue_Key__c: 'order:Woo_Order__c:main:7#unsent',
  Kind__c: 'failed',
  Store__c: 'main',
  Resource__c: 'order',
  Woo_Id__c: '7',
  Salesforce_Object__c: 'Woo_Order__c',
  Code__c: 'EDIT_NOT_SENT',
  Reason__c: 'It is not sent.',
  What_To_Do__c: 'Enter it.',
};

async function loseState(): Promise<void> {
  await end();
  state = new MemoryState();
  queue = new MemoryChangeQueue(state, clock.now);
  org.standing.push(UNSENT);
}

it('after a lost state, a record of which an issue stood open is asked for in Salesforce too', async () => {
  await loseState();
  await begin();
  expect([...state.twoWay.edits.keys()]).toEqual(['main:7']);
});

it('after a lost state, issues are taken back once all stores are loaded, any of which may be meant', async () => {
  await loseState();
  const gate = Promise.withResolvers<undefined>();
  const [main] = setup.stores;
  const shop = new ListStore({ orders: [] });
  const walk = shop.walk.bind(shop);
  const late = async function* (...asked: Parameters<typeof walk>) {
    await gate.promise;
    yield* walk(...asked);
  };
  const store = Object.assign(shop, { key: 'second', walk: late });
  const stores = [main, { ...main, store }] as unknown as typeof setup.stores;
  setup = { ...setup, fingerprint: '2', stores };
  await begin();
  expect(engine.stores.map(({ loading }) => loading === null)).toEqual([true, false]);
  const before = [...state.twoWay.edits.keys()];
  gate.resolve(undefined);
  expect(before).toEqual([]);
  await pass(60);
  expect([...state.twoWay.edits.keys()]).toEqual(['main:7']);
});
