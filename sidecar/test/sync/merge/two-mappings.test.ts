import { describe, expect, it } from 'vitest';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import {
  compiled,
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
} from '../../mapping/support/mappings.ts';
import { beforeWrite, PRODUCTS, type Sort, TwoSides } from './two-sides.ts';

describe('an edit of the moment, of the record that a second mapping has of the same product', () => {
  const ITEM = 'Shop_Item__c';
  const org = schemas(object(ITEM, field('Name', 'string'), field('Price__c', 'double')));
  const besides = (conflictRule: ConflictRule): Sort => {
    const row = mappingRow({ name: 'Item', resource: 'product', object: ITEM });
    const both = { mapping: 'Item', direction: 'both' } as const;
    const fields = [fieldRow('Name', 'name', both), fieldRow('Price__c', 'regular_price', both)];
    const mappings = [{ ...row, direction: 'both', conflictRule } as const];
    return { ...PRODUCTS, beside: [compiled(source({ mappings, fields }), org)] };
  };
  const itemOf = (sides: TwoSides, id: number): Record<string, unknown> =>
    sides.org.of(ITEM).find((one) => one['Woo_Key__c'] === `main:${id}`) ?? { Id: '' };
  const namesOf = (sides: TwoSides, id: number): readonly unknown[] => [
    sides.shop.products.get(id)?.['name'],
    sides.record(id)['Name'],
    itemOf(sides, id)['Name'],
  ];

  it.each<[ConflictRule, number, readonly string[]]>([
    ['woo_wins', 0, ['Mug', 'Mug', 'Mug']],
    ['woo_wins', 30, ['Mug', 'Mug', 'Mug']],
    ['salesforce_wins', 0, ['Cup', 'Cup', 'Cup']],
    ['salesforce_wins', 30, ['Cup', 'Cup', 'Cup']],
    ['ask', 0, ['Mug', 'Mug', 'Cup']],
    ['ask', 30, ['Mug', 'Mug', 'Cup']],
  ])('is a conflict by the rule %s, beside %d others of the call', async (rule, others, names) => {
    const sides = new TwoSides(rule, besides(rule));
    const along = Array.from({ length: others }, (_, at) => 100 + at);
    await sides.begin(1, ...along);
    for (const id of [1, ...along]) {
      sides.editWoo(id, { name: 'Mug' });
      sides.change(id);
    }
    beforeWrite(sides.org, () => {
      const by = { LastModifiedById: '005000000000002AAA', LastModifiedDate: sides.org.now() };
      Object.assign(itemOf(sides, 1), by, { Name: 'Cup' });
    });
    await sides.settle();
    expect(namesOf(sides, 1)).toEqual(names);
    for (const id of along) expect(namesOf(sides, id)).toEqual(['Mug', 'Mug', 'Mug']);
    expect(sides.failures).toMatchObject([
      {
        object: ITEM,
        field: 'Name',
        wooValue: 'Mug',
        salesforceValue: 'Cup',
        code: rule === 'ask' ? 'CONFLICT_OPEN' : 'CONFLICT_DECIDED',
      },
    ]);
    sides.shop.writes = sides.org.written.length = 0;
    await sides.tell(1);
    await sides.settle();
    expect(sides.writes).toBe(0);
  });
});
