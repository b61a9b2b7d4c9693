import { describe, expect, it } from 'vitest';
import type { MappingSource } from '../../../src/mapping/model/config-rows.ts';
import type { FieldSchema } from '../../../src/mapping/model/schema.ts';
import {
  compiled,
  compileRows,
  conditionRow,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
  STORE,
  STORE_ROW,
} from '../support/mappings.ts';

const CHANNEL: Partial<FieldSchema> = {
  restrictedPicklist: true,
  picklistValues: ['Web', 'Shop'],
};

const ORG = schemas(
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

const ORDER = mappingRow({ name: 'Order' });
const CONTACT = mappingRow({ name: 'Customer_Contact', resource: 'customer', object: 'Contact' });
const LAST_NAME = fieldRow('LastName', 'last_name', { mapping: 'Customer_Contact' });
const PHONE = fieldRow('Phone', 'billing.phone', { mapping: 'Customer_Contact' });
const NAME = fieldRow('Name', 'number');
const link = { kind: 'lookup' };
const STATIC = fieldRow('Name', null, { kind: 'static', staticValue: 'x' });

function run(parts: Partial<MappingSource>) {
  return compileRows({ mappings: [ORDER], fields: [NAME], ...parts }, ORG);
}

describe('a mapping with a fatal problem is left out and says why', () => {
  it.each<[string, Partial<MappingSource>, string, string, RegExp]>([
    [
      'unknown field',
      { fields: [fieldRow('Totl__c', 'total')] },
      ...(['MAPPING_UNKNOWN_FIELD', 'Map_Totl__c', /"Totl__c".*Did you mean Total__c\?/s] as const),
    ],
    [
      'no field',
      { fields: [fieldRow('x', 'total', { field: null })] },
      ...(['MAPPING_UNKNOWN_FIELD', 'Map_x', /writes to ""/] as const),
    ],
    [
      'unknown object',
      { mappings: [{ ...ORDER, object: 'Wo_Order__c' }] },
      ...(['MAPPING_UNKNOWN_OBJECT', 'Order', /"Wo_Order__c"/] as const),
    ],
    [
      'no object',
      { mappings: [{ ...ORDER, object: null }] },
      ...(['MAPPING_NO_OBJECT', 'Order', /which Salesforce object/] as const),
    ],
    [
      'unknown resource',
      { mappings: [{ ...ORDER, resource: 'voucher' }] },
      ...(['MAPPING_UNKNOWN_RESOURCE', 'Order', /"voucher".*order_item/s] as const),
    ],
    [
      'no resource',
      { mappings: [{ ...ORDER, resource: ' ' }] },
      ...(['MAPPING_NO_RESOURCE', 'Order', /which WooCommerce records/] as const),
    ],
    [
      'unknown store',
      { mappings: [{ ...ORDER, store: 'mian' }] },
      ...(['MAPPING_UNKNOWN_STORE', 'Order', /"mian"/] as const),
    ],
    [
      'unknown direction',
      { mappings: [{ ...ORDER, direction: 'sideways' }] },
      ...(['MAPPING_UNKNOWN_DIRECTION', 'Order', /direction "sideways"/] as const),
    ],
    [
      'unknown conflict rule',
      { mappings: [{ ...ORDER, conflictRule: 'coin' }] },
      ...(['MAPPING_UNKNOWN_RULE', 'Order', /conflict rule "coin"/] as const),
    ],
    [
      'unknown rule for unmet',
      { mappings: [{ ...ORDER, whenUnmet: 'drop' }] },
      ...(['MAPPING_UNKNOWN_RULE', 'Order', /"drop"/] as const),
    ],
    [
      'sweep of no minutes',
      { mappings: [{ ...ORDER, sweepMinutes: 0 }] },
      ...(['MAPPING_SWEEP_MINUTES', 'Order', /every 0 minutes/] as const),
    ],
    [
      'sweep that goes back in time',
      { mappings: [{ ...ORDER, sweepMinutes: -15 }] },
      ...(['MAPPING_SWEEP_MINUTES', 'Order', /every -15 minutes/] as const),
    ],
    [
      'sweep of an interval that is no number',
      { mappings: [{ ...ORDER, sweepMinutes: Number.NaN }] },
      ...(['MAPPING_SWEEP_MINUTES', 'Order', /every NaN minutes/] as const),
    ],
    [
      'unknown match field',
      { mappings: [{ ...ORDER, matchFields: 'Name; Nmae' }] },
      ...(['MAPPING_UNKNOWN_FIELD', 'Order', /matches by "Nmae"/] as const),
    ],
    [
      'key that is no external id',
      { mappings: [{ ...ORDER, externalIdField: 'Plain_Key__c' }] },
      ...(['MAPPING_KEY_NOT_EXTERNAL_ID', 'Order', /Plain_Key__c/] as const),
    ],
    [
      'key that is too short',
      { mappings: [{ ...ORDER, externalIdField: 'Short_Key__c' }] },
      ...(['MAPPING_KEY_NOT_EXTERNAL_ID', 'Order', /at least 64/] as const),
    ],
    [
      'key that does not exist',
      { mappings: [{ ...ORDER, externalIdField: 'Nope__c' }] },
      ...(['MAPPING_UNKNOWN_FIELD', 'Order', /"Nope__c"/] as const),
    ],
    [
      'flag without a field',
      { mappings: [{ ...ORDER, deleteRule: 'flag' }] },
      ...(['MAPPING_NO_DELETE_FIELD', 'Order', /flags deleted/] as const),
    ],
    [
      'flag value that does not fit',
      { mappings: [{ ...ORDER, deleteRule: 'flag', deleteField: 'Paid__c', deleteValue: 'gone' }] },
      ...(['MAPPING_BAD_DELETE_VALUE', 'Order', /"gone".*checkbox/] as const),
    ],
    [
      'flag in a field that cannot be edited',
      { mappings: [{ ...ORDER, deleteRule: 'flag', deleteField: 'Source__c', deleteValue: 'x' }] },
      ...(['MAPPING_BAD_DELETE_VALUE', 'Order', /"x" to Source__c/] as const),
    ],
    [
      'unknown attribute',
      { fields: [fieldRow('Total__c', 'totl')] },
      ...(['MAPPING_UNKNOWN_ATTRIBUTE', 'Map_Total__c', /"totl".*Did you mean total\?/s] as const),
    ],
    [
      'meta key without meta_data',
      { fields: [fieldRow('Total__c', '_po_number')] },
      ...(['MAPPING_UNKNOWN_ATTRIBUTE', 'Map_Total__c', /meta_data\._po_number/] as const),
    ],
    [
      'no attribute',
      { fields: [fieldRow('Total__c', ' ')] },
      ...(['MAPPING_NO_ATTRIBUTE', 'Map_Total__c', /which WooCommerce attribute/] as const),
    ],
    [
      'path out of the data',
      { fields: [fieldRow('Total__c', 'billing.__proto__')] },
      ...(['MAPPING_BAD_PATH', 'Map_Total__c', /"__proto__"/] as const),
    ],
    [
      'image towards Salesforce',
      { fields: [fieldRow('Name', 'product_featured_image')] },
      ...(['MAPPING_ATTRIBUTE_DIRECTION', 'Map_Name', /only goes from Salesforce/] as const),
    ],
    [
      'unknown kind',
      { fields: [fieldRow('Name', 'number', { kind: 'magic' })] },
      ...(['MAPPING_UNKNOWN_KIND', 'Map_Name', /kind "magic"/] as const),
    ],
    [
      'unknown transform',
      { fields: [fieldRow('Name', 'number', { transform: 'lowercase' })] },
      ...(['MAPPING_UNKNOWN_TRANSFORM', 'Map_Name', /Did you mean lower_case\?/] as const),
    ],
    [
      'street of something else',
      { fields: [fieldRow('Name', 'number', { transform: 'street' })] },
      ...(['MAPPING_TRANSFORM_ATTRIBUTE', 'Map_Name', /not an address/] as const),
    ],
    [
      'slice without an argument',
      { fields: [fieldRow('Name', 'number', { transform: 'slice' })] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /argument is missing/] as const),
    ],
    [
      'slice of nothing',
      { fields: [fieldRow('Name', 'number', { transform: 'slice', transformArgument: '4,2' })] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /"4,2" names no part/] as const),
    ],
    [
      'a regular expression that goes on for ever elsewhere',
      { fields: [fieldRow('Name', 'number', { transform: 'regex', transformArgument: '(a)\\1' })] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /invalid escape sequence/] as const),
    ],
    [
      'an argument of a transform that takes none',
      { fields: [fieldRow('Name', 'number', { transformArgument: '0,4' })] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /transform none takes none/] as const),
    ],
    [
      'a regular expression for a static value',
      { fields: [{ ...STATIC, transform: 'regex', transformArgument: '(?=a)b' }] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /"\(\?=a\)b".*kind static/] as const),
    ],
    [
      'an argument of a static value whose kind is written in capitals',
      { fields: [{ ...STATIC, kind: 'Static', transform: 'slice', transformArgument: '1' }] },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Name', /kind static takes none/] as const),
    ],
    [
      'an argument of a lookup',
      {
        fields: [
          NAME,
          fieldRow('Contact__c', 'customer', {
            ...link,
            transform: 'slice',
            transformArgument: '1',
          }),
        ],
      },
      ...(['MAPPING_TRANSFORM_ARGUMENT', 'Map_Contact__c', /kind lookup takes none/] as const),
    ],
    [
      'slice of what is no text',
      { fields: [fieldRow('Name', 'billing', { transform: 'slice', transformArgument: '0,4' })] },
      ...(['MAPPING_TRANSFORM_ATTRIBUTE', 'Map_Name', /a group of values/] as const),
    ],
    [
      'unknown overflow',
      { fields: [fieldRow('Name', 'number', { overflow: 'spill' })] },
      ...(['MAPPING_UNKNOWN_RULE', 'Map_Name', /overflow rule "spill"/] as const),
    ],
    [
      'unknown write when',
      { fields: [fieldRow('Name', 'number', { writeWhen: 'sometimes' })] },
      ...(['MAPPING_UNKNOWN_RULE', 'Map_Name', /"sometimes"/] as const),
    ],
    [
      'unknown field direction',
      { fields: [fieldRow('Name', 'number', { direction: 'up' })] },
      ...(['MAPPING_UNKNOWN_DIRECTION', 'Map_Name', /direction "up"/] as const),
    ],
    [
      'field mapped twice',
      { fields: [NAME, fieldRow('name', 'id', { name: 'Other' })] },
      ...(['MAPPING_FIELD_TWICE', 'Other', /Name, and so does Map_Name/] as const),
    ],
    [
      'key mapped as a field',
      { fields: [fieldRow('Woo_Key__c', 'id')] },
      ...(['MAPPING_FIELD_TWICE', 'Map_Woo_Key__c', /record's key/] as const),
    ],
    [
      'read-only field',
      { fields: [fieldRow('Formula__c', 'total')] },
      ...(['MAPPING_FIELD_READ_ONLY', 'Map_Formula__c', /read-only/] as const),
    ],
    [
      'field that cannot be updated',
      { fields: [fieldRow('Source__c', 'created_via')] },
      ...(['MAPPING_FIELD_NOT_UPDATEABLE', 'Map_Source__c', /on_create/] as const),
    ],
    [
      'field that takes no value',
      { fields: [fieldRow('Place__c', 'billing')] },
      ...(['MAPPING_FIELD_TYPE', 'Map_Place__c', /type location/] as const),
    ],
    [
      'lookup kind on a text field',
      { fields: [fieldRow('Name', 'customer', link)] },
      ...(['MAPPING_NOT_A_LOOKUP', 'Map_Name', /not a lookup/] as const),
    ],
    [
      'unknown operator',
      { conditions: [conditionRow(1, 'status', 'equal', 'completed')] },
      ...(['CONDITION_UNKNOWN_OPERATOR', 'Condition_1', /Did you mean equals\?/] as const),
    ],
    [
      'no operator',
      { conditions: [conditionRow(1, 'status', null, 'completed')] },
      ...(['CONDITION_UNKNOWN_OPERATOR', 'Condition_1', /no operator/] as const),
    ],
    [
      'no value',
      { conditions: [conditionRow(1, 'status', 'equals', ' ')] },
      ...(['CONDITION_NO_VALUE', 'Condition_1', /is_empty/] as const),
    ],
    [
      'size of a word',
      { conditions: [conditionRow(1, 'total', 'greater_than', 'ten')] },
      ...(['CONDITION_NOT_A_NUMBER', 'Condition_1', /"ten"/] as const),
    ],
    [
      'unknown attribute in a condition',
      { conditions: [conditionRow(1, 'staus', 'equals', 'completed')] },
      ...(['MAPPING_UNKNOWN_ATTRIBUTE', 'Condition_1', /Did you mean status\?/] as const),
    ],
    [
      'the store in a condition',
      { conditions: [conditionRow(1, 'admin_url', 'contains', 'x')] },
      ...(['CONDITION_ATTRIBUTE', 'Condition_1', /admin_url/] as const),
    ],
    [
      'no position',
      { conditions: [conditionRow(null, 'status', 'equals', 'completed')] },
      ...(['CONDITION_POSITION', 'Condition_x', /whole number/] as const),
    ],
    [
      'position taken twice',
      {
        conditions: [
          conditionRow(1, 'status', 'equals', 'completed'),
          { ...conditionRow(1, 'total', 'equals', '1'), name: 'Second' },
        ],
      },
      ...(['CONDITION_POSITION', 'Second', /another condition/] as const),
    ],
    [
      'broken logic',
      {
        mappings: [{ ...ORDER, conditionLogic: '1 AND (2' }],
        conditions: [conditionRow(1, 'status', 'equals', 'completed')],
      },
      ...(['CONDITION_LOGIC', 'Order', /"1 AND \(2" opens a bracket/] as const),
    ],
    [
      'logic with an unknown number',
      {
        mappings: [{ ...ORDER, conditionLogic: '1 OR 2' }],
        conditions: [conditionRow(1, 'status', 'equals', 'completed')],
      },
      ...(['CONDITION_LOGIC', 'Order', /condition 2, which does not exist/] as const),
    ],
  ])('%s', (_what, parts, code, place, text) => {
    const { mappings, problems } = run(parts);
    expect(mappings).toEqual([]);
    const found = problems.find((problem) => problem.code === code);
    expect(found).toMatchObject({ fatal: true, mapping: 'Order', place });
    expect(`${found?.message ?? ''} ${found?.cure ?? ''}`).toMatch(text);
    expect(found?.message).toMatch(/\.$/);
    expect(found?.cure).toMatch(/[.…]$/);
  });

  it('a transform that does not exist, and nothing is said of its argument', () => {
    const row = fieldRow('Name', 'number', { transform: 'cut', transformArgument: '1' });
    const { problems } = run({ fields: [row] });
    expect(problems.map(({ code }) => code)).toEqual(['MAPPING_UNKNOWN_TRANSFORM']);
  });

  it.each([
    ['Total__c', 'ten'],
    ['Channel__c', 'Fax'],
    ['Paid__c', 'maybe'],
    ['Day__c', 'today'],
    ['Note__c', 'too long'],
    ['Name', ''],
  ])('%s does not take the static value %j', (name, staticValue) => {
    const { mappings, problems } = run({
      fields: [fieldRow(name, null, { kind: 'static', staticValue })],
    });
    expect(mappings).toEqual([]);
    expect(problems).toMatchObject([{ code: 'MAPPING_BAD_STATIC', place: `Map_${name}` }]);
    // Issues and commands say the place before it.
    expect(problems[0]?.message).not.toMatch(/^Map_\w+:/);
  });

  it('a default that does not fit', () => {
    const { problems } = run({ fields: [fieldRow('Total__c', 'total', { defaultValue: 'none' })] });
    expect(problems).toMatchObject([{ code: 'MAPPING_BAD_DEFAULT', fatal: true }]);
  });

  it('a required field that nothing fills, unless the mapping creates nothing', () => {
    const contact = (onCreate: boolean) =>
      run({ mappings: [{ ...CONTACT, onCreate }], fields: [PHONE] });
    expect(contact(true).problems).toMatchObject([
      { code: 'MAPPING_REQUIRED_FIELD', mapping: 'Customer_Contact', fatal: true },
    ]);
    expect(contact(true).problems[0]?.message).toContain('LastName');
    expect(contact(false)).toMatchObject({
      problems: [],
      mappings: [{ name: 'Customer_Contact' }],
    });
  });

  it('no field mapping, which would make records with nothing but a key', () => {
    const { mappings, problems } = run({ mappings: [ORDER, CONTACT], fields: [NAME] });
    expect(mappings.map(({ name }) => name)).toEqual(['Order']);
    expect(problems).toMatchObject([
      { code: 'MAPPING_NO_FIELDS', mapping: 'Customer_Contact', fatal: true },
    ]);
  });

  it.each([
    ['a static value', fieldRow('Name', null, { kind: 'static', staticValue: 'Shop' })],
    ['a lookup', fieldRow('Contact__c', 'customer', { kind: 'lookup' })],
  ])('but not one that maps only %s', (_, one) => {
    const fields = [LAST_NAME, one];
    const { mappings, problems } = run({ mappings: [ORDER, CONTACT], fields });
    expect(problems).toEqual([]);
    expect(mappings).toHaveLength(2);
  });

  it('reports everything that is wrong with it, and lets the others go on', () => {
    const { mappings, problems } = run({
      mappings: [{ ...ORDER, conflictRule: 'coin' }, CONTACT],
      fields: [LAST_NAME, fieldRow('A__c', 'id'), fieldRow('B__c', 'id')],
      conditions: [conditionRow(1, 'status', 'like', 'x')],
    });
    expect(problems.map(({ code }) => code)).toEqual([
      'MAPPING_UNKNOWN_RULE',
      'MAPPING_UNKNOWN_FIELD',
      'MAPPING_UNKNOWN_FIELD',
      'CONDITION_UNKNOWN_OPERATOR',
    ]);
    expect(mappings.map(({ name }) => name)).toEqual(['Customer_Contact']);
  });
});

describe('a mapping runs with a warning', () => {
  it.each<[string, Partial<MappingSource>, string]>([
    [
      'where its key is not unique',
      { mappings: [{ ...ORDER, externalIdField: 'Other_Key__c' }] },
      'MAPPING_KEY_NOT_UNIQUE',
    ],
    [
      'where its logic leaves out a condition',
      {
        mappings: [{ ...ORDER, conditionLogic: '1' }],
        conditions: [
          conditionRow(1, 'status', 'equals', 'completed'),
          conditionRow(2, 'total', 'at_least', '10'),
        ],
      },
      'CONDITION_LOGIC',
    ],
    [
      'where nothing writes the records of an optional lookup',
      { fields: [NAME, fieldRow('Contact__c', 'customer', link)] },
      'MAPPING_LOOKUP_WITHOUT_MAPPING',
    ],
    [
      'beside a field mapping of no mapping',
      { fields: [NAME, fieldRow('Total__c', 'total', { mapping: 'Ordr' })] },
      'MAPPING_UNKNOWN_MAPPING',
    ],
    [
      'beside a condition of no mapping',
      { conditions: [conditionRow(1, 'status', 'equals', 'x', 'Ordr')] },
      'MAPPING_UNKNOWN_MAPPING',
    ],
  ])('%s', (_what, parts, code) => {
    const { mappings, problems } = run(parts);
    expect(mappings).toHaveLength(1);
    expect(problems).toMatchObject([{ code, fatal: false }]);
  });

  it('where another one writes the same records', () => {
    const again = { ...ORDER, name: 'Again' };
    const total = fieldRow('Total__c', 'total', { mapping: 'Again' });
    const { mappings, problems } = run({ mappings: [ORDER, again], fields: [NAME, total] });
    expect(mappings).toHaveLength(2);
    expect(problems).toMatchObject([{ code: 'MAPPING_SAME_OBJECT', place: 'Again', fatal: false }]);
    expect(problems[0]?.message).toBe(
      `Again and ${ORDER.name} both write order to ${ORDER.object}. They share no field.`,
    );
  });

  it('and names the fields that both write', () => {
    const again = { ...ORDER, name: 'Again' };
    const fields = [NAME, fieldRow('Name', 'number', { mapping: 'Again' })];
    const { problems } = run({ mappings: [ORDER, again], fields });
    expect(problems[0]?.message).toContain(
      'Both write Name: of a record that both want, the first one writes.',
    );
  });

  it('but holds it where another one writes other records under the same keys', () => {
    const refund = mappingRow({ name: 'Refund', resource: 'refund', object: ORDER.object });
    const reason = fieldRow('Note__c', 'reason', { mapping: 'Refund' });
    const { mappings, problems } = run({ mappings: [ORDER, refund], fields: [NAME, reason] });
    expect(mappings.map(({ name }) => name)).toEqual([ORDER.name]);
    expect(problems).toMatchObject([{ code: 'MAPPING_SAME_KEYS', place: 'Refund', fatal: true }]);
  });

  it('but not where the other one is held itself, as it is before it has field mappings', () => {
    const half = mappingRow({ name: 'Half', resource: 'refund', object: ORDER.object });
    const { mappings, problems } = run({ mappings: [half, ORDER], fields: [NAME] });
    expect(mappings.map(({ name }) => name)).toEqual([ORDER.name]);
    expect(problems).toMatchObject([{ code: 'MAPPING_NO_FIELDS', place: 'Half', fatal: true }]);
  });

  it('but not where the other one only goes to WooCommerce', () => {
    const out = { ...CONTACT, name: 'Out', direction: 'to_woo' };
    for (const mappings of [
      [CONTACT, out],
      [out, CONTACT],
    ]) {
      const fields = [LAST_NAME, fieldRow('LastName', 'last_name', { mapping: 'Out' })];
      const { problems } = run({ mappings, fields });
      expect(problems.map(({ code, place }) => `${code} ${place}`)).toEqual([
        'MAPPING_NOT_TO_WOO Out',
      ]);
    }
  });
});

describe('lookups', () => {
  const REFUND = mappingRow({ name: 'Refund', resource: 'refund', object: 'Woo_Refund__c' });
  const REFUND_ORDER = fieldRow('Order__c', 'order_id', { mapping: 'Refund', ...link });
  const CONTACT_OF_ORDER = fieldRow('Contact__c', 'customer', link);

  it('hold a mapping whose records cannot be without what is not written', () => {
    const { mappings, problems } = run({
      mappings: [REFUND, { ...ORDER, object: 'Nope__c' }],
      fields: [REFUND_ORDER],
    });
    expect(mappings).toEqual([]);
    expect(problems.find(({ mapping }) => mapping === 'Refund')).toMatchObject({
      ...{ code: 'MAPPING_LOOKUP_WITHOUT_MAPPING', place: 'Map_Order__c', fatal: true },
    });
  });

  it('are left out where the mapping that they need is held, and the reason named', () => {
    const { mappings, problems } = run({
      mappings: [ORDER, CONTACT],
      fields: [NAME, CONTACT_OF_ORDER],
    });
    expect(mappings.map(({ name }) => name)).toEqual(['Order']);
    const warning = problems.find(({ mapping }) => mapping === 'Order');
    expect(warning?.message).toContain('Customer_Contact');
    const { row } = mappings[0]?.build({ id: 1, number: '1', customer_id: 7 }, STORE) ?? {};
    expect(row?.lookups).toEqual([]);
  });

  it("use the key field of the store's own mapping first", () => {
    const stores = ['a', 'b'].map((key) => ({ ...STORE_ROW, key, name: key }));
    const { mappings } = run({
      stores,
      mappings: [
        { ...REFUND, store: 'b' },
        { ...ORDER, name: 'Order_A', store: 'a', externalIdField: 'Other_Key__c' },
        { ...ORDER, name: 'Order_All' },
      ],
      fields: [
        REFUND_ORDER,
        ...['Order_A', 'Order_All'].map((mapping) => fieldRow('Name', 'number', { mapping })),
      ],
    });
    const { row } = mappings[0]?.build({ id: 1, parent_id: 5 }, { key: 'b', url: '' }) ?? {};
    expect(row?.lookups).toMatchObject([{ key: 'b:5', keyField: 'Woo_Key__c' }]);
  });

  it('may only be sent on create', () => {
    const task = mappingRow({ name: 'Task', resource: 'customer', object: 'Task' });
    const who = fieldRow('WhoId', 'customer', { mapping: 'Task', ...link, writeWhen: 'on_create' });
    const { mappings } = run({ mappings: [task, CONTACT], fields: [who, LAST_NAME] });
    const { row } = mappings[0]?.build({ id: 3 }, STORE) ?? {};
    expect(row?.lookups).toEqual([
      {
        ...{ field: 'WhoId', relationshipName: 'Who', object: 'Contact', required: false },
        ...{ keyField: 'Woo_Key__c', key: 'main:3', onCreate: true },
      },
    ]);
  });
});

describe('what is configured', () => {
  it('is found whatever the case of names, and blank means the default', () => {
    const mapping = compiled(
      {
        mappings: [
          {
            ...ORDER,
            ...{ name: 'ORDER', object: 'woo_order__C', externalIdField: 'woo_key__c' },
            ...{ direction: null, resource: 'Order', matchFields: 'name' },
          },
        ],
        fields: [fieldRow('woo_order__c.NAME', 'number', { kind: null, mapping: 'order' })],
      },
      ORG,
    );
    expect(mapping).toMatchObject({
      ...{ object: 'Woo_Order__c', keyField: 'Woo_Key__c', resource: 'order' },
      ...{ direction: 'to_salesforce', whenUnmet: 'keep', deleteRule: 'keep', deleteFlag: null },
      ...{ matchFields: [{ name: 'name', object: 'Woo_Order__c', field: 'Name' }] },
      ...{ store: null, wooMetaKey: null },
    });
    expect(mapping.build({ id: 1, number: '1' }, STORE).row?.fields).toEqual({ Name: '1' });
  });

  it('passes over what is not active, with its fields and conditions', () => {
    const { mappings, problems } = run({
      mappings: [{ ...ORDER, active: false }],
      fields: [fieldRow('Nope__c', 'nope')],
      conditions: [conditionRow(1, 'nope', 'nope', null)],
    });
    expect({ mappings, problems }).toEqual({ mappings: [], problems: [] });
  });

  it('passes over fields that go to WooCommerce', () => {
    const images = fieldRow('Note__c', 'product_gallery_images', { direction: 'to_woo' });
    const phone = { ...PHONE, direction: 'to_woo' };
    const both = run({ mappings: [{ ...CONTACT, direction: 'both' }], fields: [LAST_NAME, phone] });
    const { row } = both.mappings[0]?.build({ id: 1, last_name: 'Doe' }, STORE) ?? {};
    expect(row?.fields).toEqual({ LastName: 'Doe' });
    const products = { ...ORDER, resource: 'product', direction: 'to_woo' };
    const out = run({ mappings: [products], fields: [images] });
    expect(out).toMatchObject({ problems: [], mappings: [{ direction: 'to_woo' }] });
  });

  it("reads dates in GMT where they are WooCommerce's own", () => {
    const read = (attribute: string) =>
      compiled(
        { mappings: [ORDER], fields: [fieldRow('Day__c', attribute, { transform: 'gmt_date' })] },
        ORG,
      ).build(
        {
          ...{ id: 1, date_paid: '2026-01-01T23:00:00', date_paid_gmt: '2026-01-02T04:00:00' },
          meta_data: [{ key: 'date_paid', value: '20260105' }],
        },
        STORE,
      ).row?.fields['Day__c'];
    expect(read('date_paid')).toBe('2026-01-02');
    expect(read('_paid_date')).toBe('2026-01-02');
    expect(read('date_paid_gmt')).toBe('2026-01-02');
    expect(read('meta_data.date_paid')).toBe('2026-01-05');
  });

  it('says what the delete rule writes', () => {
    const flag = { deleteRule: 'flag', deleteField: 'Paid__c', deleteValue: 'false' };
    const mapping = compiled({ mappings: [{ ...ORDER, ...flag }], fields: [NAME] }, ORG);
    expect(mapping.deleteFlag).toEqual({ field: 'Paid__c', value: false });
  });

  it.each([
    [null, 'completed', '20', true],
    [null, 'completed', '5', false],
    ['1 OR 2', 'completed', '5', true],
    ['NOT 1 AND 2', 'processing', '20', true],
    ['NOT (1 OR 2)', 'processing', '20', false],
  ])('with logic %j an order that is %s of %s meets it: %j', (logic, status, total, outcome) => {
    const mapping = compiled(
      {
        mappings: [{ ...ORDER, conditionLogic: logic }],
        fields: [NAME],
        conditions: [
          conditionRow(2, 'order_total', 'at_least', '10'),
          conditionRow(1, 'status', 'equals', 'completed'),
        ],
      },
      ORG,
    );
    expect(mapping.meets({ id: 1, status, total })).toBe(outcome);
  });

  it('without conditions every record meets it', () => {
    expect(compiled({ mappings: [ORDER], fields: [NAME] }, ORG).meets({})).toBe(true);
  });
});

it('takes an interval that is left blank for the usual one', () => {
  const { mappings, problems } = run({ mappings: [{ ...ORDER, sweepMinutes: null }] });
  expect(mappings).toMatchObject([{ sweepMinutes: null }]);
  expect(problems).toEqual([]);
});
