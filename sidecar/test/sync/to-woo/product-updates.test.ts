import { describe, expect, it } from 'vitest';

import { TwoSides } from '../merge/two-sides.ts';

async function edited(...ids: readonly number[]): Promise<TwoSides> {
  const availability = new TwoSides('woo_wins');
  await availability.begin(...ids);
  for (const id of ids) {
    availability.editSalesforce(id, { Name: `Mug ${id}`, Price__c: 12.5 });
    await availability.tell(id);
  }
  return availability;
}

const nameOf = (availability: TwoSides, id: number) => availability.shop.products.get(id)?.['name'];

describe('changes for the shop', () => {
  it('go in one call, and only the fields that have changed', async () => {
    const availability = new TwoSides('woo_wins');
    await availability.begin(1, 2);
    availability.editSalesforce(1, { Name: 'Mug' });
    availability.editSalesforce(2, { Price__c: null });
    await availability.tell(1);
    await availability.tell(2);
    await availability.settle();
    expect(availability.shop.sent).toEqual([
      [
        { id: 1, parentId: null, fields: { name: 'Mug' } },
        { id: 2, parentId: null, fields: { regular_price: '' } },
      ],
    ]);
  });

  it('fault 36: of which the shop refuses one inside its 200 are made but for that one', async () => {
    const availability = await edited(1, 2, 3);
    availability.shop.refuses.set(2, 'product_invalid_sku');
    await availability.settle();
    expect([1, 2, 3].map((id) => nameOf(availability, id))).toEqual(['Mug 1', 'Tea 2', 'Mug 3']);
    expect(availability.failures).toMatchObject([
      { code: 'SHOP_REFUSED', recordKey: 'main:2', recordId: availability.record(2)['Id'] },
    ]);
    expect(availability.failures[0]?.reason).toContain('product_invalid_sku');
  });

  it('that were refused are made when their record is looked at again, without being told of', async () => {
    const availability = await edited(1);
    availability.shop.refuses.set(1, 'rest_invalid_param');
    await availability.settle();
    expect(nameOf(availability, 1)).toBe('Tea 1');
    availability.shop.refuses.clear();
    availability.change(1);
    await availability.settle();
    expect(nameOf(availability, 1)).toBe('Mug 1');
    availability.change(1);
    const { writes } = availability;
    await availability.settle();
    expect(availability.writes).toBe(writes);
  });

  it('that were refused do not lose to a later change of the shop without a word', async () => {
    const availability = await edited(1);
    availability.shop.refuses.set(1, 'rest_invalid_param');
    await availability.settle();
    availability.shop.refuses.clear();
    availability.failures.length = 0;
    availability.editWoo(1, { name: 'Cup' });
    availability.change(1);
    await availability.settle();
    expect(availability.failures).toMatchObject([
      { code: 'CONFLICT_DECIDED', wooValue: 'Cup', salesforceValue: 'Mug 1' },
    ]);
  });

  it('that the shop keeps otherwise are not given to Salesforce, nor to the shop again', async () => {
    const availability = new TwoSides('woo_wins');
    await availability.begin(1);
    availability.shop.keepsOtherwise = (name) => name.slice(0, 5);
    availability.editSalesforce(1, { Name: 'Darjeeling' });
    await availability.tell(1);
    await availability.settle();
    expect([nameOf(availability, 1), availability.record(1)['Name']]).toEqual([
      'Darje',
      'Darjeeling',
    ]);
    const { writes } = availability;
    await availability.tell(1);
    await availability.settle();
    expect(availability.writes).toBe(writes);
    availability.editWoo(1, { name: 'Assam' });
    availability.change(1);
    await availability.settle();
    expect(availability.record(1)['Name']).toBe('Assam');
  });

  it('fault 31: a value that the shop cannot take is named by its field, and the other fields go', async () => {
    const availability = new TwoSides('woo_wins');
    await availability.begin(1);
    availability.editSalesforce(1, { Name: 'Mug', Sale__c: '7,50' });
    await availability.tell(1);
    await availability.settle();
    expect(availability.shop.products.get(1)).toMatchObject({ name: 'Mug' });
    expect(availability.failures).toMatchObject(
      // Once more, for the shop reports the change that was made.
      Array(2).fill({ code: 'TO_WOO_NUMBER', recordKey: 'main:1', field: 'Sale__c' }),
    );
    availability.editSalesforce(1, { Sale__c: '7.50' });
    await availability.tell(1);
    await availability.settle();
    expect(availability.shop.products.get(1)).toMatchObject({ sale_price: '7.5' });
  });
});

describe('a regular price', () => {
  /** A product on sale at 10, of 20, whose prices are edited in Salesforce. */
  async function priced(fields: Readonly<Record<string, unknown>>): Promise<TwoSides> {
    const availability = new TwoSides('woo_wins');
    await availability.begin(1);
    availability.shop.change(1, { regular_price: '20', sale_price: '10' });
    availability.editSalesforce(1, { Sale__c: '10' });
    await availability.settle();
    availability.editSalesforce(1, fields);
    await availability.tell(1);
    await availability.settle();
    return availability;
  }
  const prices = ({ shop }: TwoSides) => {
    const { regular_price, sale_price, name } = shop.products.get(1) ?? {};
    return { regular_price, sale_price, name };
  };

  it.each([9, 10, 0, null])(
    'of %s that would cost the sale price is held, and the rest goes',
    async (price) => {
      const availability = await priced({ Price__c: price, Name: 'Mug' });
      expect(prices(availability)).toEqual({ regular_price: '20', sale_price: '10', name: 'Mug' });
      // The name that went makes the shop report it, so that it is looked at once more.
      const issue = { code: 'TO_WOO_REGULAR_PRICE', field: 'Price__c', recordKey: 'main:1' };
      expect(availability.failures).toMatchObject([issue, issue]);
      expect(availability.failures[0]?.reason).toContain('the sale price is "10"');
      expect(availability.record(1)['Price__c']).toBe(price);
      // Once the sale is over in the shop, the edit that waited goes there.
      availability.failures.length = 0;
      availability.shop.change(1, { sale_price: '' });
      availability.editSalesforce(1, { Sale__c: null });
      await availability.settle();
      const regular_price = price === null ? '' : String(price);
      expect(prices(availability)).toMatchObject({ regular_price, sale_price: '' });
      expect(availability.failures).toEqual([]);
    },
  );

  it('goes where the sale price that comes with it is lower', async () => {
    const availability = await priced({ Price__c: 9, Sale__c: '8' });
    expect(prices(availability)).toMatchObject({ regular_price: '9', sale_price: '8' });
    expect(availability.failures).toEqual([]);
  });

  it('that is negative goes nowhere', async () => {
    const availability = await priced({ Price__c: -1 });
    expect(prices(availability)).toMatchObject({ regular_price: '20', sale_price: '10' });
    expect(availability.failures).toMatchObject([{ code: 'TO_WOO_NUMBER', field: 'Price__c' }]);
  });
});

describe('a key that may only read', () => {
  it('makes an issue of each edit, and the work goes on', async () => {
    const availability = await edited(1, 2);
    for (const id of [1, 2]) availability.shop.refuses.set(id, 'SHOP_WRITE_REFUSED');
    await availability.settle();
    expect(availability.failures).toMatchObject([
      { code: 'SHOP_WRITE_REFUSED', recordKey: 'main:1', kind: 'setup', retry: 'hourly' },
      { code: 'SHOP_WRITE_REFUSED', recordKey: 'main:2' },
    ]);
    expect(availability.failures[0]?.cure).toContain('Read/Write');
    availability.shop.refuses.clear();
    for (const id of [1, 2]) availability.change(id);
    await availability.settle();
    expect([1, 2].map((id) => nameOf(availability, id))).toEqual(['Mug 1', 'Mug 2']);
  });
});
