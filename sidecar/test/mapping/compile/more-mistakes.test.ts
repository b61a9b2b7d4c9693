import { describe, expect, it } from 'vitest';
import type { MappingRow, MappingSource } from '../../../src/mapping/model/config-rows.ts';
import { checked, described } from '../../diagnostics/check/ground.ts';
import {
  compileRows,
  conditionRow,
  field,
  fieldRow,
  lookup,
  mappingRow,
  STORE,
  STORE_ROW,
} from '../support/mappings.ts';

const OBJECTS = [
  described('Woo_Order__c', [
    field('Name', 'string', { length: 80 }),
    field('Total__c', 'double'),
    field('Year__c', 'double'),
    field('Note__c', 'string'),
    field('Day__c', 'date'),
    lookup('Contact__c', 'Contact'),
  ]),
  described('Contact', [field('LastName', 'string', { length: 80, nillable: false })]),
  ...['Woo_Order_Item__c', 'Woo_Refund__c', 'Account', 'Product2'].map((name) => described(name)),
];
const SCHEMAS = new Map(OBJECTS.map((one) => [one.name, one]));

const NEIGHBOUR = mappingRow({ name: 'Neighbour', resource: 'customer', object: 'Contact' });
const LAST_NAME = fieldRow('LastName', 'last_name', { mapping: 'Neighbour', name: 'Their_Name' });
const NAME = fieldRow('Name', 'number');

interface Mistake {
  readonly mapping?: Partial<MappingRow>;
  readonly parts?: Partial<Pick<MappingSource, 'fields' | 'conditions'>>;
  readonly code: string;
  readonly place: string;
  readonly names: RegExp;
  readonly cure: RegExp;
}

const one = (...row: Parameters<typeof fieldRow>) => ({ fields: [fieldRow(...row)] });
const tests = (...all: readonly (readonly [string, string, string | null])[]) => ({
  conditions: all.map(([attribute, operator, value], at) =>
    conditionRow(at + 1, attribute, operator, value),
  ),
});

const NO_TYPE = { code: 'MAPPING_NO_CONTENT_TYPE', place: 'Order' };

const MISTAKES: readonly (readonly [string, Mistake])[] = [
  [
    'content of no type',
    {
      mapping: { resource: 'content', contentType: ' ' },
      ...NO_TYPE,
      names: /does not say which content/,
      cure: /post, page, attachment, user/,
    },
  ],
  [
    'content of a type that has a resource of its own',
    {
      mapping: { resource: 'content', contentType: 'coupon' },
      ...NO_TYPE,
      names: /"coupon", which has a Woo resource of its own/,
      cure: /custom/,
    },
  ],
  [
    'content of what is no name of a type',
    {
      mapping: { resource: 'content', contentType: 'wp/v2/posts' },
      ...NO_TYPE,
      names: /"wp\/v2\/posts", which is no name of a type/,
      cure: /check lists/,
    },
  ],
  [
    'a part of what has no parts, which is empty for ever',
    {
      parts: one('Total__c', 'total.amount'),
      code: 'MAPPING_BAD_PATH',
      place: 'Map_Total__c',
      names: /total is a single value/,
      cure: /Write total alone/,
    },
  ],
  [
    'a misspelt part of an address',
    {
      parts: one('Note__c', 'billing.citty'),
      code: 'MAPPING_BAD_PATH',
      place: 'Map_Note__c',
      names: /billing has no "citty"/,
      cure: /Did you mean billing\.city\?/,
    },
  ],
  [
    'a misspelt part of a line',
    {
      parts: one('Note__c', 'line_items[0].skuu'),
      code: 'MAPPING_BAD_PATH',
      place: 'Map_Note__c',
      names: /has no "skuu"/,
      cure: /line_items\.0\.sku\?/,
    },
  ],
  [
    'the number that a date begins with, its year',
    {
      parts: one('Year__c', 'date_created', { transform: 'number' }),
      code: 'MAPPING_TRANSFORM_ATTRIBUTE',
      place: 'Map_Year__c',
      names: /which is a date/,
      cure: /another attribute/,
    },
  ],
  [
    'the GMT twin of an amount',
    {
      parts: one('Total__c', 'total', { transform: 'gmt_date' }),
      code: 'MAPPING_TRANSFORM_ATTRIBUTE',
      place: 'Map_Total__c',
      names: /total, which is a n/,
      cure: /transform blank/,
    },
  ],
  [
    'a count in a field for days',
    {
      parts: one('Day__c', 'discount_total'),
      code: 'MAPPING_VALUE_TYPE',
      place: 'Map_Day__c',
      names: /a number to a field .* a date/,
      cure: /another attribute/,
    },
  ],
  [
    'a lookup by a quantity',
    {
      parts: one('Contact__c', 'line_items.0.quantity', { kind: 'lookup' }),
      code: 'MAPPING_LOOKUP_ATTRIBUTE',
      place: 'Map_Contact__c',
      names: /quantity, which is no/,
      cure: /customer/,
    },
  ],
  [
    'a flag in the field of the keys',
    {
      mapping: { deleteRule: 'flag', deleteField: 'Woo_Key__c', deleteValue: 'deleted' },
      code: 'MAPPING_FIELD_TWICE',
      place: 'Order',
      names: /Woo_Key__c, which holds the rec/,
      cure: /another field/,
    },
  ],
  [
    'the Salesforce id where WooCommerce keeps who bought',
    {
      mapping: { wooMetaKey: '_customer_user' },
      code: 'MAPPING_META_KEY',
      place: 'Order',
      names: /"_customer_user".*keeps customer_id/,
      cure: /salesforce_id/,
    },
  ],
  [
    'the Salesforce id in the custom field that is mapped',
    {
      mapping: { wooMetaKey: 'vat_number' },
      parts: one('Note__c', 'meta_data.vat_number'),
      code: 'MAPPING_META_KEY',
      place: 'Map_Note__c',
      names: /reads the custom field "vat_n/,
      cure: /another Woo Meta Key/,
    },
  ],
  [
    'records found by what all of them have',
    {
      mapping: { matchFields: 'Note__c' },
      parts: one('Note__c', null, { kind: 'static', staticValue: 'Web' }),
      code: 'MAPPING_MATCH_STATIC',
      place: 'Order',
      names: /matches by Note__c/,
      cure: /tells records apart/,
    },
  ],
  [
    'a mapping that nothing sets off',
    {
      mapping: { onCreate: false, onUpdate: false, onDelete: false },
      code: 'MAPPING_NO_EVENTS',
      place: 'Order',
      names: /none of On Create/,
      cure: /deactivate/,
    },
  ],
  [
    'the size of a word',
    {
      parts: tests(['status', 'greater_than', '5']),
      code: 'CONDITION_VALUE',
      place: 'Condition_1',
      names: /status greater than "5"/,
      cure: /equals or in/,
    },
  ],
  [
    'a date as a number of days',
    {
      parts: tests(['date_created', 'greater_than', '30']),
      code: 'CONDITION_VALUE',
      place: 'Condition_1',
      names: /it is a date/,
      cure: /such as 2026-11-24/,
    },
  ],
  [
    'an amount after a day',
    {
      parts: tests(['total', 'at_least', '2026-11-24']),
      code: 'CONDITION_VALUE',
      place: 'Condition_1',
      names: /it is a number/,
      cure: /10\.50/,
    },
  ],
  [
    'a moment that equals a day',
    {
      parts: tests(['date_paid', 'equals', '2026-11-24']),
      code: 'CONDITION_VALUE',
      place: 'Condition_1',
      names: /date with its time/,
      cure: /at_least .* less_than/,
    },
  ],
  [
    'yes or no by a third word',
    {
      parts: tests(['prices_include_tax', 'equals', 'gross']),
      code: 'CONDITION_VALUE',
      place: 'Condition_1',
      names: /true or false/,
      cure: /Write true or false/,
    },
  ],
  [
    'a guest by a word in place of a number',
    {
      parts: tests(['customer_id', 'not_equals', 'guest']),
      code: 'CONDITION_VALUE',
      place: 'Condition_1',
      names: /customer_id not equals "guest"/,
      cure: /Write a number/,
    },
  ],
  [
    'several words that one word is to equal',
    {
      parts: tests(['status', 'equals', 'processing;completed']),
      code: 'CONDITION_VALUE',
      place: 'Condition_1',
      names: /it is one word/,
      cure: /operator in/,
    },
  ],
  [
    'a whole address that equals a country',
    {
      parts: tests(['shipping', 'equals', 'DE']),
      code: 'CONDITION_VALUE',
      place: 'Condition_1',
      names: /a group of values/,
      cure: /shipping\.country/,
    },
  ],
  [
    'lines that contain a word',
    {
      parts: tests(['line_items', 'contains', 'shirt']),
      code: 'CONDITION_VALUE',
      place: 'Condition_1',
      names: /elements are groups/,
      cure: /line_items\.name/,
    },
  ],
  [
    'one status that is two at once',
    {
      parts: tests(['status', 'equals', 'completed'], ['post_status', 'equals', 'processing']),
      code: 'CONDITION_LOGIC',
      place: 'Order',
      names: /"completed" and "processing" at once/,
      cure: /1 OR 2/,
    },
  ],
  [
    'a logic that lets everything in',
    {
      mapping: { conditionLogic: '1 OR NOT 1' },
      parts: tests(['status', 'equals', 'completed']),
      code: 'CONDITION_LOGIC',
      place: 'Order',
      names: /is always met/,
      cure: /numbers of the conditions/,
    },
  ],
  [
    'a logic that lets nothing in',
    {
      mapping: { conditionLogic: '1 AND NOT (1 OR 2)' },
      parts: tests(['status', 'equals', 'completed'], ['total', 'at_least', '5']),
      code: 'CONDITION_LOGIC',
      place: 'Order',
      names: /is never met/,
      cure: /numbers of the conditions/,
    },
  ],
];

function scene({ mapping, parts }: Pick<Mistake, 'mapping' | 'parts'>): Partial<MappingSource> {
  return {
    // What customers ordered is another matter.
    stores: [{ ...STORE_ROW, paidStatuses: 'none' }],
    mappings: [mappingRow({ name: 'Order', ...mapping }), NEIGHBOUR],
    fields: [NAME, LAST_NAME, ...(parts?.fields ?? [])],
    conditions: parts?.conditions ?? [],
  };
}

describe('a mistake in a mapping', () => {
  it.each(MISTAKES)('is named by check, with place and cure: %s', async (_, mistake) => {
    const report = await checked({ source: scene(mistake), objects: OBJECTS });
    const [order, neighbour] = report.mappings;
    const errors = order?.findings.filter(({ severity }) => severity === 'error') ?? [];
    expect(errors).toMatchObject([{ code: mistake.code, place: mistake.place }]);
    expect(errors[0]?.message).toMatch(mistake.names);
    expect(errors[0]?.cure).toMatch(mistake.cure);
    expect(neighbour?.findings).toEqual([]);
  });

  it.each(MISTAKES)('holds its mapping while the neighbour runs: %s', (_, mistake) => {
    const { mappings, running } = compileRows(scene(mistake), SCHEMAS);
    expect(running).toEqual(['Neighbour']);
    const { row } = mappings[0]?.build({ id: 7, last_name: 'Byron' }, STORE) ?? {};
    expect(row?.fields).toEqual({ LastName: 'Byron' });
  });
});

describe('what only looks like a mistake runs', () => {
  it.each<[string, Pick<Mistake, 'mapping' | 'parts'>]>([
    ['a part that a plugin may have added', { parts: one('Note__c', 'billing.vat_number') }],
    ['a custom field of a line', { parts: one('Note__c', 'line_items.0.meta_data.colour') }],
    [
      'the number at the start of a text',
      { parts: one('Total__c', 'customer_note', { transform: 'number' }) },
    ],
    ['an empty list', { parts: tests(['coupon_lines', 'is_not_empty', null]) }],
    ['products by their ids', { parts: tests(['line_items.product_id', 'equals', '114']) }],
    [
      'two of the same list',
      { parts: tests(['line_items.sku', 'equals', 'A'], ['line_items.sku', 'equals', 'B']) },
    ],
    [
      'the same number in two forms',
      { parts: tests(['total', 'equals', '5'], ['total', 'equals', '5.00']) },
    ],
    [
      'a moment that equals a moment',
      { parts: tests(['date_paid', 'equals', '2026-11-24T10:00:00']) },
    ],
    ['the month of a date', { parts: tests(['date_paid', 'starts_with', '2026-11']) }],
    [
      'a checkbox as WordPress writes it',
      { parts: tests(['prices_include_tax', 'equals', 'yes']) },
    ],
    ['a custom field of our own', { mapping: { wooMetaKey: '_salesforce_id' } }],
  ])('%s', (_, mistake) => {
    const { running, problems } = compileRows(scene(mistake), SCHEMAS);
    expect(problems).toEqual([]);
    expect(running).toEqual(['Order', 'Neighbour']);
  });
});

describe('a path whose first part is misspelt', () => {
  it('gets the whole path suggested', () => {
    const mistake = { parts: one('Note__c', 'biling.city') };
    const { problems } = compileRows(scene(mistake), SCHEMAS);
    expect(problems[0]?.cure).toMatch(/^Did you mean billing\.city\?/);
  });
});

describe('a condition on a date', () => {
  it('sees the moment in GMT, as field mappings do, whichever twin is named', () => {
    const order = {
      id: 1,
      number: '1',
      date_created: '2026-11-24T07:03:00',
      date_created_gmt: '2026-11-24T12:03:00',
    };
    for (const attribute of ['date_created', 'post_date', 'date_created_gmt']) {
      const parts = tests([attribute, 'less_than', '2026-11-24T10:00:00']);
      const [mapping] = compileRows(scene({ parts }), SCHEMAS).mappings;
      expect(mapping?.meets(order), attribute).toBe(false);
      const { conditions } = mapping?.explain(order, STORE) ?? {};
      expect(conditions).toMatchObject([{ attribute: 'date_created_gmt', met: false }]);
    }
  });
});
