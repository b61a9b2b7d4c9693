import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { ConflictRule } from '../../../src/mapping/model/record.ts';
import { digest } from '../../../src/sync/model/digest.ts';
import { TwoSides } from '../merge/two-sides.ts';
import { ORDERS } from './order-sides.ts';

/** Orders in processing whose status somebody has changed in Salesforce. */
async function edited(
  status: string | null,
  ids: readonly number[] = [1],
  rule: ConflictRule = 'woo_wins',
): Promise<TwoSides> {
  const sides = new TwoSides(rule, ORDERS);
  await sides.begin(...ids);
  for (const id of ids) {
    sides.editSalesforce(id, { Status__c: status });
    await sides.tell(id);
  }
  return sides;
}

const statuses = (sides: TwoSides, id = 1) => [
  sides.shop.products.get(id)?.['status'],
  sides.record(id)['Status__c'],
];

describe('a status that Salesforce gives an order', () => {
  it('goes to the shop where the list has the transition, many in one call', async () => {
    const sides = await edited('completed', [1, 2, 3]);
    await sides.settle();
    expect([1, 2, 3].map((id) => statuses(sides, id))).toEqual(
      Array.from({ length: 3 }, () => ['completed', 'completed']),
    );
    expect(sides.shop.sent).toHaveLength(1);
    expect(sides.failures).toEqual([]);
    const { writes } = sides;
    await sides.tell(1);
    await sides.settle();
    expect(sides.writes).toBe(writes);
  });

  it('is what both sides are known to hold once the shop has taken it, without another look', async () => {
    const sides = await edited('completed');
    await sides.run();
    const known = sides.state.twoWay.kept.get('Woo_Order__c main:1');
    const done = digest('completed');
    expect(known).toMatchObject({ base: { 'Status__c<status': [done, done] }, pending: {} });
    expect(sides.state.twoWay.edits.size).toBe(0);
  });

  it('stays as it was typed where the shop keeps it otherwise', async () => {
    const sides = new TwoSides('woo_wins', ORDERS);
    await sides.begin(1);
    sides.editSalesforce(1, { Tracking__c: 'ab 1' });
    await sides.tell(1);
    const kept = [{ key: 'tracking_number', value: 'AB1' }];
    sides.shop.follows = () => ({ meta_data: kept });
    await sides.settle();
    await sides.tell(1);
    await sides.settle();
    expect(sides.record(1)).toMatchObject({ Tracking__c: 'ab 1' });
    expect(sides.shop.products.get(1)).toMatchObject({ meta_data: kept });
    expect(sides.failures).toEqual([]);
  });

  it.each(['cancelled', 'refunded', 'Nonsense!', null])(
    'goes back to what the shop has where the list lacks it, with an issue that stays: %s',
    async (status) => {
      const sides = await edited(status);
      await sides.run();
      expect(statuses(sides)).toEqual(['processing', 'processing']);
      expect(sides.shop.sent).toEqual([]);
      const [first] = sides.failures.splice(0);
      expect(first).toMatchObject({ field: 'Status__c', recordKey: 'main:1', retry: 'never' });
      expect(first?.code).toMatch(/^TO_WOO_(?:TRANSITION|FORM|EMPTY)$/);
      // Whoever looks next finds both sides the same, and the issue stands.
      await sides.tell(1);
      await sides.settle();
      sides.change(1);
      await sides.settle();
      expect(sides.failures).toHaveLength(2);
      expect(sides.failures).toMatchObject([{ key: first?.key, reason: first?.reason }, {}]);
      expect(sides.failures[1]).toEqual(sides.failures[0]);
      sides.failures.length = 0;
      sides.shop.change(1, { status: 'completed' });
      await sides.settle();
      sides.shop.change(1, { status: 'processing' });
      await sides.settle();
      expect(statuses(sides)).toEqual(['processing', 'processing']);
      expect(sides.failures).toEqual([]);
    },
  );

  it.each(['refunded', 'Nonsense!', null])(
    'that was refused is withdrawn where somebody has the order looked at anew: %s',
    async (status) => {
      const sides = await edited(status, [1, 2]);
      await sides.settle();
      sides.failures.length = 0;
      await sides.state.twoWay.forgetRefusals(['main:1']);
      for (const id of [1, 2]) await sides.tell(id);
      await sides.settle();
      expect(sides.failures.map(({ recordKey }) => recordKey)).toEqual(['main:2']);
      expect(statuses(sides)).toEqual(['processing', 'processing']);
      // What is not agreed is refused once more.
      sides.editSalesforce(1, { Status__c: 'refunded' });
      await sides.state.twoWay.forgetRefusals(['main:1']);
      await sides.tell(1);
      await sides.run();
      expect(sides.failures.at(-1)).toMatchObject({ recordKey: 'main:1', field: 'Status__c' });
    },
  );

  it('ends the issue of an earlier refusal where it is taken', async () => {
    const sides = await edited('cancelled');
    await sides.settle();
    sides.failures.length = 0;
    sides.editSalesforce(1, { Status__c: 'completed' });
    await sides.tell(1);
    await sides.settle();
    expect(statuses(sides)).toEqual(['completed', 'completed']);
    expect(sides.failures).toEqual([]);
  });

  it('goes back where the shop refuses it, and neighbours and other fields are unharmed', async () => {
    const sides = await edited('completed', [1, 2]);
    sides.editSalesforce(1, { Tracking__c: 'T1' });
    sides.shop.refuses.set(1, 'woocommerce_rest_invalid_order');
    await sides.settle();
    expect(statuses(sides)).toEqual(['processing', 'processing']);
    expect(statuses(sides, 2)).toEqual(['completed', 'completed']);
    expect(sides.noted.slice(0, 2)).toEqual([
      '0 sending order main:1 main:2',
      '1 refused order main:1',
    ]);
    const codes = new Set(sides.failures.map(({ code, field: at }) => `${code} ${at ?? ''}`));
    expect(codes).toEqual(new Set(['SHOP_REFUSED Status__c', 'SHOP_REFUSED Tracking__c']));
    sides.shop.refuses.clear();
    sides.change(1);
    await sides.settle();
    expect(sides.shop.products.get(1)).toMatchObject({
      meta_data: [{ key: 'tracking_number', value: 'T1' }],
    });
  });

  it.each([
    ['the shop refuses', 'completed', 'SHOP_REFUSED'],
    ['the shop does not have', 'packed', 'TO_WOO_STATUS_UNKNOWN'],
  ])('that %s has an issue that stays when it has gone back', async (_, status, code) => {
    const sides = await edited(status);
    sides.shop.statuses = ['processing', 'completed'];
    sides.shop.refuses.set(1, 'woocommerce_rest_invalid_order');
    await sides.run();
    expect(sides.failures.splice(0)).toMatchObject([{ code, field: 'Status__c' }]);
    await sides.run();
    expect(statuses(sides)).toEqual(['processing', 'processing']);
    expect(sides.failures.splice(0)).toMatchObject([{ code, field: 'Status__c' }]);
    sides.shop.refuses.clear();
    sides.editSalesforce(1, { Status__c: 'completed' });
    await sides.tell(1);
    await sides.settle();
    expect(statuses(sides)).toEqual(['completed', 'completed']);
    expect(sides.failures).toEqual([]);
  });

  it('that a plugin made is sent only where the shop has it: a batch would make it pending', async () => {
    const gone = await edited('packed', [1, 2]);
    gone.shop.statuses = ['processing', 'completed'];
    gone.editSalesforce(2, { Status__c: 'completed' });
    await gone.settle();
    expect(statuses(gone)).toEqual(['processing', 'processing']);
    expect(statuses(gone, 2)).toEqual(['completed', 'completed']);
    expect(gone.failures.map(({ code }) => code)).toContain('TO_WOO_STATUS_UNKNOWN');
    const there = await edited('packed');
    there.shop.statuses = ['processing', 'packed'];
    await there.settle();
    expect(statuses(there)).toEqual(['packed', 'packed']);
  });

  it.each([
    ['woo_wins', 'packed', 'packed'],
    ['salesforce_wins', 'packed', 'completed'],
    // Of cancelled nothing may be made from here.
    ['salesforce_wins', 'cancelled', 'cancelled'],
    ['woo_wins', 'cancelled', 'cancelled'],
  ] as const)(
    'meets a change of the shop by the conflict rule and the list: %s, %s',
    async (rule, inShop, both) => {
      const sides = await edited('completed', [1], rule);
      sides.shop.change(1, { status: inShop });
      await sides.settle();
      expect(statuses(sides)).toEqual([both, both]);
      expect(sides.failures.map(({ code }) => code)).toContain('CONFLICT_DECIDED');
    },
  );

  it('arrives once, wherever the service is killed', async () => {
    for (let calls = 1; calls < 80; calls += 1) {
      const sides = await edited('completed');
      const whole = await sides.run(calls);
      // Meanwhile the shop may give it back; that is no change of Salesforce.
      await sides.settle();
      expect(statuses(sides)).toEqual(['completed', 'completed']);
      if (whole) return;
    }
    throw new Error('it was always killed');
  });

  it('that is refused goes back, wherever the service is killed, and says so', async () => {
    for (let calls = 1; calls < 40; calls += 1) {
      const sides = await edited('refunded');
      const whole = await sides.run(calls);
      await sides.settle();
      expect(statuses(sides)).toEqual(['processing', 'processing']);
      expect(sides.failures.at(-1)?.code).toBe('TO_WOO_TRANSITION');
      if (whole) return;
    }
    throw new Error('it was always killed');
  });
});

async function noted(note: string): Promise<TwoSides> {
  const sides = new TwoSides('woo_wins', ORDERS);
  await sides.begin(1);
  await enter(sides, note);
  return sides;
}

async function enter(sides: TwoSides, note: string | null, id = 1): Promise<void> {
  sides.editSalesforce(id, { Note__c: note });
  await sides.tell(id);
}

/** The shop is out when the note of that order is sent. */
async function runWhileOut(sides: TwoSides, order: number): Promise<void> {
  const { addOrderNote } = sides.shop;
  const out = new CodedError('WOO_UNAVAILABLE', 'It does not answer.', 'Wait.');
  const outFor: typeof addOrderNote = (id, note) =>
    id === order ? Promise.reject(out) : addOrderNote(id, note);
  Object.assign(sides.shop, { addOrderNote: outFor });
  await expect(sides.run()).rejects.toBe(out);
  Object.assign(sides.shop, { addOrderNote });
}

const notesIn = ({ shop }: TwoSides) => shop.notes.map(({ text }) => text);

describe('a note that Salesforce has for an order', () => {
  it('is sent once, to whom it is for, and by itself', async () => {
    const sides = await noted('Your parcel is on its way');
    await sides.settle();
    expect(sides.shop.notes).toMatchObject([
      { id: 1, text: 'Your parcel is on its way', toCustomer: true },
    ]);
    expect(sides.shop.sent).toEqual([]);
    await sides.tell(1);
    await sides.settle();
    sides.change(1);
    await sides.settle();
    expect(notesIn(sides)).toHaveLength(1);
  });

  it('is sent again where somebody enters the same again', async () => {
    const sides = await noted('Call us');
    for (const note of [null, 'Call us']) {
      await sides.settle();
      await enter(sides, note);
    }
    await sides.settle();
    expect(notesIn(sides)).toEqual(['Call us', 'Call us']);
  });

  it('is sent again after the shop was out for the note of another order', async () => {
    const sides = new TwoSides('woo_wins', ORDERS);
    await sides.begin(1, 2);
    for (const id of [1, 2]) await enter(sides, 'Call us', id);
    await runWhileOut(sides, 2);
    for (const id of [1, 2]) await sides.tell(id);
    for (const note of [null, 'Call us']) {
      await sides.settle();
      await enter(sides, note);
    }
    await sides.settle();
    expect(sides.shop.notes.map(({ id }) => id)).toEqual([1, 2, 1]);
  });

  it.each([[['Hello & welcome']], [['First', 'Hello & welcome']]])(
    'is sent once, wherever the service is killed: %j',
    async (notes) => {
      for (let calls = 1; calls < 40; calls += 1) {
        const [first = '', ...later] = notes;
        const sides = await noted(first);
        for (const note of later) {
          await sides.settle();
          await enter(sides, note);
        }
        const whole = await sides.run(calls);
        await sides.settle();
        expect(notesIn(sides)).toEqual(notes);
        if (whole) return;
      }
      throw new Error('it was always killed');
    },
  );

  it('is sent where only an older note, or one for others, says the same', async () => {
    const sides = await noted('First');
    await sides.settle();
    const said = { id: 1, text: 'Call us' };
    const old = { ...said, toCustomer: true, at: new Date(Date.now() - 3_600_000) };
    const others = { ...said, toCustomer: false, at: new Date() };
    sides.shop.notes.push(old, others);
    await enter(sides, 'Call us');
    await runWhileOut(sides, 1);
    await sides.tell(1);
    await sides.settle();
    expect(sides.shop.notes.slice(3)).toMatchObject([{ ...said, toCustomer: true }]);
  });

  it('is not sent again where the state was lost', async () => {
    const sides = await noted('Hello');
    await sides.settle();
    const after = new TwoSides('woo_wins', ORDERS);
    await after.begin(1);
    after.shop.notes.push(...sides.shop.notes);
    await enter(after, 'Hello');
    await after.settle();
    expect(notesIn(after)).toEqual(['Hello']);
  });

  it('that the shop refuses is an issue, and is sent when the order is looked at again', async () => {
    const sides = await noted('Hello');
    sides.shop.refuses.set(1, 'woocommerce_rest_order_invalid_id');
    await sides.settle();
    expect(sides.failures).toMatchObject([{ code: 'SHOP_REFUSED', field: 'Note__c' }]);
    sides.shop.refuses.clear();
    sides.change(1);
    await sides.settle();
    expect(notesIn(sides)).toEqual(['Hello']);
  });
});
