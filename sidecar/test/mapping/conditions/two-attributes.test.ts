import { describe, expect, it } from 'vitest';
import type { Operator } from '../../../src/mapping/conditions/operators.ts';
import { compareTwo } from '../../../src/mapping/conditions/two-attributes.ts';
import type { ConditionRow } from '../../../src/mapping/model/config-rows.ts';
import {
  compiled,
  compileRows,
  conditionRow,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  STORE,
} from '../support/mappings.ts';

describe('two values', () => {
  it.each<readonly [unknown, Operator, unknown, boolean]>([
    ['DE', 'equals', 'de ', true],
    ['DE', 'not_equals', 'AT', true],
    ['10.50', 'equals', 10.5, true],
    ['', 'equals', null, true],
    ['', 'equals', 'DE', false],
    ['DE', 'not_equals', '', true],
    ['9', 'less_than', '10', true],
    ['9', 'less_than', '', false],
    ['', 'at_most', '', false],
    ['2026-11-24T10:00:00', 'greater_than', '2026-11-24', true],
    ['2026-11-24T10:00:00', 'greater_than', '5', false],
    ['Ada Byron', 'contains', 'byron', true],
    ['Ada', 'not_contains', null, true],
    ['Ada Byron', 'not_contains', 'byron', false],
    ['Ada', 'contains', ['', 'Byron'], false],
    ['Ada', 'contains', ['', 'da'], true],
    ['Ada', 'equals', [{ name: 'Ada' }, 'ada'], true],
    ['Ada', 'equals', [{ name: 'Ada' }], false],
    ['5', 'less_than', '5', false],
    ['5', 'at_most', '5', true],
    ['Ada', 'at_most', 'Ada', false],
    ['DE', 'starts_with', '', false],
    ['Ada Byron', 'starts_with', 'ada', true],
    [['a', 'b'], 'equals', ['c', 'B'], true],
    [['a', 'b'], 'not_equals', ['c'], true],
    [true, 'equals', 'yes', true],
    [{ a: 1 }, 'equals', { a: 1 }, false],
  ])('%j %s %j: %s', (value, operator, other, expected) => {
    expect(compareTwo(operator, value, other)).toBe(expected);
  });
});

const ORG = schemas(object('Woo_Order__c', field('Name', 'string')));
const parts = (...conditions: readonly ConditionRow[]) => ({
  mappings: [mappingRow({ name: 'Order' })],
  fields: [fieldRow('Name', 'number')],
  conditions,
});
const pair = (attribute: string, operator: string, other: string, value: string | null = null) =>
  conditionRow(1, attribute, operator, value, 'Order', other);

describe('a condition that compares two attributes', () => {
  it('is met by the records whose values compare so, and asks the shop for both', () => {
    const one = compiled(parts(pair('billing.country', 'not_equals', '_shipping_country')), ORG);
    const order = (billing: string, shipping: string) => ({
      id: 7,
      number: '7',
      billing: { country: billing },
      shipping: { country: shipping },
    });
    expect(one.meets(order('DE', 'AT'))).toBe(true);
    expect(one.meets(order('DE', 'DE'))).toBe(false);
    expect(one.reads).toEqual(['billing.country', 'id', 'number', 'shipping.country']);
    expect(one.explain(order('DE', 'AT'), STORE).conditions).toEqual([
      {
        position: 1,
        attribute: 'billing.country',
        operator: 'not_equals',
        actual: 'DE',
        otherAttribute: 'shipping.country',
        expected: 'AT',
        met: true,
      },
    ]);
  });

  it('compares moments in GMT, whichever is named', () => {
    const one = compiled(parts(pair('date_modified', 'greater_than', 'date_paid')), ORG);
    expect(one.reads).toContain('date_paid_gmt');
    const gmt = { date_modified_gmt: '2026-11-24T10:00:01', date_paid_gmt: '2026-11-24T10:00:00' };
    expect(one.meets({ id: 7, ...gmt, date_paid: '2026-11-25T00:00:00' })).toBe(true);
  });

  it('keeps no record out in silence whose other text is broken', () => {
    const one = compiled(parts(pair('number', 'equals', 'meta_data.gift.code')), ORG);
    const broken = { id: 7, number: '7', meta_data: [{ key: 'gift', value: '{"code":' }] };
    expect(one.meets(broken)).toBe(true);
    expect(one.build(broken, STORE).problems).toMatchObject([
      { code: 'VALUE_BROKEN_TEXT', attribute: 'meta_data.gift.code' },
    ]);
  });

  it.each([
    [pair('status', 'in', 'currency'), 'CONDITION_OTHER', 'compares with no other attribute'],
    [pair('date_paid', 'within', 'date_created'), 'CONDITION_OTHER', 'no other attribute'],
    [pair('status', 'is_empty', 'currency'), 'CONDITION_OTHER', 'no other attribute'],
    [pair('number', 'equals', 'id', '7'), 'CONDITION_OTHER', 'with the value "7" as well'],
    [pair('total', 'equals', 'order_total'), 'CONDITION_OTHER', 'the same attribute'],
    [pair('total', 'greater_than', 'status'), 'CONDITION_OTHER', 'has no size'],
    [pair('total', 'less_than', 'date_paid'), 'CONDITION_OTHER', 'only one of them is a date'],
    [pair('total', 'equals', 'prices_include_tax'), 'CONDITION_OTHER', 'is true or false'],
    [pair('currency', 'equals', 'prices_include_tax'), 'CONDITION_OTHER', 'is true or false'],
    [pair('total', 'equals', 'currency'), 'CONDITION_OTHER', 'only one of them is a number'],
    [pair('billing', 'equals', 'number'), 'CONDITION_OTHER', 'a group of values'],
    [pair('status', 'equals', 'admin_url'), 'CONDITION_ATTRIBUTE', 'from the store'],
    [pair('status', 'equals', 'curency'), 'MAPPING_UNKNOWN_ATTRIBUTE', '"curency"'],
    [conditionRow(1, 'date_paid', 'within', 'lately'), 'CONDITION_PERIOD', '"lately"'],
    [conditionRow(1, 'total', 'within', 'today'), 'CONDITION_VALUE', 'it is no date'],
    [conditionRow(1, 'total', 'less_than', 'last month'), 'CONDITION_VALUE', 'it is a number'],
    [conditionRow(1, 'date_paid', 'equals', 'today'), 'CONDITION_VALUE', 'date with its time'],
    [conditionRow(1, 'date_paid', 'within', ''), 'CONDITION_NO_VALUE', 'no value'],
  ])('is held at its row: %o', (condition, code, said) => {
    const { problems, running } = compileRows(parts(condition), ORG);
    expect(running).toEqual([]);
    expect(problems).toMatchObject([{ code, place: 'Condition_1', fatal: true }]);
    expect(problems[0]?.message).toContain(said);
  });

  it('takes what may be compared, and what it goes by of the time', () => {
    const fine = [
      pair('total', 'greater_than', 'meta_data.limit'),
      pair('number', 'equals', 'id'),
      pair('total', 'equals', 'discount_total'),
      pair('total', 'equals', 'transaction_id'),
      pair('date_paid', 'equals', 'meta_data.paid'),
      conditionRow(1, 'meta_data.delivery', 'within', 'next 2 weeks'),
      conditionRow(1, 'date_created', 'less_than', 'last 12 months'),
    ];
    for (const one of fine) expect(compileRows(parts(one), ORG).problems).toEqual([]);
  });
});
