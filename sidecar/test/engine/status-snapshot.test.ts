import { expect, it } from 'vitest';
import { Availability } from '../../src/engine/availability.ts';
import { snapshotStores } from '../../src/engine/status-snapshot.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Setup, StoreSetup } from '../../src/ports/setup.ts';
import { statusRow } from '../../src/sync/report/status-row.ts';
import { heldMapping } from '../support/held.ts';
import { MemoryChangeQueue } from '../support/memory-change-queue.ts';
import { MemoryState } from '../support/memory-state.ts';

type Parts = Parameters<typeof snapshotStores>;

/** What the rows of the stores say, by key. Two are active; `closed` was synced, and `planned` never was. */
async function rowsWith(over: Partial<Setup>) {
  const state = new MemoryState();
  state.cursors.set('closed loaded', { at: '2026-11-26T10:00:00Z' });
  const stores = ['main', 'outlet'].map((key) => ({ key, label: `Shop ${key}` }));
  const engines = stores.map(({ key, label }) => ({
    ...{ setup: { store: { key }, label } as unknown as StoreSetup, loading: null },
  }));
  const setup = {
    ...{ stopped: [], inactive: [], held: [] },
    ...{ fingerprint: 'a1b2c3d4', readAt: new Date(0) },
    ...over,
  };
  const engine = {
    ...{ stores: engines, setup, budget: { warning: null } },
    availability: new Availability(systemClock),
  } as unknown as Parts[0];
  const queue = new MemoryChangeQueue(state, () => systemClock.now());
  const parts = { state, queue, issues: queue, clock: systemClock, org: { usage: null } };
  const found = await snapshotStores(engine, { ...parts, publicUrl: null } as unknown as Parts[1]);
  return new Map(
    found.map((one) => [one.store, `${String(statusRow(one)['State__c'])}: ${messageOf(one)}`]),
  );
}

const messageOf = (snapshot: Parameters<typeof statusRow>[0]): string =>
  String(statusRow(snapshot)['Message__c']);

it('a store that was synced and is deactivated says so, and one that never was has no row', async () => {
  const inactive = ['closed', 'planned'].map((key) => ({ key, label: `Shop ${key}` }));
  const rows = await rowsWith({ inactive, held: [heldMapping()] });
  expect([...rows.keys()]).toEqual(['main', 'outlet', 'closed']);
  expect(rows.get('closed')).toMatch(
    /^paused: The store Shop closed is deactivated, .* set Active of its Woo Store/,
  );
});

it('a store that has its own mapping does not miss the common one', async () => {
  const rows = await rowsWith({ held: [heldMapping({ notFor: ['outlet'] })] });
  expect(rows.get('main')).toMatch(/^attention: Held, so not synced: Orders /);
  expect(rows.get('outlet')).toBe('healthy: null');
});
