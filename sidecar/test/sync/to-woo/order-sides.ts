import type { MappingRow } from '../../../src/mapping/model/config-rows.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import {
  compiled,
  conditionRow,
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
    field('Deleted__c', 'boolean'),
  ),
);

/** The list of transitions: from what, to what. */
const TRANSITIONS = [
  ['pending', 'on-hold'],
  ['on-hold', 'processing'],
  ['processing', 'completed'],
  ['processing', 'packed'],
  ['packed', 'completed'],
].map(([from = '', to = '']) => ({ name: `${from}_${to}`, mapping: 'Order', from, to }));

function rowsOf(more: Partial<MappingRow>) {
  const row = mappingRow({ name: 'Order', direction: 'both', ...more });
  const fields = [
    fieldRow('Status__c', 'status', { direction: 'both' }),
    fieldRow('Tracking__c', 'meta_data.tracking_number', { direction: 'both' }),
    fieldRow('Note__c', 'note_to_customer', { direction: 'to_woo' }),
    fieldRow('Paid__c', 'date_paid_gmt', { direction: 'to_salesforce' }),
  ];
  return { mappings: [row], fields, transitions: TRANSITIONS };
}

function orderMapping(conflictRule: ConflictRule): Mapping {
  return compiled(rowsOf({ conflictRule }), ORG);
}

/** Orders in processing, whose status goes both ways by a list. */
export const ORDERS: Sort = {
  mapping: orderMapping,
  resource: 'order',
  list: 'orders',
  record: () => ({ status: 'processing', date_paid_gmt: null, meta_data: [] }),
};

/** Orders that are mapped where they are paid by card; those that are left without are flagged, where a rule deletes them. */
export function ordersByCard(more: Partial<MappingRow>): Sort {
  const flag = { deleteRule: 'flag', deleteField: 'Deleted__c', deleteValue: 'true' };
  const conditions = [conditionRow(1, 'payment_method', 'equals', 'card')];
  return {
    ...ORDERS,
    mapping: (conflictRule) =>
      compiled({ ...rowsOf({ conflictRule, ...flag, ...more }), conditions }, ORG),
    record: (id) => ({ ...ORDERS.record(id), payment_method: 'card' }),
  };
}

/** Orders once more, with what they cost. */
export const COPIES = compiled(
  {
    mappings: [mappingRow({ name: 'Copy', object: 'Copy__c' })],
    fields: [fieldRow('Total__c', 'total', { mapping: 'Copy' })],
  },
  schemas(object('Copy__c', field('Total__c', 'string'))),
);
