import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Availability } from '../../../src/engine/availability.ts';
import { UNLIMITED } from '../../../src/engine/budget/allowance.ts';
import { FirstBackfill } from '../../../src/engine/store/first-backfill.ts';
import type { StoreParts } from '../../../src/engine/store/store-parts.ts';
import { tellToBegin } from '../../../src/engine/store/told-backfill.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { spendCall } from '../../../src/lib/call-purpose.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { StoreSetup } from '../../../src/ports/setup.ts';
import {
  compiled,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
} from '../../mapping/support/mappings.ts';
import { HoldingOrg, US } from '../../support/holding-org.ts';
import { type Lists, ListStore } from '../../support/list-store.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { verified } from '../../support/links.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { unlimitedBudgets } from '../../support/unlimited-budgets.ts';

const orders = mappingTo('Woo_Order__c', {
  label: 'Orders',
  resource: 'order',
  build: ({ id }) => ({ row: rowOf(`main:${String(id)}`, {}) }),
});

const customers = mappingTo('Contact', {
  name: 'Contact',
  label: 'Customers',
  resource: 'customer',
  build: ({ id }) => ({ row: rowOf(`main:${String(id)}`, {}) }),
});

let stop = new AbortController();
afterEach(() => {
  stop.abort();
});

interface Given {
  readonly runs?: readonly Mapping[];
  readonly held?: readonly string[];
  /** Of the store; without records where it is left out. */
  readonly lists?: Lists;
  readonly budgets?: Pick<StoreParts['budgets'], 'allowance'>;
  readonly key?: string;
  readonly earlier?: StoreSetup['earlier'];
}

/** A clock whose sleeps end after a turn of the loop. */
function scene(loadWhenTold: boolean, state = new MemoryState(), given: Given = {}) {
  let time = Date.parse('2026-11-28T10:00:00Z');
  const clock = {
    now: () => new Date(time),
    sleep: async (milliseconds: number) => {
      await turn();
      time += milliseconds;
    },
  };
  stop = new AbortController();
  const store = new ListStore(given.lists ?? { orders: [], customers: [] });
  if (given.key !== undefined) Object.assign(store, { key: given.key });
  const reads: string[] = [];
  store.onPage = (list) => void reads.push(list);
  const logged: string[] = [];
  const log = (_fields: unknown, message: string) => void logged.push(message);
  const queue = new MemoryChangeQueue(state, clock.now);
  const availability = new Availability(clock);
  const told: string[] = [];
  const leases = { acquire: () => Promise.resolve(true), release: () => Promise.resolve() };
  const org = new HoldingOrg();
  const parts = {
    state,
    clock,
    leases,
    org: org.asOrg,
    links: null,
    availability,
    queue,
    issues: queue,
    log: { info: log, warn: log, error: log },
    signal: stop.signal,
    budgets: given.budgets ?? unlimitedBudgets,
    onFollowing: (loaded: string | null) =>
      void told.push(`following, ${loaded ?? 'nothing'} loaded`),
  } as unknown as StoreParts;
  const held = (given.held ?? []).map((name) => ({ name }));
  const runs = given.runs ?? [orders];
  const { earlier } = given;
  const setup = { store, label: 'Main', mappings: runs, held, version: '1', loadWhenTold, earlier };
  const first = new FirstBackfill(setup as unknown as StoreSetup, parts);
  return {
    state,
    store,
    reads,
    logged,
    first,
    queue,
    availability,
    told,
    org,
    ran: first.run(),
  };
}

async function turns(): Promise<void> {
  for (let at = 0; at < 50; at++) await turn();
}

/** Whether it resolves soon; a load that never ends sleeps and looks again for ever. */
async function happens(one: Promise<unknown>): Promise<boolean> {
  const never = async () => {
    for (let at = 0; at < 20; at++) await turns();
    return false;
  };
  return Promise.race([one.then(() => true), never()]);
}

it('reads and writes nothing of a store that loads when told, until it is told', async () => {
  const { state, store, reads, logged, first, told, ran } = scene(true);
  await turns();
  expect([reads, first.progress]).toEqual([[], 'waits']);
  expect(logged).toEqual([expect.stringContaining('waits for the command Backfill')]);
  const reached: unknown[] = [];
  const { walk } = store;
  Object.assign(store, {
    walk: (...asked: Parameters<typeof walk>) => {
      reached.push(first.progress);
      return walk(...asked);
    },
  });
  await tellToBegin(state, { store }, { now: new Date(), goesFirst: false });
  await ran;
  expect(reads).toContain('orders');
  expect(reached).toContain('begins');
  expect([first.progress, told]).toEqual([null, ['following, main loaded']]);
});

it('is not done where it is stopped while it waits', async () => {
  const { first, told, ran } = scene(true);
  await turns();
  stop.abort();
  await ran;
  expect([first.progress, told]).toEqual(['waits', []]);
});

it('goes on with one that was begun, though the box was checked meanwhile', async () => {
  const state = new MemoryState();
  state.cursors.set('main loading', { at: '2026-11-28T09:00:00Z' });
  const { reads, first, ran } = scene(true, state);
  await ran;
  expect(reads).toContain('orders');
  expect(first.progress).toBeNull();
});

it('is done at once where the store was loaded before', async () => {
  const state = new MemoryState();
  state.cursors.set('main loaded', { at: '2026-11-28T09:00:00Z' });
  const { reads, first, ran } = scene(true, state);
  await ran;
  expect([reads, first.progress]).toEqual([[], null]);
});

it('begins by itself where the box is not checked', async () => {
  const { reads, ran } = scene(false);
  await ran;
  expect(reads).toContain('orders');
});

it('loads once more when a mapping is mended that was held at the first load, and does not hold others up', async () => {
  const state = new MemoryState();
  const first = scene(false, state, { runs: [customers], held: [orders.name] });
  await first.ran;
  expect(first.reads).not.toContain('orders');
  expect(first.logged[0]).toBe('first backfill');
  const held = scene(false, state, { runs: [customers], held: [orders.name] });
  expect(await happens(held.ran)).toBe(true);
  expect(held.reads).toEqual([]);

  const mended = scene(false, state, { runs: [customers, orders] });
  expect(await happens(mended.first.waitsForCalls)).toBe(true);
  expect(await happens(mended.ran)).toBe(true);
  expect(mended.reads).toContain('orders');
  expect(mended.logged[0]).toContain('a mapping that was held at the last one was mended');
  const after = scene(false, state, { runs: [customers, orders] });
  expect(await happens(after.ran)).toBe(true);
  expect([after.reads, after.first.progress]).toEqual([[], null]);
});

it('begins with the first list where a mapping is mended while the first load is under way', async () => {
  const state = new MemoryState();
  state.cursors.set('main loading', { at: '2026-11-28T09:00:00Z', walked: ['backfill:orders'] });
  state.cursors.set('main loaded without', { mappings: [orders.name], again: [] });
  const mended = scene(false, state);
  expect(await happens(mended.ran)).toBe(true);
  expect(mended.reads).toContain('orders');

  const later = new MemoryState();
  later.cursors.set('main loading', { at: '2026-11-28T09:00:00Z', walked: ['backfill:orders'] });
  later.cursors.set('main loaded without', { mappings: [orders.name], again: [orders.name] });
  const goesOn = scene(false, later);
  expect(await happens(goesOn.ran)).toBe(true);
  expect(goesOn.reads).not.toContain('orders');
});

it.each([
  ['the shop is out when it begins', 'WOO_UNREACHABLE'],
  ['the service stops when it begins', null],
] as const)('loads for a mended mapping all the same where %s', async (_, code) => {
  const state = new MemoryState();
  state.cursors.set('main loaded', { at: '2026-11-28T09:00:00Z' });
  state.cursors.set('main loaded without', { mappings: [orders.name], again: [] });
  const { store, reads, logged, ran } = scene(false, state);
  if (code === null) {
    const look = state.cursor.bind(state);
    // The first look at what an earlier load has left of its place.
    vi.spyOn(state, 'cursor').mockImplementation((of, name) => {
      if (name === 'loading') stop.abort();
      return look(of, name);
    });
  } else {
    vi.spyOn(store, 'walk').mockImplementationOnce(() => {
      throw new CodedError(code, 'The shop is out.', 'Wait.');
    });
  }
  await happens(ran);
  vi.restoreAllMocks();
  expect(logged.includes('The shop is out.')).toBe(code !== null);
  const again = scene(false, state);
  expect(await happens(again.ran)).toBe(true);
  expect([...reads, ...again.reads]).toContain('orders');
});

/** A day that has so many calls for backfills. */
function callsFor(most: number): NonNullable<Given['budgets']> {
  let left = most;
  const spend = () => void (left -= 1);
  const ofBackfills = {
    spend,
    paced: (seconds: number) => seconds,
    get retryAfterMs() {
      return left > 0 ? 0 : 60_000;
    },
  };
  return {
    allowance: (of) => (of === 'backfill' ? ofBackfills : { ...UNLIMITED, spend }),
  };
}

it('lets others work where no calls are left for it from the first', async () => {
  const { reads, first, told, ran } = scene(false, new MemoryState(), { budgets: callsFor(0) });
  expect(await happens(first.waitsForCalls)).toBe(true);
  expect([await happens(ran), reads, told]).toEqual([false, [], []]);
});

it('ends behind the page at which its calls are used up, which is written, and lets others work', async () => {
  const lists = { orders: [1, 2, 3, 4, 5].map((id) => ({ id })) };
  const { store, logged, reads, first, told, ran } = scene(false, new MemoryState(), {
    lists,
    budgets: callsFor(1),
  });
  store.onPage = (list) => {
    reads.push(list);
    spendCall();
  };
  expect(await happens(first.waitsForCalls)).toBe(true);
  expect([await happens(ran), reads, told]).toEqual([false, ['orders'], []]);
  expect(logged).toEqual(['first backfill']);
});

it('names content that the shop does not show, and is done', async () => {
  const posts = mappingTo('Post__c', { resource: 'content', contentType: 'post' });
  const { store, logged, told, ran } = scene(false, new MemoryState(), { runs: [posts, orders] });
  store.onPage = (list) => {
    if (list === 'content/post')
      throw new CodedError('CONTENT_TYPE_UNKNOWN', 'No posts.', 'Map others.');
  };
  expect(await happens(ran)).toBe(true);
  expect(logged).toEqual(['first backfill', 'No posts.', 'first backfill is done']);
  expect(told).toEqual(['following, main loaded']);
});

describe('that of a mended mapping, beside others that bring what changes', () => {
  const mended = async (prepare: (given: ReturnType<typeof scene>) => Promise<void>) => {
    const state = new MemoryState();
    state.cursors.set('main loaded', { at: '2026-11-28T09:00:00Z' });
    state.cursors.set('main loaded without', { mappings: [orders.name], again: [] });
    const lists = { orders: [{ id: 6 }, { id: 7 }], customers: [] };
    const given = scene(false, state, { runs: [customers, orders], lists });
    await prepare(given);
    expect(await happens(given.ran)).toBe(true);
    return given;
  };

  it('has a record looked at again that somebody read later', async () => {
    const { queue } = await mended(({ state, org }) => {
      const link = { object: 'Woo_Order__c', key: 'main:6', recordId: 'x', parentKey: null };
      const read = { ...verified('newer'), byId: false, readNumber: 99 };
      state.saved.set('Woo_Order__c main:6', { ...link, ...read });
      org.of('Woo_Order__c').push({ Id: 'x', Woo_Key__c: 'main:6' });
      return Promise.resolve();
    });
    expect(await queue.countOpen([{ resource: 'order', key: 'main:6' }])).toBe(1);
    expect(await queue.countOpen([{ resource: 'order', key: 'main:7' }])).toBe(0);
  });

  it('closes issues of guests that are over, and no other', async () => {
    const guest = {
      key: `customer:Contact:main:guest:2eb6040c5dc89a19`,
      ...({ kind: 'ambiguous', store: 'main', resource: 'customer', retry: 'never' } as const),
      object: 'Contact',
      recordKey: 'main:guest:2eb6040c5dc89a19',
      recordId: null,
      code: 'MATCH_AMBIGUOUS',
      reason: '',
      cure: '',
      field: null,
      change: null,
      wooValue: null,
      salesforceValue: null,
    };
    const lead = { ...guest, key: `${guest.key}#lead`, code: 'LEADS_AMBIGUOUS' };
    const { queue } = await mended(async (given) => {
      await given.queue.finish({ jobs: [], failures: [guest, lead], seen: [], followUps: [] });
    });
    const left = await queue.find({ store: 'main' }, 9);
    expect(left.map(({ code }) => code)).toEqual(['LEADS_AMBIGUOUS']);
  });
});

it('after a lost state shows what a person had typed meanwhile, and has it looked at again, which ends it', async () => {
  const schema = schemas(object('Product2', field('Name', 'string')));
  const row = mappingRow({ name: 'Product', resource: 'product', object: 'Product2' });
  const name = fieldRow('Name', 'name', { mapping: 'Product', direction: 'both' });
  const mapping = compiled({ mappings: [{ ...row, direction: 'both' }], fields: [name] }, schema);
  const lists = { products: [7, 8].map((id) => ({ id, type: 'simple', name: `Tea ${id}` })) };
  const { queue, org, ran } = scene(false, new MemoryState(), { runs: [mapping], lists });
  const typed = { Name: 'Of the rep', LastModifiedById: '005000000000002AAA' };
  org.add('Product2', { Woo_Key__c: 'main:7', ...typed });
  org.add('Product2', { Woo_Key__c: 'main:8', Name: 'Tea 8', LastModifiedById: US });
  expect(await happens(ran)).toBe(true);
  const open = await queue.find({ store: 'main' }, 9);
  const values = { field: 'Name', wooValue: 'Tea 7', salesforceValue: 'Of the rep' };
  expect(open).toMatchObject([{ code: 'CONFLICT_DECIDED', recordKey: 'main:7', ...values }]);
  expect(await queue.countOpen([{ resource: 'product', key: 'main:7' }])).toBe(1);
  expect(await queue.countOpen([{ resource: 'product', key: 'main:8' }])).toBe(0);
});

describe('records that fail', () => {
  const misfits = mappingTo('Woo_Order__c', {
    label: 'Orders',
    resource: 'order',
    build: () => ({
      problems: [{ code: 'VALUE_TOO_LONG', field: 'Name', attribute: 'number', message: 'Long.' }],
    }),
  });
  const lists = { orders: Array.from({ length: 501 }, (_, at) => ({ id: at + 1 })) };

  it('are kept some hundreds at a time', async () => {
    const { queue, ran } = scene(false, new MemoryState(), { runs: [misfits], lists });
    const kept: number[] = [];
    const finish = queue.finish.bind(queue);
    queue.finish = (result) => {
      kept.push(result.failures.length);
      return finish(result);
    };
    await ran;
    expect(kept).toEqual([500, 1]);
  });

  it('do not pile up where they are kept more slowly than orders are read', async () => {
    const many = { orders: Array.from({ length: 3000 }, (_, at) => ({ id: at + 1 })) };
    const { queue, reads, ran } = scene(false, new MemoryState(), { runs: [misfits], lists: many });
    const kept = Promise.withResolvers<boolean>();
    queue.finish = () => kept.promise;
    expect(await happens(ran)).toBe(false);
    // Pages of two orders: those of the first 500.
    expect(reads.filter((list) => list === 'orders').length).toBeLessThanOrEqual(251);
    kept.resolve(true);
    await ran;
    expect(reads.filter((list) => list === 'orders')).toHaveLength(1500);
  });

  it('are kept before it is over', async () => {
    const { queue, told, ran } = scene(false, new MemoryState(), { runs: [misfits], lists });
    const kept = Promise.withResolvers<boolean>();
    queue.finish = () => kept.promise;
    expect([await happens(ran), told]).toEqual([false, []]);
    kept.resolve(true);
    await ran;
    expect(told).toEqual(['following, main loaded']);
  });
});

it('is done where the shop takes nothing from us, which is said', async () => {
  const linked = { ...orders, wooMetaKey: '_salesforce_id' };
  const { store, logged, told, ran } = scene(false, new MemoryState(), {
    runs: [linked],
    lists: { orders: [{ id: 1, meta_data: [] }] },
  });
  store.writeMeta = () => Promise.reject(new CodedError('WOO_REFUSED', 'No right.', 'Give it.'));
  expect(await happens(ran)).toBe(true);
  expect(logged).toEqual(['first backfill', 'No right.', 'first backfill is done']);
  expect(told).toEqual(['following, main loaded']);
});

it('lets a shop that is out rest', async () => {
  const { store, availability, logged, told } = scene(false);
  Object.assign(store, {
    walk: () => {
      throw new CodedError('WOO_UNAVAILABLE', 'The shop is out.', 'Wait.');
    },
  });
  await turns();
  expect(availability.store('main').out?.reason.code).toBe('WOO_UNAVAILABLE');
  // Whoever only looks whether the load is over knows nothing of the shop.
  while (logged.length < 12) await turn();
  expect(availability.store('main').retryAfterMs).toBeGreaterThan(20_000);
  expect(told).toEqual([]);
});

it('says which list could not be read, and loads it the next time', async () => {
  const state = new MemoryState();
  const { store, logged, first, ran } = scene(false, state);
  const refused = new CodedError('WOO_UNAVAILABLE', 'The shop is out.', 'Wait.');
  let isOut = true;
  store.onPage = (list) => {
    if (list === 'orders' && isOut) {
      isOut = false;
      throw refused;
    }
  };
  expect(await happens(ran)).toBe(true);
  expect(logged).toContain('The shop is out.');
  expect(first.progress).toBeNull();
});

describe('a store that another one was set up before', () => {
  const FIRST = { store: { key: 'first' }, label: 'First Store', mappings: [orders], held: [] };
  const LOADED = { at: '2026-11-28T09:00:00Z' };

  it('is loaded behind it, whoever of both asks first, and says meanwhile what it waits for', async () => {
    const state = new MemoryState();
    const second = scene(false, state, { key: 'second', earlier: [FIRST] });
    await turns();
    expect(second.reads).toEqual([]);
    expect(second.first.progress).toEqual({ waitsFor: 'First Store', isFirst: true });
    expect(second.logged).toEqual([expect.stringContaining('was set up before')]);
    const first = scene(false, state, { key: 'first' });
    await first.ran;
    expect(first.reads).toEqual(['orders']);
    await second.ran;
    expect([second.reads, second.first.progress]).toEqual([['orders'], null]);
  });

  it('waits for as long as that is out', async () => {
    const state = new MemoryState();
    const second = scene(false, state, { key: 'second', earlier: [FIRST] });
    const first = scene(false, state, { key: 'first' });
    Object.assign(first.store, {
      walk: () => {
        throw new CodedError('WOO_UNAVAILABLE', 'The shop is out.', 'Wait.');
      },
    });
    expect([await happens(second.ran), second.reads]).toEqual([false, []]);
    stop.abort();
  });

  it('goes first where a person says so, and not where all are told to begin', async () => {
    const state = new MemoryState();
    const { reads, store, ran } = scene(true, state, { key: 'second', earlier: [FIRST] });
    await tellToBegin(state, { store }, { now: new Date(), goesFirst: false });
    expect([await happens(ran), reads]).toEqual([false, []]);
    await tellToBegin(state, { store }, { now: new Date(), goesFirst: true });
    expect(await happens(ran)).toBe(true);
    expect(reads).toEqual(['orders']);
  });

  it('waits once more where both lack a mapping that is mended, and follows changes meanwhile', async () => {
    const state = new MemoryState();
    const WITHOUT = { mappings: [orders.name], again: [] };
    for (const key of ['first', 'second']) {
      state.cursors.set(`${key} loaded`, LOADED);
      state.cursors.set(`${key} loaded without`, WITHOUT);
    }
    const second = scene(false, state, { key: 'second', earlier: [FIRST] });
    expect(await happens(second.first.waitsForCalls)).toBe(true);
    await turns();
    expect(second.first.progress).toEqual({ waitsFor: 'First Store', isFirst: false });
    expect(second.reads).toEqual([]);
    state.cursors.set('first loaded without', null);
    await second.ran;
    expect(second.reads).toEqual(['orders']);
  });

  it('is loaded at once where the other one is', async () => {
    const state = new MemoryState();
    state.cursors.set('first loaded', LOADED);
    const { reads, ran, logged } = scene(false, state, { key: 'second', earlier: [FIRST] });
    await ran;
    expect(reads).toEqual(['orders']);
    expect(logged[0]).toBe('first backfill');
  });
});
