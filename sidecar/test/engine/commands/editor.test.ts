import { describe, expect, it } from 'vitest';

import {
  EDITOR_TYPES,
  ExpiredCommands,
} from '../../../src/engine/commands/editor/expired-commands.ts';
import { DATA_LENGTH } from '../../../src/engine/commands/output/result-text.ts';
import type { MappingSource } from '../../../src/mapping/model/config-rows.ts';
import type { FieldSchema } from '../../../src/mapping/model/schema.ts';
import type { Collection } from '../../../src/ports/org.ts';
import {
  conditionRow,
  field,
  fieldRow,
  mappingRow,
  object,
  source,
} from '../../mapping/support/mappings.ts';
import { type Row, world } from './world.ts';

const FIELDS = [
  field('Name', 'string', { length: 80, nillable: false }),
  field('Stage__c', 'picklist', { restrictedPicklist: true, picklistValues: ['Done', 'Lost'] }),
  field('Note__c', 'string', { length: 5 }),
];

const ORDER = {
  ...{ id: 7, number: '1042', status: 'completed', total: '10.50', refunds: [] },
  ...{ billing: { city: 'Berlin', email: 'ada@example.com' }, customer_note: 'a long note' },
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

function scene(fields: readonly FieldSchema[] = FIELDS, orders: readonly Row[] = [ORDER]) {
  const opened = world({ lists: { orders } });
  const schema = { ...object('Woo_Order__c', ...fields), createable: true, updateable: true };
  Object.assign(opened.org, {
    readMappings: () => Promise.resolve(source(SAVED)),
    describe: (names: readonly string[]) =>
      Promise.resolve(
        new Map(names.filter((one) => one === schema.name).map((one) => [one, schema])),
      ),
  });
  const give = async (type: string, given: unknown) => {
    const Arguments__c = typeof given === 'string' ? given : JSON.stringify(given);
    const { State__c, Result__c } = await opened.run(type, { Arguments__c });
    return { state: State__c, text: String(Result__c) };
  };
  const answer = async (type: string, given: unknown) => {
    const { state, text } = await give(type, given);
    expect(state, text).toBe('done');
    return JSON.parse(text) as Row & { records: Row[]; fields: Row[]; attributes: Row[] };
  };
  return { ...opened, give, answer };
}

const MAPPING = { name: 'Order', resource: 'order', object: 'Woo_Order__c' };
const NAME = { name: 'Order_Name', attribute: 'number', field: 'Name' };
const STAGE = { name: 'Order_Stage', attribute: 'status', field: 'Stage__c', kind: 'translation' };
const PAID = { name: 'Paid', position: 1, attribute: 'status', operator: 'equals' };

describe('preview_mapping', () => {
  it('says of each row of a draft what it reads and makes, and what would be written', async () => {
    const { answer, org } = scene();
    const { records, ...head } = await answer('preview_mapping', {
      mapping: MAPPING,
      fields: [NAME, { ...STAGE, valueTable: 'completed = done' }],
      conditions: [{ ...PAID, value: 'completed' }],
    });
    expect(head).toMatchObject({
      mapping: 'Order',
      record: '7',
      held: false,
      problems: [],
      more: 0,
    });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      ...{ title: 'order 7', key: 'main:7', action: 'create', met: true },
      conditions: [{ attribute: 'status', expected: 'completed', actual: 'completed', met: true }],
      rows: [
        { place: 'Order_Name', field: 'Name', source: '1042', result: '1042', problem: null },
        {
          ...{ place: 'Order_Stage', kind: 'translation', source: 'completed' },
          ...{ transformed: 'done', result: 'Done' },
        },
      ],
    });
    expect(org.of('Woo_Order__c')).toEqual([]);
  });

  it('says which conditions are not met, and goes by no row that is off', async () => {
    const { answer } = scene();
    const note = { name: 'Note', attribute: 'customer_note', field: 'Note__c', active: false };
    const { records } = await answer('preview_mapping', {
      mapping: MAPPING,
      ...{ fields: [NAME, note], record: 7 },
      conditions: [
        { ...PAID, value: 'processing' },
        { ...PAID, name: 'Off', position: 2, active: false, value: 'x' },
      ],
    });
    expect(records[0]).toMatchObject({ met: false, action: 'none', conditions: [{ met: false }] });
    expect(records[0]?.['rows']).toMatchObject([{ place: 'Order_Name' }]);
  });

  it('names what a value does not fit, at its row', async () => {
    const { answer } = scene();
    const { records, held } = await answer('preview_mapping', {
      mapping: MAPPING,
      fields: [NAME, { name: 'Note', attribute: 'customer_note', field: 'Note__c' }],
    });
    expect(held).toBe(false);
    expect(records[0]).toMatchObject({
      action: 'refused',
      rows: [{ problem: null }, { place: 'Note', problem: { code: 'VALUE_TOO_LONG' } }],
    });
  });

  it('shows the rows that are right beside what holds the mapping', async () => {
    const { answer } = scene();
    const { records, held, problems } = await answer('preview_mapping', {
      mapping: { ...MAPPING, conditionLogic: '1 AND 2' },
      fields: [NAME, { ...STAGE, valueTable: 'completed = Gone' }],
      conditions: [
        { ...PAID, value: 'completed' },
        { ...PAID, name: 'Odd', position: 2, operator: 'resembles', value: 'x' },
      ],
    });
    expect(held).toBe(true);
    expect(problems).toMatchObject([
      { code: 'MAPPING_TABLE_VALUE', place: 'Order_Stage' },
      { code: 'CONDITION_UNKNOWN_OPERATOR', place: 'Odd' },
    ]);
    expect(records[0]).toMatchObject({ rows: [{ place: 'Order_Name', result: '1042' }] });
  });

  it('has problems alone where nothing can be shown, and no record where the shop has none', async () => {
    const nowhere = { mapping: { ...MAPPING, object: 'Nowhere__c' }, fields: [NAME] };
    const { records, problems } = await scene().answer('preview_mapping', nowhere);
    expect([records, problems]).toMatchObject([[], [{ code: 'MAPPING_UNKNOWN_OBJECT' }]]);
    const empty = await scene(FIELDS, []).answer('preview_mapping', {
      ...{ mapping: MAPPING, fields: [NAME] },
    });
    expect(empty).toMatchObject({ record: null, held: false, records: [] });
  });

  it.each([
    ['{', 'COMMAND_ARGUMENTS_INVALID: Arguments is not what this command takes: it is not JSON.'],
    [{ mapping: { label: 'x' } }, 'COMMAND_ARGUMENTS_INVALID: .* mapping.name: '],
    [
      { mapping: MAPPING, fields: [{ ...NAME, colour: 'red' }] },
      'COMMAND_ARGUMENTS_INVALID: .*colour',
    ],
    [{ mapping: MAPPING, fields: [NAME], record: '8' }, 'RECORD_NOT_FOUND: '],
  ])('of %j fails with %s', async (given, says) => {
    const { state, text } = await scene().give('preview_mapping', given);
    expect(state).toBe('failed');
    expect(text).toMatch(new RegExp(`^${says}`));
  });
});

describe('describe_mapping', () => {
  const asked = { object: 'Woo_Order__c', resource: 'order' };

  it('says what the integration user may do with fields, and what the latest record holds', async () => {
    const { answer } = scene();
    const { fields, attributes, ...head } = await answer('describe_mapping', asked);
    expect(head).toMatchObject({ object: { name: 'Woo_Order__c', createable: true }, parts: 1 });
    expect(fields).toContainEqual({
      ...{ name: 'Name', label: 'Name', type: 'string', length: 80, required: true },
      ...{ createable: true, updateable: true },
    });
    expect(fields).toContainEqual(
      expect.objectContaining({ name: 'Stage__c', restricted: true, values: ['Done', 'Lost'] }),
    );
    const examples = new Map(attributes.map((one) => [one['name'], one['example']]));
    expect(examples.get('billing.city')).toBe('Berlin');
    expect(examples.get('meta_data.vat_number')).toBe('DE1');
    expect(examples.get('customer')).toBe('guest:a…@example.com');
    expect(examples.get('store')).toBe('main');
    expect(examples.has('date_paid')).toBe(true);
    expect(attributes.filter(({ name }) => name === 'meta_data.vat_number')).toHaveLength(1);
  });

  it('comes in parts that the record takes, with nothing left out', async () => {
    const many = Array.from({ length: 900 }, (_, at) =>
      field(`F${at}__c`, 'picklist', { picklistValues: ['a value of some length', 'another one'] }),
    );
    const { answer } = scene(many);
    const names: unknown[] = [];
    let parts = 1;
    for (let part = 1; part <= parts; part += 1) {
      const found = await answer('describe_mapping', { ...asked, part });
      parts = Number(found['parts']);
      names.push(...found.fields.map(({ name }) => name));
      expect(JSON.stringify(found).length).toBeLessThanOrEqual(DATA_LENGTH);
    }
    expect(parts).toBeGreaterThan(1);
    expect(names).toEqual(['Woo_Key__c', ...many.map(({ name }) => name)]);
  });

  it('has names alone of a shop without records', async () => {
    const { attributes } = await scene(FIELDS, []).answer('describe_mapping', asked);
    expect(attributes).toContainEqual({ name: 'status' });
  });

  it.each([
    [{ ...asked, object: 'Nowhere__c' }, 'OBJECT_NOT_VISIBLE: '],
    [{ ...asked, resource: 'coupon' }, 'COMMAND_ARGUMENTS_INVALID: .*resource'],
  ])('of %j fails with %s', async (given, says) => {
    const { state, text } = await scene().give('describe_mapping', given);
    expect(state).toBe('failed');
    expect(text).toMatch(new RegExp(`^${says}`));
  });
});

describe('commands of the editor', () => {
  it('are deleted an hour after they were given, and looked for every quarter of an hour', async () => {
    const clock = { at: Date.UTC(2026, 10, 26, 10), now: () => new Date(clock.at) };
    const written: Collection[] = [];
    const org = {
      write: (some: readonly Collection[]) => {
        written.push(...some);
        return Promise.resolve([[]]);
      },
    };
    const expired = new ExpiredCommands({ org, clock });
    const soql = expired.soql();
    for (const type of EDITOR_TYPES) expect(soql).toContain(`'${type}'`);
    expect(soql).toContain('CreatedDate < 2026-11-26T09:00:00.000Z');
    expect(expired.soql()).toBeNull();
    clock.at += 900_000;
    expect(expired.soql()).toContain('CreatedDate < 2026-11-26T09:15:00.000Z');
    await expired.take([]);
    expect(written).toEqual([]);
    await expired.take([{ Id: 'a05000000000001AAA' }]);
    expect(written).toEqual([
      { kind: 'delete', object: 'Woo_Command__c', ids: ['a05000000000001AAA'] },
    ]);
  });
});
