import { describe, expect, it } from 'vitest';
import { DRAFT, DraftWorld } from './draft-world.ts';

const TWO = ['main', 'outlet'];
const countIn = (world: DraftWorld) => TWO.map((key) => world.shops.get(key)?.bodies.length);

/** A draft for the main store, killed after its order was made, or before. @returns null where it was not killed */
async function killed(calls: number, stores = TWO, lateMs = 0): Promise<DraftWorld | null> {
  const world = new DraftWorld(stores);
  world.shop.lateMs = lateMs;
  world.draft({ Store__c: 'main' });
  world.save();
  return (await world.run(calls)) ? null : world;
}

/** The worlds of each call at which the process may be killed. */
async function* worlds(stores = TWO, lateMs = 0): AsyncGenerator<DraftWorld> {
  for (let calls = 1; calls < 80; calls += 1) {
    const world = await killed(calls, stores, lateMs);
    if (world === null) return;
    yield world;
  }
}

describe('a draft order where two shops make orders', () => {
  it('is made in the one that it names', async () => {
    const world = new DraftWorld(TWO);
    world.draft({ Store__c: 'main' });
    world.save();
    await world.settle();
    expect(world.failures).toEqual([]);
    expect(countIn(world)).toEqual([1, 0]);
  });

  it.each([[null], ['other']])('and says %s is one issue that names both', async (Store__c) => {
    const world = new DraftWorld(TWO);
    world.draft({ Store__c });
    world.save();
    await world.settle();
    expect(countIn(world)).toEqual([0, 0]);
    expect(world.failures).toMatchObject([
      { code: 'DRAFT_STORE', reason: expect.stringContaining('main, outlet') as string },
    ]);
  });

  it('waits without a word while it has neither a status nor a store', async () => {
    const world = new DraftWorld(TWO);
    world.draft({ Status__c: null });
    world.save();
    await world.settle();
    expect([world.failures, countIn(world)]).toEqual([[], [0, 0]]);
  });

  it('is not made in one that does not have its products', async () => {
    const world = new DraftWorld(TWO);
    world.draft({ Store__c: 'outlet' });
    world.save();
    await world.settle();
    expect(countIn(world)).toEqual([0, 0]);
    expect(world.failures).toMatchObject([{ code: 'DRAFT_LINES' }]);
  });

  it.each([
    ['later', TWO],
    ['first', [...TWO].reverse()],
  ])('is made once where it is given the other store, which looks %s', async (_when, stores) => {
    let made = 0;
    for await (const world of worlds(stores)) {
      made += countIn(world)[0] ?? 0;
      Object.assign(world.order, { Store__c: 'outlet' });
      for (const product of world.org.of('Product')) product['Woo_Key__c'] = 'outlet:1';
      world.save();
      await world.settle();
      const [main = 0, outlet = 0] = countIn(world);
      expect(main + outlet).toBe(1);
      expect(world.order['Woo_Key__c']).toBe(main === 1 ? 'main:71' : 'outlet:71');
      expect(world.state.twoWay.creations.size).toBe(0);
    }
    expect(made).toBeGreaterThan(0);
  });

  it('is made once where the other store is given and looks between the attempt and its call', async () => {
    const world = new DraftWorld(TWO);
    world.draft({ Store__c: 'main' });
    const [product] = world.org.of('Product');
    if (product === undefined) throw new Error('no product');
    const { twoWay } = world.state;
    const begun = twoWay.begunCreations.bind(twoWay);
    let isChanged = false;
    twoWay.begunCreations = async (keys) => {
      const known = await begun(keys);
      if (!isChanged && keys.some((key) => key.startsWith('outlet:'))) {
        isChanged = true;
        Object.assign(world.order, { Store__c: 'outlet' });
        // Each store has it.
        product['Woo_Key__c'] = 'outlet:1';
        world.save('outlet');
        await world.run();
        product['Woo_Key__c'] = 'main:1';
      }
      return known;
    };
    world.save('main');
    await world.settle();
    expect([isChanged, countIn(world)]).toEqual([true, [1, 0]]);
  });

  describe('and was refused by one', () => {
    async function refused(store: string): Promise<DraftWorld> {
      const world = new DraftWorld(TWO);
      world.draft({ Store__c: store });
      for (const product of world.org.of('Product')) product['Woo_Key__c'] = `${store}:1`;
      const shop = world.shops.get(store);
      if (shop === undefined) throw new Error(`no store ${store}`);
      shop.refuses = 'woocommerce_rest_invalid_customer_id';
      world.save();
      await world.settle();
      expect(world.failures.splice(0)).toMatchObject([{ code: 'SHOP_REFUSED' }]);
      return world;
    }

    it('is made in the other one, which alone has heard that it is given', async () => {
      const world = await refused('main');
      Object.assign(world.order, { Store__c: 'outlet' });
      for (const product of world.org.of('Product')) product['Woo_Key__c'] = 'outlet:1';
      world.save('outlet');
      await world.settle();
      expect([world.failures, countIn(world)]).toEqual([[], [0, 1]]);
    });

    it('has nobody look for a store that does not exist', async () => {
      const world = await refused('outlet');
      Object.assign(world.order, { Store__c: 'mian' });
      world.save();
      await world.settle();
      expect(world.failures).toMatchObject([{ code: 'DRAFT_STORE' }]);
    });
  });
});

describe('a draft order that is changed while it is sent', () => {
  it('is one order, and an issue names the lines that it does not have', async () => {
    let told = 0;
    for await (const world of worlds(['main'])) {
      const wasMade = world.shop.bodies.length === 1;
      const wasKnown = world.order['Woo_Key__c'] !== null;
      world.addLine('a02000000000002AAA', { Name: 'Second' });
      world.save();
      await world.settle();
      expect(world.shop.bodies).toHaveLength(1);
      const changed = world.failures.filter(({ code }) => code === 'DRAFT_CHANGED');
      if (!wasMade) expect(changed).toEqual([]);
      else if (!wasKnown) {
        expect(changed).toMatchObject([{ reason: expect.stringContaining('Second') as string }]);
        told += 1;
      }
    }
    expect(told).toBeGreaterThan(0);
  });

  it('is one order, and an issue names the line whose quantity it does not have', async () => {
    let told = 0;
    for await (const world of worlds(['main'])) {
      const isToTell = world.shop.bodies.length === 1 && world.order['Woo_Key__c'] === null;
      Object.assign(world.lines[0] ?? {}, { Quantity__c: 3 });
      world.save();
      await world.settle();
      if (!isToTell) continue;
      told += 1;
      expect(world.failures).toMatchObject([
        { code: 'DRAFT_CHANGED', reason: expect.stringContaining('"Line 1"') as string },
      ]);
    }
    expect(told).toBeGreaterThan(0);
  });

  it('and deleted is made no second time, and its order comes as one of the shop', async () => {
    for await (const world of worlds(['main'])) {
      world.org.objects.set('Order', []);
      world.org.objects.set('Item', []);
      const made = world.shop.bodies.length;
      world.save();
      await world.settle();
      expect(world.shop.bodies).toHaveLength(made);
      expect(world.state.twoWay.creations.size).toBe(0);
    }
  });

  it.each([
    ['behind', 3 * 3_600_000],
    ['before', -3 * 3_600_000],
  ])('is made once by a shop whose clock is hours %s ours', async (_where, lateMs) => {
    let made = 0;
    for await (const world of worlds(['main'], lateMs)) {
      made += world.shop.bodies.length;
      await world.settle();
      expect(world.shop.bodies).toHaveLength(1);
      expect(world.order['Woo_Key__c']).toBe('main:71');
    }
    expect(made).toBeGreaterThan(0);
  });

  it('is made once where its order is put into the trash before it is known', async () => {
    let trashed = 0;
    for await (const world of worlds(['main'])) {
      const made = world.shop.bodies.length;
      world.shop.trashAll();
      world.save();
      await world.settle();
      expect(world.shop.bodies).toHaveLength(1);
      expect(world.order['Woo_Key__c']).toBe('main:71');
      expect(world.state.twoWay.creations.size).toBe(0);
      trashed += made;
    }
    expect(trashed).toBeGreaterThan(0);
  });

  it('or whose status was changed is that order, and the shop gets its status', async () => {
    let met = 0;
    for await (const world of worlds(['main'])) {
      if (world.shop.bodies.length === 0) continue;
      met += 1;
      Object.assign(world.order, { Status__c: 'cancelled' });
      world.save();
      await world.settle();
      const [order] = world.shop.orders.values();
      expect([order?.['status'], world.order['Status__c']]).toEqual(['cancelled', 'cancelled']);
      expect(world.shop.bodies).toHaveLength(1);
    }
    expect(met).toBeGreaterThan(0);
  });

  it('or whose status was taken back is made no second time', async () => {
    for await (const world of worlds(['main'])) {
      const made = world.shop.bodies.length;
      if (world.order['Woo_Key__c'] !== null) continue;
      Object.assign(world.order, { Status__c: null });
      world.save();
      await world.settle();
      expect(world.shop.bodies).toHaveLength(made);
      Object.assign(world.order, { Status__c: 'pending' });
      world.save();
      await world.settle();
      expect(world.shop.bodies).toHaveLength(1);
    }
  });
});

describe('a field of a draft order that the shop leads', () => {
  const changed = ({ failures }: DraftWorld) =>
    failures.filter(({ code }) => code === 'DRAFT_CHANGED');
  const rework = (world: DraftWorld) => {
    Object.assign(world.order, { Email__c: 'new@shop.example', Country__c: 'FR' });
  };

  it('is named, without its value, where it was edited before the order was known', async () => {
    let told = 0;
    for await (const world of worlds(['main'])) {
      const isToTell = world.shop.bodies.length === 1 && world.order['Woo_Key__c'] === null;
      rework(world);
      world.save();
      await world.settle();
      const said = changed(world).map(({ reason }) => reason);
      if (isToTell)
        expect(said).toEqual([
          expect.stringMatching(
            /order 71 of the draft before it was changed: what was entered since in Country__c, Email__c is not in it\.$/,
          ),
        ]);
      else expect(said).toEqual([]);
      expect(world.failures.map(({ reason }) => reason).join()).not.toMatch(/new@|FR/);
      told += isToTell ? 1 : 0;
    }
    expect(told).toBeGreaterThan(0);
  });

  it('is named where it was edited while the shop made the order, wherever the process is killed then', async () => {
    let kills = 0;
    for (let calls = 1; calls < 80; calls += 1) {
      const world = new DraftWorld();
      world.draft({ Email__c: 'old@shop.example' });
      world.shop.meanwhile = () => {
        Object.assign(world.order, { Email__c: 'new@shop.example' });
      };
      world.save();
      const isKilled = !(await world.run(calls));
      const isOver = world.shop.bodies.length === 1 && world.state.twoWay.creations.size === 0;
      await world.settle();
      if (!isKilled || !isOver)
        expect(changed(world), `after ${calls} calls`).toMatchObject([
          { field: 'Email__c', change: null },
        ]);
      expect(world.order['Email__c']).toBe('old@shop.example');
      if (!isKilled) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(5);
  });

  it('is named beside lines, and the buyer as other fields are', async () => {
    let told = 0;
    for await (const world of worlds(['main'])) {
      const isToTell = world.shop.bodies.length === 1 && world.order['Woo_Key__c'] === null;
      Object.assign(world.order, { Contact__c: '003000000000001AAA' });
      world.addLine('a02000000000002AAA', { Name: 'Second' });
      world.save();
      await world.settle();
      if (!isToTell) continue;
      told += 1;
      expect(changed(world)).toMatchObject([
        {
          reason: expect.stringContaining(
            'what was entered since in Contact__c is not in it',
          ) as string,
        },
      ]);
      expect(changed(world)[0]?.reason).toContain('it does not have "Second" as the draft does');
    }
    expect(told).toBeGreaterThan(0);
  });

  it('and that nobody has edited is named by nothing', async () => {
    for await (const world of worlds(['main'])) {
      await world.settle();
      expect(world.failures).toEqual([]);
    }
  });
});

describe('a draft order that its mapping leaves out', () => {
  it('is made once, and an issue says that nothing of it comes', async () => {
    const world = new DraftWorld(['main'], 'pending');
    world.draft();
    for (let times = 0; times < 2; times += 1) {
      world.save();
      await world.settle();
      expect(world.failures.splice(0)).toMatchObject([
        { code: 'CREATE_LEFT_OUT', recordId: DRAFT },
      ]);
    }
    expect(world.shop.bodies).toHaveLength(1);
  });
});

describe('a draft order beside another mapping of orders', () => {
  it.each(['Copy', 'Order'])(
    'to %s is made once, wherever the process is killed',
    async (other) => {
      let kills = 0;
      for (let calls = 1; calls < 100; calls += 1) {
        const world = new DraftWorld(['main'], null, other);
        world.draft({ Store__c: 'main' });
        world.save();
        const isKilled = !(await world.run(calls));
        await world.settle();
        expect(world.failures).toEqual([]);
        expect(world.shop.bodies).toHaveLength(1);
        expect(world.order['Woo_Key__c']).toBe('main:71');
        expect(world.org.of('Order')).toHaveLength(1);
        if (other === 'Copy')
          expect(world.org.of('Copy')).toMatchObject([{ Woo_Key__c: 'main:71' }]);
        if (!isKilled) break;
        kills += 1;
      }
      expect(kills).toBeGreaterThan(5);
    },
  );
});
