import { expect, it } from 'vitest';
import { waitingForHeld } from '../../src/engine/held-changes.ts';
import type { HeldMapping } from '../../src/ports/held-mappings.ts';
import type { ChangeEvent, ChangeResource } from '../../src/ports/change.ts';
import { MemoryState } from '../support/memory-state.ts';

const change = (resource: ChangeResource, id: number): ChangeEvent => ({
  ...{ resource, key: `main:${id}` },
});
const CHANGES = [change('order', 1), change('customer', 3), change('product', 7)];

async function waiting(...resources: readonly HeldMapping['resource'][]) {
  const held = resources.map((resource) => ({ name: `Held_${String(resource)}`, resource }));
  const { twoWay } = new MemoryState();
  const setup = { held: held as unknown as readonly HeldMapping[] };
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
    ...{ found: ['Held_product product main:7'], asked: ['main:7'] },
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
