import { expect, it } from 'vitest';
import { waitingForHeld } from '../../src/engine/held-changes.ts';
import type { HeldMapping } from '../../src/ports/held-mappings.ts';
import type { ChangeEvent, ChangeResource } from '../../src/ports/change.ts';
import { MemoryState } from '../support/memory-state.ts';
import { mapping } from '../support/shop-mappings.ts';

const change = (resource: ChangeResource, id: number): ChangeEvent => ({
  resource,
  key: `main:${id}`,
});
const CHANGES = [change('order', 1), change('customer', 3), change('product', 7)];

async function waiting(...resources: readonly HeldMapping['resource'][]) {
  const held = resources.map((resource) => ({ name: `Held_${String(resource)}`, resource }));
  const { twoWay } = new MemoryState();
  const setup = { held: held as unknown as readonly HeldMapping[], mappings: [] };
  const found = await waitingForHeld(setup, twoWay, CHANGES);
  const asked = await twoWay.dirty(CHANGES.map(({ key }) => key));
  return {
    found: found.map(({ mapping, resource, key }) => `${mapping} ${resource} ${key}`),
    asked: [...asked.keys()],
  };
}

it('keeps nothing where no mapping is held', async () => {
  expect(await waiting()).toEqual({ found: [], asked: [] });
});

it('keeps a product for its mapping, and asks Salesforce then', async () => {
  expect(await waiting('product')).toEqual({
    found: ['Held_product product main:7'],
    asked: ['main:7'],
  });
});

it('keeps a customer, and the order that may bring a guest', async () => {
  expect(await waiting('customer')).toEqual({
    found: ['Held_customer order main:1', 'Held_customer customer main:3'],
    asked: [],
  });
});

it.each(['order_item', 'refund'] as const)('keeps the order that brings a(n) %s', async (part) => {
  expect((await waiting(part)).found).toEqual([`Held_${part} order main:1`]);
});

it('keeps all for a mapping of which nobody knows what it is of', async () => {
  expect((await waiting(null)).found).toHaveLength(3);
});

/** Records that the shop does not have yet, as they wait to be made there, and one that it has. */
const NEW = `main:Product2:01t${'0'.repeat(15)}`;
const TO_MAKE: readonly ChangeEvent[] = [
  { resource: 'product', key: NEW },
  change('product', 7),
  { resource: 'order', key: `main:Woo_Order__c:a00${'0'.repeat(15)}` },
];

it.each([
  ['of which no mapping is there any more', [], [`product Product2 product ${NEW}`]],
  [
    'but not where the mapping is told to make none',
    [mapping('product', 'Product2', () => [], { createInWoo: false })],
    [],
  ],
])('keeps what is to be made in the shop, %s', async (_case, products, kept) => {
  const orders = mapping('order', 'Woo_Order__c', () => [], { createInWoo: true });
  const setup = { held: [], mappings: [orders, ...products] };
  const found = await waitingForHeld(setup, new MemoryState().twoWay, TO_MAKE);
  expect(found.map((one) => `${one.mapping} ${one.resource} ${one.key}`)).toEqual(kept);
});
