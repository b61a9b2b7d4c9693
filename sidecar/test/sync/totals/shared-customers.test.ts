import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeWorld, glance, MAPPINGS, openWorld, ORDERS, Shop, world } from './world.ts';

beforeAll(openWorld);
afterAll(closeWorld);

const guest = { customer_id: 0, billing: { email: 'Ann@Example.com' } };

/** A key that leads to a record that carries another one. */
const other = (object: string, key: string, recordId: string) => ({
  ...({
    object,
    key,
    recordId,
    state: 'verified',
    hash: 'h',
    parentKey: null,
    byId: true,
  } as const),
  readNumber: 1,
});

/** A customer with an order in the first shop, to whose contact a customer of a second shop is linked. */
async function sharedCustomer() {
  const at = await world();
  at.shop.customer(1);
  at.shop.order(1);
  await at.load();
  const id = String(at.org.of('Contact')[0]?.Id);
  await at.state.didWrite([other('Contact', 'outlet:5', id)], []);
  return { ...at, outlet: new Shop('outlet') };
}

/** Two customers, the contact of the first of whom a second shop shares, so that it can be merged into the other. */
async function mergedCustomer() {
  const { org, ...at } = await sharedCustomer();
  at.shop.customer(2);
  at.shop.order(2, { customer_id: 2, total: '5.00' });
  await at.load();
  const [lost, kept] = org.of('Contact');
  const merge = () => {
    org.merged.set(String(lost?.Id), String(kept?.Id));
    org.objects.set('Contact', kept ? [kept] : []);
  };
  return { ...at, org: { org, merge, kept: String(kept?.Id) } };
}

describe('customers of several stores and guests', () => {
  it('adds up the orders of all stores that are linked to the record', async () => {
    const { org, load, sync, outlet } = await sharedCustomer();
    outlet.order(1, { customer_id: 5, total: '2.50', status: 'processing' });
    await load(outlet);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2, spent: 12.5 });
    expect(glance(org, 'Account', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
    await sync([outlet.order(2, { customer_id: 5, status: 'processing' })], outlet);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 3, spent: 22.5 });
  });

  it('adds nothing of a store of which a load has not walked all orders yet', async () => {
    const { shop, org, load, sync, outlet } = await sharedCustomer();
    outlet.order(1, { customer_id: 5 });
    await sync([outlet.order(2, { customer_id: 5 })], outlet);
    await sync([shop.order(2)]);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2 });
    await load(outlet);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 4 });
  });

  it('counts the orders of a guest of his own, and apart where only the address leads to somebody', async () => {
    const { shop, org, state, load, sync } = await world();
    shop.order(1, guest);
    shop.customer(1);
    await load();
    expect(glance(org, 'Contact', 'main:guest:ann@example.com')).toMatchObject({
      orders: 1,
      spent: 10,
      guest: 0,
    });
    const id = String(org.of('Contact').find((one) => one['Woo_Key__c'] === 'main:1')?.Id);
    await state.didWrite([other('Contact', 'main:guest:ann@example.com', id)], []);
    await sync([shop.order(2, guest), shop.order(3)]);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10, guest: 2 });
    expect(glance(org, 'Contact', 'main:guest:ann@example.com')).toMatchObject({
      orders: 1,
      guest: 0,
    });
  });

  it('forgets whom the shop has erased', async () => {
    const { shop, org, state, load, sync } = await world();
    shop.customer(1);
    shop.order(1, guest);
    await load();
    await sync([shop.order(1, { customer_id: 0, billing: { email: 'deleted@site.invalid' } })]);
    expect(await state.database.query('select * from woosync.customer_order')).toEqual([]);
    expect(glance(org, 'Contact', 'main:guest:ann@example.com')).toMatchObject({ orders: 0 });
  });

  it('follows a contact that was merged into another one', async () => {
    const { shop, org, load, sync } = await world();
    shop.customer(1);
    shop.customer(2);
    shop.order(1);
    shop.order(2, { customer_id: 2, total: '5.00' });
    await load();
    const [lost, kept] = org.of('Contact');
    org.merged.set(String(lost?.Id), String(kept?.Id));
    org.objects.set('Contact', kept ? [kept] : []);
    let changes = [shop.order(3)];
    for (let round = 0; round < 4; round += 1) {
      const { followUps } = await sync(changes);
      changes = followUps.filter(({ resource }) => resource === 'customer');
    }
    expect(glance(org, 'Contact', 'main:2')).toMatchObject({ orders: 3, spent: 25 });
    expect(glance(org, 'Account', 'main:1')).toMatchObject({ orders: 2, spent: 20 });
  });

  it('follows a merged contact for all stores that share it, at once', async () => {
    const { org, shop, load, sync, outlet } = await mergedCustomer();
    outlet.order(1, { customer_id: 5, total: '2.50' });
    await load(outlet);
    org.merge();
    let changes = [shop.order(3)];
    for (let round = 0; round < 4; round += 1) {
      const { followUps } = await sync(changes);
      changes = followUps.filter(({ resource }) => resource === 'customer');
    }
    expect(glance(org.org, 'Contact', 'main:2')).toMatchObject({ orders: 4, spent: 27.5 });
  });

  it.each(['main', 'outlet'])('finds a merged contact in the night of %s', async (night) => {
    const { org, shop, state, load, outlet, ...at } = await mergedCustomer();
    outlet.order(1, { customer_id: 5, total: '2.50' });
    await load(outlet);
    org.merge();
    // As it is where only one of the stores had noticed.
    const survivor = { recordId: org.kept, byId: true };
    await state.relink([{ object: 'Contact', key: 'main:1', ...survivor }]);
    const store = night === 'main' ? shop : outlet;
    const first = await at.night(new Date('2026-11-02T02:00:00Z'), store);
    expect(glance(org.org, 'Contact', 'main:2')).toMatchObject({ orders: 3, spent: 17.5 });
    // The survivor twice: with the orders of both of its shop, and once the merge is known with all.
    expect(first).toMatchObject({ repaired: 2 });
    const second = await at.night(new Date('2026-11-03T02:00:00Z'), store);
    expect(second).toMatchObject({ repaired: 0 });
    expect(at.queued).toEqual([]);
  });
});

describe('what cannot be counted or written', () => {
  it('names the order, and leaves its neighbours alone', async () => {
    const { shop, org, load, sync } = await world();
    shop.customer(1);
    await load();
    const { failures } = await sync([
      shop.order(1),
      shop.order(2, { total: 'free' }),
      shop.order(3, { currency: '€' }),
      shop.order(4, { refunds: [{ id: 1, total: 'half' }] }),
    ]);
    expect(failures.map(({ code, reason }) => [code, reason])).toEqual([
      ['ORDER_NOT_COUNTED', 'total of the order is "free", so it is not counted for its customer.'],
      ['ORDER_NOT_COUNTED', 'currency of the order is "€", so it is not counted for its customer.'],
      [
        'ORDER_NOT_COUNTED',
        'refunds of the order is "an amount that is no number", so it is not counted for its customer.',
      ],
    ]);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
  });

  it('says once of a record that the org refuses, and tries it at night', async () => {
    const { shop, org, load, sync, night, queued } = await world();
    shop.customer(1);
    await load();
    const message = 'Spent must not be positive.';
    const refusal = {
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      kind: 'permanent',
      message,
    } as const;
    org.refused.set('update Contact', [{ ...refusal, fields: ['Woo_Spent__c'] }]);
    const { failures } = await sync([shop.order(1)]);
    expect(failures).toMatchObject([
      { code: 'TOTALS_NOT_WRITTEN', recordKey: 'main:1', field: 'Woo_Spent__c' },
    ]);
    expect(glance(org, 'Account', 'main:1')).toMatchObject({ orders: 1 });
    await night();
    expect(queued).toEqual([shop.changed('customer', 1)]);
    org.refused.clear();
    expect(await night(new Date('2026-11-03T02:00:00Z'))).toMatchObject({ repaired: 1 });
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
  });

  it.each([
    ['the org refuses for another reason beside', 'update Contact', ['reference', 'permanent']],
    ['has no record for the other currency', 'upsert Woo_Contact_Currency__c', ['reference']],
  ] as const)(
    'says of a record that %s, and takes it for no lost one',
    async (_what, of, kinds) => {
      const { shop, org, state, load, sync } = await world();
      shop.customer(1);
      shop.order(1);
      await load();
      const errors = kinds.map((kind) => ({ code: 'X', kind, message: 'No.', fields: [] }));
      org.refused.set(of, errors);
      const { failures, followUps } = await sync([
        shop.order(2, { currency: 'USD', total: '1.00' }),
      ]);
      expect(failures).toMatchObject([{ code: 'TOTALS_NOT_WRITTEN', recordKey: 'main:1' }]);
      expect(followUps.filter(({ resource }) => resource === 'customer')).toEqual([]);
      expect((await state.links('Contact', ['main:1'])).get('main:1')?.state).toBe('verified');
    },
  );

  it('is nothing that is kept of a record that is gone', async () => {
    const { shop, org, state, load, sync } = await world();
    shop.customer(1);
    shop.order(1);
    await load();
    const id = String(org.of('Contact')[0]?.Id);
    org.objects.set('Contact', []);
    const { followUps } = await sync([shop.order(2)]);
    expect(followUps).toContainEqual(shop.changed('customer', 1));
    expect((await state.links('Contact', ['main:1'])).get('main:1')).toMatchObject({ hash: null });
    const kept = await state.totals.held([{ object: 'Contact', recordId: id }]);
    expect(kept).toEqual([]);
  });

  it('forgets a link to a gone record of another key, to which there may be nothing to write, once', async () => {
    const { shop, org, state, load, sync } = await world();
    shop.customer(1);
    shop.order(1);
    await load();
    const [contact] = org.of('Contact');
    await state.relink([
      { object: 'Contact', key: 'main:1', recordId: String(contact?.Id), byId: true },
    ]);
    org.objects.set('Contact', []);
    const { followUps } = await sync([shop.order(2)]);
    expect(followUps).toContainEqual(shop.changed('customer', 1));
    expect((await state.links('Contact', ['main:1'])).has('main:1')).toBe(false);
    const marked = await state.origins.find('customer', ['main:1']);
    expect(marked.get('main:1')).toMatchObject({ ordersDue: true });
  });

  it('queues no guest, whom no list of the shop has: refused at night, or gone', async () => {
    const { shop, org, load, sync, night, queued } = await world();
    shop.order(1, guest);
    await load();
    const refusal = { code: 'X', kind: 'permanent', message: 'No.', fields: [] } as const;
    org.refused.set('update Contact', [refusal]);
    const { failures } = await sync([shop.order(2, guest)]);
    expect(failures).toMatchObject([{ code: 'TOTALS_NOT_WRITTEN' }]);
    await night();
    expect(queued).toEqual([]);
    org.refused.clear();
    org.objects.set('Contact', []);
    const { followUps } = await sync([shop.order(3, guest)]);
    expect(org.of('Contact')).toEqual([]);
    expect(followUps.filter(({ resource }) => resource === 'customer')).toEqual([]);
  });

  it('makes a customer without totals where the org does not take these', async () => {
    const unwanted = { ...ORDERS, meets: () => false };
    const mappings = MAPPINGS.map((one) => (one === ORDERS ? unwanted : one));
    const { shop, org, load, sync } = await world(mappings);
    shop.order(1, { status: 'pending', customer_id: 9 });
    await load();
    const message = 'Unable to create/update fields: Woo_Orders__c.';
    const code = 'INVALID_FIELD_FOR_INSERT_UPDATE';
    org.refused.set('upsert Contact', [
      { code, kind: 'setup', message, fields: ['Woo_Orders__c'] },
    ]);
    org.onWrite = () => {
      if (org.calls > 1) org.refused.clear();
      return Promise.resolve();
    };
    org.calls = 0;
    shop.customer(2);
    await sync([shop.order(2, { customer_id: 2 }), shop.changed('customer', 2)]);
    expect(org.of('Contact')).toMatchObject([{ Woo_Key__c: 'main:2', Woo_Orders__c: 1 }]);
  });

  it('is written by the next attempt where the org was out', async () => {
    const { shop, org, load, sync } = await world();
    shop.customer(1);
    await load();
    org.onWrite = () => Promise.reject(new Error('The org is out.'));
    await expect(sync([shop.order(1)])).rejects.toThrow('The org is out.');
    org.onWrite = () => Promise.resolve();
    await sync([shop.changed('order', 1)]);
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 1, spent: 10 });
  });

  it('is written by one at a time, who says what the record holds', async () => {
    const { state } = await world();
    const records = [{ object: 'Contact', recordId: '0031' }];
    expect(await state.totals.claim(records)).toEqual(records);
    expect(await state.totals.claim(records)).toEqual([]);
    const held = { object: 'Contact', recordId: '0031', currency: '', digest: 'd', childId: null };
    await state.totals.settle([held], []);
    expect(await state.totals.held(records)).toEqual([held]);
    expect(await state.totals.claim(records)).toEqual(records);
    expect(await state.totals.held(records)).toEqual([{ ...held, digest: null }]);
  });

  it('counts an order that came while another one was written', async () => {
    const { shop, org, load, sync } = await world();
    shop.customer(1);
    await load();
    let second: Promise<unknown> = Promise.resolve();
    org.onWrite = async () => {
      org.onWrite = () => Promise.resolve();
      second = sync([shop.order(2)]);
      // The other one has noted its order by then, and waits for us.
      await new Promise((resolve) => setImmediate(resolve));
    };
    await sync([shop.order(1)]);
    await second;
    expect(glance(org, 'Contact', 'main:1')).toMatchObject({ orders: 2, spent: 20 });
  });
});
