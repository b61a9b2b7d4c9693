import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';

import type { OrderRecord } from '../../local/store/core/records.ts';
import { compare } from '../../scripts/lib/demo/compare.ts';
import { expectedOf } from '../../scripts/lib/demo/expected.ts';
import { readOrgSide } from '../../scripts/lib/demo/org-side.ts';
import { SMALL_ORDERS } from '../../scripts/test-org/journey-files.ts';
import type { JourneyWorld } from './journey-world.ts';
import { openJourney, writesIn } from './journeys.ts';

let world: JourneyWorld;

beforeAll(async () => {
  world = await openJourney(SMALL_ORDERS);
});

afterAll(async () => {
  await world.close();
});

function completed(fits: (order: OrderRecord) => boolean = () => true): OrderRecord {
  for (const entry of world.store.shop.orders.all()) {
    const order = entry.read();
    if (order.status === 'completed' && fits(order)) return order;
  }
  throw new Error('the store has no such order');
}

async function inOrg(soql: string): Promise<Record<string, unknown>[]> {
  return (await world.admin.query(soql)).records;
}

async function orderInOrg(id: number): Promise<Record<string, unknown> | undefined> {
  const [order] = await inOrg(
    'SELECT Name, Status__c, Total__c, Refunded_Total__c, Contact__r.Woo_Key__c, Account__r.Woo_Key__c, ' +
      '(SELECT Woo_Key__c FROM Order_Items__r), (SELECT Amount__c, Reason__c FROM Refunds__r) ' +
      `FROM Woo_Order__c WHERE Woo_Key__c = 'main:${id}'`,
  );
  return order;
}

/** `count amount` in whole cents by registered customer and currency, of orders in a paid status, less refunds. */
function spentInShop({ store }: JourneyWorld): ReadonlyMap<string, string> {
  const sums = new Map<string, { count: number; cents: bigint }>();
  const cents = (amount: string) => BigInt(amount.replace('-', '').replace('.', ''));
  for (const entry of store.shop.orders.all()) {
    const { status, customer_id, currency, total, refunds } = entry.read();
    const role = store.shop.customers.get(customer_id)?.read().role;
    if (!['processing', 'completed'].includes(status) || role !== 'customer') continue;
    const name = `main:${customer_id} ${currency}`;
    const sum = sums.get(name) ?? { count: 0, cents: 0n };
    sum.count += 1;
    sum.cents += cents(total);
    for (const refund of refunds) sum.cents -= cents(refund.total);
    sums.set(name, sum);
  }
  return new Map([...sums].map(([name, sum]) => [name, `${sum.count} ${sum.cents}`]));
}

/** The same from the fields of an object, and from its records for other currencies. */
async function spentInOrg(object: string): Promise<ReadonlyMap<string, string>> {
  const own = await inOrg(
    `SELECT Woo_Key__c, Woo_Orders__c, Woo_Spent__c, Woo_Currency__c, (SELECT Name, Orders__c, Spent__c FROM Woo_Currencies__r) FROM ${object} WHERE Woo_Orders__c > 0`,
  );
  const found = new Map<string, string>();
  const say = (count: unknown, amount: unknown) =>
    `${String(count)} ${Math.round(Number(amount) * 100)}`;
  for (const row of own) {
    const key = String(row['Woo_Key__c']);
    if (key.includes('guest')) continue;
    const others =
      (row['Woo_Currencies__r'] as { records: Record<string, unknown>[] } | null)?.records ?? [];
    let count = Number(row['Woo_Orders__c']);
    for (const other of others) {
      count -= Number(other['Orders__c']);
      found.set(`${key} ${String(other['Name'])}`, say(other['Orders__c'], other['Spent__c']));
    }
    found.set(`${key} ${String(row['Woo_Currency__c'])}`, say(count, row['Woo_Spent__c']));
  }
  return found;
}

describe('the main job', () => {
  it('brings what the mappings want into the org, to the cent', async () => {
    const { code, of, results, problems } = await world.backfill();
    expect(problems, 'the mappings that ship fit the schema that ships').toEqual([]);
    const { orgUrl, store, session } = world;
    const reports = results.flatMap(({ mappings }) => mappings);
    const objects = reports.map(({ object }) => object);
    const side = await readOrgSide(orgUrl, session.accessToken, objects);
    const { text, agrees } = compare(expectedOf(store.shop), reports, side);
    expect(agrees, text).toBe(true);
    expect(of('Order').created).toBe(of('Order').wanted);
    expect(code).toBe(0);
  });

  it('writes nothing on a second run', async () => {
    const before = await writesIn(world);
    const { code, of } = await world.backfill();
    expect(await writesIn(world)).toEqual(before);
    expect(of('Order').unchanged).toBe(of('Order').wanted);
    expect(code).toBe(0);
  });

  it('counts what each customer spent, as the shop says it', async () => {
    const said = spentInShop(world);
    expect(said.size).toBeGreaterThan(10);
    for (const object of ['Contact', 'Account']) {
      expect(await spentInOrg(object), object).toEqual(said);
    }
  });

  it('hangs an order on its customer, its items and its refunds', async () => {
    const order = completed(({ customer_id, refunds }) => customer_id > 0 && refunds.length > 0);
    const there = await orderInOrg(order.id);
    const customer = world.store.shop.customers.get(order.customer_id)?.read();
    expect(customer?.role).toBe('customer');
    expect(there).toMatchObject({
      Name: order.number,
      Total__c: Number(order.total),
      Contact__r: { Woo_Key__c: `main:${order.customer_id}` },
      Account__r: { Woo_Key__c: `main:${order.customer_id}` },
      Refunds__r: { totalSize: order.refunds.length },
    });
  });

  it('makes one contact and account of a guest, by e-mail', async () => {
    const order = completed(
      ({ customer_id, billing }) => customer_id === 0 && (billing.email ?? '') !== '',
    );
    const email = (order.billing.email ?? '').toLowerCase();
    expect(await orderInOrg(order.id)).toMatchObject({
      Contact__r: { Woo_Key__c: `main:guest:${email}` },
      Account__r: { Woo_Key__c: `main:guest:${email}` },
    });
  });

  it('updates what changed and removes what is gone, and nothing else', async () => {
    const order = completed(({ line_items }) => line_items.length > 1);
    const [line] = order.line_items;
    const edited = world.store.edits.removeLine(order.id, line?.id ?? 0);
    const { of, code } = await world.backfill();
    expect(code).toBe(0);
    expect(of('Order_Item')).toMatchObject({ removed: 1, created: 0 });
    expect(of('Order').updated).toBe(1);
    const there = await orderInOrg(order.id);
    expect(there).toMatchObject({ Total__c: Number(edited.total) });
    const items = there?.['Order_Items__r'] as { records: { Woo_Key__c: string }[] };
    expect(items.records.map(({ Woo_Key__c }) => Woo_Key__c)).not.toContain(`main:${line?.id}`);
  });

  it('keeps a completed order in step when it is refunded later', async () => {
    const order = completed(({ refunds }) => refunds.length === 0);
    world.store.edits.addRefund(order.id, order.total, 'Broken on arrival');
    const { code } = await world.backfill();
    expect(code).toBe(0);
    expect(await orderInOrg(order.id)).toMatchObject({
      Status__c: 'refunded',
      Refunded_Total__c: Number(order.total),
      Refunds__r: {
        records: [{ Amount__c: Number(order.total), Reason__c: 'Broken on arrival' }],
      },
    });
  });

  it('names a record that does not fit, and its neighbours arrive', async () => {
    const bad = completed();
    const good = completed(({ id }) => id !== bad.id);
    world.store.edits.updateOrder(bad.id, { shipping_total: '10,50' });
    world.store.edits.updateOrder(good.id, { billing: { city: 'Bangor' } });
    const { code, of } = await world.backfill();
    expect(code).toBe(1);
    expect(of('Order')).toMatchObject({ failed: 1, updated: 1 });
    expect(of('Order').failures).toMatchObject([{ key: `main:${bad.id}` }]);
    expect(of('Order').failures[0]?.message).toMatch(/shipping_total.*10,50/);
    const [row] = await inOrg(
      `SELECT Billing_City__c FROM Woo_Order__c WHERE Woo_Key__c = 'main:${good.id}'`,
    );
    expect(row).toMatchObject({ Billing_City__c: 'Bangor' });
    world.store.edits.updateOrder(bad.id, { shipping_total: bad.shipping_total });
    expect((await world.backfill()).code).toBe(0);
  });
});

describe('bad input', () => {
  const signsInBySecret = ({ skip }: Pick<TestContext, 'skip'>) => {
    skip(!('SF_CLIENT_SECRET' in world.env), 'the service signs in otherwise');
  };

  it('says which variables are missing', async (context) => {
    signsInBySecret(context);
    const { code, stderr } = await world.command(['backfill'], { SF_CLIENT_SECRET: '' });
    expect(stderr).toContain('SF_CLIENT_SECRET');
    expect(code).toBe(2);
  });

  it('says which variable holds a wrong Salesforce secret, and does not repeat it', async (context) => {
    signsInBySecret(context);
    const { code, stderr } = await world.sidecar(['backfill'], {
      SF_CLIENT_SECRET: 'not-it-at-all',
    });
    expect(stderr).toMatch(/SF_CLIENT_(ID|SECRET)/);
    expect(stderr).not.toContain('not-it-at-all');
    expect(code).toBe(2);
  });

  it('says that an org cannot be reached, and where it looked', async (context) => {
    signsInBySecret(context);
    const { code, stderr } = await world.sidecar(['backfill'], {
      SF_LOGIN_URL: 'http://127.0.0.1:9',
    });
    expect(stderr).toContain('SF_UNREACHABLE');
    expect(stderr).toContain('127.0.0.1:9');
    expect(code).toBe(2);
  });

  it('reports lists that a wrong store key cannot read, with exit code 1', async () => {
    const { code, results } = await world.backfill({ WOO_MAIN_SECRET: 'cs_wrong' });
    expect(results[0]?.lists.map(({ code: why }) => why)).toContain('WOO_KEY_REFUSED');
    expect(JSON.stringify(results)).not.toContain('cs_wrong');
    expect(code).toBe(1);
  });

  it('knows the stores that there are', async () => {
    const { code, stderr } = await world.sidecar(['backfill', '--store', 'nowhere']);
    expect(stderr).toContain('nowhere');
    expect(stderr).toContain('main');
    expect(code).toBe(2);
  });
});
