import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ProductRecord, VariationRecord } from '../../local/store/core/records.ts';
import { openState } from '../../sidecar/src/state/state.ts';
import { eventually } from './eventually.ts';
import { figure, idle, LiveWorld } from './live-world.ts';
import { mustDeploy, record, set } from './metadata.ts';
import type { RunningService } from './service.ts';
import { openWorld, type World } from './support.ts';

const META_KEY = 'salesforce_id';

let world: World;
let live: LiveWorld;
let service: RunningService;

beforeAll(async () => {
  world = await openWorld(10);
  mustDeploy(world.org, record('Woo_Mapping.Order', set('Woo_Meta_Key__c', META_KEY)));
  live = new LiveWorld(world);
  service = await live.start();
});

afterAll(async () => {
  await world.close();
});

function simpleProduct(): ProductRecord {
  const found = world.store.shop.products
    .all()
    .map((entry) => entry.read())
    .find(({ type, status, price }) => type === 'simple' && status === 'publish' && price !== '');
  if (!found) throw new Error('the store has no such product');
  return found;
}

function variation(): VariationRecord {
  const found = world.store.shop.variations
    .all()
    .map((entry) => entry.read())
    .find(({ status, price }) => status === 'publish' && price !== '');
  if (!found) throw new Error('the store has no such variation');
  return found;
}

/** Buys something of which the shop has sixteen, as a guest. @returns the order */
async function buyFour(product: number, email: string): Promise<number> {
  const order = await live.atShop(`/products/${product}/buy`, {
    quantity: 4,
    billing: { first_name: 'Ada', last_name: 'Lovelace', email },
  });
  return Number(order['id']);
}

describe('a purchase', () => {
  it('lowers the stock in the org, and is there itself once it is completed', async () => {
    const { id } = simpleProduct();
    world.store.edits.updateProduct(id, { manage_stock: true, stock_quantity: 16 });
    await live.arrives('Product2', id, { Woo_Stock__c: 16 });
    const order = await buyFour(id, 'ada@example.com');
    await live.arrives('Product2', id, { Woo_Stock__c: 12 });
    expect(await live.inOrg('Woo_Order__c', order, []), 'it is not completed').toBeUndefined();

    world.store.edits.updateOrder(order, { status: 'completed' });
    const contact = await live.arrives('Contact', 'guest:ada@example.com', {
      LastName: 'Lovelace',
    });
    await live.arrives('Woo_Order__c', order, { Status__c: 'completed', Contact__c: contact });
    const items = `SELECT Quantity__c FROM Woo_Order_Item__c WHERE Order__r.Woo_Key__c = 'main:${order}'`;
    await eventually(async () => {
      expect(await world.orgRow(items)).toMatchObject({ Quantity__c: 4 });
    });
  });

  it('lowers the stock of a variation', async () => {
    const { id } = variation();
    world.store.edits.updateVariation(id, { manage_stock: true, stock_quantity: 16 });
    await live.arrives('Product2', id, { Woo_Stock__c: 16 });
    await buyFour(id, 'grace@example.com');
    await live.arrives('Product2', id, { Woo_Stock__c: 12 });
  });
});

describe('a change in the shop', () => {
  it('such as a refund is in the org, with the total of the order', async () => {
    const [order] = live.completed(({ refunds }) => refunds.length === 0);
    const refund = world.store.edits.addRefund(order?.id ?? 0, '1.00', 'Scratched');
    await live.arrives('Woo_Order__c', order?.id ?? 0, { Refunded_Total__c: 1 });
    await live.arrives('Woo_Refund__c', refund.id, { Amount__c: 1, Reason__c: 'Scratched' });
  });

  it('such as an order that goes into the trash and comes back is followed', async () => {
    const [order] = live.completed();
    const id = order?.id ?? 0;
    world.store.edits.trashOrder(id);
    await live.arrives('Woo_Order__c', id, { Deleted_In_Woo__c: true });
    world.store.edits.restoreOrder(id);
    await live.arrives('Woo_Order__c', id, { Deleted_In_Woo__c: false, Status__c: 'completed' });
  });

  it('such as an edited customer is in the org', async () => {
    const [order] = live.completed(({ customer_id }) => customer_id > 0);
    const id = order?.customer_id ?? 0;
    world.store.edits.updateCustomer(id, { email: 'moved@example.com' });
    await live.arrives('Contact', id, { Email: 'moved@example.com' });
  });

  it('fault 16: of which the shop tells nine times is one call to Salesforce', async () => {
    const [order] = live.completed();
    await idle(service);
    const calls = () => figure(service, 'woo_salesforce_api_calls_total', 'purpose="changes"');
    // Those that come when the order has been read show no more than that.
    const heard = async () => {
      const outcomes = ['stored', 'echo'].map((outcome) =>
        figure(service, 'woo_salesforce_webhooks_total', `outcome="${outcome}"`),
      );
      return (await Promise.all(outcomes)).reduce((sum, count) => sum + count, 0);
    };
    const before = { calls: await calls(), heard: await heard() };
    world.store.faults.add({
      kind: 'duplicate_delivery',
      on: 'order.updated',
      times: 1,
      copies: 9,
    });
    await live.changeArrives(order?.id ?? 0, 'Old Town');
    await eventually(async () => {
      expect(await heard()).toBe(before.heard + 9);
    });
    await idle(service);
    expect((await calls()) - before.calls).toBe(1);
  });
});

describe('an echo', () => {
  it('fault 40: the id that we write into an order is told back, and that is the end of it', async () => {
    const { id } = simpleProduct();
    await idle(service);
    const order = await buyFour(id, 'alan@example.com');
    const told = () =>
      world.store.webhooks.outbox.log.filter(
        ({ record: one, topic }) => one === order && topic === 'order.updated',
      );
    await eventually(() => {
      expect(told()).toHaveLength(1);
    });
    world.store.requests.reset();
    world.store.edits.updateOrder(order, { status: 'completed' });
    const recordId = await live.arrives('Woo_Order__c', order, { Status__c: 'completed' });
    const held = () =>
      world.store.shop.orders
        .get(order)
        ?.read()
        .meta_data.find(({ key }) => key === META_KEY)?.value;
    await eventually(() => {
      expect(held()).toBe(recordId);
    });
    await world.store.webhooks.outbox.run();
    // Bought, completed, and the echo; the store joins the last two where ours comes before its webhook goes out.
    const heard = told().length;
    expect(heard).toBeGreaterThanOrEqual(2);
    expect(heard).toBeLessThanOrEqual(3);
    const calls = () => figure(service, 'woo_salesforce_api_calls_total', 'purpose="changes"');
    await idle(service);
    const before = await calls();
    // Whatever the echo could set off comes before this change of another order.
    await live.changeArrives(live.completed((one) => one.id !== order)[0]?.id ?? 0, 'Veazie');
    await idle(service);
    expect(told()).toHaveLength(heard);
    expect((await calls()) - before).toBe(1);
    const { byRoute } = world.store.requests.summary();
    expect(byRoute['POST /wp-json/wc/v3/orders/batch 200']).toBe(1);
  });
});

describe('what the shop does not tell', () => {
  it('is found by the reconcile of the next night: a deleted refund and an order deleted for good', async () => {
    const refund = await world.orgRow('SELECT Id, Woo_Key__c FROM Woo_Refund__c ORDER BY Id');
    const refundId = Number(String(refund?.['Woo_Key__c']).split(':')[1]);
    const owner = world.store.shop.refunds.get(refundId)?.owner;
    const [order] = live.completed(({ id, refunds }) => id !== owner && refunds.length === 0);
    await service.waitForLog(({ msg }) => msg === 'nightly reconcile');
    expect(await service.stop()).toBe(0);
    world.store.edits.deleteRefund(refundId);
    world.store.edits.deleteOrder(order?.id ?? 0);
    await lastNightWas('2026-01-01T03:00:00Z');

    service = await live.start();
    await service.waitForLog(({ msg }) => msg === 'nightly reconcile');
    await live.arrives('Woo_Order__c', order?.id ?? 0, { Deleted_In_Woo__c: true });
    await eventually(async () => {
      expect(await live.inOrg('Woo_Refund__c', refundId, [])).toBeUndefined();
    });
  });
});

/** Sets back the service, which does not run, to what it did in a night long ago. */
async function lastNightWas(at: string): Promise<void> {
  const state = await openState({ kind: 'directory', path: world.env['DATA_DIR'] ?? '' });
  await state.saveCursor('main', 'nightly', { at });
  await state.close();
}
