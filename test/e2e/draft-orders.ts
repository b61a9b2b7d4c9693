import type { Connection } from 'jsforce';
import { expect, it } from 'vitest';

import type { OrderRecord } from '../../local/store/core/records.ts';
import { eventually } from './eventually.ts';
import type { LiveWorld } from './live-world.ts';
import type { World } from './support.ts';

const NEVER_MS = 900_000;

type Fields = Readonly<Record<string, unknown>>;

/** A world with the recipe of drafts, and a service that can be killed. */
interface DraftsWorld {
  readonly world: World;
  readonly live: LiveWorld;
  /** With the permission sets Woo Sales and Woo Draft Orders. */
  readonly rep: Connection;
  /** Kills the service, and starts it again. */
  readonly restart: () => Promise<unknown>;
  readonly idle: () => Promise<void>;
}

/** Orders that are made in Salesforce, by one who may. */
export function describeDrafts(drafts: () => DraftsWorld): void {
  it('becomes an order of the shop with its payment link, and is paid there', () => made(drafts()));
  it('of a customer of the shop becomes an order of that customer, whose role may be another by now', () =>
    ofCustomer(drafts()));
  it('is one order, where the service dies when the shop has it and has not said so', () =>
    killedUnanswered(drafts()));
  it('is an issue that says what to correct, and an order once that is done', () =>
    corrected(drafts()));
}

async function create(rep: Connection, object: string, fields: Fields): Promise<string> {
  const saved = await rep.sobject(object).create(fields);
  expect(saved).toMatchObject({ success: true });
  return String(saved.id);
}

async function save(rep: Connection, object: string, Id: string, fields: Fields): Promise<void> {
  expect(await rep.sobject(object).update({ Id, ...fields })).toMatchObject({ success: true });
}

/** A draft with one line, which nobody has sent yet. */
async function draft(
  { world, live, rep }: DraftsWorld,
  line: Fields = {},
  fields: Fields = {},
): Promise<{ readonly id: string; readonly line: string; readonly product: number }> {
  const { id: product } = world.store.shop.products
    .all()
    .map((entry) => entry.read())
    .find(
      ({ type, status, regular_price }) =>
        type === 'simple' && status === 'publish' && regular_price !== '',
    ) ?? { id: 0 };
  const record = await live.arrives('Product2', product, {});
  const buyer = { Billing_Email__c: 'buyer@shop.example', Billing_Street__c: '1 High St\nFlat 2' };
  const id = await create(rep, 'Woo_Order__c', { Name: 'For Ms. X', ...buyer, ...fields });
  const item = { Name: 'Line', Order__c: id, Product__c: record, Quantity__c: 2, ...line };
  return { id, line: await create(rep, 'Woo_Order_Item__c', item), product };
}

function ordersOf({ world }: DraftsWorld, id: string): readonly OrderRecord[] {
  return world.store.shop.orders
    .all()
    .map((entry) => entry.read())
    .filter(({ meta_data }) => meta_data.some(({ value }) => value === id));
}

/** Waits until the draft is one order of the shop, and has its key. */
async function isOne(drafts: DraftsWorld, id: string): Promise<OrderRecord> {
  const order = await eventually(async () => {
    const [one, ...more] = ordersOf(drafts, id);
    if (one === undefined) throw new Error('no order was made');
    expect(more).toEqual([]);
    const soql = `SELECT Woo_Key__c, Payment_Link__c FROM Woo_Order__c WHERE Id = '${id}'`;
    // The field of the recipe is there for those who have its permission set.
    expect((await drafts.rep.query(soql)).records[0]).toMatchObject({
      Woo_Key__c: `main:${one.id}`,
      Payment_Link__c: expect.stringContaining('pay_for_order') as string,
    });
    return one;
  });
  await drafts.idle();
  expect(ordersOf(drafts, id)).toHaveLength(1);
  return order;
}

async function made(drafts: DraftsWorld): Promise<void> {
  const { world, live, rep } = drafts;
  const { id, line, product } = await draft(drafts);
  await drafts.idle();
  expect(ordersOf(drafts, id)).toEqual([]);
  await save(rep, 'Woo_Order__c', id, { Status__c: 'pending' });
  const order = await isOne(drafts, id);
  expect(order).toMatchObject({
    status: 'pending',
    created_via: 'rest-api',
    customer_id: 0,
    billing: { email: 'buyer@shop.example', address_1: '1 High St', address_2: 'Flat 2' },
    line_items: [{ product_id: product, quantity: 2 }],
  });
  expect(Number(order.total)).toBeGreaterThan(0);
  const values = { Name: order.number, Total__c: Number(order.total), Store__c: 'main' };
  expect(await live.arrives('Woo_Order__c', order.id, values)).toBe(id);
  // Its line is the one that the rep entered.
  const items = `SELECT Id, Woo_Key__c, Total__c FROM Woo_Order_Item__c WHERE Order__c = '${id}' AND Type__c = 'product'`;
  expect((await world.admin.query(items)).records).toMatchObject([
    {
      Id: line,
      Woo_Key__c: `main:${order.line_items[0]?.id ?? 0}`,
      Total__c: Number(order.line_items[0]?.total),
    },
  ]);
  // What is entered later would be seen in Salesforce alone.
  const later = rep.sobject('Woo_Order_Item__c').create({ Name: 'Later', Order__c: id });
  await expect(later).rejects.toThrow(/change its lines in the shop/);
  world.store.edits.updateOrder(order.id, { status: 'processing' });
  await live.arrives('Woo_Order__c', order.id, { Status__c: 'processing' });
}

async function ofCustomer(drafts: DraftsWorld): Promise<void> {
  const { world, rep } = drafts;
  const contact = await eventually(async () => {
    const soql =
      "SELECT Id, Woo_Key__c FROM Contact WHERE Woo_Key__c LIKE 'main:%' AND (NOT Woo_Key__c LIKE 'main:guest%') LIMIT 1";
    const row = await world.orgRow(soql);
    if (row === undefined) throw new Error('no customer has come');
    return row;
  });
  const Contact__c = contact['Id'];
  const customer = Number(String(contact['Woo_Key__c']).split(':')[1]);
  const ids: string[] = [];
  for (const role of ['customer', 'subscriber']) {
    world.store.edits.updateCustomer(customer, { role });
    const { id, product } = await draft(drafts, {}, { Contact__c });
    ids.push(id);
    await save(rep, 'Woo_Order__c', id, { Status__c: 'pending' });
    expect(await isOne(drafts, id)).toMatchObject({
      status: 'pending',
      customer_id: customer,
      line_items: [{ product_id: product }],
    });
  }
  world.store.edits.updateCustomer(customer, { role: 'customer' });
  const soql = `SELECT Code__c, Reason__c FROM Woo_Sync_Issue__c WHERE Record_Id__c IN ('${ids.join("', '")}')`;
  expect((await world.admin.query(soql)).records).toEqual([]);
}

async function killedUnanswered(drafts: DraftsWorld): Promise<void> {
  const { id } = await draft(drafts);
  drafts.world.store.faults.add({
    kind: 'slow_answer',
    on: 'POST orders/batch',
    times: 1,
    milliseconds: NEVER_MS,
  });
  await save(drafts.rep, 'Woo_Order__c', id, { Status__c: 'pending' });
  await eventually(() => ordersOf(drafts, id).length === 1);
  await save(drafts.rep, 'Woo_Order__c', id, { Billing_City__c: 'Lyon' });
  await drafts.restart();
  await isOne(drafts, id);
  // The shop leads the address, and has made the order without that city.
  const soql = `SELECT Code__c, Field__c, Reason__c, State__c FROM Woo_Sync_Issue__c WHERE Record_Id__c = '${id}'`;
  await eventually(async () => {
    expect(await drafts.world.orgRow(soql)).toMatchObject({
      Code__c: 'DRAFT_CHANGED',
      Field__c: 'Billing_City__c',
      State__c: 'open',
      Reason__c: expect.not.stringContaining('Lyon') as string,
    });
  });
  // It stays until a person has read it, however often the order is looked at.
  await save(drafts.rep, 'Woo_Order__c', id, { Tracking_Number__c: 'T9' });
  await eventually(() =>
    ordersOf(drafts, id).some(({ meta_data }) => meta_data.some(({ value }) => value === 'T9')),
  );
  await drafts.idle();
  expect(await drafts.world.orgRow(soql)).toMatchObject({ State__c: 'open' });
}

async function corrected(drafts: DraftsWorld): Promise<void> {
  const { world, rep } = drafts;
  const { id, line } = await draft(drafts, { Quantity__c: 0 });
  await save(rep, 'Woo_Order__c', id, { Status__c: 'pending' });
  const soql = `SELECT Code__c, Reason__c, What_To_Do__c, State__c FROM Woo_Sync_Issue__c WHERE Record_Id__c = '${id}'`;
  await eventually(async () => {
    expect(await world.orgRow(soql)).toMatchObject({
      Code__c: 'DRAFT_LINES',
      State__c: 'open',
      Reason__c: expect.stringContaining('"Line" has the quantity 0') as string,
      What_To_Do__c: expect.stringContaining('Empty Status') as string,
    });
  });
  expect(ordersOf(drafts, id)).toEqual([]);
  await save(rep, 'Woo_Order__c', id, { Status__c: null });
  await save(rep, 'Woo_Order_Item__c', line, { Quantity__c: 3 });
  await save(rep, 'Woo_Order__c', id, { Status__c: 'pending' });
  expect((await isOne(drafts, id)).line_items).toMatchObject([{ quantity: 3 }]);
  await eventually(async () => {
    expect(await world.orgRow(soql)).toMatchObject({ State__c: 'resolved' });
  });
}
