import { describe, expect, it, vi } from 'vitest';
import {
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
} from '../../../mapping/support/mappings.ts';
import { FIELDS, ORDER, scene } from './editor-scene.ts';

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
      title: 'order 7',
      key: 'main:7',
      action: 'create',
      met: true,
      conditions: [{ attribute: 'status', expected: 'completed', actual: 'completed', met: true }],
      rows: [
        { place: 'Order_Name', field: 'Name', source: '1042', result: '1042', problem: null },
        {
          place: 'Order_Stage',
          kind: 'translation',
          source: 'completed',
          transformed: 'done',
          result: 'Done',
        },
      ],
    });
    expect(org.of('Woo_Order__c')).toEqual([]);
  });

  it('knows a field that was made a moment ago, and how many records the list has', async () => {
    const { answer, setup } = scene();
    const before = object('Woo_Order__c', field('Name', 'string', { length: 80 }));
    const { compiledOf } = setup;
    const schemas = new Map([['Woo_Order__c', before]]);
    Object.assign(setup, { compiledOf: { ...compiledOf, schemas } });
    const draft = {
      mapping: MAPPING,
      fields: [NAME, { name: 'Note', attribute: 'status', field: 'Note__c', overflow: 'truncate' }],
    };
    expect(await answer('preview_mapping', draft)).toMatchObject({ problems: [], count: 1 });
    expect(await answer('preview_mapping', { ...draft, record: 7 })).toMatchObject({ count: null });
  });

  it('asks the org for no records of other mappings that decide nothing', async () => {
    const order = { ...ORDER, line_items: [{ id: 9, name: 'Tea', quantity: 1 }] };
    const { answer, setup, org } = scene(FIELDS, [order]);
    const item = { name: 'Item', resource: 'order_item', object: 'Woo_Order_Item__c' };
    const saved = source({
      mappings: [mappingRow(item)],
      fields: [fieldRow('Name', 'name', { mapping: 'Item' })],
    });
    const known = schemas(object(item.object, field('Name', 'string', { length: 80 })));
    Object.assign(setup, { compiledOf: { source: saved, schemas: known } });
    const queries = vi.spyOn(org, 'queries');
    const { records } = await answer('preview_mapping', { mapping: MAPPING, fields: [NAME] });
    const asked = queries.mock.calls.flatMap(([soql]) => soql);
    expect(records).toMatchObject([{ action: 'create' }]);
    expect(asked.map((text) => / FROM (\w+) /.exec(text)?.[1])).toEqual(['Woo_Order__c']);
  });

  it('says which conditions are not met, and goes by no row that is off', async () => {
    const { answer } = scene();
    const note = { name: 'Note', attribute: 'customer_note', field: 'Note__c', active: false };
    const { records } = await answer('preview_mapping', {
      mapping: MAPPING,
      fields: [NAME, note],
      record: 7,
      conditions: [
        { ...PAID, value: 'processing' },
        { ...PAID, name: 'Off', position: 2, active: false, value: 'x' },
      ],
    });
    expect(records[0]).toMatchObject({ met: false, action: 'none', conditions: [{ met: false }] });
    expect(records[0]?.['rows']).toMatchObject([{ place: 'Order_Name' }]);
  });

  it('doubts a condition that no record could meet, at its row', async () => {
    const { answer, store: shop } = scene();
    const waitingFor = async (value: string) => {
      const draft = { mapping: MAPPING, fields: [NAME], conditions: [{ ...PAID, value }] };
      return answer('preview_mapping', draft);
    };
    expect(await waitingFor('compleeted')).toMatchObject({
      held: false,
      problems: [
        {
          code: 'CHECK_UNKNOWN_WORD',
          mapping: 'Order',
          place: 'Paid',
          fatal: false,
          cure: expect.stringContaining('Did you mean completed?') as string,
        },
      ],
    });
    // A status of a plugin, as the shop names it.
    expect(await waitingFor('packed')).toMatchObject({ problems: [] });
    const asked = () => shop.asked.filter((one) => one === 'statuses').length;
    const before = asked();
    expect(await waitingFor('completed')).toMatchObject({ problems: [] });
    expect(asked()).toBe(before);
  });

  it('doubts an attribute whose texts a field may not take, whatever the shown record has', async () => {
    const { answer } = scene(
      [...FIELDS, field('Count__c', 'double')],
      [{ ...ORDER, billing: { city: '' } }],
    );
    const city = { name: 'City', attribute: 'billing.city', field: 'Count__c' };
    const draft = { mapping: MAPPING, fields: [NAME, city] };
    expect(await answer('preview_mapping', draft)).toMatchObject({
      held: false,
      problems: [{ code: 'CHECK_FIELD_TYPE', mapping: 'Order', place: 'City', fatal: false }],
    });
    const off = { ...draft, fields: [NAME, { ...city, active: false }] };
    expect(await answer('preview_mapping', off)).toMatchObject({ problems: [] });
    const back = { ...draft, fields: [NAME, { ...city, direction: 'to_woo' }] };
    expect((await answer('preview_mapping', back))['problems']).not.toContainEqual(
      expect.objectContaining({ code: 'CHECK_FIELD_TYPE' }),
    );
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

  it('shows the others where a field that Salesforce requires has no row, or a wrong one', async () => {
    const stage = { ...STAGE, valueTable: 'completed = Done' };
    for (const wrong of [[], [{ ...NAME, transform: 'shout' }], [{ ...NAME, active: false }]]) {
      const given = { mapping: MAPPING, fields: [...wrong, stage] };
      const { records, held } = await scene().answer('preview_mapping', given);
      expect(held).toBe(true);
      expect(records[0]?.['rows']).toMatchObject([{ place: 'Order_Stage', result: 'Done' }]);
    }
  });

  it('shows what only goes to the shop beside what that has', async () => {
    const product = { id: 8, name: 'Tea', description: 'old', type: 'simple', meta_data: [] };
    const { answer, org } = scene(FIELDS, [], { lists: { products: [product] } });
    org.add('Woo_Order__c', {
      Woo_Key__c: 'main:8',
      Name: 'Tea',
      Note__c: 'new',
      Stage__c: 'Lost',
    });
    const out = { direction: 'to_woo' };
    const { records } = await answer('preview_mapping', {
      mapping: { ...MAPPING, resource: 'product', direction: 'both' },
      fields: [
        { ...NAME, attribute: 'name' },
        { ...out, name: 'Text', attribute: 'description', field: 'Note__c' },
        { ...STAGE, ...out, attribute: 'meta_data.season', valueTable: 'spring = Done' },
      ],
    });
    expect(records[0]?.['rows']).toMatchObject([
      { place: 'Order_Name', result: 'Tea', same: true },
      { ...out, place: 'Text', now: 'new', shop: 'old', same: false, problem: null },
      { ...out, place: 'Order_Stage', now: 'Lost', problem: { code: 'TO_WOO_NOT_IN_TABLE' } },
    ]);
  });

  it('shows the latest refund with its order', async () => {
    const order = { ...ORDER, refunds: [{ id: 91 }] };
    const refunds = [{ id: 91, parent_id: 7, reason: 'late' }];
    const { record, records } = await scene(FIELDS, [order], { lists: { refunds } }).answer(
      'preview_mapping',
      {
        mapping: { ...MAPPING, resource: 'refund' },
        fields: [{ ...NAME, attribute: 'reason' }],
      },
    );
    expect(record).toBe('7');
    expect(records).toMatchObject([{ title: 'refund 91', rows: [{ result: 'late' }] }]);
  });

  it('is of the store that the mapping belongs to, where there are several', async () => {
    const { answer } = scene(FIELDS, [ORDER], { others: ['two'] });
    const mapping = { ...MAPPING, store: 'main' };
    const { store, records } = await answer('preview_mapping', { mapping, fields: [NAME] });
    expect([store, records]).toMatchObject(['main', [{ rows: [{ result: '1042' }] }]]);
  });

  it('masks e-mail addresses wherever they stand in a text', async () => {
    const note = 'Write to:\nada@example.com\n\\bob@example.com, "eve@example.com"';
    const { answer } = scene(FIELDS, [{ ...ORDER, customer_note: note }]);
    const { records } = await answer('preview_mapping', {
      mapping: MAPPING,
      fields: [{ ...NAME, attribute: 'customer_note' }],
    });
    const source = 'Write to:\na…@example.com\n\\…@example.com, "e…@example.com"';
    expect(records[0]).toMatchObject({ rows: [{ source }] });
  });

  it('has problems alone where nothing can be shown, and no record where the shop has none', async () => {
    const nowhere = { mapping: { ...MAPPING, object: 'Nowhere__c' }, fields: [NAME] };
    const { records, problems } = await scene().answer('preview_mapping', nowhere);
    expect([records, problems]).toMatchObject([[], [{ code: 'MAPPING_UNKNOWN_OBJECT' }]]);
    const empty = await scene(FIELDS, []).answer('preview_mapping', {
      mapping: MAPPING,
      fields: [NAME],
    });
    expect(empty).toMatchObject({ record: null, held: false, records: [] });
  });

  it.each([
    ['8', 'RECORD_NOT_FOUND'],
    ['no number', 'RECORD_ID_INVALID'],
  ])(
    'says that there is no record %s, and checks the mapping all the same',
    async (record, code) => {
      const wrong = { name: 'Wrong', attribute: 'total', field: 'Nowhere__c' };
      const draft = { mapping: MAPPING, fields: [NAME, wrong], record };
      const answer = await scene().answer('preview_mapping', draft);
      expect(answer).toMatchObject({ record, recordProblem: { code }, records: [], more: 0 });
      expect(answer.problems).toMatchObject([{ place: 'Wrong' }]);
      const right = { ...draft, fields: [NAME], record: 7 };
      expect(await scene().answer('preview_mapping', right)).toMatchObject({ recordProblem: null });
    },
  );

  it.each([
    ['{', 'COMMAND_ARGUMENTS_INVALID: Arguments is not what this command takes: it is not JSON.'],
    [{ mapping: { label: 'x' } }, 'COMMAND_ARGUMENTS_INVALID: .* mapping.name: '],
    [
      { mapping: MAPPING, fields: [{ ...NAME, colour: 'red' }] },
      'COMMAND_ARGUMENTS_INVALID: .*colour',
    ],
  ])('of %j fails with %s', async (given, says) => {
    const { state, text } = await scene().give('preview_mapping', given);
    expect(state).toBe('failed');
    expect(text).toMatch(new RegExp(`^${says}`));
  });
});
