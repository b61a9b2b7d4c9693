import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { OrderRecord } from '../../local/store/core/records.ts';
import type { Store } from '../../local/store/store.ts';
import { compare } from '../../scripts/lib/demo/compare.ts';
import { expectedOf } from '../../scripts/lib/demo/expected.ts';
import { outboundEnv } from '../../scripts/lib/install/install.ts';
import { readOrgSide } from '../../scripts/lib/demo/org-side.ts';
import {
  addSecondStore,
  createSecondShop,
  SECOND_STORE,
  secondStoreWishes,
} from '../../scripts/lib/demo/second-store.ts';
import { eventually } from './eventually.ts';
import { giveCommand } from './give-command.ts';
import { LiveWorld } from './live-world.ts';
import type { Backfilled } from './sidecar-runs.ts';
import { openWorld, type World } from './support.ts';

let world: World;
let outlet: Store;

beforeAll(async () => {
  world = await openWorld(60, {}, 'named_credential');
  expect((await world.backfill()).code).toBe(0);
  outlet = createSecondShop();
  const url = await outlet.listen(0);
  await addSecondStore(await world.sf(), world.org.integrationUsername, { url, keys: outlet });
});

afterAll(async () => {
  await Promise.all([outlet.close(), world.close()]);
});

async function inOrg(soql: string): Promise<Record<string, unknown>[]> {
  return (await world.admin.query(soql)).records;
}

function reportsOf({ results }: Backfilled, store: string): Backfilled['results'][number] {
  const result = results.find((one) => one.store === store);
  if (!result) throw new Error(`nothing was reported of the store ${store}`);
  return result;
}

function ordersOf(store: Store, fits: (order: OrderRecord) => boolean): readonly OrderRecord[] {
  const orders = [...store.shop.orders.all()].map((entry) => entry.read()).filter(fits);
  expect(orders.length).toBeGreaterThan(0);
  return orders;
}

async function toShop(what: 'backup' | 'restore'): Promise<void> {
  const { ok } = await fetch(`${world.storeUrl}/local/${what}`, { method: 'POST' });
  expect(ok).toBe(true);
}

function productsOf(store: Store) {
  return store.shop.products.all().map((entry) => entry.read());
}

/** A simple product that both shops have, by its SKU. */
function sharedProduct() {
  const bySku = new Map(productsOf(world.store).map((product) => [product.sku, product]));
  for (const theirs of productsOf(outlet)) {
    const ours = bySku.get(theirs.sku);
    if (ours !== undefined && theirs.type === 'simple') return [ours, theirs] as const;
  }
  throw new Error('the shops share no product');
}

describe('a second store', () => {
  it('arrives beside the first one, each to the cent', async () => {
    const done = await world.backfill();
    expect(done.problems).toEqual([]);
    const first = expectedOf(world.store.shop);
    const second = expectedOf(outlet.shop, secondStoreWishes(first));
    expect(second.shared['customer']).toBeGreaterThan(0);
    expect(Number(second.stock)).toBeGreaterThan(0);
    for (const [store, expected] of [['main', first] as const, ['outlet', second] as const]) {
      const { mappings, lists } = reportsOf(done, store);
      const objects = mappings.map(({ object }) => object);
      const side = await readOrgSide(world.orgUrl, world.org.adminToken, objects, store);
      const { text, agrees } = compare(expected, mappings, side);
      expect(agrees, `${store}\n${text}`).toBe(true);
      expect(lists).toEqual([]);
    }
    expect(done.code).toBe(0);
  });

  it('goes by its own mapping instead of the common one, and the first store does not', async () => {
    const isProcessing = ({ status }: OrderRecord) => status === 'processing';
    const [theirs] = ordersOf(outlet, isProcessing);
    const common = ordersOf(world.store, isProcessing).map(({ id }) => `'main:${id}'`);
    const fields = 'Name, Status__c, Store__c, Total__c, Billing_City__c';
    const there = await inOrg(
      `SELECT ${fields} FROM Woo_Order__c WHERE Woo_Key__c = 'outlet:${theirs?.id}'`,
    );
    expect(there).toMatchObject([
      {
        Name: theirs?.number,
        Status__c: 'processing',
        Store__c: 'outlet',
        // The common mapping has the city; the store's own one, which replaces it as a whole, has not.
        Total__c: Number(theirs?.total),
        Billing_City__c: null,
      },
    ]);
    expect(
      await inOrg(`SELECT Id FROM Woo_Order__c WHERE Woo_Key__c IN (${common.join(',')})`),
    ).toEqual([]);
  });

  it('has orders with the numbers of the first one, and they stay apart', async () => {
    const isCompleted = ({ status }: OrderRecord) => status === 'completed';
    const ids = new Set(ordersOf(world.store, isCompleted).map(({ id }) => id));
    const [both] = ordersOf(outlet, (order) => isCompleted(order) && ids.has(order.id));
    const there = await inOrg(
      `SELECT Woo_Key__c FROM Woo_Order__c WHERE Name = '${both?.number}' ORDER BY Woo_Key__c`,
    );
    expect(there.map(({ Woo_Key__c }) => Woo_Key__c)).toEqual([
      `main:${both?.id}`,
      `outlet:${both?.id}`,
    ]);
  });

  it('shares a shopper of the first one: one contact and account, with the orders of both', async () => {
    const known = new Map(
      [...world.store.shop.customers.all()]
        .map((entry) => entry.read())
        .filter(({ role }) => role === 'customer')
        .map(({ email, id }) => [email, id]),
    );
    const [order] = ordersOf(outlet, ({ customer_id }) => {
      const buyer = outlet.shop.customers.get(customer_id)?.read();
      return buyer?.role === 'customer' && known.has(buyer.email);
    });
    const buyer = outlet.shop.customers.get(order?.customer_id ?? 0)?.read();
    const key = `main:${known.get(buyer?.email ?? '')}`;
    expect(
      await inOrg(`SELECT Woo_Key__c FROM Contact WHERE Email = '${buyer?.email}'`),
    ).toMatchObject([{ Woo_Key__c: key }]);
    expect(
      await inOrg(
        'SELECT Contact__r.Woo_Key__c, Account__r.Woo_Key__c FROM Woo_Order__c ' +
          `WHERE Woo_Key__c = 'outlet:${order?.id}'`,
      ),
    ).toMatchObject([{ Contact__r: { Woo_Key__c: key }, Account__r: { Woo_Key__c: key } }]);
  });

  it('changes no value of a product that belongs to the first one, nor the other way round', async () => {
    const [ours, theirs] = sharedProduct();
    const product = `SELECT Name, Woo_Regular_Price__c, Woo_Stock__c, Woo_Key__c FROM Product2 WHERE Woo_Key__c IN ('main:${ours.id}', 'outlet:${theirs.id}')`;
    const before = await inOrg(product);
    expect(before).toMatchObject([{ Woo_Key__c: `main:${ours.id}` }]);
    outlet.edits.updateProduct(theirs.id, { regular_price: '1.23', stock_quantity: 500 });
    expect((await world.backfill()).code).toBe(0);
    expect(await inOrg(product)).toEqual(before);
    expect(outlet.shop.products.get(theirs.id)?.read().regular_price).toBe('1.23');
    expect(world.store.shop.products.get(ours.id)?.read().regular_price).toBe(ours.regular_price);
  });

  it('becomes the owner of what both have by a command, and the first one again', async () => {
    const service = await world.startService({ PUBLIC_URL: '', SWEEP_SECONDS: '10' });
    const [ours, theirs] = sharedProduct();
    const fields = 'Woo_Key__c, Name, Woo_Regular_Price__c, Woo_Stock__c';
    const [product] = await inOrg(`SELECT Id FROM Product2 WHERE Woo_Key__c = 'main:${ours.id}'`);
    const held = `SELECT ${fields} FROM Product2 WHERE Id = '${String(product?.['Id'])}'`;
    const owned = `SELECT COUNT(Id) n FROM Product2 WHERE Woo_Key__c LIKE 'main:%'`;
    const [[before], [ownedBefore]] = [await inOrg(held), await inOrg(owned)];
    const own = [world.store, outlet].map((store) => productsOf(store));

    const given = await giveCommand(world, 'change_owner', { Store__c: 'outlet' });
    expect(given['State__c'], String(given['Result__c'])).toBe('done');
    // Its price goes into a field of its own: the other one keeps what the first store said.
    const { Woo_Regular_Price__c } = before ?? {};
    expect(await inOrg(held)).toMatchObject([
      {
        Woo_Key__c: `outlet:${theirs.id}`,
        Name: theirs.name,
        Woo_Stock__c: 500,
        Woo_Regular_Price__c,
      },
    ]);
    const [left] = await inOrg(owned);
    expect(Number(left?.['n'])).toBeLessThan(Number(ownedBefore?.['n']));

    const back = await giveCommand(world, 'change_owner', { Store__c: 'main' });
    expect(back['State__c'], String(back['Result__c'])).toBe('done');
    expect(await inOrg(held)).toEqual([before]);
    expect(await inOrg(owned)).toMatchObject([{ n: ownedBefore?.['n'] }]);
    expect([world.store, outlet].map((store) => productsOf(store))).toEqual(own);
    await service.stop();
  });

  it('costs no write when nothing has changed', async () => {
    const before = world.org.requestLog.totals().writes;
    const { code, results } = await world.backfill();
    const changes = results.flatMap(({ store, mappings }) =>
      mappings
        .filter(
          ({ created, adopted, updated, removed }) => created + adopted + updated + removed > 0,
        )
        .map(({ mapping, updated }) => `${store} ${mapping}: ${updated} updated`),
    );
    expect(changes).toEqual([]);
    expect(world.org.requestLog.totals().writes).toBe(before);
    expect(code).toBe(0);
  });

  it('of which one is restored from a backup: what came back otherwise is held until it is adopted, and the other goes on', async () => {
    const live = new LiveWorld(world);
    // Found by sweeps: the org would let no webhook of the second store be set.
    const service = await world.startService({ PUBLIC_URL: '', SWEEP_SECONDS: '10' });
    const theirs =
      "SELECT Woo_Key__c, Name, Status__c, Total__c FROM Woo_Order__c WHERE Store__c = 'outlet' ORDER BY Woo_Key__c";
    const before = await inOrg(theirs);
    const isCompleted = ({ status }: OrderRecord) => status === 'completed';
    const [like] = ordersOf(world.store, isCompleted);
    const [likeTheirs] = ordersOf(outlet, isCompleted);
    await toShop('backup');
    const lost = world.store.edits.addOrder(like?.id ?? 0, { billing: { city: 'Before' } });
    await live.arrives('Woo_Order__c', lost.id, { Billing_City__c: 'Before' });

    await toShop('restore');
    const again = world.store.edits.addOrder(like?.id ?? 0, { billing: { city: 'After' } });
    expect(again.id).toBe(lost.id);
    const issues = `SELECT State__c, Store__c FROM Woo_Sync_Issue__c WHERE Code__c = 'RECORD_IS_ANOTHER' AND Woo_Id__c = '${again.id}' AND Store__c = 'main'`;
    await eventually(async () => {
      expect(await inOrg(issues)).toMatchObject([{ State__c: 'open', Store__c: 'main' }]);
    });
    const added = outlet.edits.addOrder(likeTheirs?.id ?? 0);
    await eventually(async () => {
      expect(await inOrg(theirs)).toHaveLength(before.length + 1);
    });
    expect(await live.inOrg('Woo_Order__c', again.id, ['Billing_City__c'])).toMatchObject({
      Billing_City__c: 'Before',
    });

    const given = await giveCommand(world, 'adopt', { Store__c: 'main' });
    expect(given['State__c'], String(given['Result__c'])).toBe('done');
    expect(given['Result__c']).toContain('1 record of the store "main"');
    await live.arrives('Woo_Order__c', again.id, { Billing_City__c: 'After' });
    await eventually(async () => {
      expect(await inOrg(issues)).toMatchObject([{ State__c: 'resolved' }]);
    });
    const after = await inOrg(theirs);
    expect(after.filter(({ Woo_Key__c }) => Woo_Key__c !== `outlet:${added.id}`)).toEqual(before);
    await service.stop();
  });

  it('is not part of what the project deploys by itself, and outlives it', async () => {
    const deploy = ['project', 'deploy', 'start', '-d', 'force-app', '-d', 'config/org', '--json'];
    const sf = await world.sf();
    const outbound = { endpoint: null, username: world.org.integrationUsername };
    const env = { WOO_STORE_URL: world.storeUrl, ...outboundEnv(outbound) };
    const { stdout } = await sf.must(deploy, { env });
    expect(stdout).toContain('Woo_Store.Main_Store');
    expect(stdout).not.toMatch(/outlet/i);
    const { code, ...rest } = await world.backfill();
    expect(reportsOf({ code, ...rest }, 'outlet').lists).toEqual([]);
    expect(code).toBe(0);
  });

  it('that the user may not call is named, and the first one goes on', async () => {
    const { permissionSet } = SECOND_STORE;
    const [assigned] = await inOrg(
      `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = '${permissionSet}' ` +
        `AND Assignee.Username = '${world.org.integrationUsername}'`,
    );
    await world.admin.sobject('PermissionSetAssignment').destroy(String(assigned?.['Id']));
    const [order] = ordersOf(world.store, ({ status }) => status === 'completed');
    world.store.edits.updateOrder(order?.id ?? 0, { billing: { city: 'Bangor' } });
    const done = await world.backfill();
    expect(done.code).toBe(1);
    const lists = reportsOf(done, 'outlet').lists;
    expect(new Set(lists.map(({ code }) => code))).toEqual(new Set(['WOO_CREDENTIAL_REFUSED']));
    expect(lists[0]?.message).toContain('Woo_Outlet');
    expect(reportsOf(done, 'main').lists).toEqual([]);
    expect(done.of('Order').updated).toBe(1);
  });
});
