import { describe, expect, it } from 'vitest';
import { choiceKey } from '../../../src/sync/match/choices.ts';
import { ada, contacts, guestOrder, products, world } from './world.ts';

const CHOSEN = '003000000000001AAA';
const bob = { id: 6, email: 'bob@example.com', last_name: 'Babbage' };

/** A world in which people have decided: by key of the decision, what and of which record. */
function decided(choices: Readonly<Record<string, readonly [what: string, recordId?: string]>>) {
  const made = world([{ id: 9, email: 'nine@example.com' }]);
  for (const [key, [what, recordId = null]] of Object.entries(choices)) {
    made.org.add('Woo_Match__c', {
      Match_Key__c: key,
      Decision__c: what,
      Record_Id__c: recordId,
    });
  }
  /** A record with an id as real ones have. */
  const hold = (id: string, fields: Readonly<Record<string, unknown>>) => {
    made.org.of('Contact').push({ Woo_Key__c: null, ...fields, Id: id });
  };
  return { ...made, hold };
}

describe('a record that a person wants created', () => {
  it('is made although one matches, which stays as it is', async () => {
    const { org, pull } = decided({ 'Contact main:5': ['create'] });
    const id = org.add('Contact', { Email: 'ada@example.com', LastName: 'Byron' });
    const report = await pull('customer', [ada]);
    expect(org.get('Contact', id)).not.toHaveProperty('Woo_Key__c');
    expect(org.of('Contact')).toMatchObject([{ LastName: 'Byron' }, { Woo_Key__c: 'main:5' }]);
    expect(report.of(contacts)).toMatchObject({ created: 1, adopted: 0 });
  });

  it('is made where several match, and is what orders of the same address find', async () => {
    const { org, pull, order } = decided({ 'Contact main:5': ['create'] });
    for (const LastName of ['Byron', 'King']) org.add('Contact', { Email: ada.email, LastName });
    const report = await pull('customer', [ada]);
    expect(report.of(contacts)).toMatchObject({ created: 1, failed: 0 });
    const made = org.of('Contact').find((one) => one['Woo_Key__c'] === 'main:5');
    await order(guestOrder(1, 'ada@example.com'));
    expect(org.of('Order')).toMatchObject([{ Contact__c: made?.Id }]);
  });

  it('is the one that carries its key already: it is not made twice', async () => {
    const { org, pull } = decided({ 'Contact main:5': ['create'] });
    org.add('Contact', { Email: 'ada@example.com', Woo_Key__c: 'main:5' });
    await pull('customer', [ada]);
    expect(org.of('Contact')).toHaveLength(1);
  });

  it('is decided for one object only', async () => {
    const { org, pull } = decided({ 'Contact main:5': ['create'] });
    const account = org.add('Account', { Name: 'Engines Ltd' });
    org.add('Contact', { Email: 'ada@example.com', AccountId: account });
    await pull('customer', [ada]);
    expect(org.of('Account')).toMatchObject([{ Name: 'Engines Ltd', Woo_Key__c: 'main:5' }]);
    expect(org.of('Contact')).toHaveLength(2);
  });
});

describe('a record that a person leaves out', () => {
  it('is not written, its neighbours are, and it is no failure', async () => {
    const { org, pull } = decided({ 'Contact main:5': ['leave_out'] });
    const id = org.add('Contact', { Email: 'ada@example.com' });
    const report = await pull('customer', [ada, bob]);
    expect(org.get('Contact', id)).not.toHaveProperty('Woo_Key__c');
    expect(org.of('Contact').slice(1)).toMatchObject([{ Woo_Key__c: 'main:6' }]);
    expect(report.of(contacts)).toMatchObject({ leftOut: 1, created: 1, failed: 0 });
  });

  it('stays out when our state is lost, and orders come without it', async () => {
    const { org, order } = decided({
      'Contact main:5': ['leave_out'],
      'Account main:5': ['leave_out'],
    });
    await order({ id: 1, status: 'completed', customer_id: 5 });
    expect(org.of('Contact')).toEqual([]);
    expect(org.of('Order')).toMatchObject([{ Woo_Key__c: 'main:1' }]);
    expect(org.of('Order')).toMatchObject([{ Contact__c: null, Account__c: null }]);
  });

  it('may be a guest, whose decision holds no address', async () => {
    const key = choiceKey('Contact', 'main:guest:g@example.com');
    expect(key).toMatch(/^Contact main:guest:[0-9a-f]{16}$/);
    const { org, order } = decided({ [key]: ['leave_out'] });
    await order(guestOrder(1, 'g@example.com'));
    expect(org.queried.filter((soql) => /Woo_Match__c.*@/.test(soql))).toEqual([]);
    expect(org.of('Contact')).toEqual([]);
  });
});

describe('a record for which a person has chosen another', () => {
  it('goes there, whatever matches', async () => {
    const { org, hold, pull } = decided({ 'Contact main:5': ['use', CHOSEN] });
    const other = org.add('Contact', { Email: 'ada@example.com' });
    hold(CHOSEN, { Email: 'countess@example.com', LastName: 'King' });
    const report = await pull('customer', [ada]);
    expect(org.get('Contact', CHOSEN)).toMatchObject({ Woo_Key__c: 'main:5', LastName: 'King' });
    expect(org.get('Contact', other)).not.toHaveProperty('Woo_Key__c');
    expect(report.of(contacts)).toMatchObject({ adopted: 1, created: 0 });
  });

  it('may share it with another store: it keeps that key', async () => {
    const { org, hold, pull } = decided({ 'Contact main:5': ['use', CHOSEN] });
    hold(CHOSEN, { Email: 'countess@example.com', Woo_Key__c: 'other:9' });
    const report = await pull('customer', [ada]);
    expect(org.get('Contact', CHOSEN)).toMatchObject({ Woo_Key__c: 'other:9' });
    expect(report.of(contacts)).toMatchObject({ failed: 0, created: 0 });
  });

  it.each([
    ['is gone', {}, ['use', CHOSEN], /Contact has no record 003000000000001AAA/],
    [
      'has the key of another record',
      { Woo_Key__c: 'main:9' },
      ['use', CHOSEN],
      /record 003000000000001AAA has the key of another/,
    ],
    ['has no id', { Woo_Key__c: 'main:9' }, ['use', "x' OR Id != '"], /names no decision/],
    ['has a mistyped id', {}, ['use', '003000000000001AAB'], /names no decision/],
    ['is not named', { Woo_Key__c: 'main:9' }, ['use'], /names no decision/],
    ['is of a later version', { Woo_Key__c: 'main:9' }, ['merge'], /names no decision/],
  ] as const)('is refused where that %s, and neighbours go on', async (what, held, choice, why) => {
    const { org, hold, pull } = decided({ 'Contact main:5': [...choice] });
    if (what !== 'is gone') hold(CHOSEN, held);
    org.add('Contact', { Email: 'ada@example.com' });
    const before = org.of('Contact').map((one) => ({ ...one }));
    const report = await pull('customer', [ada, bob]);
    expect(org.of('Contact').slice(0, before.length)).toEqual(before);
    expect(org.of('Contact').slice(before.length)).toMatchObject([{ Woo_Key__c: 'main:6' }]);
    const [failure] = report.of(contacts).failures;
    expect(report.of(contacts).failed).toBe(1);
    expect(failure).toMatchObject({ key: 'main:5', code: 'MATCH_CHOICE_REFUSED' });
    expect(failure?.message).toContain('Woo Match record with the key "Contact main:5"');
    expect(failure?.message).toMatch(why);
  });

  it('is refused where two have chosen the same: the second one', async () => {
    const { org, hold, pull } = decided({
      'Contact main:5': ['use', CHOSEN],
      'Contact main:6': ['use', CHOSEN],
    });
    hold(CHOSEN, { Email: null });
    const report = await pull('customer', [ada, bob]);
    expect(org.get('Contact', CHOSEN)).toMatchObject({ Woo_Key__c: 'main:5' });
    expect(report.of(contacts)).toMatchObject({ adopted: 1, failed: 1, created: 0 });
    expect(report.of(contacts).failures).toMatchObject([
      { key: 'main:6', code: 'MATCH_CHOICE_REFUSED' },
    ]);
  });
});

describe('asking for decisions', () => {
  it('costs no call of its own, and one more where people have chosen records', async () => {
    const calls = async (choices: Parameters<typeof decided>[0]) => {
      const { org, pull } = decided(choices);
      const queries = org.queries.bind(org);
      let asked = 0;
      org.queries = (soql) => {
        asked += 1;
        expect(soql.length).toBeLessThanOrEqual(5);
        return queries(soql);
      };
      const many = Array.from({ length: 100 }, (_, at) => ({
        id: 1000 + at,
        name: 'n',
        sku: `SKU-${at}`,
      }));
      await pull('product', many);
      expect(org.of('Product2').length).toBeGreaterThan(90);
      return asked;
    };
    expect(await calls({})).toBe(1);
    expect(await calls({ 'Product2 main:1001': ['leave_out'] })).toBe(1);
    expect(await calls({ 'Product2 main:1001': ['use', CHOSEN] })).toBe(2);
  });

  it('finds products by their keys', async () => {
    const { org, pull } = decided({ 'Product2 main:7': ['leave_out'] });
    const report = await pull('product', [{ id: 7, name: 'Tea', sku: 'T' }]);
    expect(org.of('Product2')).toEqual([]);
    expect(report.of(products).leftOut).toBe(1);
  });
});
