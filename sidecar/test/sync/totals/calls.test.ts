import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeWorld, MAPPINGS, openWorld, world } from './world.ts';

beforeAll(openWorld);
afterAll(closeWorld);

const THOUSAND = Array.from({ length: 1000 }, (_, at) => at + 1);

/** API calls of a load of as many orders as customers. */
async function callsOf(mappings: typeof MAPPINGS): Promise<number> {
  const { shop, org, load } = await world(mappings);
  for (const id of THOUSAND) {
    shop.customer(id);
    shop.order(id, { customer_id: id });
  }
  await load();
  const { calls } = org;
  await load();
  expect(org.calls, 'a load that finds nothing new').toBe(calls);
  return calls;
}

it('a load of 1,000 orders of 1,000 customers takes two API calls more, and none where nothing has changed', async () => {
  const without = MAPPINGS.map((one) => ({ ...one, keepsTotals: false }));
  expect((await callsOf(MAPPINGS)) - (await callsOf(without))).toBe(2);
});

it('a hundred live orders of a hundred customers take no call more', async () => {
  const { shop, org, load, sync } = await world();
  for (const id of THOUSAND.slice(0, 100)) shop.customer(id);
  await load();
  org.calls = 0;
  await sync(THOUSAND.slice(0, 100).map((id) => shop.order(id, { customer_id: id })));
  expect(org.calls).toBe(1);
  expect(org.of('Account').every((one) => one['Woo_Orders__c'] === 1)).toBe(true);
});
