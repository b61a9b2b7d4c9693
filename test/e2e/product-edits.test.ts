import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ProductRecord } from '../../local/store/records.ts';
import { eventually } from './eventually.ts';
import { idle, LiveWorld } from './live-world.ts';
import type { RunningService } from './service.ts';
import { openWorld, type World } from './support.ts';

let world: World;
let live: LiveWorld;
let service: RunningService;

beforeAll(async () => {
  world = await openWorld(5);
  live = new LiveWorld(world);
  service = await live.start();
});

afterAll(async () => {
  await world.close();
});

function products(fits: (product: ProductRecord) => boolean): readonly ProductRecord[] {
  return world.store.shop.products
    .all()
    .map((entry) => entry.read())
    .filter(
      (product) => product.type === 'simple' && product.status === 'publish' && fits(product),
    );
}

async function edit(id: number, fields: Readonly<Record<string, unknown>>): Promise<void> {
  const recordId = await live.arrives('Product2', id, {});
  const saved = await world.admin.sobject('Product2').update({ Id: recordId, ...fields });
  expect(saved).toMatchObject({ success: true });
}

async function inShop(id: number, values: Partial<ProductRecord>): Promise<void> {
  await eventually(() => {
    expect(world.store.shop.products.get(id)?.read()).toMatchObject(values);
  });
}

describe('a product edited in Salesforce', () => {
  it('changes in the shop by itself, once', async () => {
    const [product] = products(({ regular_price }) => regular_price !== '');
    if (!product) throw new Error('no product');
    await idle(service);
    await edit(product.id, {
      Name: 'Tea & "mug"',
      Woo_Regular_Price__c: 12.5,
      Woo_Status__c: 'private',
    });
    await inShop(product.id, {
      ...{ name: 'Tea &amp; "mug"', regular_price: '12.5', status: 'private' },
    });
  });
});
