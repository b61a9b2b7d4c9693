import { expect, it } from 'vitest';
import { Availability } from '../../src/engine/availability.ts';
import { snapshotStores } from '../../src/engine/status-snapshot.ts';
import { updateStandingIssues } from '../../src/engine/standing-issues.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { IssueSeen } from '../../src/ports/issues.ts';
import type { Setup, StoreSetup } from '../../src/ports/setup.ts';
import { statusRow } from '../../src/sync/report/status/status-row.ts';
import type { Mapping } from '../../src/mapping/model/mapping.ts';
import { heldMapping } from '../support/held.ts';
import { MemoryChangeQueue } from '../support/memory-change-queue.ts';
import { MemoryState } from '../support/memory-state.ts';
import { mappingTo } from '../support/rows.ts';

const CALLS_RUN_OUT = new CodedError('SF_LIMIT_EXCEEDED', 'Few API calls are left.', 'Wait.');

const UNUSED = { limit: null, used: 0, forecast: 0, backfillWaits: false };

type Parts = Parameters<typeof snapshotStores>;

/** Two stores are active; `closed` was, and `planned` never was. API calls run out. */
async function snapshotsWith(over: Partial<Setup>, failures: readonly IssueSeen[] = []) {
  const state = new MemoryState();
  state.cursors.set('closed url', 'https://closed.example');
  state.cursors.set('main sales:paid', { by: 'completed, processing', otherSince: null });
  state.cursors.set('main standing:written by mapping', {
    [mappingTo('Woo_Order__c').name]: '2026-11-26T10:00:00.000Z',
  });
  state.cursors.set('main standing:written', { Product2: '2026-11-25T10:00:00.000Z' });
  const stores = ['main', 'outlet'].map((key) => ({ key, label: `Shop ${key}` }));
  const engines = stores.map(({ key, label }) => ({
    setup: { store: { key }, label } as unknown as StoreSetup,
    loading: null,
  }));
  const setup = {
    stores: [],
    stopped: [],
    inactive: [],
    held: [],
    fingerprint: 'a1b2c3d4',
    readAt: new Date(0),
    ...over,
  };
  const engine = {
    stores: engines,
    setup,
    budget: { warning: null },
    budgets: {
      use: () => UNUSED,
      warning: () => null,
      nextSeen: null,
      seenEvery: null,
      sweepsEvery: () => null,
    },
    availability: new Availability(systemClock),
  } as unknown as Parts[0];
  const queue = new MemoryChangeQueue(state, () => systemClock.now());
  await queue.finish({ jobs: [], failures, seen: [], followUps: [] });
  const parts = { state, queue, issues: queue, clock: systemClock, org: { usage: null } };
  await updateStandingIssues({
    queue,
    issues: queue,
    availability: engine.availability,
    setup: () => setup as unknown as Setup,
    calls: () => CALLS_RUN_OUT,
    source: () => Promise.resolve(null),
    budget: () => null,
    webhooks: () => Promise.resolve(null),
    sales: () => Promise.resolve(null),
  });
  return snapshotStores(engine, { ...parts, publicUrl: null } as unknown as Parts[1]);
}

/** What the rows of the stores say, by key. */
async function rowsWith(over: Partial<Setup>) {
  const found = await snapshotsWith(over);
  return new Map(
    found.map((one) => [one.store, `${String(statusRow(one)['State__c'])}: ${messageOf(one)}`]),
  );
}

const messageOf = (snapshot: Parameters<typeof statusRow>[0]): string =>
  String(statusRow(snapshot)['Message__c']);

it('a store that was active and is deactivated says so, be it one that was stopped, and one that never was has no row', async () => {
  const inactive = ['closed', 'planned'].map((key) => ({ key, label: `Shop ${key}` }));
  const rows = await rowsWith({ inactive, held: [heldMapping()] });
  expect([...rows.keys()]).toEqual(['main', 'outlet', 'closed']);
  expect(rows.get('closed')).toMatch(
    /^paused: The store Shop closed is deactivated, .* set Active of its Woo Store/,
  );
});

it('counts equal failures once before Salesforce was told of them', async () => {
  const failures = Array.from({ length: 30 }, (_, at): IssueSeen => ({
    key: `order:Woo_Order__c:main:${at}`,
    kind: 'failed',
    store: 'main',
    resource: 'order',
    recordKey: `main:${at}`,
    object: 'Woo_Order__c',
    recordId: null,
    code: 'REFUSED',
    reason: 'No orders today.',
    cure: 'Wait.',
    field: null,
    retry: 'backoff',
    wooValue: null,
    salesforceValue: null,
    change: null,
  }));
  const healthy = await snapshotsWith({});
  const refused = await snapshotsWith({}, failures);
  const counts = (found: typeof healthy) => found.map(({ openIssues }) => openIssues);
  const [main = 0, outlet = 0] = counts(healthy);
  expect(counts(refused)).toEqual([main + 1, outlet]);
});

it('a store that has its own mapping does not miss the common one', async () => {
  const rows = await rowsWith({ held: [heldMapping({ notFor: ['outlet'] })] });
  expect(rows.get('main')).toMatch(/^attention: Held, so not synced: Orders /);
  expect(rows.get('outlet')).toBe('healthy: null');
});

it('a store whose paid statuses have changed since its backfill says so, and what to do', async () => {
  const sale = { attribute: 'is_sale', direction: 'to_salesforce' } as Mapping['fields'][number];
  const mappings = [mappingTo('Woo_Order__c', { fields: [sale] })];
  const setUp = (...paidStatuses: readonly string[]) =>
    rowsWith({
      stores: [
        { store: { key: 'main', paidStatuses }, label: 'Shop main', mappings },
      ] as unknown as Setup['stores'],
    });
  expect((await setUp('shipped')).get('main')).toMatch(
    /^attention: Paid Statuses of Shop main are shipped now, .* Give the command Backfill once: /,
  );
  expect((await setUp('processing', 'completed')).get('main')).toBe('healthy: null');
});

it('a mapping was last written when the state says, or its object as an earlier version noted it', async () => {
  const mappings = [mappingTo('Woo_Order__c'), mappingTo('Product2')];
  const store = { store: { key: 'main' }, label: 'Shop main', mappings };
  const [main] = await snapshotsWith({ stores: [store] as unknown as Setup['stores'] });
  const written = main?.mappings.map(({ written: at }) => at);
  expect(written).toEqual(['2026-11-26T10:00:00.000Z', '2026-11-25T10:00:00.000Z']);
});

it('a held common mapping is an open issue of the stores alone that miss it', async () => {
  const openOf = async (over: Parameters<typeof heldMapping>[0]) =>
    (await snapshotsWith({ held: [heldMapping(over)] })).map(({ store, openIssues }) => [
      store,
      openIssues,
    ]);
  expect(await openOf({}), 'of both, beside the API calls').toEqual([
    ['main', 2],
    ['outlet', 2],
  ]);
  expect(await openOf({ notFor: ['outlet'] })).toEqual([
    ['main', 2],
    ['outlet', 1],
  ]);
  expect(await openOf({ store: 'main' }), 'of one store').toEqual([
    ['main', 2],
    ['outlet', 1],
  ]);
});

it('a conflict that a rule has decided needs nobody, and one that a person is to decide does', async () => {
  const conflict = (id: number, code: string): IssueSeen => ({
    key: `product:Product2:main:${id}#Name`,
    kind: 'conflict',
    store: 'main',
    code,
    resource: 'product',
    object: 'Product2',
    recordKey: `main:${id}`,
    recordId: null,
    reason: 'Both differ.',
    cure: 'Choose.',
    field: 'Name',
    wooValue: 'a',
    salesforceValue: 'b',
    change: { resource: 'product', key: `main:${id}` },
    retry: 'never',
  });
  const failures = [conflict(1, 'CONFLICT_DECIDED'), conflict(2, 'CONFLICT_OPEN')];
  const [main] = await snapshotsWith({}, failures);
  expect(main?.causes).toMatchObject([{ code: 'CONFLICT_OPEN', toDecide: true, count: 1 }]);
});
