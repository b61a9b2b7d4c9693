import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { CustomerRecord, OrderRecord } from '../../local/store/core/records.ts';
import { createStore, type Store } from '../../local/store/store.ts';
import { mustDeploy, record, set } from './metadata.ts';
import { openWorld, type World } from './support.ts';

let world: World;
let folder: string;
let second: Store;

/** Shoppers of the store, each for one story. */
let known: CustomerRecord;
let twins: CustomerRecord;
let nameless: CustomerRecord;
let merged: CustomerRecord;
let deleted: CustomerRecord;
let mover: CustomerRecord;
let existing: { readonly account: string; readonly contact: string; readonly product: string };
let doubles: readonly string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-adoption-'));
  world = await openWorld(60);
  second = createStore({ orders: 20 });
  const buyers = customersWhoBought();
  [known, twins, nameless, merged, deleted, mover] = [0, 1, 2, 3, 4, 5].map((at) => {
    const buyer = buyers[at];
    if (!buyer) throw new Error(`the store has only ${buyers.length} customers who bought`);
    return buyer;
  }) as [
    CustomerRecord,
    CustomerRecord,
    CustomerRecord,
    CustomerRecord,
    CustomerRecord,
    CustomerRecord,
  ];
  const unnamed = { first_name: '', last_name: '' };
  const billing = { ...unnamed, company: '' };
  world.store.edits.updateCustomer(nameless.id, { ...unnamed, billing });
  existing = await recordsOfTheSalesTeam();
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([second.close(), world.close()]);
});

function completed(): OrderRecord[] {
  const all = world.store.shop.orders.all().map((entry) => entry.read());
  return [...all].filter(({ status }) => status === 'completed');
}

function customersWhoBought(): CustomerRecord[] {
  const ids = new Set(completed().map(({ customer_id }) => customer_id));
  const customers = [...ids].flatMap((id) => world.store.shop.customers.get(id)?.read() ?? []);
  return customers.filter(({ role }) => role === 'customer');
}

function orderOf(customer: CustomerRecord): OrderRecord {
  const order = completed().find(({ customer_id }) => customer_id === customer.id);
  if (!order) throw new Error(`customer ${customer.id} bought nothing`);
  return order;
}

/** Past the duplicate rules that only warn, as a rep who says "save". */
const SAVE = { headers: { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' } };

async function create(object: string, fields: Record<string, unknown>): Promise<string> {
  const created = await world.admin.sobject(object).create(fields, SAVE);
  if (!created.success) throw new Error(JSON.stringify(created.errors));
  return created.id;
}

async function recordsOfTheSalesTeam() {
  const account = await create('Account', { Name: 'Engines Ltd' });
  const contact = await create('Contact', {
    LastName: 'Byron',
    Email: known.email.toUpperCase(),
    AccountId: account,
    Department: 'Mathematics',
  });
  const sold = world.store.shop.products.all().map((entry) => entry.read());
  const product = [...sold].find(({ sku, status }) => sku !== '' && status === 'publish');
  if (!product) throw new Error('the store has no product with a SKU');
  const code = product['sku'];
  doubles = [
    await create('Contact', { LastName: 'Aaaa', Email: twins.email }),
    await create('Contact', { LastName: 'Zzzz', Email: twins.email }),
  ];
  return {
    account,
    contact,
    product: await create('Product2', { Name: 'Old name', StockKeepingUnit: code }),
  };
}

async function inOrg(soql: string): Promise<Record<string, unknown>[]> {
  return (await world.admin.query(soql)).records;
}

async function contactOf(key: string): Promise<Record<string, unknown> | undefined> {
  const [contact] = await inOrg(
    `SELECT Id, LastName, Email, AccountId, Department FROM Contact WHERE Woo_Key__c = '${key}'`,
  );
  return contact;
}

async function count(object: string): Promise<number> {
  return (await world.admin.query(`SELECT COUNT() FROM ${object}`)).totalSize;
}

async function ordersInOrg(...orders: OrderRecord[]): Promise<Record<string, unknown>[]> {
  const keys = orders.map(({ id }) => `'main:${id}'`).join(',');
  return inOrg(
    `SELECT Contact__c, Account__c, Billing_City__c FROM Woo_Order__c WHERE Woo_Key__c IN (${keys})`,
  );
}

describe('records that are in the org already', () => {
  it('are shown by a dry run, which writes nothing', async () => {
    const before = world.org.requestLog.totals().writes;
    const { stdout, stderr } = await world.command(['backfill', '--dry-run']);
    expect(stderr).toMatch(
      /Store main: in all [\d,]+ records to create .*MB of data storage.*API calls/,
    );
    expect(stderr).not.toContain('estimate');
    expect(stderr).toMatch(/The org has left: .*API calls a day, .*MB/);
    expect(stdout).toContain('Nothing was written.');
    expect(stdout).toContain(`main:${known.id} would be ${existing.contact}`);
    expect(stdout).toContain(`main:${known.id} would be ${existing.account}`);
    expect(stdout).toContain(existing.product);
    for (const id of doubles) expect(stdout).toContain(id);
    expect(world.org.requestLog.totals().writes).toBe(before);
    expect(await inOrg('SELECT Id FROM Woo_Order__c LIMIT 1')).toEqual([]);
  });

  it('are adopted and not doubled, and what people typed stays', async () => {
    const dry = JSON.parse((await world.sidecar(['backfill', '--dry-run', '--json'])).stdout) as {
      estimates: unknown[];
      counted: { newRecords: number }[];
      results: { mappings: Record<string, number>[] }[];
    };
    const created = dry.results.flatMap(({ mappings }) =>
      mappings.map((one) => one['created'] ?? 0),
    );
    expect(dry).toMatchObject({
      estimates: [],
      counted: [{ newRecords: created.reduce((sum, one) => sum + one, 0) }],
    });
    const { of } = await world.backfill();
    expect(of('Customer_Contact')).toMatchObject({ adopted: 1, ambiguous: 1, failed: 1 });
    expect(of('Customer_Account')).toMatchObject({ adopted: 1, failed: 0 });
    expect(of('Product')).toMatchObject({ adopted: 1, failed: 0 });
    const contact = await contactOf(`main:${known.id}`);
    expect(contact).toMatchObject({
      Id: existing.contact,
      AccountId: existing.account,
      LastName: 'Byron',
      Department: 'Mathematics',
    });
    expect(String(contact?.['Email']).toLowerCase()).toBe(known.email.toLowerCase());
    const order = await ordersInOrg(orderOf(known));
    expect(order).toMatchObject([{ Contact__c: existing.contact, Account__c: existing.account }]);
    expect(await inOrg(`SELECT Id FROM Product2 WHERE Name = 'Old name'`)).toEqual([]);
    const shown = dry.results.flatMap(({ mappings }) =>
      mappings.map(({ mapping, created, adopted, failed }) => [mapping, created, adopted, failed]),
    );
    for (const [name, created, adopted, failed] of shown) {
      expect(of(String(name)), `what the dry run said of ${String(name)}`).toMatchObject({
        created,
        adopted,
        failed,
      });
    }
  });

  it('fault 30: that cannot be told apart are named, and the order arrives without', async () => {
    const { of, code } = await world.backfill();
    expect(code).toBe(1);
    const [failure] = of('Customer_Contact').failures;
    expect(failure).toMatchObject({ key: `main:${twins.id}`, code: 'MATCH_AMBIGUOUS' });
    for (const id of doubles) expect(failure?.message).toContain(id);
    expect(await ordersInOrg(orderOf(twins))).toMatchObject([{ Contact__c: null }]);
  });

  it('are told apart by a person, and then the order gets its contact', async () => {
    const [right = '', wrong = ''] = doubles;
    const contacts = world.admin.sobject('Contact');
    await contacts.update({ Id: right, Woo_Key__c: `main:${twins.id}` }, SAVE);
    await contacts.destroy(wrong);
    const { code } = await world.backfill();
    expect(code).toBe(0);
    expect(await ordersInOrg(orderOf(twins))).toMatchObject([{ Contact__c: right }]);
    const writes = world.org.requestLog.totals().writes;
    expect((await world.backfill()).code).toBe(0);
    expect(world.org.requestLog.totals().writes).toBe(writes);
  });
});

describe('customers follow the shop, as the mappings ship', () => {
  const ADDRESS = 'LastName, Phone, MailingCity, MailingStreet, Account.Name, Account.BillingCity';

  async function addressOf({ id }: CustomerRecord): Promise<Record<string, unknown> | undefined> {
    const [contact] = await inOrg(
      `SELECT Id, ${ADDRESS} FROM Contact WHERE Woo_Key__c = 'main:${id}'`,
    );
    return contact;
  }

  it('who move, and get another phone', async () => {
    const { id } = mover;
    world.store.edits.updateCustomer(id, { billing: { city: 'Köln', phone: '+49 221 1' } });
    expect((await world.backfill()).code).toBe(0);
    expect(await addressOf(mover)).toMatchObject({ MailingCity: 'Köln', Phone: '+49 221 1' });
    world.store.edits.updateCustomer(id, { billing: { city: 'Bonn', phone: '+49 228 2' } });
    const { code, of } = await world.backfill();
    expect(code).toBe(0);
    expect(of('Customer_Contact')).toMatchObject({ updated: 1, kept: 0 });
    expect(await addressOf(mover)).toMatchObject({
      MailingCity: 'Bonn',
      Phone: '+49 228 2',
      Account: { BillingCity: 'Bonn' },
    });
  });

  it('but where a person typed something, which stays; both values are shown where both changed', async () => {
    const { id } = mover;
    const contact = await addressOf(mover);
    await world.admin
      .sobject('Contact')
      .update({ Id: String(contact?.['Id']), Phone: '777' }, SAVE);
    world.store.edits.updateCustomer(id, { billing: { city: 'Bremen' } });
    expect((await world.backfill()).code).toBe(0);
    expect(await addressOf(mover)).toMatchObject({ MailingCity: 'Bremen', Phone: '777' });
    world.store.edits.updateCustomer(id, { billing: { phone: '+49 421 3' } });
    const { code, of } = await world.backfill();
    expect(code).toBe(1);
    expect(of('Customer_Contact').failures).toMatchObject([
      {
        key: `main:${id}`,
        code: 'CONFLICT_OPEN',
        message: 'Phone was changed on both sides: nothing was overwritten.',
      },
    ]);
    expect(await addressOf(mover)).toMatchObject({ Phone: '777' });
    world.store.edits.updateCustomer(id, { billing: { phone: '777' } });
    expect((await world.backfill()).code).toBe(0);
  });

  it('who registered with nothing but an address, and get their name when they buy', async () => {
    const unnamed = { first_name: '', last_name: '' };
    const empty = { ...unnamed, company: '', address_1: '', city: '', phone: '' };
    world.store.edits.updateCustomer(nameless.id, { billing: empty });
    expect((await world.backfill()).code).toBe(0);
    const before = await addressOf(nameless);
    const fallback = nameless.email.split('@')[0];
    expect(before).toMatchObject({ LastName: fallback, Account: { Name: fallback } });
    const billing = { first_name: 'Grace', last_name: 'Hopper', city: 'Arlington', phone: '1' };
    world.store.edits.updateCustomer(nameless.id, {
      first_name: 'Grace',
      last_name: 'Hopper',
      billing,
    });
    expect((await world.backfill()).code).toBe(0);
    expect(await addressOf(nameless)).toMatchObject({
      Id: before?.['Id'],
      LastName: 'Hopper',
      MailingCity: 'Arlington',
      Phone: '1',
      Account: { Name: 'Grace Hopper', BillingCity: 'Arlington' },
    });
  });
});

describe('shoppers', () => {
  it('who bought as guests and register later keep their contact', async () => {
    const guestOrder = completed().find(
      ({ customer_id, billing }) =>
        customer_id === 0 && /@(?!site\.invalid)/.test(billing.email ?? ''),
    );
    if (!guestOrder) throw new Error('the store has no order of a guest');
    const email = (guestOrder.billing.email ?? '').toLowerCase();
    const before = await contactOf(`main:guest:${email}`);
    const stranger = [...world.store.shop.customers.all()]
      .map((entry) => entry.read())
      .find(({ role }) => role !== 'customer');
    if (!stranger) throw new Error('every customer is wanted already');
    world.store.edits.updateCustomer(stranger.id, { role: 'customer', email });
    world.store.edits.updateOrder(guestOrder.id, { billing: { city: 'Bangor' } });
    const contacts = await count('Contact');
    const { code, of } = await world.backfill();
    expect(code).toBe(0);
    expect(of('Customer_Contact')).toMatchObject({ adopted: 1, created: 0 });
    const after = await contactOf(`main:${stranger.id}`);
    expect(after).toEqual(before && { ...before, attributes: after?.['attributes'] });
    const [account] = await inOrg(
      `SELECT Id FROM Account WHERE Woo_Key__c = 'main:${stranger.id}'`,
    );
    expect(account?.['Id']).toBe(before?.['AccountId']);
    expect(await ordersInOrg(guestOrder)).toMatchObject([
      { Contact__c: before?.['Id'], Billing_City__c: 'Bangor' },
    ]);
    expect(await count('Contact')).toBe(contacts);
  });

  it('fault 42: whose contact was merged into another one are followed there', async () => {
    const old = await contactOf(`main:${merged.id}`);
    const survivor = await create('Contact', { LastName: 'Survivor' });
    const answer = await fetch(`${world.orgUrl}/local/merge`, {
      method: 'POST',
      body: JSON.stringify({ master: survivor, merged: [old?.['Id']] }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status, await answer.text()).toBe(204);
    const order = orderOf(merged);
    world.store.edits.updateCustomer(merged.id, { email: `new.${merged.email}` });
    world.store.edits.updateOrder(order.id, { billing: { city: 'Bangor' } });
    const contacts = await count('Contact');
    expect((await world.backfill()).code).toBe(0);
    // What the survivor holds is a person's choice; what it does not is filled once it was looked at.
    const kept = { Id: survivor, LastName: 'Survivor' };
    expect(await contactOf(`main:${merged.id}`)).toMatchObject(kept);
    expect((await world.backfill()).code).toBe(0);
    expect(await contactOf(`main:${merged.id}`)).toMatchObject({
      ...kept,
      Email: `new.${merged.email}`,
    });
    expect(await ordersInOrg(order)).toMatchObject([
      { Contact__c: survivor, Billing_City__c: 'Bangor' },
    ]);
    expect(await count('Contact')).toBe(contacts);
  });

  it('fault 42: whose contact was deleted get a new one, and so do their orders', async () => {
    const old = await contactOf(`main:${deleted.id}`);
    await world.admin.sobject('Contact').destroy(String(old?.['Id']));
    const order = orderOf(deleted);
    world.store.edits.updateCustomer(deleted.id, { email: `new.${deleted.email}` });
    world.store.edits.updateOrder(order.id, { billing: { city: 'Bangor' } });
    const { code, of } = await world.backfill();
    expect(code).toBe(0);
    expect(of('Customer_Contact').created).toBe(1);
    const contact = await contactOf(`main:${deleted.id}`);
    expect(contact?.['Id']).not.toBe(old?.['Id']);
    expect(contact).toMatchObject({ LastName: old?.['LastName'] });
    expect(await ordersInOrg(order)).toMatchObject([{ Contact__c: contact?.['Id'] }]);
  });

  it('who were erased leave their order, and match nobody', async () => {
    const email = 'deleted@site.invalid';
    await create('Contact', { LastName: 'Of nobody', Email: email });
    const order = orderOf(known);
    const blank = { first_name: '', last_name: '', company: '', address_1: '', phone: '' };
    world.store.edits.updateOrder(order.id, { customer_id: 0, billing: { ...blank, email } });
    const contacts = await count('Contact');
    expect((await world.backfill()).code).toBe(0);
    expect(await ordersInOrg(order)).toMatchObject([{ Contact__c: null, Account__c: null }]);
    expect(await count('Contact')).toBe(contacts);
  });

  it('in two stores are one contact, which keeps the key of the first', async () => {
    const [shopper] = [...second.shop.customers.all()]
      .map((entry) => entry.read())
      .filter(({ role }) => role === 'customer');
    if (!shopper) throw new Error('the second store has no customer');
    second.edits.updateCustomer(shopper.id, { email: known.email });
    const url = await second.listen(0);
    const [, xml] = record(
      'Woo_Store.Main_Store',
      set('Key__c', 'second'),
      set('URL__c', url),
      set('Route__c', 'direct'),
    );
    mustDeploy(world.org, [
      'customMetadata/Woo_Store.Second_Store.md',
      xml.replace('Main Store', 'Second Store'),
    ]);
    const keys = { WOO_SECOND_KEY: second.consumerKey, WOO_SECOND_SECRET: second.consumerSecret };
    const { code, results } = await world.backfill(keys);
    expect(code, JSON.stringify(results.map(({ lists }) => lists))).toBe(0);
    expect(await contactOf(`main:${known.id}`)).toMatchObject({ Id: existing.contact });
    expect(await contactOf(`second:${shopper.id}`)).toBeUndefined();
    const theirs = results.find(({ store }) => store === 'second')?.mappings ?? [];
    const contacts = theirs.find(({ mapping }) => mapping === 'Customer_Contact');
    expect(contacts?.adoptions).toContainEqual({
      key: `second:${shopper.id}`,
      recordId: existing.contact,
      byId: true,
    });
    const writes = world.org.requestLog.totals().writes;
    expect((await world.backfill(keys)).code).toBe(0);
    expect(world.org.requestLog.totals().writes).toBe(writes);
  });

  it('and everything else are found again when our memory is lost', async () => {
    const objects = ['Account', 'Contact', 'Product2', 'Woo_Order__c', 'Woo_Order_Item__c'];
    const counts = () => Promise.all(objects.map(count));
    const before = await counts();
    const keys = { WOO_SECOND_KEY: second.consumerKey, WOO_SECOND_SECRET: second.consumerSecret };
    const { code, results } = await world.backfill({ ...keys, DATA_DIR: join(folder, 'anew') });
    // What people typed cannot be told from what the shop has changed since: each such name waits for a person.
    expect(code).toBe(1);
    const reports = results.flatMap(({ mappings }) => mappings);
    const failures = reports.flatMap((one) => one.failures);
    expect(new Set(failures.map((one) => one.code))).toEqual(new Set(['CONFLICT_OPEN']));
    expect(failures.map(({ key }) => key)).toContain(`main:${known.id}`);
    expect(reports.map(({ mapping, created }) => [mapping, created])).toEqual(
      reports.map(({ mapping }) => [mapping, 0]),
    );
    expect(await counts()).toEqual(before);
    expect(await contactOf(`main:${known.id}`)).toMatchObject({ LastName: 'Byron' });
  });
});
