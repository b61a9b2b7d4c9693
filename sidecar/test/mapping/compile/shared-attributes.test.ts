import { describe, expect, it } from 'vitest';
import type { ConditionRow, MappingRow } from '../../../src/mapping/model/config-rows.ts';
import {
  compileRows,
  conditionRow,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
} from '../support/mappings.ts';

const ORG = schemas(
  object(
    'Product2',
    field('Name', 'string'),
    ...['Main__c', 'Other__c'].map((name) => field(name, 'string')),
    ...['Price__c', 'Other_Price__c'].map((name) => field(name, 'double')),
  ),
  object('Article__c', field('Price__c', 'double')),
);

const PRODUCT = mappingRow({
  name: 'Product',
  resource: 'product',
  object: 'Product2',
  direction: 'both',
});
const MINE = mappingRow({ ...PRODUCT, name: 'A_Mine', direction: 'to_woo' });
const NAME = fieldRow('Name', 'name', { mapping: 'Product' });

function run(
  mine: MappingRow,
  attribute: string,
  target: string,
  own: string,
  conditions: readonly ConditionRow[] = [],
) {
  const fields = [
    NAME,
    fieldRow(own, attribute, { mapping: 'Product', name: 'Shipped', direction: 'both' }),
    fieldRow(target, attribute, { mapping: mine.name, name: 'Added', direction: 'to_woo' }),
  ];
  return compileRows({ mappings: [mine, PRODUCT], fields, conditions }, ORG);
}

describe('two mappings that write one attribute of the shop', () => {
  it.each([
    ['product_featured_image', 'Other__c', 'Main__c'],
    ['product_gallery_images', 'Other__c', 'Main__c'],
    ['regular_price', 'Other_Price__c', 'Price__c'],
  ])('%s: the one that only goes to the shop is held, and names both', (attribute, target, own) => {
    const { running, problems } = run(MINE, attribute, target, own);
    expect(running).toEqual(['Product']);
    expect(problems).toMatchObject([
      { code: 'MAPPING_ATTRIBUTE_SHARED', mapping: 'A_Mine', place: 'Added', fatal: true },
    ]);
    expect(problems[0]?.message).toMatch(new RegExp(`Added writes ${target}.*Shipped of Product`));
  });

  it('of other objects: the later one is held', () => {
    const mine = { ...MINE, name: 'Z_Mine', object: 'Article__c', direction: 'both' };
    const { running, problems } = run(mine, 'regular_price', 'Price__c', 'Price__c');
    expect(running).toEqual(['Z_Mine']);
    expect(problems[0]).toMatchObject({ mapping: 'Product', place: 'Shipped', fatal: true });
  });

  it('with conditions on both: they may exclude each other, so it is only said', () => {
    const conditions = [
      conditionRow(1, 'type', 'equals', 'variable', 'A_Mine'),
      conditionRow(1, 'type', 'equals', 'simple', 'Product'),
    ];
    const { running, problems } = run(
      MINE,
      'regular_price',
      'Other_Price__c',
      'Price__c',
      conditions,
    );
    expect(running).toEqual(['A_Mine', 'Product']);
    expect(problems).toMatchObject([{ code: 'MAPPING_ATTRIBUTE_SHARED', fatal: false }]);
  });

  it('from the same field, or for stores of their own: nothing is wrong', () => {
    expect(run(MINE, 'product_featured_image', 'Main__c', 'Main__c').problems).toEqual([]);
    const own = { ...MINE, store: 'main', direction: 'both' };
    expect(run(own, 'regular_price', 'Other_Price__c', 'Price__c').problems).toEqual([]);
  });
});
