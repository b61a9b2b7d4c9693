import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { newKey } from '../../../src/mapping/keys/new-record-key.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import { DRAFT, DraftWorld } from './draft-world.ts';

const LINE_2 = 'a02000000000002AAA';

/** A draft that was saved, and what came of it. */
async function saved(
  fields: Readonly<Record<string, unknown>> = {},
  line: Readonly<Record<string, unknown>> = {},
): Promise<DraftWorld> {
  const world = new DraftWorld();
  world.draft(fields, line);
  world.save();
  await world.settle();
  return world;
}

const madeIn = (world: DraftWorld) => [...world.shops.values()].flatMap(({ bodies }) => bodies);

describe('a draft order of Salesforce', () => {
  it('becomes one order of the shop, and what the shop made of it comes back into the same records', async () => {
    const world = await saved({ Email__c: 'a@b.example', Street__c: '1 High St\nFlat 2' });
    expect(world.failures).toEqual([]);
    expect(madeIn(world)).toEqual([
      {
        status: 'pending',
        billing: { email: 'a@b.example', address_1: '1 High St', address_2: 'Flat 2' },
        meta_data: [{ key: '_salesforce_id', value: DRAFT }],
        line_items: [
          {
            product_id: 1,
            quantity: 2,
            meta_data: [{ key: '_salesforce_id', value: 'a02000000000001AAA' }],
          },
        ],
      },
    ]);
    expect(world.order).toMatchObject({
      Woo_Key__c: 'main:71',
      Name: '71',
      Status__c: 'pending',
      Store__c: 'main',
      Pay__c: 'https://shop.example/order-pay/71',
      Total__c: '9.90',
    });
    expect(world.org.of('Order')).toHaveLength(1);
    expect(world.lines).toMatchObject([{ Id: 'a02000000000001AAA', Woo_Key__c: 'main:710' }]);
    expect(world.state.twoWay.creations.size).toBe(0);
    world.save();
    await world.settle();
    expect(madeIn(world)).toHaveLength(1);
  });

  it.each([[null], ['draft']])('waits as long as its status is %s', async (Status__c) => {
    const world = await saved({ Status__c }, { Product__c: null });
    expect(world.failures).toEqual([]);
    expect(madeIn(world)).toEqual([]);
    expect(world.state.twoWay.creations.size).toBe(0);
  });

  it('has its notes added to the order, once', async () => {
    const world = await saved({ Note__c: 'Called back' });
    expect(world.shop.notes).toEqual(['Called back']);
  });

  it('of a variation names it and its product', async () => {
    const world = await saved({}, { Product__c: '01t000000000003AAA' });
    expect(madeIn(world)).toMatchObject([{ line_items: [{ product_id: 2, variation_id: 3 }] }]);
  });

  it('is of the customer whose key its contact has, at the address that the shop knows', async () => {
    const known = { Contact__c: '003000000000001AAA' };
    expect(madeIn(await saved(known))).toMatchObject([
      { customer_id: 5, billing: { city: 'Ghent' } },
    ]);
    const elsewhere = await saved({ ...known, Country__c: 'BE' });
    expect(madeIn(elsewhere)).toMatchObject([{ customer_id: 5, billing: { country: 'BE' } }]);
    expect(madeIn(await saved({ Contact__c: '003000000000002AAA' }))[0]).not.toHaveProperty(
      'customer_id',
    );
  });

  it.each([
    ['a product without a key', {}, { Product__c: '01t000000000004AAA' }, 'DRAFT_LINES', 'no key'],
    ['a product that is gone', {}, { Product__c: '01t000000000009AAA' }, 'DRAFT_LINES', 'is gone'],
    [
      'a product with variations',
      {},
      { Product__c: '01t000000000002AAA' },
      'DRAFT_LINES',
      'one of',
    ],
    ['no product', {}, { Product__c: null }, 'DRAFT_LINES', 'no product'],
    ['none of it', {}, { Quantity__c: 0 }, 'DRAFT_LINES', 'quantity 0'],
    ['less than nothing', {}, { Quantity__c: -1 }, 'DRAFT_LINES', 'quantity -1'],
    ['half of one', {}, { Quantity__c: 1.5 }, 'DRAFT_LINES', 'quantity 1.5'],
    ['no quantity', {}, { Quantity__c: null }, 'DRAFT_LINES', 'no quantity'],
    ['no lines', {}, { Order__c: 'a01000000000009AAA' }, 'DRAFT_LINES', 'no lines'],
    [
      'a status that no transition gives',
      { Status__c: 'completed' },
      {},
      'TO_WOO_TRANSITION',
      'is a draft',
    ],
    [
      'a status that the shop lacks',
      { Status__c: 'unpacked' },
      {},
      'TO_WOO_TRANSITION',
      'is a draft',
    ],
    ['a customer who is gone', { Contact__c: '003000000000003AAA' }, {}, 'DRAFT_BUYER', 'gone'],
    ['no e-mail address', { Email__c: 'nobody' }, {}, 'DRAFT_BUYER', 'e-mail'],
    ['no code of a country', { Country__c: 'Belgium' }, {}, 'DRAFT_BUYER', 'country'],
    ['a store that nobody has', { Store__c: 'mian' }, {}, 'DRAFT_STORE', 'main'],
  ])('with %s is an issue, and nothing is sent', async (_what, fields, line, code, reason) => {
    const world = await saved(fields, line);
    expect(madeIn(world)).toEqual([]);
    expect(world.failures).toMatchObject([
      { code, recordId: DRAFT, reason: expect.stringContaining(reason) as string },
    ]);
    expect(world.shop.orders.size).toBe(0);
  });

  it('that is bad holds up no other, and names each of its lines', async () => {
    const world = new DraftWorld();
    world.draft({}, { Quantity__c: 0 });
    world.addLine(LINE_2, { Product__c: null });
    world.save();
    await world.settle();
    expect(world.failures[0]?.reason).toMatch(/Line 1.*Line 2/);
    for (const line of world.lines)
      Object.assign(line, { Product__c: '01t000000000001AAA', Quantity__c: 1 });
    world.save();
    await world.settle();
    expect(madeIn(world)).toMatchObject([{ line_items: [{ quantity: 1 }, { quantity: 1 }] }]);
  });

  it('that the shop refuses is an issue', async () => {
    const world = new DraftWorld();
    world.draft();
    world.shop.refuses = 'woocommerce_rest_invalid_customer_id';
    world.save();
    await world.settle();
    expect(world.failures).toMatchObject([{ code: 'SHOP_REFUSED', recordId: DRAFT }]);
    world.shop.refuses = null;
    world.save();
    await world.settle();
    expect(madeIn(world)).toHaveLength(1);
  });

  it('whose buyer the shop refuses to tell is an issue, and the others are made', async () => {
    const world = new DraftWorld();
    world.draft({ Contact__c: '003000000000001AAA' });
    const others = [2, 3].map((at) => {
      const Id = `a0100000000000${at}AAA`;
      world.org.of('Order').push({ Id, Name: 'Other', Status__c: 'pending', Woo_Key__c: null });
      world.addLine(`a0200000000000${at}AAA`, { Order__c: Id });
      return Id;
    });
    const list = world.shop.list.bind(world.shop);
    const refused = new CodedError('WOO_REQUEST_REFUSED', 'No other roles.', 'Deploy.');
    world.shop.list = (name, params) =>
      name === 'customers' && params['role'] === 'all'
        ? Promise.reject(refused)
        : list(name, params);
    world.save();
    for (const id of others) world.saveOther(id);
    await world.settle();
    expect(world.failures).toMatchObject([
      {
        code: 'WOO_REQUEST_REFUSED',
        recordId: DRAFT,
        retry: 'hourly',
        kind: 'setup',
        reason: 'No other roles. Deploy.',
      },
    ]);
    expect(madeIn(world)).toHaveLength(2);
    expect(world.order).toMatchObject({ Woo_Key__c: null });
    world.shop.list = list;
    world.save();
    await world.settle();
    expect(madeIn(world)).toMatchObject([{}, {}, { customer_id: 5 }]);
    expect(world.failures).toHaveLength(1);
  });

  it('that is given a status of a plugin is sent only where the shop has it', async () => {
    const world = await saved({ Status__c: 'packed' });
    expect(madeIn(world)).toMatchObject([{ status: 'packed' }]);
    const without = new DraftWorld();
    without.shop.orderStatuses = () => Promise.resolve([]);
    without.draft({ Status__c: 'packed' });
    without.save();
    await without.settle();
    expect(madeIn(without)).toEqual([]);
    expect(without.failures).toMatchObject([{ code: 'TO_WOO_STATUS_UNKNOWN' }]);
  });

  it.each([
    ['wherever the service is killed', false],
    ['also where the shop has another order that is too large to be searched', true],
  ])('is one order, %s', async (_, hasLarge) => {
    for (let calls = 1; calls < 80; calls += 1) {
      const world = new DraftWorld();
      if (hasLarge) world.shop.buyLarge(9);
      world.draft({ Note__c: 'Called back' });
      world.save();
      const whole = await world.run(calls);
      await world.settle();
      expect(madeIn(world)).toHaveLength(1);
      expect(world.order).toMatchObject({ Woo_Key__c: 'main:71' });
      expect(world.lines).toMatchObject([{ Woo_Key__c: 'main:710' }]);
      expect(world.shop.notes).toEqual(['Called back']);
      expect([...world.state.twoWay.creations.keys()].filter((key) => key.includes(DRAFT))).toEqual(
        [],
      );
      if (whole) return;
    }
    throw new Error('it was always killed');
  });
});

/** A draft of which nobody knows whether the shop has made it: the call that makes it ended without an answer. */
async function unanswered(isMade: boolean): Promise<DraftWorld> {
  const world = new DraftWorld();
  world.draft();
  const lost = new CodedError('WOO_UNREACHABLE', 'The answer is lost.', 'Wait.');
  const { createOrders } = world.shop;
  world.shop.createOrders = async (orders) => {
    if (isMade) await createOrders(orders);
    world.shop.createOrders = createOrders;
    throw lost;
  };
  world.save();
  await expect(world.run()).rejects.toThrow(lost);
  expect(madeIn(world)).toHaveLength(isMade ? 1 : 0);
  return world;
}

/** Its change event is worked on again. */
async function again(world: DraftWorld): Promise<readonly IssueSeen[]> {
  world.failures.length = 0;
  world.save();
  await world.settle();
  return world.failures;
}

const notSeen = (reason: RegExp) => [
  {
    code: 'CREATE_NOT_SEEN',
    recordId: DRAFT,
    recordKey: newKey('main', { object: 'Order', recordId: DRAFT }),
    reason: expect.stringMatching(reason) as string,
  },
];

describe('a draft order whose order is too large to be read', () => {
  it('is not made again, and is linked once the order can be read', async () => {
    const world = await unanswered(true);
    world.shop.large.add(71);
    const reason = /has made order main:71 \(One record is larger than 2.5 MB.\) of this record/;
    expect(await again(world)).toMatchObject(notSeen(reason));
    expect(madeIn(world)).toHaveLength(1);
    expect(world.order).toMatchObject({ Woo_Key__c: null });
    world.shop.large.clear();
    expect(await again(world)).toEqual([]);
    expect(madeIn(world)).toHaveLength(1);
    expect(world.order).toMatchObject({ Woo_Key__c: 'main:71' });
    expect(world.state.twoWay.creations.size).toBe(0);
  });

  it('is found in the trash, too', async () => {
    const world = await unanswered(true);
    world.shop.trashAll();
    world.shop.large.add(71);
    expect(await again(world)).toMatchObject(notSeen(/has made order main:71/));
    expect(madeIn(world)).toHaveLength(1);
  });

  it('asks the shop for the one custom field that says whose an order is', async () => {
    const world = await unanswered(false);
    world.shop.buyLarge(9);
    expect(await again(world)).toEqual([]);
    expect(world.order).toMatchObject({ Woo_Key__c: 'main:71' });
    expect(world.shop.askedOrders).toContainEqual({
      _fields: 'id,meta_data',
      include_meta: '_salesforce_id',
      include: '9',
      per_page: '1',
      status: 'any',
    });
  });

  it.each([[true], [false]])(
    'waits where not even that can be read, whether the shop has made it (%s), also as a draft anew, and its neighbours go on',
    async (isMade) => {
      const world = await unanswered(isMade);
      world.shop.buyLarge(9);
      world.shop.buyLarge(10);
      for (const id of isMade ? [9, 71] : [9]) {
        world.shop.large.add(id);
        world.shop.larger.add(id);
      }
      const other = 'a01000000000002AAA';
      const held = { Name: 'For Mr. Y', Status__c: 'pending', Store__c: null, Woo_Key__c: null };
      world.org.of('Order').push({ ...held, Id: other });
      world.addLine(LINE_2, { Order__c: other });
      world.saveOther(other);
      const named = isMade
        ? /(?=.*order main:9 \()(?=.*order main:71 \()/
        : /: order main:9 \([^(]*\)\. No other/;
      expect(await again(world)).toMatchObject(notSeen(named));
      const id = isMade ? 72 : 71;
      expect(world.org.get('Order', other)).toMatchObject({ Woo_Key__c: `main:${id}` });
      Object.assign(world.order, { Status__c: null });
      expect(await again(world)).toMatchObject(notSeen(named));
      Object.assign(world.order, { Status__c: 'pending' });
      expect(await again(world)).toMatchObject(notSeen(named));
      expect(madeIn(world)).toHaveLength(isMade ? 2 : 1);
      world.shop.large.delete(71);
      if (isMade) Object.assign(world.order, { Woo_Key__c: 'main:71' });
      else world.shop.larger.clear();
      expect(await again(world)).toEqual([]);
      expect(madeIn(world)).toHaveLength(2);
      expect(world.order).toMatchObject({ Woo_Key__c: isMade ? 'main:71' : 'main:72' });
    },
  );

  it('waits also where the gateway is of an earlier version', async () => {
    const world = await unanswered(true);
    world.shop.large.add(71);
    const list = world.shop.list.bind(world.shop);
    world.shop.list = (name, params) =>
      params['include_meta'] === undefined
        ? list(name, params)
        : Promise.reject(new CodedError('WOO_REQUEST_REFUSED', 'Not on the list.', 'Deploy.'));
    expect(await again(world)).toMatchObject(notSeen(/order main:71 \(Not on the list\.\)/));
    expect(madeIn(world)).toHaveLength(1);
  });

  it('is looked for again where the shop is out meanwhile', async () => {
    const world = await unanswered(true);
    world.shop.large.add(71);
    const list = world.shop.list.bind(world.shop);
    const out = new CodedError('WOO_UNREACHABLE', 'It is out.', 'Wait.');
    world.shop.list = (name, params) =>
      params['include_meta'] === undefined ? list(name, params) : Promise.reject(out);
    await expect(again(world)).rejects.toThrow(out);
    expect(world.failures).toEqual([]);
  });
});
