import { expect, it } from 'vitest';
import { neededFor } from '../../../src/diagnostics/explain/views.ts';
import { mappingTo } from '../../support/rows.ts';

const reference = (object: string) =>
  ({ field: `${object}__c`, object, keyField: 'Woo_Key__c' }) as never;
const customers = mappingTo('Contact', { resource: 'customer' });
const guests = mappingTo('Contact', { name: 'Guests', resource: 'customer' });
const orders = mappingTo('Order', { references: [reference('Contact')] });
const copies = mappingTo('Copy__c', { resource: 'order' });
const items = mappingTo('Item__c', { resource: 'order_item' });
const products = mappingTo('Product2', { resource: 'product' });
const ALL = [customers, guests, orders, copies, items, products];

it.each([
  ['Product2', ['Product2']],
  ['Contact', ['Contact', 'Guests']],
  ['Order', ['Contact', 'Guests', 'Order']],
  // Whether a part comes is said of each of its orders.
  ['Item__c', ['Order', 'Copy__c', 'Item__c']],
  ['Unknown', []],
])('what is said of %s is decided by %j', (name, needed) => {
  expect(neededFor(name, ALL).map((one) => one.name)).toEqual(needed);
});
