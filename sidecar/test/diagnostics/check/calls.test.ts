import { describe, expect, it } from 'vitest';
import { fieldRow, mappingRow, STORE_ROW } from '../../mapping/support/mappings.ts';
import { checked, described } from './ground.ts';

const NAME = fieldRow('Name', 'number');

describe('a check', () => {
  it('costs two API calls, three where it goes to WooCommerce, for 20 mappings too', async () => {
    const mappings = Array.from({ length: 20 }, (_, at) =>
      mappingRow({ name: `M${at}`, object: `O${at}__c`, direction: 'both' }),
    );
    const objects = mappings.map(({ object }) => described(object ?? ''));
    const there = await checked({ source: { mappings }, objects });
    expect(there.mappings).toHaveLength(20);
    expect(there.asked.calls).toBe(4); // 26 objects are described in two calls
    const one = await checked({ source: { fields: [NAME] } });
    expect(one.asked.calls).toBe(2);
  });

  it('reads one page of each list that it needs of a shop', async () => {
    const mappings = ['order', 'order_item', 'customer'].map((resource) =>
      mappingRow({ name: resource, resource, object: `${resource}__c` }),
    );
    const { asked } = await checked({ source: { mappings } });
    expect(asked.lists).toEqual(['orders 20', 'customers 20']);
  });

  it('looks at all lists of a shop behind a named credential too, and at one when it is to be quick', async () => {
    const mappings = ['order', 'product', 'customer'].map((resource) =>
      mappingRow({ name: resource, resource, object: `${resource}__c` }),
    );
    const stores = [{ ...STORE_ROW, route: 'named_credential' as const }];
    const whole = await checked({ source: { mappings, stores } });
    expect(whole.asked.lists).toEqual(['orders 20', 'products 20', 'customers 20']);
    const quick = await checked({ source: { mappings, stores }, quick: true });
    expect(quick.asked.lists).toEqual(['orders 20']);
  });
});
