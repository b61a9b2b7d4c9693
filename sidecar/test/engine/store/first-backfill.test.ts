import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { Availability } from '../../../src/engine/availability.ts';
import { FirstBackfill } from '../../../src/engine/store/first-backfill.ts';
import type { StoreParts } from '../../../src/engine/store/store-parts.ts';
import { tellToBegin } from '../../../src/engine/store/told-backfill.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { StoreSetup } from '../../../src/ports/setup.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { unlimitedBudgets } from '../../support/unlimited-budgets.ts';

const orders = mappingTo('Woo_Order__c', {
  ...{ label: 'Orders', resource: 'order' },
  build: ({ id }) => ({ row: rowOf(`main:${String(id)}`, {}) }),
});

const customers = mappingTo('Contact', {
  ...{ name: 'Contact', label: 'Customers', resource: 'customer' },
  build: ({ id }) => ({ row: rowOf(`main:${String(id)}`, {}) }),
});

let stop = new AbortController();
afterEach(() => {
  stop.abort();
});

/** A store without records, and a clock whose sleeps end after a turn of the loop. */
function scene(
  loadWhenTold: boolean,
  state = new MemoryState(),
  mappings: { readonly runs?: readonly Mapping[]; readonly held?: readonly string[] } = {},
) {
  const clock = {
    now: () => new Date('2026-11-28T10:00:00Z'),
    sleep: async () => {
      await turn();
    },
  };
  stop = new AbortController();
  const store = new ListStore({ orders: [], customers: [] });
  const reads: string[] = [];
  store.onPage = (list) => void reads.push(list);
  const logged: string[] = [];
  const log = (_fields: unknown, message: string) => void logged.push(message);
  const leases = { acquire: () => Promise.resolve(true), release: () => Promise.resolve() };
  const parts = {
    ...{ state, clock, leases, org: new HoldingOrg().asOrg, links: null },
    ...{
      availability: new Availability(systemClock),
      queue: new MemoryChangeQueue(state, clock.now),
    },
    ...{ log: { info: log, warn: log, error: log } },
    signal: stop.signal,
    budgets: unlimitedBudgets,
    ...{ onLoaded: () => Promise.resolve(), onFollowing: () => undefined },
  } as unknown as StoreParts;
  const held = (mappings.held ?? []).map((name) => ({ name }));
  const runs = mappings.runs ?? [orders];
  const setup = { store, label: 'Main', mappings: runs, held, version: '1', loadWhenTold };
  const first = new FirstBackfill(setup as unknown as StoreSetup, parts);
  return { ...{ state, store, reads, logged, first }, ran: first.run() };
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
  const { state, store, reads, logged, first, ran } = scene(true);
  await turns();
  expect([reads, first.progress]).toEqual([[], 'waits']);
  expect(logged).toEqual([expect.stringContaining('waits for the command Backfill')]);
  await tellToBegin(state, { store }, new Date());
  await ran;
  expect(reads).toContain('orders');
  expect(first.progress).toBeNull();
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

it('says which list could not be read, and loads it the next time', async () => {
  const state = new MemoryState();
  const { store, logged, first, ran } = scene(false, state);
  const refused = new CodedError('WOO_UNREACHABLE', 'The shop is out.', 'Wait.');
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
