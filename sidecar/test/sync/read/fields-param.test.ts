import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DERIVED } from '../../../src/mapping/attributes/derived-attributes.ts';
import { guestOf } from '../../../src/mapping/attributes/guest-customers.ts';
import { orderItems } from '../../../src/mapping/attributes/order-items.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { Resource, WooRecord } from '../../../src/mapping/model/record.ts';
import type { WooList } from '../../../src/ports/store.ts';
import { fieldsRead } from '../../../src/sync/read/fields-param.ts';
import {
  compiled,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  STORE,
} from '../../mapping/support/mappings.ts';
import { SHOP } from '../../mapping/support/shop.ts';
import { mappingTo } from '../../support/rows.ts';

const names = (list: WooList, mappings: readonly Mapping[]) =>
  fieldsRead(list, mappings)._fields.split(',');

function records(list: 'orders' | 'customers' | 'products' | 'refunds'): WooRecord[] {
  const file = new URL(`../../recordings/${list}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as WooRecord[];
}

/** What the shop would send of a record. */
function sent(list: WooList, record: WooRecord): WooRecord {
  const asked = new Set(names(list, SHOP.mappings));
  return Object.fromEntries(Object.entries(record).filter(([name]) => asked.has(name)));
}

describe('the fields that are asked for', () => {
  it('are what mappings read, whole, and what a walk needs', () => {
    const order = mappingTo('Order', { reads: ['id', 'status', 'billing.email', 'refunds.total'] });
    expect(names('orders', [order])).toEqual([
      'id',
      'date_modified_gmt',
      'order_key',
      'status',
      'billing',
      'refunds',
    ]);
  });

  it('are those of the mappings that a list is for', () => {
    const order = mappingTo('Order', { reads: ['total'] });
    const item = mappingTo('Item', { resource: 'order_item', reads: ['line_items'] });
    const product = mappingTo('Product2', { resource: 'product', reads: ['sku'] });
    const all = [order, item, product];
    expect(names('orders', all)).toEqual([
      'id',
      'date_modified_gmt',
      'order_key',
      'total',
      'line_items',
    ]);
    expect(names('products', all)).toEqual([
      'id',
      'date_modified_gmt',
      'parent_id',
      'variations',
      'date_created_gmt',
      'sku',
      'slug',
    ]);
    expect(names('products', [product])).not.toContain('meta_data');
    const holdsId = { ...product, wooMetaKey: '_salesforce_id' };
    expect(names('products', [holdsId])).toContain('meta_data');
    expect(names('variations', all)).toContain('parent_id');
  });

  it('hold who placed an order and its refunds, where customers and refunds are mapped', () => {
    const customer = mappingTo('Contact', { resource: 'customer' });
    const refund = mappingTo('Refund', { resource: 'refund' });
    expect(names('orders', [customer, refund])).toEqual(
      expect.arrayContaining(['customer_id', 'billing', 'shipping', 'refunds']),
    );
    expect(names('refunds', [refund])).toContain('parent_id');
  });
});

describe('rows of what the shop sends then', () => {
  const from: readonly (readonly [Resource, WooList, (record: WooRecord) => WooRecord[]])[] = [
    ['order', 'orders', (order) => [order]],
    ['order_item', 'orders', orderItems],
    ['customer', 'orders', (order) => [guestOf(order) ?? []].flat()],
    ['customer', 'customers', (customer) => [customer]],
    ['product', 'products', (product) => [product]],
  ];

  it.each(from)('are the same for each %s of the list of %s', (resource, list, partsOf) => {
    const mappings = SHOP.mappings.filter((mapping) => mapping.resource === resource);
    const whole = records(list as 'orders').flatMap(partsOf);
    const parts = records(list as 'orders')
      .map((record) => sent(list, record))
      .flatMap(partsOf);
    expect(whole.length * mappings.length).toBeGreaterThan(0);
    expect(parts).toHaveLength(whole.length);
    whole.forEach((record, at) => {
      for (const mapping of mappings) {
        expect(mapping.build(parts[at] ?? {}, STORE)).toEqual(mapping.build(record, STORE));
        expect(mapping.meets(parts[at] ?? {})).toBe(mapping.meets(record));
      }
    });
  });

  it.each(['order', 'product', 'customer', 'refund'] as const)(
    'have all that derived attributes of a %s are made of',
    (resource) => {
      for (const [attribute, get] of Object.entries(DERIVED[resource])) {
        const rows = {
          mappings: [mappingRow({ name: 'One', resource })],
          fields: [fieldRow('Name', attribute, { mapping: 'One' })],
        };
        const known = schemas(object('Woo_Order__c', field('Name', 'string')));
        const asked = new Set(names(`${resource}s`, [compiled(rows, known)]));
        const touched = new Set<string>();
        const spy = new Proxy<WooRecord>(
          {},
          {
            get: (_record, name) => {
              touched.add(String(name));
              return undefined;
            },
          },
        );
        get(spy, STORE);
        // Of parents' names the engine takes care (variations.ts), of guests' marks too (customers.ts).
        for (const ours of ['parent_name', 'guest']) touched.delete(ours);
        expect([...touched].filter((name) => !asked.has(name))).toEqual([]);
      }
    },
  );
});
