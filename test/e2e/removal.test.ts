import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { OrderRecord } from '../../local/store/core/records.ts';
import { mustDeploy, record, set, type Edit } from './metadata.ts';
import { openWorld, type World } from './support.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld(20);
  expect((await world.backfill()).code).toBe(0);
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

const orderRow = async (id: number) =>
  (
    await inOrg(
      `SELECT Status__c, Deleted_In_Woo__c FROM Woo_Order__c WHERE Woo_Key__c = 'main:${id}'`,
    )
  )[0];

/** Edits a mapping of the defaults, as an admin does. */
function edit(mapping: string, ...edits: Edit[]): void {
  mustDeploy(world.org, record(`Woo_Mapping.${mapping}`, ...edits));
}

describe('what is deleted in the shop', () => {
  it('fault 42: is flagged by the rule that ships, once, and taken back when it returns', async () => {
    const order = completed();
    world.store.edits.trashOrder(order.id);
    const first = await world.backfill();
    expect(first).toMatchObject({ code: 0 });
    expect(first.of('Order').removed).toBe(1);
    expect(await orderRow(order.id)).toMatchObject({ Deleted_In_Woo__c: true });
    const again = await world.backfill();
    expect(again.of('Order')).toMatchObject({ removed: 0, updated: 0 });
    world.store.edits.updateOrder(order.id, { status: 'completed' });
    const back = await world.backfill();
    expect(back.of('Order')).toMatchObject({ updated: 1, created: 0 });
    expect(await orderRow(order.id)).toMatchObject({ Deleted_In_Woo__c: false });
  });

  it('is a product too, which becomes inactive', async () => {
    const product = world.store.shop.products
      .all()
      .map((entry) => entry.read())
      .find(({ type, status }) => type === 'simple' && status === 'publish');
    world.store.edits.trashProduct(product?.id ?? 0);
    const { of } = await world.backfill();
    expect(of('Product').removed).toBe(1);
    const [row] = await inOrg(
      `SELECT IsActive FROM Product2 WHERE Woo_Key__c = 'main:${product?.id ?? 0}'`,
    );
    expect(row).toMatchObject({ IsActive: false });
  });

  it('is a product with its variations, and comes back with them', async () => {
    const product = world.store.shop.products
      .all()
      .map((entry) => entry.read())
      .find(({ variations, status }) => variations.length > 0 && status === 'publish');
    if (!product) throw new Error('the store has no product with variations');
    const keys = [product.id, ...product.variations].map((id) => `'main:${id}'`).join(',');
    const active = async () =>
      (await inOrg(`SELECT IsActive FROM Product2 WHERE Woo_Key__c IN (${keys})`)).map(
        ({ IsActive }) => IsActive,
      );
    const all = (value: boolean) => [product.id, ...product.variations].map(() => value);
    world.store.edits.trashProduct(product.id);
    expect((await world.backfill()).of('Product').removed).toBe(all(false).length);
    expect(await active()).toEqual(all(false));
    const { writes } = world.org.requestLog.totals();
    expect((await world.backfill()).code).toBe(0);
    expect(world.org.requestLog.totals().writes).toBe(writes);
    world.store.edits.restoreProduct(product.id);
    expect((await world.backfill()).of('Product')).toMatchObject({ created: 0, failed: 0 });
    expect(await active()).toEqual(all(true));
  });

  it('goes with its items where the rule is delete', async () => {
    edit('Order', set('Delete_Rule__c', 'delete'));
    const order = completed(({ line_items }) => line_items.length > 0);
    world.store.edits.trashOrder(order.id);
    const { of, code } = await world.backfill();
    expect(code).toBe(0);
    expect(of('Order').removed).toBe(1);
    expect(of('Order_Item').removed).toBeGreaterThan(0);
    expect(await orderRow(order.id)).toBeUndefined();
    expect(
      await inOrg(
        `SELECT Id FROM Woo_Order_Item__c WHERE Order__r.Woo_Key__c = 'main:${order.id}'`,
      ),
    ).toEqual([]);
    const again = await world.backfill();
    expect(again.of('Order')).toMatchObject({ removed: 0, created: 0 });
  });

  it('is what no longer meets the condition, where the mapping says so', async () => {
    edit('Order', set('Delete_Rule__c', 'delete'), set('When_Unmet__c', 'delete'));
    const order = completed();
    world.store.edits.updateOrder(order.id, { status: 'cancelled' });
    const { of } = await world.backfill();
    expect(of('Order').removed).toBe(1);
    expect(await orderRow(order.id)).toBeUndefined();
  });
});

describe('the Salesforce id in the shop', () => {
  const metaOf = (id: number) =>
    world.store.shop.orders
      .get(id)
      ?.read()
      .meta_data.filter(({ key }) => key === '_salesforce_id')
      .map(({ value }) => value);

  it('is written to the custom field that the mapping names, and healed', async () => {
    edit('Order', set('Woo_Meta_Key__c', '_salesforce_id'));
    const order = completed();
    const changes = () => world.store.requests.summary();
    expect((await world.backfill()).code).toBe(0);
    const [row] = await inOrg(`SELECT Id FROM Woo_Order__c WHERE Woo_Key__c = 'main:${order.id}'`);
    expect(metaOf(order.id)).toEqual([row?.['Id']]);
    world.store.requests.reset();
    // The date of the change in the shop follows, and nothing is written to the shop for it.
    expect((await world.backfill()).of('Order')).toMatchObject({ created: 0, failed: 0 });
    expect(JSON.stringify(changes())).not.toContain('batch');
    world.store.edits.updateOrder(order.id, { meta_data: [] });
    expect((await world.backfill()).code).toBe(0);
    expect(metaOf(order.id)).toEqual([row?.['Id']]);
  });
});
