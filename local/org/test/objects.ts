import type { OrgData } from '../data/org-data.ts';
import {
  checkbox,
  dateTime,
  decimal,
  email,
  field,
  picklist,
  reference,
  required,
  text,
  textArea,
  values,
  type Facets,
} from '../schema/fields.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { grantEverything } from './permission-sets.ts';

const custom: Facets = { custom: true };

const key: FieldDefinition = text('Woo_Key__c', 255, custom, {
  externalId: true,
  unique: true,
  caseSensitive: true,
});

const lookup = (name: string, to: string, ...facets: Facets[]): FieldDefinition =>
  reference(name, [to], custom, { relationshipName: name.replace('__c', '__r') }, ...facets);

/** As a deploy hands it over: no key prefix, no system fields. */
const object = (
  name: string,
  nameField: FieldDefinition,
  fields: readonly FieldDefinition[],
  more: Partial<ObjectDefinition> = {},
): ObjectDefinition => ({
  name,
  label: name,
  labelPlural: name,
  keyPrefix: '',
  kind: 'custom',
  sharingModel: 'Read',
  nameField: nameField.name,
  fields: [nameField, ...fields],
  ...more,
});

export const order = object('Woo_Order__c', text('Name', 80), [
  key,
  text('Store__c', 40, custom),
  picklist('Status__c', 255, values('pending|completed|refunded', 'pending'), custom),
  text('Legacy_Number__c', 40, custom, { externalId: true }),
  text('Code__c', 20, custom, { unique: true }),
  decimal('Total__c', 18, 2, custom),
  textArea('Customer_Note__c', 32_768, custom),
  dateTime('Created_In_Woo__c', custom),
  field('Day__c', 'date', custom),
  email('Billing_Email__c', custom),
  checkbox('Deleted_In_Woo__c', custom),
  field('Tags__c', 'multipicklist', custom, {
    picklistValues: values('new|gift|bulk'),
    restrictedPicklist: true,
  }),
  text('Admin_Link__c', 1300, custom, { formula: 'HYPERLINK("a", "b")', createable: false }),
  lookup('Contact__c', 'Contact', { childRelationshipName: 'Woo_Orders__r' }),
  lookup('Account__c', 'Account'),
]);

const detail = (childRelationshipName: string, reparentable: boolean): FieldDefinition =>
  lookup('Order__c', 'Woo_Order__c', { masterDetail: true, reparentable, childRelationshipName });

export const orderItem = object(
  'Woo_Order_Item__c',
  text('Name', 80),
  [
    key,
    detail('Order_Items__r', true),
    picklist('Type__c', 255, values('product|shipping|fee|coupon|tax'), custom, {
      restrictedPicklist: true,
    }),
    lookup('Product__c', 'Product2'),
    decimal('Quantity__c', 18, 2, custom),
    decimal('Total__c', 18, 2, custom),
  ],
  { sharingModel: 'ControlledByParent' },
);

const refund = object(
  'Woo_Refund__c',
  text('Name', 80, { autoNumber: 'WR-{000000}' }),
  [key, detail('Refunds__r', false), decimal('Amount__c', 5, 2, custom, required)],
  { sharingModel: 'ControlledByParent' },
);

const metadataType = (name: string, fields: readonly FieldDefinition[]): ObjectDefinition =>
  object(name, text('DeveloperName', 40), fields, { kind: 'customMetadata' });

const relation = (name: string, to: string): FieldDefinition =>
  lookup(name, to, { metadataRelationship: true, createable: false, updateable: false });

const mapping = metadataType('Woo_Mapping__mdt', [
  relation('Salesforce_Object__c', 'EntityDefinition'),
  relation('External_Id_Field__c', 'FieldDefinition'),
  checkbox('Active__c', custom),
]);
const fieldMapping = metadataType('Woo_Field_Mapping__mdt', [
  relation('Mapping__c', 'Woo_Mapping__mdt'),
  text('Woo_Path__c', 255, custom),
]);

/** Puts the objects of these tests into the org, as a deploy does, for everyone to use. */
export function deployTestObjects(org: OrgData): void {
  const [contact, product] = [org.object('Contact'), org.object('Product2')];
  if (!contact || !product) throw new Error('The org has no Contact or Product2.');
  const parent = lookup('Woo_Parent_Product__c', 'Product2');
  org.begin();
  org.putObjects([
    { ...contact, fields: [...contact.fields, key] },
    { ...product, fields: [...product.fields, key, parent] },
    order,
    orderItem,
    refund,
    mapping,
    fieldMapping,
  ]);
  org.commit();
  grantEverything(org);
}
