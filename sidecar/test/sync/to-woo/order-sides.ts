import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import {
  compiled,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
} from '../../mapping/support/mappings.ts';
import type { Sort } from '../merge/two-sides.ts';

const ORG = schemas(
  object(
    'Woo_Order__c',
    field('Status__c', 'picklist'),
    field('Tracking__c', 'string'),
    field('Paid__c', 'string'),
    field('Note__c', 'textarea', { length: 32_000 }),
  ),
);

/** The list of transitions: from what, to what. */
const TRANSITIONS = [
  ...[
    ['pending', 'on-hold'],
    ['on-hold', 'processing'],
    ['processing', 'completed'],
  ],
  ...[
    ['processing', 'packed'],
    ['packed', 'completed'],
  ],
].map(([from = '', to = '']) => ({ name: `${from}_${to}`, mapping: 'Order', from, to }));

function orderMapping(conflictRule: ConflictRule): Mapping {
  const row = mappingRow({ name: 'Order', direction: 'both', conflictRule });
  const fields = [
    fieldRow('Status__c', 'status', { direction: 'both' }),
    fieldRow('Tracking__c', 'meta_data.tracking_number', { direction: 'both' }),
    fieldRow('Note__c', 'note_to_customer', { direction: 'to_woo' }),
    fieldRow('Paid__c', 'date_paid_gmt', { direction: 'to_salesforce' }),
  ];
  return compiled({ mappings: [row], fields, transitions: TRANSITIONS }, ORG);
}

/** Orders in processing, whose status goes both ways by a list. */
export const ORDERS: Sort = {
  ...{ mapping: orderMapping, resource: 'order', list: 'orders' },
  record: () => ({ status: 'processing', date_paid_gmt: null, meta_data: [] }),
};

/** Orders once more, with what they cost. */
export const COPIES = compiled(
  {
    mappings: [mappingRow({ name: 'Copy', object: 'Copy__c' })],
    fields: [fieldRow('Total__c', 'total', { mapping: 'Copy' })],
  },
  schemas(object('Copy__c', field('Total__c', 'string'))),
);
