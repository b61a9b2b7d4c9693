import { describe, expect, it, vi } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { customerKeyPart } from '../../../src/mapping/attributes/guest-customers.ts';
import { recordKey } from '../../../src/mapping/keys/keys.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { leadObject } from '../../../src/sync/leads/lead-object.ts';
import { LeadsOrg } from '../../support/leads-org.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { lookup, mapping } from '../../support/shop-mappings.ts';
import { type Sort, TwoSides } from '../merge/two-sides.ts';
import { COPIES, ORDERS } from './order-sides.ts';

const PAID = '2026-01-01T10:00:05';
const LATER = '2026-01-01T10:00:07';

/** A shop that dates what it completes. */
const follows = ({ status }: WooRecord): WooRecord => ({
  date_modified_gmt: PAID,
  ...(status === 'completed' && { date_paid_gmt: PAID }),
});

/** Orders that were completed in Salesforce, and a shop whose webhooks wait. */
async function completed(sort: Sort = ORDERS, other?: TwoSides, ids = [1]): Promise<TwoSides> {
  const sides = new TwoSides('woo_wins', sort, other);
  await sides.begin(...ids);
  sides.tellsLater = true;
  sides.shop.follows = follows;
  for (const id of ids) {
    sides.editSalesforce(id, { Status__c: 'completed' });
    await sides.tell(id);
  }
  return sides;
}

const held = (sides: TwoSides, id = 1) => {
  const { Status__c, Paid__c } = sides.record(id);
  return [Status__c, Paid__c];
};

describe('what the shop answers to a status of Salesforce', () => {
  it('is in Salesforce at once, and its webhook brings nothing to look at', async () => {
    const ids = [...Array.from({ length: 250 }).keys()].map((at) => at + 1);
    const sides = await completed(ORDERS, undefined, ids);
    await sides.run();
    for (const id of ids) expect(held(sides, id)).toEqual(['completed', PAID]);
    expect(sides.shop.sent.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(sides.org.written).toHaveLength(ids.length);
    expect(sides.deliver()).toBe(0);
    await sides.settle();
    expect(sides.org.written).toHaveLength(ids.length);
    expect(sides.failures).toEqual([]);
  });

  it('is newer than what a load has read of it before it was answered', async () => {
    const sides = await completed();
    let load = 0;
    sides.shop.follows = (fields) => {
      load = sides.state.readings += 1;
      return follows(fields);
    };
    await sides.run();
    const [link] = [...sides.state.saved.values()];
    expect(load).toBeGreaterThan(0);
    expect(link?.readNumber).toBeGreaterThan(load);
  });

  it('is as new as the shop dates it, however long Salesforce took before: a backup from before it is held', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T10:00:00Z') });
    let clock = 0;
    const watch = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 600_000));
    try {
      const sides = await completed();
      sides.shop.follows = (fields) => ({
        ...follows(fields),
        date_modified_gmt: '2026-01-01T10:10:00',
      });
      await sides.run();
      expect(held(sides)).toEqual(['completed', PAID]);
      vi.setSystemTime(new Date('2026-01-01T12:00:00Z'));
      sides.shop.change(1, {
        status: 'processing',
        date_paid_gmt: null,
        date_modified_gmt: '2026-01-01T10:00:00',
      });
      sides.deliver();
      await sides.settle();
      expect(sides.failures.map(({ code }) => code)).toEqual(['RECORD_WENT_BACK']);
      expect(held(sides)).toEqual(['completed', PAID]);
    } finally {
      watch.mockRestore();
      vi.useRealTimers();
    }
  });

  it.each<WooRecord>([
    { status: 'cancelled', date_modified_gmt: LATER },
    { date_paid_gmt: null, date_modified_gmt: LATER },
    { meta_data: [{ key: 'tracking_number', value: 'T9' }], date_modified_gmt: LATER },
    // Within the same second.
    { status: 'cancelled' },
  ])('does not hide what somebody changes in the shop before it tells: %j', async (edit) => {
    const sides = await completed();
    await sides.run();
    sides.shop.change(1, edit);
    expect(sides.deliver()).toBe(1);
    await sides.settle();
    const { status, date_paid_gmt } = sides.shop.products.get(1) ?? {};
    expect(held(sides)).toEqual([status, date_paid_gmt]);
    const { woo, salesforce } = sides.compared(1);
    expect(salesforce).toEqual(woo);
  });

  it('nor what somebody had changed there since the order was read', async () => {
    const sides = await completed();
    sides.shop.follows = (fields) => ({
      ...follows(fields),
      meta_data: [{ key: 'tracking_number', value: 'T9' }],
    });
    await sides.run();
    expect(sides.deliver()).toBe(0);
    await sides.settle();
    expect(sides.record(1)).toMatchObject({ Status__c: 'completed', Tracking__c: 'T9' });
  });

  it('is in Salesforce wherever the process is killed, with what was changed in the shop then', async () => {
    for (const edit of [null, { status: 'cancelled', date_modified_gmt: LATER }]) {
      for (let calls = 1; ; calls += 1) {
        if (calls === 80) throw new Error('it was always killed');
        const sides = await completed();
        const whole = await sides.run(calls);
        sides.startAnew();
        if (edit && sides.shop.products.get(1)?.['status'] === 'completed')
          sides.shop.change(1, edit);
        sides.deliver();
        await sides.settle();
        const { status, date_paid_gmt } = sides.shop.products.get(1) ?? {};
        expect(held(sides), `after ${calls} calls`).toEqual([status, date_paid_gmt]);
        if (whole) break;
      }
    }
  });

  it('is in Salesforce after that was out', async () => {
    const sides = await completed();
    const out = new CodedError('SF_UNAVAILABLE', 'It does not answer.', 'Wait.');
    const writes = vi.spyOn(sides.org.asOrg, 'write').mockRejectedValue(out);
    await expect(sides.run()).rejects.toBe(out);
    writes.mockRestore();
    sides.deliver();
    sides.change(1);
    await sides.settle();
    expect(held(sides)).toEqual(['completed', PAID]);
  });

  it('reaches every mapping of orders, and a webhook that shows more to one of them is looked at', async () => {
    const sides = await completed({ ...ORDERS, beside: [COPIES] });
    sides.shop.follows = (fields) => ({ ...follows(fields), total: '5.00' });
    await sides.run();
    expect(sides.org.of('Copy__c')).toMatchObject([{ Total__c: '5.00' }]);
    expect(sides.deliver()).toBe(0);
    sides.shop.change(1, { total: '6.00' });
    expect(sides.deliver()).toBe(1);
    await sides.settle();
    expect(sides.org.of('Copy__c')).toMatchObject([{ Total__c: '6.00' }]);
  });

  it('is no word of an order of another shop with the same number', async () => {
    const main = await completed();
    const outlet = await completed(ORDERS, main);
    await main.run();
    expect(held(main)).toEqual(['completed', PAID]);
    outlet.shop.change(1, { status: 'completed', date_modified_gmt: PAID, date_paid_gmt: PAID });
    expect(outlet.deliver()).toBe(1);
    expect(main.deliver()).toBe(0);
    await outlet.settle();
    expect(held(outlet)).toEqual(['completed', PAID]);
  });

  it('that was cut on its way is read when the shop tells of it', async () => {
    const paid = '2026-01-01T09:00:00';
    const sides = await completed({
      ...ORDERS,
      record: (id) => ({ ...ORDERS.record(id), date_paid_gmt: paid }),
    });
    const { updateOrders } = sides.shop;
    Object.assign(sides.shop, {
      updateOrders: async (...args: Parameters<typeof updateOrders>) => {
        await updateOrders(...args);
        return [{ record: { id: 1, status: 'completed' } }];
      },
    });
    await sides.run();
    expect(held(sides)).toEqual(['completed', paid]);
    expect(sides.org.written).toEqual([]);
    expect(sides.deliver()).toBe(1);
    await sides.settle();
    expect(held(sides)).toEqual(['completed', PAID]);
  });
});

const tracked = (number: string) => ({
  meta_data: [{ key: 'tracking_number', value: number }],
});

describe('what comes up when the answer of the shop is compared', () => {
  it('makes the contact of a guest, whose lead is seen to', async () => {
    const contacts = mappingTo('Contact', {
      resource: 'customer',
      build: (record) => ({
        row: rowOf(recordKey('customer', record, 'main') ?? '', { Email: String(record['email']) }),
      }),
    });
    const done = mapping(
      'order',
      'Order',
      (order) => [lookup('Contact', `main:${customerKeyPart(order) ?? ''}`)],
      { meets: ({ status }) => status === 'completed' },
    );
    const billing = { email: 'ada@shop.example' };
    const sides = await completed({
      ...ORDERS,
      beside: [contacts, done],
      record: (id) => ({ ...ORDERS.record(id), customer_id: 0, line_items: [], billing }),
    });
    const lead = sides.org.add('Lead', { Email: billing.email, IsConverted: false });
    sides.leads = {
      org: Object.assign(sides.org.asOrg, { convertLeads: () => Promise.resolve([]) }),
      settings: { rule: 'link', convertedStatus: null },
      object: { read: () => Promise.resolve(leadObject(new LeadsOrg().lead)) },
    };
    await sides.run();
    const [contact] = sides.org.of('Contact');
    expect(sides.org.get('Lead', lead)).toMatchObject({ Woo_Contact__c: contact?.Id });
    expect(contact).toBeDefined();
  });

  it('reaches the shop where somebody edits Salesforce while the shop takes a change', async () => {
    const sides = new TwoSides('salesforce_wins', ORDERS);
    await sides.begin(1);
    sides.tellsLater = true;
    sides.shop.follows = ({ status }) => {
      if (status !== 'completed') return {};
      sides.editSalesforce(1, { Tracking__c: 'S2' });
      return tracked('T2');
    };
    sides.editSalesforce(1, { Status__c: 'completed' });
    await sides.tell(1);
    await sides.run();
    expect(sides.state.twoWay.edits.has('main:1')).toBe(true);
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({ status: 'completed', ...tracked('S2') });
    expect(sides.state.twoWay.edits.has('main:1')).toBe(false);
  });

  it('stays reported where a person is asked, though Salesforce had told nothing', async () => {
    const sides = new TwoSides('ask', ORDERS);
    await sides.begin(1);
    sides.tellsLater = true;
    sides.shop.follows = () => {
      sides.editSalesforce(1, { Tracking__c: 'S2' });
      return tracked('T2');
    };
    sides.editSalesforce(1, { Status__c: 'completed' });
    sides.editWoo(1, tracked('T1'));
    sides.change(1);
    await sides.run();
    expect(sides.failures).toMatchObject([{ code: 'CONFLICT_OPEN', field: 'Tracking__c' }]);
    expect(sides.state.twoWay.edits.get('main:1')).toBe(1);
    expect(await sides.settle(), 'nothing to look at before that').toBe(0);
  });

  it('is not sent over and over where the shop has just refused it', async () => {
    const sides = new TwoSides('salesforce_wins', ORDERS);
    await sides.begin(1);
    sides.tellsLater = true;
    sides.shop.follows = () => tracked('T2');
    const error = { code: 'no', message: 'The shop refused it.', data: null };
    const refusing = vi.spyOn(sides.shop, 'addOrderNote').mockResolvedValue({ error });
    sides.editSalesforce(1, { Status__c: 'completed', Note__c: 'On its way.' });
    await sides.tell(1);
    await sides.settle();
    expect(refusing).toHaveBeenCalledTimes(1);
    expect(sides.state.twoWay.edits.has('main:1')).toBe(true);
  });

  it('costs no query of what was just compared', async () => {
    const sides = await completed();
    sides.org.queried.length = 0;
    await sides.run();
    expect(sides.org.queried.filter((soql) => soql.includes(' FROM Woo_Order__c '))).toHaveLength(
      1,
    );
    expect(sides.org.written).toHaveLength(1);
  });

  it('reports once what waits for a person, so that it is looked at no more often', async () => {
    const sides = new TwoSides('ask', ORDERS);
    await sides.begin(1);
    sides.editSalesforce(1, { Tracking__c: 'S1' });
    sides.editWoo(1, tracked('T1'));
    sides.change(1);
    await sides.run();
    expect(sides.failures).toMatchObject([{ code: 'CONFLICT_OPEN', field: 'Tracking__c' }]);
    expect(sides.state.twoWay.edits.get('main:1')).toBe(1);
  });

  it('has its id in Salesforce told once, not for the answer again', async () => {
    const mapping: Sort['mapping'] = (rule) => ({ ...ORDERS.mapping(rule), wooMetaKey: '_sf' });
    const sides = await completed({ ...ORDERS, mapping });
    sides.shop.metaWrites.length = 0;
    await sides.run();
    const told = sides.shop.metaWrites.map(([list, key, { id }]) => [list, key, id]);
    expect(told).toEqual([['orders', '_sf', 1]]);
  });
});
