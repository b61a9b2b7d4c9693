import { describe, expect, it } from 'vitest';
import { ChangeSync } from '../../../src/engine/store/change-sync.ts';
import type { StoreParts } from '../../../src/engine/store/store-parts.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { StoreSetup } from '../../../src/ports/setup.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { HoldingOrg, US } from '../../support/holding-org.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { ChangeList } from '../../support/sweep-shop.ts';
import { PRODUCTS, TwoSides } from '../../sync/merge/two-sides.ts';

const nobody = { sending: () => undefined, refused: () => undefined };
const fine = { recordSuccess: () => undefined };

function partsOf(org: HoldingOrg): StoreParts {
  return {
    org: org.asOrg,
    state: new MemoryState(),
    links: null,
    issues: { find: () => Promise.resolve([]) },
    budget: { keepReserve: () => Promise.resolve() },
    availability: { org: fine, budget: fine, store: () => fine },
    clock: { now: () => new Date(0) },
  } as unknown as StoreParts;
}

it('says of a held mapping and of one beside it that nothing was looked at, but where records may have been written', async () => {
  const orders = mappingTo('Woo_Order__c', { resource: 'order' });
  const contacts = mappingTo('Contact', { resource: 'customer' });
  const held = [{ name: 'Beside', resource: 'order', object: 'Woo_Order__c' }];
  const store = new IdStore({});
  const setup = { store, mappings: [orders, contacts], held } as unknown as StoreSetup;
  const { lookedAt, writtenTo } = await new ChangeSync(
    setup,
    partsOf(new HoldingOrg()),
    nobody,
  ).sync([]);
  expect(lookedAt).toEqual([{ resource: 'customer', object: 'Contact' }]);
  expect(writtenTo?.map(({ object }) => object)).toEqual(['Woo_Order__c', 'Contact']);
});

describe('an event of an order that was just brought', () => {
  const order = { id: 7, status: 'completed', date_modified_gmt: '2026-01-01T10:00:00' };
  const event = { resource: 'order', key: 'main:7' } as const;
  const job = { ...event, id: 'j', attempt: 0, reportedAt: new Date(0) };

  async function brought(build: Mapping['build']): Promise<ChangeSync> {
    const orders = mappingTo('Woo_Order__c', { resource: 'order', reads: ['status'], build });
    const setup = { store: new IdStore({ orders: [order] }), mappings: [orders], held: [] };
    const sync = new ChangeSync(setup as unknown as StoreSetup, partsOf(new HoldingOrg()), nobody);
    expect(sync.isEcho(event, order)).toBe(false);
    await sync.sync([job]);
    return sync;
  }

  it('needs no look where it shows no more than was read, so that a read which fires one ends there', async () => {
    const sync = await brought(() => ({ row: rowOf('main:7', { Name: '7' }) }));
    const saved = { ...order, date_modified_gmt: '2026-01-01T10:00:05' };
    expect(sync.isEcho(event, saved)).toBe(true);
    expect(sync.isEcho({ ...event, key: 'main:8' }, saved)).toBe(false);
    expect(sync.isEcho(event, { ...saved, status: 'cancelled' })).toBe(false);
  });

  it('is another try where it could not be', async () => {
    const problem = { code: 'VALUE_TOO_LONG', field: 'Name', message: 'It is too long.' };
    const sync = await brought(() => ({ problems: [problem] }) as never);
    expect(sync.isEcho(event, order)).toBe(false);
  });
});

it('says which records have their orders among what is to be looked at next', async () => {
  const one = { id: 3, email: 'ann@x.example', date_created_gmt: '2026-01-01T10:00:00' };
  const contacts = mappingTo('Contact', {
    resource: 'customer',
    build: () => ({ row: rowOf('main:3') }),
  });
  const customers = [one];
  const store = new IdStore({ customers, orders: [{ id: 1 }] });
  const list = store.list.bind(store);
  // Orders are asked for by whom they name.
  store.list = (of, params) => list(of, params['customer'] === '3' ? { include: '1' } : params);
  const setup = { store, mappings: [contacts], held: [] } as unknown as StoreSetup;
  const sync = new ChangeSync(setup, partsOf(new HoldingOrg()), nobody);
  const event = { resource: 'customer', key: 'main:3' } as const;
  const job = { ...event, id: 'j', attempt: 0, reportedAt: new Date(0) };
  expect((await sync.sync([job])).ordersQueued).toEqual([]);
  Object.assign(one, { email: 'bob@x.example', date_created_gmt: '2026-03-01T10:00:00' });
  const { ordersQueued, followUps } = await sync.sync([job]);
  expect(ordersQueued).toEqual([event]);
  expect(followUps).toMatchObject([{ resource: 'order', key: 'main:1', rounds: { count: 1 } }]);
});

it('keeps a decided conflict before it is written, once, and as no second attempt', async () => {
  const sides = new TwoSides('salesforce_wins');
  await sides.begin(1);
  sides.editSalesforce(1, { Name: 'Of the rep' });
  sides.editWoo(1, { name: 'Of the shop' });
  const key = 'main:1';
  await sides.state.twoWay.markDirty([key]);
  const queue = new MemoryChangeQueue(sides.state);
  const kept = () => [...queue.issues.values()].map(({ code, attempts }) => [code, attempts]);
  const keptAtWrite: unknown[] = [];
  const savePending = sides.state.twoWay.savePending.bind(sides.state.twoWay);
  sides.state.twoWay.savePending = (coming) => {
    if (coming.length > 0) keptAtWrite.push(kept());
    return savePending(coming);
  };
  const userId = () => Promise.resolve(US);
  const parts = {
    ...partsOf(sides.org),
    org: Object.assign(sides.org.asOrg, { userId }),
    state: sides.state,
    queue,
    unreadStores: () => Promise.resolve([]),
  } as unknown as StoreParts;
  const mappings = [PRODUCTS.mapping('salesforce_wins')];
  const setup = { store: sides.shop, mappings, held: [] } as unknown as StoreSetup;
  const job = { resource: 'product', key, id: 'j', attempt: 0, reportedAt: new Date(0) } as const;
  const result = await new ChangeSync(setup, parts, nobody).sync([job]);
  expect(keptAtWrite).toEqual([[['CONFLICT_DECIDED', 1]]]);
  await queue.finish({ jobs: [], ...result });
  expect(kept()).toEqual([['CONFLICT_DECIDED', 1]]);
});

it('takes no record for new that was in Salesforce while its mapping was off and the state was lost', async () => {
  const org = new HoldingOrg();
  const id = org.add('Woo_Order__c', { Woo_Key__c: 'main:7', Name: 'old' });
  org.add('Woo_Order__c', { Woo_Key__c: 'main:8' });
  const queue = new ChangeList();
  const orders = mappingTo('Woo_Order__c', {
    resource: 'order',
    reads: ['status'],
    build: () => ({ row: rowOf('main:7', { Name: '7' }) }),
  });
  const store = new IdStore({ orders: [{ id: 7, status: 'completed' }] });
  const setup = { store, mappings: [orders], held: [] } as unknown as StoreSetup;
  const sync = new ChangeSync(setup, { ...partsOf(org), queue: queue as never }, nobody);
  const job = { resource: 'order', key: 'main:7', id: 'j', attempt: 0, reportedAt: new Date(0) };
  await sync.sync([job] as never);
  expect(org.written).toMatchObject([{ kind: 'update', record: { id, Name: '7' } }]);
  expect(queue.take()).toEqual(['order main:7', 'order main:8']);
  // The org is asked which records there are once.
  const isAsked = (soql: string) => soql.includes(' LIKE ');
  expect(org.queried.filter(isAsked)).toHaveLength(1);
  await sync.sync([job] as never);
  expect(org.queried.filter(isAsked)).toHaveLength(1);
});
