import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import { type Collection, PartlyWritten } from '../../../src/ports/org.ts';
import type { ProductUpdate } from '../../../src/ports/store.ts';
import { ORDERS } from '../to-woo/order-sides.ts';
import { ADA, World } from './kept-world.ts';
import { beforeWrite, TwoSides, type Write } from './two-sides.ts';

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

/** A field of both sides, such as the name. */
interface Both {
  readonly name?: string;
  readonly price?: number;
}

/** Where somebody edits a record that the other side has changed, and when. */
interface Moment {
  /** The change that is decided on. */
  readonly change: (sides: TwoSides, id: number, values: Both) => Promise<void> | void;
  /** What happens between that and the write. */
  readonly meanwhile: (sides: TwoSides, happens: () => void) => void;
  readonly edit: (sides: TwoSides, id: number, values: Both) => void;
  /** Records that are changed along with those of the case. */
  readonly along: number;
}

const inWoo = ({ name, price }: Both) => ({
  ...(name !== undefined && { name }),
  ...(price !== undefined && { regular_price: String(price) }),
});
const inSalesforce = ({ name, price }: Both) => ({
  ...(name !== undefined && { Name: name }),
  ...(price !== undefined && { Price__c: price }),
});

const IN_SALESFORCE: Moment = {
  change: (sides, id, values) => {
    sides.editWoo(id, inWoo(values));
    sides.change(id);
  },
  meanwhile: (sides, happens) => {
    beforeWrite(sides.org, happens);
  },
  edit: (sides, id, values) => {
    sides.editSalesforce(id, inSalesforce(values));
  },
  along: 0,
};
const MOMENTS: readonly (readonly [where: string, Moment])[] = [
  ['in Salesforce', IN_SALESFORCE],
  [
    'in Salesforce, within the second of its last change',
    {
      ...IN_SALESFORCE,
      edit: (sides, id, values) => {
        const { LastModifiedDate } = sides.record(id);
        sides.editSalesforce(id, { ...inSalesforce(values), LastModifiedDate });
      },
    },
  ],
  [
    'in Salesforce, among more records than a call takes one by one',
    { ...IN_SALESFORCE, along: 30 },
  ],
  [
    'in the shop',
    {
      change: (sides, id, values) => {
        sides.editSalesforce(id, inSalesforce(values));
        return sides.tell(id);
      },
      meanwhile: beforeChange,
      edit: (sides, id, values) => {
        sides.editWoo(id, inWoo(values));
      },
      along: 0,
    },
  ],
];

/** Whose value is which. */
const isOfShop = (moment: Moment) => moment.meanwhile === beforeChange;

/** Both sides have these records, and one has changed them. */
async function changed(
  moment: Moment,
  rule: ConflictRule,
  records: Readonly<Record<number, Both>>,
): Promise<TwoSides> {
  const sides = new TwoSides(rule);
  const along = Array.from({ length: moment.along }, (_, at) => 100 + at);
  const ids = Object.keys(records).map(Number);
  await sides.begin(...ids, ...along);
  for (const id of along) await moment.change(sides, id, { name: `Along ${id}` });
  for (const id of ids) await moment.change(sides, id, records[id] ?? {});
  return sides;
}

const nameOf = (sides: TwoSides, id: number) => [
  sides.shop.products.get(id)?.['name'],
  sides.record(id)['Name'],
];

describe.each(MOMENTS)('an edit %s between the look and the write', (_, moment) => {
  /** What both sides say at the same moment. */
  const first = isOfShop(moment) ? 'Cup' : 'Mug';
  const second = isOfShop(moment) ? 'Mug' : 'Cup';
  const typed = { salesforceValue: 'Cup', wooValue: 'Mug', field: 'Name' };

  it.each<[ConflictRule, string, string, string]>([
    ['woo_wins', 'Mug', 'Mug', 'CONFLICT_DECIDED'],
    ['salesforce_wins', 'Cup', 'Cup', 'CONFLICT_DECIDED'],
    ['ask', 'Mug', 'Cup', 'CONFLICT_OPEN'],
  ])('is a conflict as any other, by the rule %s', async (rule, shop, salesforce, code) => {
    const sides = await changed(moment, rule, { 1: { name: first } });
    moment.meanwhile(sides, () => {
      moment.edit(sides, 1, { name: second });
    });
    await sides.settle();
    expect(nameOf(sides, 1)).toEqual([shop, salesforce]);
    expect(sides.failures).toMatchObject([{ ...typed, code }]);
    // And it is over then.
    sides.shop.writes = sides.org.written.length = 0;
    await sides.tell(1);
    await sides.settle();
    expect(sides.writes).toBe(0);
  });

  it('concerns its own record and field: others of the call are written as ever', async () => {
    const records = [1, 2, 3].map((id) => [id, { name: `${first} ${id}`, price: 20 }] as const);
    const sides = await changed(
      moment,
      isOfShop(moment) ? 'woo_wins' : 'salesforce_wins',
      Object.fromEntries(records),
    );
    moment.meanwhile(sides, () => {
      moment.edit(sides, 2, { name: second });
    });
    await sides.settle();
    expect([1, 2, 3].map((id) => nameOf(sides, id))).toEqual(
      [`${first} 1`, second, `${first} 3`].map((name) => [name, name]),
    );
    for (const id of [1, 2, 3]) {
      expect(sides.shop.products.get(id)).toMatchObject({ regular_price: '20' });
      expect(sides.record(id)['Price__c']).toBe(20);
    }
    const other = isOfShop(moment) ? { salesforceValue: 'Cup 2' } : { wooValue: 'Mug 2' };
    expect(sides.failures).toMatchObject([{ ...typed, ...other }]);
  });

  it('is none of another field, or to the same value', async () => {
    const sides = await changed(moment, 'salesforce_wins', {
      1: { name: first },
      2: { name: first },
    });
    moment.meanwhile(sides, () => {
      moment.edit(sides, 1, { name: first });
      moment.edit(sides, 2, { price: 12 });
    });
    await sides.settle();
    for (const id of [1, 2]) {
      await sides.tell(id);
      await sides.settle();
      expect(nameOf(sides, id)).toEqual([first, first]);
    }
    expect(sides.failures).toEqual([]);
    expect(sides.shop.products.get(2)).toMatchObject({ regular_price: '12' });
    expect(sides.record(2)['Price__c']).toBe(12);
  });
});

describe.each([MOMENTS[0], MOMENTS[3]].flatMap((one) => (one ? [one] : [])))(
  'an edit %s of which nobody tells',
  (_, moment) => {
    it.each([
      ['before a call', true],
      ['behind a call that is carried out', false],
    ] as const)('is found wherever the process ends, %s', async (_when, isAnswered) => {
      for (let calls = 1, isKilled = true; isKilled; calls += 1) {
        const sides = await changed(moment, 'salesforce_wins', {
          1: { name: isOfShop(moment) ? 'Cup' : 'Mug' },
        });
        moment.meanwhile(sides, () => {
          moment.edit(sides, 1, { name: isOfShop(moment) ? 'Mug' : 'Cup' });
        });
        isKilled = !(await sides.run(calls, isAnswered));
        await sides.settle();
        expect(nameOf(sides, 1), `${calls} calls`).toEqual(['Cup', 'Cup']);
        expect(sides.failures.map(({ code }) => code)).toEqual(['CONFLICT_DECIDED']);
      }
    });
  },
);

describe('an edit in Salesforce that was written over', () => {
  const [, [, inTheSecond] = [], [, amongMany] = []] = MOMENTS;
  const out = () => Promise.reject(new CodedError('SF_UNREACHABLE', 'The org is out.', 'Wait.'));
  const readOnly = () =>
    Promise.reject(
      new PartlyWritten(new CodedError('SF_READ_ONLY', 'Maintenance.', 'Wait.'), [
        [{ id: null, created: false, errors: [{ ...refused, code: 'SF_READ_ONLY' }] }],
      ]),
    );
  const refused = { code: 'TOO_LATE', kind: 'permanent', message: 'no', fields: [] } as const;
  const no = () => Promise.resolve([[{ id: null, created: false, errors: [refused] }]]);

  it.each<[string, Write, string]>([
    ['is out', out, 'SF_UNREACHABLE: The org is out.'],
    ['takes no changes any more', readOnly, 'SF_READ_ONLY'],
    ['refuses it', no, 'TOO_LATE: no'],
  ])('is told with both values and the cause where Salesforce %s', async (_, answer, why) => {
    const sides = new TwoSides('salesforce_wins');
    await sides.begin(1);
    sides.editWoo(1, { name: 'Mug' });
    sides.change(1);
    beforeWrite(sides.org, () => {
      inTheSecond?.edit(sides, 1, { name: 'Cup' });
      const write = sides.org.write.bind(sides.org);
      sides.org.write = (collections) => {
        sides.org.write = write;
        return answer(collections);
      };
    });
    await sides.run();
    expect(sides.record(1)).toMatchObject({ Name: 'Mug' });
    const both = { salesforceValue: 'Cup', wooValue: 'Mug', field: 'Name' };
    expect(sides.failures).toMatchObject([{ ...both, code: 'CONFLICT_DECIDED' }]);
    expect(sides.failures[0]?.recordId).toBe(sides.record(1)['Id']);
    expect(sides.failures[0]?.reason).toContain(why);
    await sides.settle();
    expect(sides.failures).toHaveLength(1);
    expect(sides.shop.products.get(1)).toMatchObject({ name: 'Mug' });
  });

  it('is told where Salesforce has not taken it back, and not of those that it has', async () => {
    const sides = new TwoSides('salesforce_wins');
    await sides.begin(1, 2);
    for (const id of [1, 2]) {
      sides.editWoo(id, { name: 'Mug' });
      sides.change(id);
    }
    beforeWrite(sides.org, () => {
      for (const id of [1, 2]) inTheSecond?.edit(sides, id, { name: 'Cup' });
      const write = sides.org.write.bind(sides.org);
      sides.org.write = async ([all]) => {
        sides.org.write = write;
        if (all?.kind !== 'update') throw new Error('what goes back is an update');
        const taken = await write([{ ...all, records: all.records.slice(0, 1) }]);
        const refusal = { id: null, created: false, errors: [refused] };
        const why = new CodedError('SF_READ_ONLY', 'Maintenance.', 'Wait.');
        throw new PartlyWritten(why, [[...taken.flat(), refusal]]);
      };
    });
    await sides.settle();
    expect([1, 2].map((id) => sides.record(id)['Name'])).toEqual(['Cup', 'Mug']);
    const decided = sides.failures.map(({ recordKey, reason }) => [recordKey, reason]);
    expect(decided).toEqual([
      ['main:2', expect.stringContaining("the shop's value was kept")],
      ['main:1', expect.stringContaining("Salesforce's value was kept")],
    ]);
  });

  it('goes back by as many collections as it takes', async () => {
    const ids = Array.from({ length: 230 }, (_, at) => at + 1);
    const sides = new TwoSides('salesforce_wins');
    await sides.begin(...ids);
    for (const id of ids) {
      sides.editWoo(id, { name: 'Mug' });
      sides.change(id);
    }
    beforeWrite(sides.org, () => {
      for (const id of ids) amongMany?.edit(sides, id, { name: 'Cup' });
    });
    await sides.settle();
    expect(ids.filter((id) => sides.record(id)['Name'] !== 'Cup')).toEqual([]);
    expect(sides.failures).toHaveLength(ids.length);
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

describe('an edit in the shop between the read and the change', () => {
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
    const { Id, LastModifiedDate: since } = sides.record(1);
    const id = String(Id);
    const calls = await written(sides, () => {
      sides.editWoo(1, { name: 'Mug' });
      sides.editWoo(2, { stock_quantity: 5 });
      for (const one of [1, 2]) sides.change(one);
    });
    const [[update] = []] = calls;
    expect(calls).toHaveLength(1);
    expect(update).toMatchObject({ kind: 'update', looks: { fields: ['Name'] } });
    expect(update?.kind === 'update' && update.looks?.unmodifiedSince).toEqual(
      new Map([[id, since]]),
    );
  });

  it('is nothing where records are made, and of what the shop alone says', async () => {
    const sides = new TwoSides('woo_wins');
    const made = await written(sides, () => sides.shop.change(1, { name: 'Tea', type: 'simple' }));
    expect(made).toMatchObject([[{ kind: 'upsert' }]]);
    const [[stock] = []] = await written(sides, () => sides.shop.change(1, { stock_quantity: 5 }));
    expect(stock).toMatchObject({ kind: 'update', looks: null });
  });
});
