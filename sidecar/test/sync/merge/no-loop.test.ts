import { describe, expect, it } from 'vitest';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import { PRODUCTS, TwoSides } from './two-sides.ts';

const RULES: readonly ConflictRule[] = ['woo_wins', 'salesforce_wins', 'newest_wins', 'ask'];

const VARIATIONS = {
  ...PRODUCTS,
  record: (id: number) => ({ ...PRODUCTS.record(id), type: 'variation', parent_id: 90 }),
};

const codes = (sides: TwoSides) => sides.failures.map(({ code }) => code);

describe.each(RULES)('the name of a variation, which the shop alone says, with %s', (rule) => {
  it('comes back into Salesforce where somebody has typed another one', async () => {
    const sides = new TwoSides(rule, VARIATIONS);
    await sides.begin(1);
    sides.editSalesforce(1, { Name: 'Typed by a rep', Price__c: 12 });
    await sides.tell(1);
    await sides.settle();
    expect(sides.record(1)).toMatchObject({ Name: 'Tea 1', Price__c: 12 });
    expect(sides.shop.products.get(1)).toMatchObject({ name: 'Tea 1', regular_price: '12' });
    expect(codes(sides)).toEqual([]);
    const { writes } = sides;
    await sides.tell(1);
    await sides.settle();
    expect(sides.writes).toBe(writes);
  });

  it('is that of the shop where both have changed it, and nothing is looked at for ever', async () => {
    const sides = new TwoSides(rule, VARIATIONS);
    await sides.begin(1);
    sides.editSalesforce(1, { Name: 'Typed by a rep', LastModifiedDate: '2099-01-01T00:00:00Z' });
    sides.editWoo(1, { name: 'Shirt - Red' });
    await sides.tell(1);
    expect(await sides.settle()).toBe(1);
    expect(sides.record(1)).toMatchObject({ Name: 'Shirt - Red' });
    expect(codes(sides)).toEqual([]);
  });

  it('is heard of where the shop changes it, though Salesforce has reported nothing', async () => {
    const sides = new TwoSides(rule, VARIATIONS);
    await sides.begin(1);
    sides.editWoo(1, { name: 'Shirt - Red' });
    sides.change(1);
    await sides.settle();
    expect(sides.record(1)).toMatchObject({ Name: 'Shirt - Red' });
  });

  it('is a product’s own, which goes both ways', async () => {
    const sides = new TwoSides(rule);
    await sides.begin(1);
    sides.editSalesforce(1, { Name: 'Typed by a rep' });
    await sides.tell(1);
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({ name: 'Typed by a rep' });
  });
});

describe('a conflict of which the winner is refused', () => {
  const both = async (
    rule: ConflictRule,
    edits = { woo: 'Of the shop', salesforce: 'Of a rep' },
  ) => {
    const sides = new TwoSides(rule);
    await sides.begin(1);
    sides.editSalesforce(1, { Name: edits.salesforce });
    sides.editWoo(1, { name: edits.woo });
    await sides.tell(1);
    return sides;
  };

  it('by the shop is not decided again and again', async () => {
    const sides = await both('salesforce_wins');
    sides.shop.refuses.set(1, 'woocommerce_rest_invalid');
    expect(await sides.settle()).toBe(1);
    expect(codes(sides).sort()).toEqual(['CONFLICT_DECIDED', 'SHOP_REFUSED']);
    expect(sides.shop.sent).toHaveLength(1);
    // It is when the issue says so that it is tried again, and then it is over.
    sides.shop.refuses.clear();
    await sides.tell(1);
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({ name: 'Of a rep' });
    expect(sides.compared(1).woo).toEqual(sides.compared(1).salesforce);
  });

  it('by what the shop is known to take is said, and not as decided', async () => {
    const sides = await both('salesforce_wins', { woo: 'Of the shop', salesforce: '' });
    expect(await sides.settle()).toBe(1);
    expect(codes(sides)).toEqual(['TO_WOO_EMPTY']);
    expect(sides.shop.sent).toHaveLength(0);
  });

  it('by Salesforce is not decided again and again', async () => {
    const sides = await both('woo_wins');
    const error = { kind: 'permanent', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' } as const;
    const errors = [{ ...error, message: 'No such name.', fields: ['Name'] }];
    const write = sides.org.write.bind(sides.org);
    sides.org.write = (collections) =>
      Promise.resolve(
        collections.map((one) =>
          Array.from(
            { length: one.kind === 'delete' ? one.ids.length : one.records.length },
            () => ({
              id: null,
              created: false,
              errors,
            }),
          ),
        ),
      );
    expect(await sides.settle()).toBe(1);
    expect(codes(sides)).toContain('CONFLICT_DECIDED');
    expect(codes(sides)).toHaveLength(2);
    sides.org.write = write;
    await sides.tell(1);
    await sides.settle();
    expect(sides.record(1)).toMatchObject({ Name: 'Of the shop' });
  });

  it('by nobody is over with the next look', async () => {
    const sides = await both('salesforce_wins');
    expect(await sides.settle()).toBe(2);
    expect(codes(sides)).toEqual(['CONFLICT_DECIDED']);
  });
});
