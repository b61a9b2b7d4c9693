import { afterAll, beforeAll, expect, it } from 'vitest';

import type { OrderRecord } from '../../local/store/core/records.ts';
import { openWorld, type World } from './support.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld(10);
});

afterAll(async () => {
  await world.close();
});

const NOTE = `${'Ring twice, then wait. '.repeat(217)}شكرا 🙏`.slice(0, 5000);

function completed(): OrderRecord {
  const found = world.store.shop.orders
    .all()
    .map((entry) => entry.read())
    .find(({ status, line_items, customer_id }) => {
      return status === 'completed' && line_items.length > 0 && customer_id === 0;
    });
  if (!found) throw new Error('the store has no such order');
  return found;
}

it('fault 32: 400 lines, a long note, names of several scripts and meta of every type arrive', async () => {
  const order = completed();
  const [line] = order.line_items;
  const lines = Array.from({ length: 400 }, (_, at) => ({
    ...line,
    id: 9_000_000 + at,
    name: `Tee ${at} ☕ &amp; שוקו`,
    subtotal: '0.10',
    total: '0.10',
  }));
  const values = [true, false, null, 7, 0.5, 'x', '', [], ['a'], {}, { day: 'Mon' }, [[1]]];
  world.store.edits.updateOrder(order.id, {
    customer_note: NOTE,
    billing: { ...order.billing, first_name: '👩‍🚀', last_name: 'بن عبد الله', state: '' },
    line_items: lines,
    meta_data: values.map((value, at) => ({ id: 9_000_000 + at, key: `odd_${at}`, value })),
  });
  const { code, of } = await world.backfill();
  expect(code).toBe(0);
  expect(of('Order_Item')).toMatchObject({ failed: 0 });
  const [row] = (
    await world.admin.query(
      'SELECT Customer_Note__c, Billing_First_Name__c, Billing_Last_Name__c ' +
        `FROM Woo_Order__c WHERE Woo_Key__c = 'main:${order.id}'`,
    )
  ).records;
  expect(row).toMatchObject({
    Customer_Note__c: NOTE.trim(),
    Billing_First_Name__c: '👩‍🚀',
    Billing_Last_Name__c: 'بن عبد الله',
  });
  const items = await world.admin.query(
    `SELECT Item_Name__c, Total__c FROM Woo_Order_Item__c WHERE Order__r.Woo_Key__c = 'main:${order.id}' AND Type__c = 'product' ORDER BY Woo_Key__c`,
  );
  expect(items.totalSize).toBe(400);
  expect(items.records[0]).toMatchObject({ Item_Name__c: 'Tee 0 ☕ & שוקו', Total__c: 0.1 });
});
