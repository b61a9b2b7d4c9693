import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import { field, fieldRow, lookup, mappingRow, object, schemas, source } from './mappings.ts';

const MONEY = { precision: 18, scale: 2 };

export const ORG = schemas(
  object(
    'Woo_Order__c',
    field('Name', 'string', { length: 80 }),
    field('Status__c', 'picklist'),
    field('Currency_Code__c', 'string', { length: 3 }),
    field('Total__c', 'double', MONEY),
    field('Refunded_Total__c', 'double', MONEY),
    field('Created_In_Woo__c', 'datetime'),
    field('Completed_In_Woo__c', 'datetime'),
    field('Billing_Street__c', 'textarea'),
    field('Billing_Last_Name__c', 'string'),
    field('Billing_State__c', 'string'),
    field('PO_Number__c', 'string', { length: 8 }),
    field('Day__c', 'date'),
    field('Vip__c', 'boolean', { nillable: false }),
    field('Channel__c', 'string'),
    lookup('Contact__c', 'Contact'),
    lookup('Account__c', 'Account'),
  ),
  object(
    'Woo_Order_Item__c',
    field('Type__c', 'picklist', {
      restrictedPicklist: true,
      picklistValues: ['product', 'shipping', 'fee', 'coupon', 'tax'],
    }),
    field('SKU__c', 'string'),
    field('Quantity__c', 'double', MONEY),
    field('Price__c', 'double', { precision: 18, scale: 4 }),
    field('Total__c', 'double', MONEY),
    lookup('Order__c', 'Woo_Order__c', { nillable: false }),
    lookup('Product__c', 'Product2'),
  ),
  object('Product2', field('Name', 'string', { nillable: false })),
  object(
    'Contact',
    field('LastName', 'string', { length: 80, nillable: false }),
    field('FirstName', 'string', { length: 40 }),
    field('Email', 'email', { length: 80 }),
    lookup('AccountId', 'Account'),
  ),
  object('Account', field('Name', 'string', { nillable: false })),
);

const MAPPINGS = [
  mappingRow({ name: 'Order' }),
  mappingRow({ name: 'Order_Item', resource: 'order_item', object: 'Woo_Order_Item__c' }),
  mappingRow({ name: 'Product', resource: 'product', object: 'Product2' }),
  mappingRow({ name: 'Customer_Account', resource: 'customer', object: 'Account' }),
  mappingRow({ name: 'Customer_Contact', resource: 'customer', object: 'Contact' }),
];

const of = (mapping: string) => ({ mapping });
const contact = of('Customer_Contact');
const item = of('Order_Item');
const link = { kind: 'lookup' };

const FIELDS = [
  fieldRow('Name', 'number'),
  fieldRow('Status__c', 'status'),
  fieldRow('Currency_Code__c', '_order_currency'),
  fieldRow('Total__c', 'order_total'),
  fieldRow('Refunded_Total__c', 'refunded_total'),
  fieldRow('Created_In_Woo__c', 'date_created'),
  fieldRow('Completed_In_Woo__c', 'date_completed_gmt', { transform: 'gmt_date' }),
  fieldRow('Billing_Street__c', 'billing', { transform: 'street' }),
  fieldRow('Billing_Last_Name__c', '_billing_last_name'),
  fieldRow('Billing_State__c', 'billing.state', { defaultValue: 'n/a' }),
  fieldRow('PO_Number__c', 'meta_data.po_number', { overflow: 'truncate' }),
  fieldRow('Day__c', 'date_created', { transform: 'gmt_date' }),
  fieldRow('Vip__c', 'meta_data.vip'),
  fieldRow('Channel__c', null, { kind: 'static', staticValue: 'Web', writeWhen: 'on_create' }),
  fieldRow('Contact__c', 'customer', link),
  fieldRow('Account__c', 'customer', link),
  fieldRow('Type__c', 'type', item),
  fieldRow('SKU__c', '_sku', item),
  fieldRow('Quantity__c', '_qty', item),
  fieldRow('Price__c', 'price', item),
  fieldRow('Total__c', '_line_total', item),
  fieldRow('Order__c', 'order_id', { ...item, ...link }),
  fieldRow('Product__c', 'product', { ...item, ...link }),
  fieldRow('Name', 'post_title', of('Product')),
  fieldRow('Name', 'display_name', of('Customer_Account')),
  fieldRow('LastName', 'last_name', { ...contact, transform: 'name_fallback' }),
  fieldRow('FirstName', 'first_name', { ...contact, writeWhen: 'when_empty' }),
  fieldRow('Email', 'email', { ...contact, transform: 'lower_case' }),
  fieldRow('AccountId', 'customer', { ...contact, ...link, writeWhen: 'on_create' }),
];

/** Mappings of every resource, to objects like the project's own. */
export const SHOP = compileMappings(source({ mappings: MAPPINGS, fields: FIELDS }), ORG);
