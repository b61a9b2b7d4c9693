import { expect, it } from 'vitest';
import { seenOf, textAt } from '../../../src/mapping/to-woo/seen.ts';

const RECORD = {
  id: 7,
  name: 'Tea',
  regular_price: '10.00',
  featured: false,
  menu_order: 3,
  price: 1.5,
  dimensions: { length: '2', width: '' },
  tags: [{ id: 1 }],
  sale_price: null,
  meta_data: [
    { id: 1, key: 'gift', value: 'yes' },
    { id: 2, key: 'gift', value: 'no' },
    { id: 3, key: 'slots', value: [1, 2] },
  ],
};

it.each<[string, object, object]>([
  [
    'texts, as the shop has them',
    { name: 'Mug', regular_price: '' },
    { name: 'Tea', regular_price: '10.00' },
  ],
  [
    'yes and no, and integers',
    { featured: true, menu_order: 1 },
    { featured: 'false', menu_order: '3' },
  ],
  ['nothing', { sale_price: '5' }, { sale_price: null }],
  ['parts of groups', { dimensions: { width: '4' } }, { 'dimensions.width': '' }],
  [
    'custom fields, the first of a key and what is not there',
    {
      meta_data: [
        { id: 1, key: 'gift', value: 'no' },
        { key: 'new', value: '1' },
      ],
    },
    { 'meta_data.gift': 'yes', 'meta_data.new': null },
  ],
  [
    'nothing of lists, groups and fractions',
    { tags: [], price: '2', meta_data: [{ key: 'slots', value: '' }] },
    {},
  ],
  ['nothing of what was not read', { inventory_delta: 2, sku: 'A' }, {}],
])('of what a change writes over is seen: %s', (_, patch, seen) => {
  expect(seenOf(RECORD, { ...patch })).toEqual(seen);
});

it('a SKU that a variation has from its product is not seen, and its own one is', () => {
  const variation = { id: 8, parent_id: 7, parent_sku: 'TEA' };
  expect(seenOf({ ...variation, sku: '' }, { sku: 'TEA-S' })).toEqual({});
  expect(seenOf({ ...variation, sku: 'TEA-M' }, { sku: 'TEA-S' })).toEqual({ sku: 'TEA-M' });
});

it('custom fields are unknown where they were not read', () => {
  expect(textAt({ id: 7 }, 'meta_data.gift')).toBeUndefined();
});
