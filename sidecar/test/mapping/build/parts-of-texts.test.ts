import { describe, expect, it } from 'vitest';
import type { ConditionRow } from '../../../src/mapping/model/config-rows.ts';
import {
  compiled,
  conditionRow,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  STORE,
} from '../support/mappings.ts';

const ORG = schemas(
  object('Woo_Order__c', field('Name', 'string'), field('Gift__c', 'string'), {
    ...field('Stage__c', 'picklist'),
    restrictedPicklist: true,
    picklistValues: ['Wrapped', 'Plain'],
  }),
);

const FIELDS = [
  fieldRow('Name', 'number'),
  fieldRow('Gift__c', 'meta_data.gift.to.name', {
    transform: 'upper_case',
    defaultValue: 'Nobody',
  }),
  fieldRow('Stage__c', 'meta_data.gift#2.kind', {
    kind: 'translation',
    valueTable: 'box = Wrapped\nbag = Plain',
    defaultValue: 'Plain',
  }),
];

function order(...gifts: readonly unknown[]) {
  return { id: 7, number: '7', meta_data: gifts.map((value) => ({ key: 'gift', value })) };
}

const mapping = (conditions: readonly ConditionRow[] = [], more: object = {}) =>
  compiled({ mappings: [mappingRow({ name: 'Order', ...more })], fields: FIELDS, conditions }, ORG);

describe('a part of what a custom field holds as text', () => {
  it('goes through transform, value table and default like any other value', () => {
    const whole = order('{"to":{"name":"Ada"}}', 'a:1:{s:4:"kind";s:3:"BOX";}');
    expect(mapping().build(whole, STORE).row?.fields).toEqual({
      Name: '7',
      Gift__c: 'ADA',
      Stage__c: 'Wrapped',
    });
    expect(mapping().build(order('{}', '{"kind":"crate"}'), STORE).row?.fields).toEqual({
      Name: '7',
      Gift__c: 'Nobody',
      Stage__c: 'Plain',
    });
  });

  it.each([
    ['{"to":{"name":"Ada"', 'VALUE_BROKEN_TEXT'],
    ['a:1:{s:2:"to";O:4:"User":0:{}}', 'VALUE_PHP_OBJECT'],
  ])('is a problem of the record where the text is %s, whatever the default', (text, code) => {
    const { row, problems } = mapping().build(order(text), STORE);
    expect(row).toBeUndefined();
    expect(problems).toMatchObject([
      { code, field: 'Gift__c', attribute: 'meta_data.gift.to.name' },
    ]);
    expect(JSON.stringify(problems)).not.toContain('Ada');
    expect(mapping().explain(order(text), STORE).problems).toEqual(problems);
    expect(mapping().build(order('', ''), STORE).row?.fields['Gift__c']).toBe('Nobody');
  });

  it.each([
    ['equals', null],
    ['not_equals', null],
    ['equals', 'NOT 1'],
  ])('keeps no record out in silence that a condition asks (%s, logic %s)', (operator, logic) => {
    const gift = conditionRow(1, 'meta_data.gift.kind', operator, 'box');
    const one = mapping([gift], { conditionLogic: logic });
    expect(one.meets(order('{"kind":"box"}'))).toBe(operator === 'equals' && logic === null);
    expect(one.meets(order('{"kind":'))).toBe(true);
    const { problems } = one.build(order('{"kind":'), STORE);
    expect(problems?.map(({ code, message }) => [code, message.includes('condition 1')])).toEqual([
      ['VALUE_BROKEN_TEXT', true],
      ['VALUE_BROKEN_TEXT', false],
    ]);
    expect(one.explain(order('{"kind":'), STORE).problems).toEqual(problems);
  });
});

describe('a transform with an argument', () => {
  const one = (more: object, attribute = 'meta_data.gift.code') => {
    const fields = [fieldRow('Stage__c', attribute, more)];
    const built = compiled({ mappings: [mappingRow({ name: 'Order' })], fields }, ORG);
    return (...gifts: readonly unknown[]) => built.build(order(...gifts), STORE);
  };

  it('stands between a path into a text and the value table, and its default is for nothing found', () => {
    const build = one({
      transform: 'Regex',
      transformArgument: 'kind-(box|bag)',
      kind: 'translation',
      valueTable: 'box = Wrapped',
      defaultValue: 'Plain',
    });
    const stage = (code: unknown) => build(JSON.stringify({ code })).row?.fields['Stage__c'];
    expect(stage('kind-box 7')).toBe('Wrapped');
    expect(stage('kind-bag 7')).toBe('Plain');
    expect(stage('nothing')).toBe('Plain');
    expect(stage(7)).toBe('Plain');
  });

  it('takes each of a list, and clears the field where nothing is found', () => {
    const list = one({ transform: 'slice', transformArgument: '0,5' }, 'meta_data.gift.kinds.0');
    expect(list('{"kinds":["Plain!"]}').row?.fields).toEqual({ Stage__c: 'Plain' });
    const none = one({ transform: 'regex', transformArgument: '[0-9]+' });
    expect(none('{"code":"Plain"}').row?.fields).toEqual({ Stage__c: null });
  });

  it('says of a text that is too large that it cannot be searched, and shows nothing of it', () => {
    const build = one({ transform: 'regex', transformArgument: '([a-z]+)!' }, 'meta_data.gift');
    const { problems } = build('secret'.repeat(200_000));
    expect(problems).toMatchObject([{ code: 'VALUE_TEXT_TOO_LARGE', field: 'Stage__c' }]);
    expect(problems?.[0]?.message).not.toContain('secret');
  });

  it('is shown with its argument', () => {
    const fields = [fieldRow('Name', 'number', { transform: 'slice', transformArgument: '-2' })];
    const built = compiled({ mappings: [mappingRow({ name: 'Order' })], fields }, ORG);
    expect(built.explain({ id: 7, number: '1042' }, STORE).fields).toMatchObject([
      { transform: 'slice -2', source: '1042', transformed: '42', result: '42' },
    ]);
  });
});
