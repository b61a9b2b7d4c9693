import { describe, expect, it } from 'vitest';
import { forStore } from '../../../src/mapping/model/for-store.ts';
import type { OutgoingField } from '../../../src/mapping/model/mapping.ts';
import { mappingTo } from '../../support/rows.ts';

function field(over: Partial<OutgoingField>): OutgoingField {
  return {
    place: 'P',
    field: 'Name',
    attribute: 'name',
    kind: 'value',
    direction: 'to_woo',
    fromWoo: () => null,
    fromSalesforce: () => null,
    toWoo: () => ({ patch: {} }),
    ...over,
  };
}

const products = mappingTo('Product2', {
  name: 'Product',
  resource: 'product',
  direction: 'both',
  reads: ['name'],
  outgoing: [
    field({ direction: 'both' }),
    field({ field: 'Woo_Featured_Image__c', attribute: 'product_featured_image' }),
  ],
});
const images = mappingTo('Product2', {
  name: 'Images',
  resource: 'product',
  direction: 'to_woo',
  reads: ['images', 'status'],
  keepShopImages: false,
  createInWoo: true,
  meets: ({ status }) => status === 'publish',
  outgoing: [
    field({
      field: 'Photo__c',
      attribute: 'product_featured_image',
      kind: 'featured_image',
    }),
  ],
});

describe('forStore', () => {
  it('lets a mapping that only goes to the shop go along with the one that brings the records', () => {
    const [only, ...others] = forStore([products, images], 'main');
    expect(others).toEqual([]);
    expect(only).toMatchObject({ name: 'Product', createInWoo: true, keepShopImages: false });
    expect(only?.outgoing.map((one) => one.field)).toEqual(['Name', 'Photo__c']);
    expect(only?.reads).toEqual(['name', 'images', 'status']);
    const meets = only?.outgoing[1]?.meets;
    expect(meets?.({ status: 'publish' })).toBe(true);
    expect(meets?.({ status: 'draft' })).toBe(false);
    expect(only?.outgoing[0]?.meets).toBeUndefined();
  });

  it('leaves it alone where nothing brings its records', () => {
    expect(forStore([images], 'main')).toEqual([images]);
  });

  it('takes none of another store along', () => {
    const elsewhere = { ...images, store: 'outlet' };
    expect(forStore([products, elsewhere], 'main')).toEqual([products]);
  });
});
