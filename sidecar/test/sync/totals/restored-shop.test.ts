import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeWorld, glance, openWorld, Shop, world } from './world.ts';

beforeAll(openWorld);
afterAll(closeWorld);

const FIRST = { order_key: 'wc_order_a' };
const OTHER = { order_key: 'wc_order_b', total: '99.00' };
const ann = { email: 'ann@example.com', date_created_gmt: '2026-01-01T00:00:00' };
const bob = { email: 'bob@example.com', date_created_gmt: '2026-03-01T00:00:00' };

/** A customer with an order of ten. */
async function bought() {
  const at = await world();
  at.shop.customer(1, ann);
  at.shop.order(1, FIRST);
  await at.load();
  expect(glance(at.org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
  return at;
}

it('keeps what an order added that the shop has as another one, by a load and at night too, until Adopt', async () => {
  const { shop, org, state, load, sync, night } = await bought();
  const { failures } = await sync([shop.order(1, OTHER)]);
  expect(failures).toMatchObject([{ code: 'RECORD_IS_ANOTHER' }]);
  expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
  await load();
  await night();
  expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
  // Its neighbours count.
  await sync([shop.order(2, { order_key: 'wc_order_c' }), shop.changed('order', 1)]);
  expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2, spent: 20 });
  await state.origins.release('main');
  await sync([shop.changed('order', 1)]);
  expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2, spent: 109 });
});

it('gives a customer nothing of what another one ordered who has its id now, until Adopt', async () => {
  const { shop, org, state, sync, night } = await bought();
  const changes = [shop.customer(1, bob), shop.order(2, { order_key: 'wc_order_c' })];
  const { failures } = await sync(changes);
  expect(failures.map(({ code }) => code).sort()).toEqual([
    'PARENT_IS_ANOTHER',
    'RECORD_IS_ANOTHER',
    'RECORD_IS_ANOTHER',
  ]);
  // No mapping wants it, so nothing is held of it.
  await sync([shop.order(3, { status: 'processing', order_key: 'wc_order_d' })]);
  await night();
  expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
  await state.origins.release('main');
  await sync([...changes]);
  expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 3, spent: 30 });
});

it('counts an order that waits for its customer as it was counted, also where another customer is new', async () => {
  const { shop, org, sync, night } = await bought();
  await sync([shop.customer(1, bob)]);
  for (const [id, total] of [
    [2, '50.00'],
    [3, '60.00'],
  ] as const) {
    await sync([shop.customer(id), shop.order(1, { total })]);
    await night();
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
  }
});

it('holds what is of the one store that was restored, while the other goes on', async () => {
  const { shop, org, state, load, sync } = await bought();
  const contact = { object: 'Contact', recordId: String(org.of('Contact')[0]?.Id) };
  const link = { state: 'verified', hash: 'h', parentKey: null, byId: true } as const;
  const readNumber = 1;
  await state.didWrite([{ ...contact, ...link, key: 'outlet:5', readNumber }], []);
  const outlet = new Shop('outlet');
  outlet.order(1, { ...FIRST, customer_id: 5 });
  await load(outlet);
  expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2, spent: 20 });
  const { failures } = await sync([outlet.order(1, OTHER)], outlet);
  expect(failures).toMatchObject([{ code: 'RECORD_IS_ANOTHER', recordKey: 'outlet:1' }]);
  // The order of the same number in the other shop is none of it.
  await sync([shop.order(1, { total: '30.00' })]);
  expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2, spent: 40 });
  expect(await state.origins.release('main')).toEqual([]);
  await sync([outlet.changed('order', 1)], outlet);
  expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2, spent: 40 });
  expect(await state.origins.release('outlet')).toEqual([{ resource: 'order', key: 'outlet:1' }]);
  await sync([outlet.changed('order', 1)], outlet);
  expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2, spent: 129 });
});
