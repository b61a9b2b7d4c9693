import type { MappingSource } from '../../../src/mapping/model/config-rows.ts';
import type { FieldSchema } from '../../../src/mapping/model/schema.ts';
import {
  compileRows,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
} from '../support/mappings.ts';

const CHANNEL: Partial<FieldSchema> = {
  restrictedPicklist: true,
  picklistValues: ['Web', 'Shop'],
};

export const ORG = schemas(
  object(
    'Woo_Order__c',
    field('Name', 'string', { length: 80 }),
    field('Total__c', 'double'),
    field('Channel__c', 'picklist', CHANNEL),
    field('Paid__c', 'boolean'),
    field('Day__c', 'date'),
    field('Note__c', 'string', { length: 5 }),
    field('Formula__c', 'double', { calculated: true, createable: false, updateable: false }),
    field('Source__c', 'string', { updateable: false }),
    field('Place__c', 'location'),
    field('Plain_Key__c', 'string'),
    field('Short_Key__c', 'string', { externalId: true, unique: true, length: 20 }),
    field('Other_Key__c', 'string', { externalId: true }),
    lookup('Contact__c', 'Contact'),
  ),
  object('Woo_Refund__c', lookup('Order__c', 'Woo_Order__c', { nillable: false })),
  object('Contact', field('LastName', 'string', { nillable: false }), field('Phone', 'string')),
  object('Task', field('Subject', 'string'), lookup('WhoId', 'Contact', { updateable: false })),
);

export const ORDER = mappingRow({ name: 'Order' });
export const CONTACT = mappingRow({
  name: 'Customer_Contact',
  resource: 'customer',
  object: 'Contact',
});
export const LAST_NAME = fieldRow('LastName', 'last_name', { mapping: 'Customer_Contact' });
export const PHONE = fieldRow('Phone', 'billing.phone', { mapping: 'Customer_Contact' });
export const NAME = fieldRow('Name', 'number');
export const link = { kind: 'lookup' };

export function run(parts: Partial<MappingSource>) {
  return compileRows({ mappings: [ORDER], fields: [NAME], ...parts }, ORG);
}
