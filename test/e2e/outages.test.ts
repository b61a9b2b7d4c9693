import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { eventually } from './eventually.ts';
import { figure, idle, LiveWorld } from './live-world.ts';
import type { RunningService } from './service.ts';
import { openWorld, type World } from './support.ts';

const ONCE = { times: 1, on: undefined };

let world: World;
let live: LiveWorld;
let service: RunningService;
/** Ids of completed orders; each test takes its own. */
let orders: number[];

beforeAll(async () => {
  world = await openWorld(10);
  live = new LiveWorld(world);
  orders = live.completed().map(({ id }) => id);
  service = await live.start();
});

beforeEach(async () => {
  await idle(service);
  world.store.requests.reset();
});

afterAll(async () => {
  await world.close();
});

const nextOrder = () => orders.shift() ?? 0;

/** Changes as many orders at once. @returns their ids */
function change(count: number, city: string): readonly number[] {
  const ids = Array.from({ length: count }, nextOrder);
  for (const id of ids) world.store.edits.updateOrder(id, { billing: { city } });
  return ids;
}

async function allArrive(ids: readonly number[], city: string): Promise<void> {
  for (const id of ids) {
    await live.arrives('Woo_Order__c', id, { Billing_City__c: city });
  }
  await idle(service);
}

interface Readiness {
  readonly code: number;
  readonly status: string;
  readonly org: { readonly ok: boolean; readonly reason?: string };
  readonly stores: Readonly<Record<string, { readonly ok: boolean; readonly reason?: string }>>;
}

async function readiness(): Promise<Readiness> {
  const response = await fetch(`${service.url}/readyz`);
  return { code: response.status, ...((await response.json()) as Omit<Readiness, 'code'>) };
}

/** Waits until every delivery that was made of the orders was answered with 200. */
async function allTold(ids: readonly number[]): Promise<void> {
  const { outbox: packer } = world.store.webhooks;
  await eventually(() => {
    const told = packer.log.filter(({ record }) => ids.includes(Number(record)));
    expect(new Set(told.map(({ record }) => record)).size).toBe(ids.length);
    expect(packer.waiting).toEqual([]);
    for (const { outcome } of told) expect(outcome).toMatchObject({ status: 200 });
  });
}

async function openIssues(): Promise<number> {
  return figure(service, 'woo_salesforce_open_issues');
}

const cityOf = async (id: number) =>
  (await live.inOrg('Woo_Order__c', id, ['Billing_City__c']))?.['Billing_City__c'];

describe('an org in trouble', () => {
  it('fault 24: whose session ends in the middle of a batch gets one sign-in, and nothing is lost', async () => {
    const signIns = () => world.org.requestLog.totals().byKind.oauth ?? 0;
    const before = signIns();
    world.org.data.faults.add({ kind: 'session_refused', ...ONCE, on: 'POST composite' });
    await allArrive(change(5, 'Signed in again'), 'Signed in again');
    expect(signIns() - before).toBe(1);
    expect(world.org.data.faults.list()).toEqual([]);
  });

  it('fault 27: that answers 503 for a while is waited for, and webhooks are taken meanwhile', async () => {
    world.org.data.faults.add({ kind: 'unavailable', times: 7, on: 'POST composite' });
    const changed = change(3, 'Back again');
    await allTold(changed);
    await eventually(async () => {
      const { code, status, org } = await readiness();
      expect([code, status]).toEqual([200, 'degraded']);
      expect(org.reason).toMatch(/^SF_UNAVAILABLE: /);
    });
    await allArrive(changed, 'Back again');
    expect(await readiness()).toMatchObject({ status: 'ready', org: { ok: true } });
    expect(await openIssues()).toBe(0);
  });

  it('fault 28: whose rows are locked is asked again for those rows', async () => {
    world.org.data.faults.add({ kind: 'row_lock', object: 'Woo_Order__c', times: 3 });
    await allArrive(change(3, 'Unlocked'), 'Unlocked');
    expect(world.org.data.faults.list()).toEqual([]);
    expect(await openIssues()).toBe(0);
  });

  it('fault 33: that takes an order and cannot say so has it once', async () => {
    const [like] = live.completed();
    const { id } = world.store.edits.addOrder(like?.id ?? 0, { status: 'pending' });
    await allTold([id]);
    await idle(service);
    const calls = () => figure(service, 'woo_salesforce_api_calls_total', 'purpose="changes"');
    const before = await calls();
    world.org.data.faults.add({ kind: 'cut_answer', ...ONCE, on: 'POST composite' });
    world.store.edits.updateOrder(id, { status: 'completed' });
    await live.arrives('Woo_Order__c', id, { Status__c: 'completed' });
    await idle(service);
    expect(world.org.data.faults.list()).toEqual([]);
    expect((await calls()) - before, 'the write, and once more the same').toBe(2);
    const items = `SELECT COUNT() FROM Woo_Order_Item__c WHERE Order__r.Woo_Key__c = 'main:${id}'`;
    const order = world.store.shop.orders.get(id)?.read();
    const lines = [order?.line_items, order?.shipping_lines, order?.fee_lines, order?.tax_lines];
    const { totalSize } = await world.admin.query(items);
    expect(totalSize).toBe([...lines, order?.coupon_lines].flat().length);
  });
});

describe('a shop in trouble', () => {
  it('fault 35: that answers with errors, pages, nothing or half of its JSON is asked again', async () => {
    const on = 'GET orders';
    const kinds = ['html', 'empty', 'broken'] as const;
    for (const status of [429, 502]) {
      world.store.faults.add({ kind: 'status', status, retry_after: undefined, times: 1, on });
    }
    for (const kind of kinds) world.store.faults.add({ kind, times: 1, on });
    const changed = change(3, 'Read at last');
    await eventually(async () => {
      const { code, stores } = await readiness();
      expect(code).toBe(200);
      expect(stores['main']?.reason).toMatch(/^WOO_UNEXPECTED_ANSWER: /);
    });
    await allTold(changed);
    await allArrive(changed, 'Read at last');
    expect(world.store.faults.list()).toEqual([]);
    expect(await openIssues()).toBe(0);
    expect(await readiness()).toMatchObject({ status: 'ready' });
  });
});

describe('a connection', () => {
  it('fault 47: that breaks on either side, before or after the work, loses nothing', async () => {
    world.org.data.faults.add({ kind: 'cut_call', ...ONCE, on: 'POST composite' });
    world.org.data.faults.add({ kind: 'cut_answer', ...ONCE, on: 'POST composite' });
    world.store.faults.add({ kind: 'cut_call', ...ONCE, on: 'GET orders' });
    world.store.faults.add({ kind: 'cut_answer', ...ONCE, on: 'GET orders' });
    await allArrive(change(2, 'Connected'), 'Connected');
    expect([...world.org.data.faults.list(), ...world.store.faults.list()]).toEqual([]);
    expect(await openIssues()).toBe(0);
  });
});

describe('a service that is told to stop', () => {
  it('fault 45: finishes the batch under way, keeps what waits, and does nothing twice', async () => {
    world.org.data.faults.add({
      kind: 'slow_answer',
      milliseconds: 3000,
      times: 1,
      on: 'POST composite',
    });
    const [under = 0] = change(1, 'Under way');
    await live.arrives('Woo_Order__c', under, { Billing_City__c: 'Under way' });
    const waiting = change(3, 'Waits');
    await allTold(waiting);
    expect(await service.stop()).toBe(0);
    expect(service.log.map(({ msg }) => msg)).toContain('stopped');
    const written = async () =>
      (await live.inOrg('Woo_Order__c', under, ['SystemModstamp']))?.['SystemModstamp'];
    const before = await written();
    for (const id of waiting) expect(await cityOf(id), 'taken up after the stop').not.toBe('Waits');

    service = await live.start();
    await allArrive(waiting, 'Waits');
    expect(await written()).toBe(before);
  });
});

describe('an org that is maintained', () => {
  it('case 61: is waited for while nothing can be written, and no record is reported', async () => {
    const { faults } = world.org.data;
    faults.add({ kind: 'read_only', times: 100_000 });
    const changed = change(3, 'After the maintenance');
    await eventually(async () => {
      expect((await readiness()).org.reason).toMatch(/^SF_READ_ONLY: /);
    });
    faults.clear();
    await allArrive(changed, 'After the maintenance');
    const issues = await world.admin.query(
      "SELECT Id FROM Woo_Sync_Issue__c WHERE State__c = 'open'",
    );
    expect(issues.records).toEqual([]);
  });
});

describe('an org whose limit is used up', () => {
  it('fault 26: is left alone, webhooks are taken meanwhile, and nothing is lost', async () => {
    const { requestLog } = world.org;
    const usual = requestLog.dailyLimit;
    requestLog.dailyLimit = requestLog.totals().billed;
    const changed = change(3, 'After the limit');
    await allTold(changed);
    await eventually(async () => {
      const { code, status, org } = await readiness();
      expect([code, status]).toEqual([200, 'degraded']);
      expect(org.reason).toMatch(/^SF_(LIMIT_EXCEEDED|RESERVE_REACHED): /);
    });
    const later = change(2, 'After the limit');
    await allTold(later);
    expect(await figure(service, 'woo_salesforce_backlog')).toBe(5);
    expect(await openIssues()).toBe(0);
    expect(await service.stop()).toBe(0);

    requestLog.dailyLimit = usual;
    service = await live.start();
    await allArrive([...changed, ...later], 'After the limit');
    expect(await openIssues()).toBe(0);
  });
});
