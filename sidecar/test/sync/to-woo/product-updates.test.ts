import { describe, expect, it } from 'vitest';

import { TwoSides } from '../merge/two-sides.ts';

async function edited(...ids: readonly number[]): Promise<TwoSides> {
  const sides = new TwoSides('woo_wins');
  await sides.begin(...ids);
  for (const id of ids) {
    sides.editSalesforce(id, { Name: `Mug ${id}`, Price__c: 12.5 });
    await sides.tell(id);
  }
  return sides;
}

const nameOf = (sides: TwoSides, id: number) => sides.shop.products.get(id)?.['name'];

describe('changes for the shop', () => {
  it('go in one call, and only the fields that have changed', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1, 2);
    sides.editSalesforce(1, { Name: 'Mug' });
    sides.editSalesforce(2, { Price__c: null });
    await sides.tell(1);
    await sides.tell(2);
    await sides.settle();
    expect(sides.shop.sent).toEqual([
      [
        { id: 1, parentId: null, fields: { name: 'Mug' }, seen: { name: 'Tea 1' } },
        { id: 2, parentId: null, fields: { regular_price: '' }, seen: { regular_price: '10' } },
      ],
    ]);
  });

  it('fault 36: of which the shop refuses one inside its 200 are made but for that one', async () => {
    const sides = await edited(1, 2, 3);
    sides.shop.refuses.set(2, 'product_invalid_sku');
    await sides.settle();
    expect([1, 2, 3].map((id) => nameOf(sides, id))).toEqual(['Mug 1', 'Tea 2', 'Mug 3']);
    expect(sides.failures).toMatchObject([
      { code: 'SHOP_REFUSED', recordKey: 'main:2', recordId: sides.record(2)['Id'] },
    ]);
    expect(sides.failures[0]?.reason).toContain('product_invalid_sku');
    // Before they are on their way: the shop may tell of them at once.
    const sent = '0 sending product main:1 main:2 main:3';
    expect(sides.noted).toEqual([sent, '1 refused product main:2']);
  });

  it('that were refused are made when their record is looked at again, without being told of', async () => {
    const sides = await edited(1);
    sides.shop.refuses.set(1, 'rest_invalid_param');
    await sides.settle();
    expect(nameOf(sides, 1)).toBe('Tea 1');
    sides.shop.refuses.clear();
    sides.change(1);
    await sides.settle();
    expect(nameOf(sides, 1)).toBe('Mug 1');
    sides.change(1);
    const { writes } = sides;
    await sides.settle();
    expect(sides.writes).toBe(writes);
  });

  it('that were refused do not lose to a later change of the shop without a word', async () => {
    const sides = await edited(1);
    sides.shop.refuses.set(1, 'rest_invalid_param');
    await sides.settle();
    sides.shop.refuses.clear();
    sides.failures.length = 0;
    sides.editWoo(1, { name: 'Cup' });
    sides.change(1);
    await sides.settle();
    expect(sides.failures).toMatchObject([
      { code: 'CONFLICT_DECIDED', wooValue: 'Cup', salesforceValue: 'Mug 1' },
    ]);
  });

  it('that the shop keeps otherwise are not given to Salesforce, nor to the shop again', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1);
    sides.shop.keepsOtherwise = (name) => name.slice(0, 5);
    sides.editSalesforce(1, { Name: 'Darjeeling' });
    await sides.tell(1);
    await sides.settle();
    expect([nameOf(sides, 1), sides.record(1)['Name']]).toEqual(['Darje', 'Darjeeling']);
    const { writes } = sides;
    await sides.tell(1);
    await sides.settle();
    expect(sides.writes).toBe(writes);
    sides.editWoo(1, { name: 'Assam' });
    sides.change(1);
    await sides.settle();
    expect(sides.record(1)['Name']).toBe('Assam');
  });

  it('fault 31: a value that the shop cannot take is named by its field, and the other fields go', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1);
    sides.editSalesforce(1, { Name: 'Mug', Sale__c: '7,50' });
    await sides.tell(1);
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({ name: 'Mug' });
    expect(sides.failures).toMatchObject(
      // Once more, for the shop reports the change that was made.
      Array(2).fill({ code: 'TO_WOO_NUMBER', recordKey: 'main:1', field: 'Sale__c' }),
    );
    sides.editSalesforce(1, { Sale__c: '7.50' });
    await sides.tell(1);
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({ sale_price: '7.5' });
  });
});

describe('a regular price', () => {
  /** A product on sale at 10, of 20, whose prices are edited in Salesforce. */
  async function priced(fields: Readonly<Record<string, unknown>>): Promise<TwoSides> {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1);
    sides.shop.change(1, { regular_price: '20', sale_price: '10' });
    sides.editSalesforce(1, { Sale__c: '10' });
    await sides.settle();
    sides.editSalesforce(1, fields);
    await sides.tell(1);
    await sides.settle();
    return sides;
  }
  const prices = ({ shop }: TwoSides) => {
    const { regular_price, sale_price, name } = shop.products.get(1) ?? {};
    return { regular_price, sale_price, name };
  };

  it.each([9, 10, 0, null])(
    'of %s that would cost the sale price is held, and the rest goes',
    async (price) => {
      const sides = await priced({ Price__c: price, Name: 'Mug' });
      expect(prices(sides)).toEqual({ regular_price: '20', sale_price: '10', name: 'Mug' });
      // The name that went makes the shop report it, so that it is looked at once more.
      const issue = { code: 'TO_WOO_REGULAR_PRICE', field: 'Price__c', recordKey: 'main:1' };
      expect(sides.failures).toMatchObject([issue, issue]);
      expect(sides.failures[0]?.reason).toContain('the sale price is "10"');
      expect(sides.record(1)['Price__c']).toBe(price);
      // Once the sale is over in the shop, the edit that waited goes there.
      sides.failures.length = 0;
      sides.shop.change(1, { sale_price: '' });
      sides.editSalesforce(1, { Sale__c: null });
      await sides.settle();
      const regular_price = price === null ? '' : String(price);
      expect(prices(sides)).toMatchObject({ regular_price, sale_price: '' });
      expect(sides.failures).toEqual([]);
    },
  );

  it('goes where the sale price that comes with it is lower', async () => {
    const sides = await priced({ Price__c: 9, Sale__c: '8' });
    expect(prices(sides)).toMatchObject({ regular_price: '9', sale_price: '8' });
    expect(sides.failures).toEqual([]);
  });

  it('that is negative goes nowhere', async () => {
    const sides = await priced({ Price__c: -1 });
    expect(prices(sides)).toMatchObject({ regular_price: '20', sale_price: '10' });
    expect(sides.failures).toMatchObject([{ code: 'TO_WOO_NUMBER', field: 'Price__c' }]);
  });
});

describe('a key that may only read', () => {
  it('makes an issue of each edit, and the work goes on', async () => {
    const sides = await edited(1, 2);
    for (const id of [1, 2]) sides.shop.refuses.set(id, 'SHOP_WRITE_REFUSED');
    await sides.settle();
    expect(sides.failures).toMatchObject([
      { code: 'SHOP_WRITE_REFUSED', recordKey: 'main:1', kind: 'setup', retry: 'hourly' },
      { code: 'SHOP_WRITE_REFUSED', recordKey: 'main:2' },
    ]);
    expect(sides.failures[0]?.cure).toContain('Read/Write');
    sides.shop.refuses.clear();
    for (const id of [1, 2]) sides.change(id);
    await sides.settle();
    expect([1, 2].map((id) => nameOf(sides, id))).toEqual(['Mug 1', 'Mug 2']);
  });
});
