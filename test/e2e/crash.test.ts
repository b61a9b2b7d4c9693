import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CrashWorld, NEVER_MS } from './crash-world.ts';
import { eventually } from './eventually.ts';
import { cityOf, completed, move, ordersOf } from './orders.ts';
import { statePlaces } from './state-places.ts';
import type { World } from './support.ts';

/* The service is killed at each step of its work and started again, in one world: the steps follow each other. */
describe.each(statePlaces)('kill -9, with the state in $name', ({ open }) => {
  let crash: CrashWorld;
  beforeAll(async () => {
    crash = await CrashWorld.open(open);
  });
  afterAll(async () => {
    await crash.close();
  });
  it('during the first backfill: it goes on, and nothing is doubled', () => duringLoad(crash));
  it('while one job is read and another waits: both are done', () => whileReading(crash));
  it('when a write was carried out and its answer was not received: it is done once, and what was changed back in the shop meanwhile is changed back', () =>
    beforeSave(crash));
  it('when all is saved and the job is still there: nothing is written again', () =>
    beforeFinish(crash));
  it('during a sweep: what it had not come to is found', () => duringSweep(crash));
  it('in a burst of webhooks: those that came in and those that did not are done', () =>
    inBurst(crash));
  it('and the state lost: it is loaded and swept again, and no record is written', () =>
    stateLost(crash));
});

async function duringLoad(crash: CrashWorld): Promise<void> {
  const { store, org } = crash.world;
  store.faults.add({ kind: 'slow_answer', on: 'GET orders', times: 1, milliseconds: NEVER_MS });
  await crash.start();
  await eventually(() => store.faults.list().length === 0);
  expect(org.requestLog.totals().writes, 'it had written').toBeGreaterThan(0);
  await crash.kill();
  await crash.start();
  await crash.loaded();
}

async function whileReading(crash: CrashWorld): Promise<void> {
  const { store } = crash.world;
  const [read, waits] = completed(crash.world, 2);
  store.faults.add({ kind: 'slow_answer', on: 'GET orders', times: 1, milliseconds: NEVER_MS });
  move(crash.world, read, 'Being read');
  await eventually(() => store.faults.list().length === 0);
  move(crash.world, waits, 'Waits');
  await eventually(async () => (await crash.backlog()) >= 2);
  await crash.kill();
  expect(await cityOf(crash.world, read)).not.toBe('Being read');
  await crash.start();
  await crash.inStep(async () => {
    expect(await cityOf(crash.world, read)).toBe('Being read');
    expect(await cityOf(crash.world, waits)).toBe('Waits');
  });
}

async function beforeSave(crash: CrashWorld): Promise<void> {
  const { store, org } = crash.world;
  const [order] = completed(crash.world, 1, ({ line_items }) => line_items.length > 0);
  const [line] = order?.line_items ?? [];
  if (!order || !line) throw new Error('the store has no such order');
  const added = { ...structuredClone(line), id: 99_000_001 };
  const change = (quantity: number) =>
    store.edits.updateOrder(order.id, { line_items: [{ ...line, quantity }, added] });
  const soql = `SELECT Quantity__c FROM Woo_Order_Item__c WHERE Woo_Key__c = 'main:${line.id}'`;
  const held = async (quantity: number) => {
    expect(await crash.world.orgRow(soql)).toMatchObject({ Quantity__c: quantity });
  };
  await held(line.quantity);
  // More than one, for the service may say how it is at the same time.
  org.data.faults.add({
    kind: 'slow_answer',
    on: 'POST composite',
    times: 3,
    milliseconds: NEVER_MS,
  });
  change(line.quantity + 5);
  await eventually(() => held(line.quantity + 5));
  await crash.kill();
  change(line.quantity);
  await crash.start();
  await crash.inStep(() => held(line.quantity));
}

async function beforeFinish(crash: CrashWorld): Promise<void> {
  const { store, admin } = crash.world;
  const [like] = completed(crash.world, 1, ({ customer_id }) => customer_id > 0);
  store.faults.add({
    kind: 'slow_answer',
    on: 'POST orders/batch',
    times: 1,
    milliseconds: NEVER_MS,
  });
  const { id } = store.edits.addOrder(like?.id ?? 0, { status: 'completed' });
  await eventually(() => store.faults.list().length === 0);
  const before = await crash.stamps();
  await crash.kill();
  const soql = `SELECT Id FROM Woo_Order__c WHERE Woo_Key__c = 'main:${id}'`;
  const [row] = (await admin.query<{ Id: string }>(soql)).records;
  await crash.start();
  await crash.inStep();
  // Being told the id was a change of the order in the shop, but of nothing else.
  const written = changedSince(before, await crash.stamps());
  expect(written.filter((one) => one !== row?.Id)).toEqual([]);
}

/** Changes in the shop whose webhooks are lost on the way. */
async function unheard({ store }: World, change: () => void): Promise<void> {
  const { outbox } = store.webhooks;
  outbox.hold();
  change();
  const times = outbox.waiting.length;
  store.faults.add({ kind: 'drop_delivery', on: undefined, times });
  outbox.release();
  await outbox.run();
}

async function duringSweep(crash: CrashWorld): Promise<void> {
  const { store, admin } = crash.world;
  await crash.stop();
  const orders = ordersOf(crash.world, ({ status }) => status !== 'trash');
  expect(orders.length, 'more than a page').toBeGreaterThan(100);
  await unheard(crash.world, () => {
    for (const order of orders) move(crash.world, order, 'Swept');
  });
  // The first pages of what is there and of the trash; then the sweep its next page, and the worker its change events.
  for (const milliseconds of [1, 1, NEVER_MS, NEVER_MS]) {
    store.faults.add({ kind: 'slow_answer', on: 'GET orders', times: 1, milliseconds });
  }
  await crash.start();
  await eventually(() => store.faults.list().length === 0);
  await crash.kill();
  await crash.start();
  const soql = `SELECT COUNT() FROM Woo_Order__c WHERE Billing_City__c = 'Swept'`;
  const wanted = completed(crash.world, Infinity).length;
  await crash.inStep(async () => {
    expect((await admin.query(soql)).totalSize).toBe(wanted);
  });
}

async function inBurst(crash: CrashWorld): Promise<void> {
  const { store, admin } = crash.world;
  const { outbox } = store.webhooks;
  const orders = completed(crash.world, 40);
  outbox.hold();
  for (const order of orders) move(crash.world, order, 'Burst');
  outbox.release();
  await eventually(() => outbox.waiting.length < orders.length / 2);
  await crash.kill();
  await outbox.run();
  await crash.start();
  const soql = `SELECT COUNT() FROM Woo_Order__c WHERE Billing_City__c = 'Burst'`;
  await crash.inStep(async () => {
    expect((await admin.query(soql)).totalSize).toBe(orders.length);
  });
}

async function stateLost(crash: CrashWorld): Promise<void> {
  const [other] = ordersOf(crash.world, ({ status }) => status === 'pending');
  const before = await crash.stamps();
  await crash.kill();
  await crash.forgetState();
  await crash.start();
  await crash.loaded();
  // In the shop this one changes, and no mapping wants it: the sweep has something to look at.
  await unheard(crash.world, () => {
    move(crash.world, other, 'Nowhere');
  });
  await crash.service.waitForLog(({ msg }) => msg === 'sweep');
  expect(changedSince(before, await crash.stamps())).toEqual([]);
}

/** Ids of records that were written, made or removed. */
function changedSince(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].filter((id) => before.get(id) !== after.get(id));
}
