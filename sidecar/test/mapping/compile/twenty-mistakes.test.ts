import { describe, expect, it } from 'vitest';
import type { MappingRow, MappingSource, Problem } from '../../../src/mapping/model/config-rows.ts';
import {
  compileRows,
  conditionRow,
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
  STORE,
} from '../support/mappings.ts';

const ORG = schemas(
  object(
    'Woo_Order__c',
    field('Name', 'string', { length: 80 }),
    field('Total__c', 'double'),
    field('Note__c', 'string', { length: 20 }),
    field('Gift__c', 'boolean', { nillable: false }),
    field('Profit__c', 'currency', { calculated: true, createable: false, updateable: false }),
    field('Source__c', 'string', { updateable: false }),
    field('Place__c', 'address'),
    field('Channel__c', 'picklist', { restrictedPicklist: true, picklistValues: ['Web', 'Shop'] }),
    lookup('Contact__c', 'Contact'),
  ),
  object('Contact', field('LastName', 'string', { length: 80, nillable: false })),
);

const NEIGHBOUR = mappingRow({ name: 'Neighbour', resource: 'customer', object: 'Contact' });
const LAST_NAME = fieldRow('LastName', 'last_name', {
  mapping: 'Neighbour',
  name: 'Neighbour_Name',
});
const NAME = fieldRow('Name', 'number');

interface Mistake {
  readonly mapping?: Partial<MappingRow>;
  readonly parts?: Partial<Pick<MappingSource, 'fields' | 'conditions'>>;
  readonly code: string;
  readonly place: string;
  /** What the sentence names. */
  readonly names: RegExp;
  readonly cure: RegExp;
}

/** Makes the mistake beside a mapping without one, and gives what is said of it. */
function made({ mapping, parts }: Mistake): { found: readonly Problem[]; neighbour: unknown } {
  const order = mappingRow({ name: 'Order', ...mapping });
  const { mappings, running, problems } = compileRows(
    {
      mappings: [order, NEIGHBOUR],
      fields: [NAME, ...(parts?.fields ?? []), LAST_NAME],
      conditions: parts?.conditions ?? [],
    },
    ORG,
  );
  expect(running, 'the mapping with the mistake is held').toEqual(['Neighbour']);
  const neighbour = mappings[0]?.build({ id: 7, last_name: 'Byron' }, STORE).row?.fields;
  return { found: problems, neighbour };
}

const one = (row: ReturnType<typeof fieldRow>) => ({ fields: [row] });
const test = (attribute: string, operator: string, value: string | null, position = 1) => ({
  conditions: [conditionRow(position, attribute, operator, value)],
});

const MISTAKES: readonly (readonly [string, Mistake])[] = [
  [
    'a lookup field that is filled as if it were text',
    {
      parts: one(fieldRow('Contact__c', 'customer')),
      code: 'MAPPING_LOOKUP_KIND',
      place: 'Map_Contact__c',
      names: /customer to Contact__c/,
      cure: /kind lookup/,
    },
  ],
  [
    'a text field that is taken for a lookup',
    {
      parts: one(fieldRow('Note__c', 'customer', { kind: 'lookup' })),
      code: 'MAPPING_NOT_A_LOOKUP',
      place: 'Map_Note__c',
      names: /Note__c is not a lookup/,
      cure: /kind attribute/,
    },
  ],
  [
    'an order status as WordPress stores it',
    {
      parts: test('post_status', 'in', 'processing;wc-completed'),
      code: 'CONDITION_STATUS_PREFIX',
      place: 'Condition_1',
      names: /"wc-completed"/,
      cure: /Write completed/,
    },
  ],
  [
    'a list of values that holds none',
    {
      parts: test('status', 'in', ' ; , '),
      code: 'CONDITION_NO_VALUE',
      place: 'Condition_1',
      names: /operator in/,
      cure: /Enter a value/,
    },
  ],
  [
    'a size that is a word',
    {
      parts: test('total', 'at_least', '1.000,00 EUR'),
      code: 'CONDITION_NOT_A_NUMBER',
      place: 'Condition_1',
      names: /"1\.000,00 EUR"/,
      cure: /such as 10\.50/,
    },
  ],
  [
    'an operator as a programmer writes it',
    {
      parts: test('status', '==', 'completed'),
      code: 'CONDITION_UNKNOWN_OPERATOR',
      place: 'Condition_1',
      names: /"=="/,
      cure: /equals, not_equals/,
    },
  ],
  [
    'a logic that stops in the middle',
    {
      mapping: { conditionLogic: '1 AND (2 OR' },
      parts: test('status', 'equals', 'completed'),
      code: 'CONDITION_LOGIC',
      place: 'Order',
      names: /"1 AND \(2 OR" ends/,
      cure: /1 AND \(2 OR NOT 3\)/,
    },
  ],
  [
    'a logic that names a condition by its attribute',
    {
      mapping: { conditionLogic: 'status AND 1' },
      parts: test('status', 'equals', 'completed'),
      code: 'CONDITION_LOGIC',
      place: 'Order',
      names: /"STATUS"/,
      cure: /numbers of the conditions/,
    },
  ],
  [
    'two conditions at one position',
    {
      parts: {
        conditions: [
          conditionRow(2, 'status', 'equals', 'completed'),
          { ...conditionRow(2, 'total', 'at_least', '5'), name: 'Big_Enough' },
        ],
      },
      code: 'CONDITION_POSITION',
      place: 'Big_Enough',
      names: /position 2/,
      cure: /1, 2, 3/,
    },
  ],
  [
    'a condition on what only the store knows',
    {
      parts: test('store', 'equals', 'main'),
      code: 'CONDITION_ATTRIBUTE',
      place: 'Condition_1',
      names: /tests store/,
      cure: /choose the store in the mapping/,
    },
  ],
  [
    'a custom field without its list',
    {
      parts: one(fieldRow('Note__c', 'meta.vat_number')),
      code: 'MAPPING_UNKNOWN_ATTRIBUTE',
      place: 'Map_Note__c',
      names: /"meta\.vat_number"/,
      cure: /meta_data\.<key>/,
    },
  ],
  [
    'a path that leads out of the data',
    {
      parts: one(fieldRow('Note__c', 'billing.constructor.name')),
      code: 'MAPPING_BAD_PATH',
      place: 'Map_Note__c',
      names: /"constructor"/,
      cure: /meta_data/,
    },
  ],
  [
    'an attribute of another resource',
    {
      parts: one(fieldRow('Total__c', '_regular_price')),
      code: 'MAPPING_UNKNOWN_ATTRIBUTE',
      place: 'Map_Total__c',
      names: /no order has/,
      cure: /meta_data/,
    },
  ],
  [
    'an image that is read',
    {
      parts: one(fieldRow('Note__c', 'product_featured_image')),
      code: 'MAPPING_ATTRIBUTE_DIRECTION',
      place: 'Map_Note__c',
      names: /only goes from/,
      cure: /to_woo/,
    },
  ],
  [
    'a street made of a city',
    {
      parts: one(fieldRow('Note__c', 'billing.city', { transform: 'street' })),
      code: 'MAPPING_TRANSFORM_ATTRIBUTE',
      place: 'Map_Note__c',
      names: /billing\.city/,
      cure: /billing or shipping/,
    },
  ],
  [
    'a formula that is written',
    {
      parts: one(fieldRow('Profit__c', 'total')),
      code: 'MAPPING_FIELD_READ_ONLY',
      place: 'Map_Profit__c',
      names: /Profit__c, which is read/,
      cure: /another field/,
    },
  ],
  [
    'a whole address as one value',
    {
      parts: one(fieldRow('Place__c', 'billing')),
      code: 'MAPPING_FIELD_TYPE',
      place: 'Map_Place__c',
      names: /type address/,
      cure: /BillingCity/,
    },
  ],
  [
    'one field mapped twice, in other letters',
    {
      parts: one({ ...fieldRow('name', 'order_key'), name: 'Again' }),
      code: 'MAPPING_FIELD_TWICE',
      place: 'Again',
      names: /Name, and so does Map_Name/,
      cure: /Remove one/,
    },
  ],
  [
    'a price as a German writes it for a default',
    {
      parts: one(fieldRow('Total__c', 'total', { defaultValue: '0,00' })),
      code: 'MAPPING_BAD_DEFAULT',
      place: 'Map_Total__c',
      names: /"0,00"/,
      cure: /Correct its default value/,
    },
  ],
  [
    'a static value that the picklist does not have',
    {
      parts: one(fieldRow('Channel__c', null, { kind: 'static', staticValue: 'Webshop' })),
      code: 'MAPPING_BAD_STATIC',
      place: 'Map_Channel__c',
      names: /"Webshop".*Web, Shop/,
      cure: /Correct its static value/,
    },
  ],
  [
    'a field that is always written and can only be set once',
    {
      parts: one(fieldRow('Source__c', 'created_via')),
      code: 'MAPPING_FIELD_NOT_UPDATEABLE',
      place: 'Map_Source__c',
      names: /always writes/,
      cure: /on_create/,
    },
  ],
  [
    'a flag that no checkbox takes',
    {
      mapping: { deleteRule: 'flag', deleteField: 'Gift__c', deleteValue: 'deleted' },
      code: 'MAPPING_BAD_DELETE_VALUE',
      place: 'Order',
      names: /"deleted"/,
      cure: /checkbox, text or picklist/,
    },
  ],
  [
    'a store by another name than its own',
    {
      mapping: { store: 'mian' },
      code: 'MAPPING_UNKNOWN_STORE',
      place: 'Order',
      names: /"mian"/,
      cure: /Did you mean main\?/,
    },
  ],
  [
    'a key in a field that is none',
    {
      mapping: { externalIdField: 'Name' },
      code: 'MAPPING_KEY_NOT_EXTERNAL_ID',
      place: 'Order',
      names: /Woo_Order__c\.Name/,
      cure: /Woo_Key__c/,
    },
  ],
];

describe('a mapping mistake is named with its place and cure, and its neighbour runs:', () => {
  it.each(MISTAKES)('%s', (_, mistake) => {
    const { found, neighbour } = made(mistake);
    expect(found.map(({ code }) => code)).toEqual([mistake.code]);
    expect(found[0]).toMatchObject({ mapping: 'Order', place: mistake.place, fatal: true });
    expect(found[0]?.message).toMatch(mistake.names);
    expect(found[0]?.cure).toMatch(mistake.cure);
    expect(neighbour).toEqual({ LastName: 'Byron' });
  });

  it('twenty of them, and some more, no two alike', () => {
    const kinds = MISTAKES.map(([, { code, names }]) => `${code} ${names.source}`);
    expect(new Set(kinds).size).toBeGreaterThanOrEqual(20);
  });
});
