import { expect } from 'vitest';
import type { MappingSource } from '../../../../src/mapping/model/config-rows.ts';
import type { FieldSchema } from '../../../../src/mapping/model/schema.ts';
import {
  conditionRow,
  field,
  fieldRow,
  mappingRow,
  object,
  source,
} from '../../../mapping/support/mappings.ts';
import { type Row, world, type WorldOptions } from '../world.ts';

export const FIELDS = [
  field('Name', 'string', { length: 80, nillable: false }),
  field('Stage__c', 'picklist', { restrictedPicklist: true, picklistValues: ['Done', 'Lost'] }),
  field('Note__c', 'string', { length: 5 }),
];

export const ORDER = {
  id: 7,
  number: '1042',
  status: 'completed',
  total: '10.50',
  refunds: [],
  billing: { city: 'Berlin', email: 'ada@example.com' },
  customer_note: 'a long note',
  meta_data: [
    { id: 1, key: 'vat_number', value: 'DE1' },
    { id: 2, key: 'vat_number', value: 'DE2' },
  ],
};

/** A saved mapping that the draft takes the place of. */
const SAVED: Partial<MappingSource> = {
  mappings: [mappingRow({ name: 'Order' })],
  fields: [fieldRow('Name', 'status')],
  conditions: [conditionRow(1, 'status', 'equals', 'failed')],
};

export function scene(
  fields: readonly FieldSchema[] = FIELDS,
  orders: readonly Row[] = [ORDER],
  more: WorldOptions = {},
) {
  const opened = world({ ...more, lists: { orders, ...more.lists } });
  const schema = { ...object('Woo_Order__c', ...fields), createable: true, updateable: true };
  Object.assign(opened.setup, { compiledOf: { source: source(SAVED), schemas: new Map() } });
  Object.assign(opened.org, {
    describe: (names: readonly string[]) =>
      Promise.resolve(
        new Map(names.filter((one) => one === schema.name).map((one) => [one, schema])),
      ),
  });
  const give = async (type: string, given: unknown, fields: Row = {}) => {
    const Arguments__c = typeof given === 'string' ? given : JSON.stringify(given);
    const { State__c, Result__c } = await opened.run(type, { Arguments__c, ...fields });
    return { state: State__c, text: String(Result__c) };
  };
  const answer = async (type: string, given: unknown, fields: Row = {}) => {
    const { state, text } = await give(type, given, fields);
    expect(state, text).toBe('done');
    return JSON.parse(text) as Row & { records: Row[]; fields: Row[]; attributes: Row[] };
  };
  return { ...opened, give, answer };
}
