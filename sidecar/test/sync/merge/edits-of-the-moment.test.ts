import { describe, expect, it } from 'vitest';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import type { Collection, ItemResult } from '../../../src/ports/org.ts';
import type { ProductUpdate } from '../../../src/ports/store.ts';
import { ORDERS } from '../to-woo/order-sides.ts';
import { ADA, World } from './kept-world.ts';
import { TwoSides } from './two-sides.ts';

type Write = (collections: readonly Collection[]) => Promise<readonly (readonly ItemResult[])[]>;

/** Something happens in Salesforce between the look at the records and the next write. */
function beforeWrite(org: { write: Write }, happens: () => void): void {
  const write = org.write.bind(org);
  org.write = (collections) => {
    org.write = write;
    happens();
    return write(collections);
  };
}

const typed = { salesforceValue: 'Cup', wooValue: 'Mug', field: 'Name' };

describe('an edit in Salesforce between the look and the write', () => {
  it.each<[ConflictRule, string, string, string]>([
    ['woo_wins', 'Mug', 'Mug', 'CONFLICT_DECIDED'],
    ['salesforce_wins', 'Cup', 'Cup', 'CONFLICT_DECIDED'],
    ['ask', 'Mug', 'Cup', 'CONFLICT_OPEN'],
  ])('is a conflict as any other, by the rule %s', async (rule, inShop, inSalesforce, code) => {
    const sides = new TwoSides(rule);
    await sides.begin(1);
    sides.editWoo(1, { name: 'Mug' });
    sides.change(1);
    beforeWrite(sides.org, () => {
      sides.editSalesforce(1, { Name: 'Cup' });
    });
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({ name: inShop });
    expect(sides.record(1)).toMatchObject({ Name: inSalesforce });
    expect(sides.failures).toMatchObject([{ ...typed, code }]);
    // And it is over then.
    sides.shop.writes = sides.org.written.length = 0;
    await sides.tell(1);
    await sides.settle();
    expect(sides.writes).toBe(0);
  });

  it('concerns its own record and field: others of the call are written as ever', async () => {
    const sides = new TwoSides('salesforce_wins');
    await sides.begin(1, 2, 3);
    for (const id of [1, 2, 3]) {
      sides.editWoo(id, { name: `Mug ${id}`, regular_price: '20' });
      sides.change(id);
    }
    beforeWrite(sides.org, () => {
      sides.editSalesforce(2, { Name: 'Cup' });
    });
    await sides.settle();
    const held = [1, 2, 3].map((id) => [sides.record(id)['Name'], sides.record(id)['Price__c']]);
    expect(held).toEqual([
      ['Mug 1', 20],
      ['Cup', 20],
      ['Mug 3', 20],
    ]);
    expect(sides.shop.products.get(2)).toMatchObject({ name: 'Cup', regular_price: '20' });
    expect(sides.failures).toMatchObject([{ ...typed, wooValue: 'Mug 2' }]);
  });

  it('is none where it is what the shop says too, or of a field that is not written', async () => {
    const sides = new TwoSides('salesforce_wins');
    await sides.begin(1);
    sides.editWoo(1, { name: 'Mug' });
    sides.change(1);
    beforeWrite(sides.org, () => {
      sides.editSalesforce(1, { Name: 'Mug', Price__c: 12 });
    });
    const written = sides.org.written.length;
    await sides.settle();
    expect(sides.failures).toEqual([]);
    expect(sides.org.written.length - written).toBe(1);
    await sides.tell(1);
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({ name: 'Mug', regular_price: '12' });
  });

  it('is told with both values where Salesforce does not take it back', async () => {
    const sides = new TwoSides('salesforce_wins');
    await sides.begin(1);
    sides.editWoo(1, { name: 'Mug' });
    sides.change(1);
    beforeWrite(sides.org, () => {
      sides.editSalesforce(1, { Name: 'Cup' });
      const write = sides.org.write.bind(sides.org);
      sides.org.write = () => {
        sides.org.write = write;
        return Promise.reject(new Error('the org is out'));
      };
    });
    await sides.run();
    expect(sides.record(1)).toMatchObject({ Name: 'Mug' });
    expect(sides.failures).toMatchObject([{ ...typed, code: 'CONFLICT_DECIDED' }]);
    await sides.settle();
    expect(sides.failures).toHaveLength(1);
    expect(sides.shop.products.get(1)).toMatchObject({ name: 'Mug' });
  });

  it.each([
    ['woo_wins', '2', 'CONFLICT_DECIDED'],
    ['salesforce_wins', '777', 'CONFLICT_DECIDED'],
    ['ask', '777', 'CONFLICT_OPEN'],
  ] as const)(
    'stays in a field that is written unless edited, by the rule %s',
    async (rule, phone, code) => {
      const world = new World(rule);
      await world.load(ADA);
      const moved = { ...ADA, billing: { phone: '2' } };
      beforeWrite(world.org, () => {
        world.contact['Phone'] = '777';
      });
      await world.load(moved);
      expect(world.looked).toEqual(['main:3']);
      await world.load(moved);
      expect(world.contact['Phone']).toBe(phone);
      expect(world.failures).toMatchObject([{ code, wooValue: '2', salesforceValue: '777' }]);
    },
  );
});

/** Something happens in the shop between the read of the records and the next change that is sent. */
function beforeChange(sides: TwoSides, happens: () => void): void {
  const send = sides.shop.updateProducts;
  const once = (updates: readonly ProductUpdate[]) => {
    Object.assign(sides.shop, { updateProducts: send, updateOrders: send });
    happens();
    return send(updates);
  };
  Object.assign(sides.shop, { updateProducts: once, updateOrders: once });
}

describe('an edit in the shop between the read and the change', () => {
  it.each<[ConflictRule, string, string, string]>([
    ['woo_wins', 'Mug', 'Mug', 'CONFLICT_DECIDED'],
    ['salesforce_wins', 'Cup', 'Cup', 'CONFLICT_DECIDED'],
    ['ask', 'Mug', 'Cup', 'CONFLICT_OPEN'],
  ])('is a conflict as any other, by the rule %s', async (rule, inShop, inSalesforce, code) => {
    const sides = new TwoSides(rule);
    await sides.begin(1);
    sides.editSalesforce(1, { Name: 'Cup' });
    await sides.tell(1);
    beforeChange(sides, () => sides.shop.change(1, { name: 'Mug' }));
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({ name: inShop });
    expect(sides.record(1)).toMatchObject({ Name: inSalesforce });
    expect(sides.failures).toMatchObject([{ ...typed, code }]);
    sides.shop.writes = sides.org.written.length = 0;
    await sides.tell(1);
    await sides.settle();
    expect(sides.writes).toBe(0);
  });

  it('is found whether the shop tells of it or not, and wherever the process ends', async () => {
    for (let calls = 1; calls < 16; calls += 1) {
      const sides = new TwoSides('salesforce_wins');
      await sides.begin(1);
      sides.editSalesforce(1, { Name: 'Cup' });
      await sides.tell(1);
      beforeChange(sides, () => {
        sides.editWoo(1, { name: 'Mug' });
      });
      await sides.run(calls);
      await sides.settle();
      const both = [sides.shop.products.get(1)?.['name'], sides.record(1)['Name']];
      expect(both, `${calls} calls`).toEqual(['Cup', 'Cup']);
      expect(sides.failures.map(({ code }) => code)).toEqual(['CONFLICT_DECIDED']);
    }
  });

  it('concerns its own record: the others of the batch are changed as ever', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1, 2, 3);
    for (const id of [1, 2, 3]) {
      sides.editSalesforce(id, { Name: `Cup ${id}` });
      await sides.tell(id);
    }
    beforeChange(sides, () => {
      sides.editWoo(2, { name: 'Mug' });
    });
    await sides.settle();
    const names = [1, 2, 3].map((id) => sides.shop.products.get(id)?.['name']);
    expect(names).toEqual(['Cup 1', 'Mug', 'Cup 3']);
    expect(sides.record(2)['Name']).toBe('Mug');
    expect(sides.failures).toMatchObject([{ wooValue: 'Mug', salesforceValue: 'Cup 2' }]);
  });

  it('of another field, or to the same value, keeps nothing back', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1, 2);
    for (const id of [1, 2]) {
      sides.editSalesforce(id, { Name: 'Cup' });
      await sides.tell(id);
    }
    const { length } = sides.shop.sent;
    beforeChange(sides, () => {
      sides.editWoo(1, { stock_quantity: 3 });
      sides.editWoo(2, { name: 'Cup' });
    });
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({ name: 'Cup', stock_quantity: 3 });
    expect(sides.failures).toEqual([]);
    expect(sides.shop.sent.length - length).toBe(1);
  });

  it('is written over where the field only goes to the shop', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1);
    sides.editSalesforce(1, { Note__c: 'of Salesforce' });
    await sides.tell(1);
    beforeChange(sides, () => {
      sides.editWoo(1, { purchase_note: 'of the shop' });
    });
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({ purchase_note: 'of Salesforce' });
    expect(sides.shop.sent.flat().map(({ seen }) => seen)).toEqual([undefined]);
  });

  it('of an order counts with its status and its custom fields', async () => {
    const sides = new TwoSides('woo_wins', ORDERS);
    await sides.begin(1, 2);
    sides.editSalesforce(1, { Status__c: 'completed' });
    sides.editSalesforce(2, { Tracking__c: 'T1' });
    for (const id of [1, 2]) await sides.tell(id);
    beforeChange(sides, () => {
      sides.editWoo(1, { status: 'packed' });
      sides.editWoo(2, { meta_data: [{ id: 1, key: 'tracking_number', value: 'T2' }] });
    });
    await sides.settle();
    expect(sides.record(1)['Status__c']).toBe('packed');
    expect(sides.record(2)['Tracking__c']).toBe('T2');
    expect(sides.failures.map(({ code, field }) => [code, field])).toEqual([
      ['CONFLICT_DECIDED', 'Status__c'],
      ['CONFLICT_DECIDED', 'Tracking__c'],
    ]);
  });
});

describe('what the org is asked right before a write', () => {
  /** What a step writes, and how often. */
  async function written(sides: TwoSides, step: () => void): Promise<readonly Collection[][]> {
    const calls: Collection[][] = [];
    const write = sides.org.write.bind(sides.org);
    sides.org.write = (collections) => {
      calls.push([...collections]);
      return write(collections);
    };
    step();
    await sides.settle();
    return calls;
  }

  it('is the fields that are written over, in the same call', async () => {
    const sides = new TwoSides('woo_wins');
    await sides.begin(1, 2);
    const id = String(sides.record(1)['Id']);
    const calls = await written(sides, () => {
      sides.editWoo(1, { name: 'Mug' });
      sides.editWoo(2, { stock_quantity: 5 });
      for (const one of [1, 2]) sides.change(one);
    });
    expect(calls).toMatchObject([[{ kind: 'update', looks: { ids: [id], fields: ['Name'] } }]]);
  });

  it('is nothing where records are made, and of what the shop alone says', async () => {
    const sides = new TwoSides('woo_wins');
    const made = await written(sides, () => sides.shop.change(1, { name: 'Tea', type: 'simple' }));
    expect(made).toMatchObject([[{ kind: 'upsert' }]]);
    const [[stock] = []] = await written(sides, () => sides.shop.change(1, { stock_quantity: 5 }));
    expect(stock).toMatchObject({ kind: 'update', looks: null });
  });
});
