import { beforeEach, describe, expect, it } from 'vitest';
import { forgetDeleted } from '../../../src/sync/reconcile/foreign-edits.ts';
import { mappingTo } from '../../support/rows.ts';
import { gmt } from '../../support/sweep-shop.ts';
import { verified } from '../../support/links.ts';
import {
  type Row,
  orders,
  contacts,
  products,
  shop,
  state,
  org,
  open,
  link,
  prove,
  nextDay,
  beginAnew,
} from './reconcile-world.ts';

beforeEach(beginAnew);

const items = mappingTo('Woo_Order_Item__c', { resource: 'order_item', deleteRule: 'delete' });

describe('what somebody else changed in Salesforce', () => {
  const row = (key: string, id = '001000000000001AAA'): Row => ({
    Id: id,
    Woo_Key__c: key,
    SystemModstamp: '2026-03-02T10:00:00.000+0000',
  });
  beforeEach(() => {
    state.slice = () => Promise.resolve([]);
  });

  it('is asked of the objects that the shop may change', async () => {
    await state.saveCursor('main', 'loaded', { at: '2026-03-01T12:00:00.000Z' });
    const outward = mappingTo('Lead', { resource: 'product', direction: 'to_woo' });
    await prove([orders, products, outward, mappingTo('Contact', { resource: 'customer' })]);
    expect(org.asked).toEqual([
      ['Woo_Order__c', 'Product2', 'Contact'].map(
        (object) =>
          `SELECT Id, SystemModstamp, IsDeleted, Woo_Key__c FROM ${object} ` +
          `WHERE ${object.endsWith('__c') ? "(Woo_Key__c LIKE 'main:%' OR Woo_Key__c = null)" : "Woo_Key__c LIKE 'main:%'"} ` +
          `AND (LastModifiedById != '005000000000001AAA' OR IsDeleted = true) ` +
          `AND SystemModstamp > 2026-03-01T11:50:00.000Z ` +
          `ORDER BY SystemModstamp, Id LIMIT 2000`,
      ),
    ]);
    org.asked.length = 0;
    const last = new Date(`${gmt(shop.now)}Z`).getTime();
    await nextDay();
    await prove([orders]);
    expect(org.asked[0]?.[0]).toContain(
      `SystemModstamp > ${new Date(last - 600_000).toISOString()}`,
    );
  });

  it('is asked since its object was asked last, where its mapping was held or off meanwhile', async () => {
    await state.saveCursor('main', 'loaded', { at: '2026-03-01T12:00:00.000Z' });
    const since = (soql = '') => /FROM (\w+).*SystemModstamp > (\S+)/.exec(soql)?.slice(1);
    const day = () => new Date((shop.now - 600) * 1000 + Date.parse(`${gmt(0)}Z`)).toISOString();
    await prove([orders, products]);
    const first = day();
    await nextDay();
    await prove([orders]);
    const second = day();
    await nextDay();
    org.asked.length = 0;
    await prove([orders, products, contacts]);
    expect(org.asked[0]?.map(since)).toEqual([
      ['Woo_Order__c', second],
      ['Product2', first],
      ['Contact', '2026-03-01T11:50:00.000Z'],
    ]);
  });

  it('is asked since the last time that an earlier version noted for all objects', async () => {
    await state.saveCursor('main', 'proof:salesforce', { at: '2026-03-02T12:00:00.000Z' });
    await prove([orders]);
    expect(org.asked[0]?.[0]).toContain('SystemModstamp > 2026-03-02T11:50:00.000Z');
  });

  it('is written anew: its hash is cleared and it is queued, parts with their order', async () => {
    await link('Woo_Order__c', [1, 2]);
    await link('Woo_Order_Item__c', [31, 32], 2);
    await link('Contact', [5]);
    await link('Woo_Order__c', [2], undefined, 'main2');
    org.rows.set('Woo_Order__c', [row('main:1'), row('main:99'), row('main2:2'), row('guest')]);
    org.rows.set('Woo_Order_Item__c', [row('main:32'), row('main:31')]);
    const { found, result } = await prove([orders, items, contacts]);
    expect(found).toEqual(['order main:1', 'order main:2']);
    expect(result.foreign).toBe(3);
    const cleared = [...state.saved.values()].filter(({ hash }) => hash === null);
    expect(cleared.map(({ object, key }) => `${object} ${key}`)).toEqual([
      'Woo_Order__c main:1',
      'Woo_Order_Item__c main:31',
      'Woo_Order_Item__c main:32',
    ]);
  });

  it('is that a record was deleted, and not once it is there again as another', async () => {
    await link('Woo_Order__c', [1, 2]);
    const idOf = (id: number) => String(state.saved.get(`Woo_Order__c main:${id}`)?.recordId);
    const gone = (id: number, recordId: string) => ({
      ...row(`main:${id}`, recordId),
      IsDeleted: true,
    });
    const other = '001000000000009AAA';
    org.rows.set('Woo_Order__c', [gone(1, idOf(1)), gone(2, other)]);
    expect((await prove([orders])).found).toEqual(['order main:1']);
    // It was edited since.
    org.rows.set('Woo_Order__c', [gone(2, other), row('main:2', idOf(2))]);
    expect((await prove([orders])).result.foreign).toBe(1);
  });

  it('leaves records of other resources with the same number as they are', async () => {
    await link('Product2', [2]);
    await link('Contact', [2]);
    await link('Woo_Order__c', [2]);
    await link('Woo_Order_Item__c', [31], 2);
    const cleared = () =>
      [...state.saved].filter(([, { hash }]) => hash === null).map(([name]) => name);
    org.rows.set('Contact', [row('main:2')]);
    const all = [orders, items, contacts, products];
    expect((await prove(all)).found).toEqual(['customer main:2']);
    expect(cleared()).toEqual(['Contact main:2']);
    org.rows.set('Woo_Order__c', [row('main:2')]);
    await prove(all);
    expect(cleared()).toEqual([
      'Contact main:2',
      'Woo_Order__c main:2',
      'Woo_Order_Item__c main:31',
    ]);
  });

  it.each([
    ['another key', 'main:999'],
    ['none', null],
  ])('is known by its id where it carries %s now, and gets its own key back', async (_how, key) => {
    await link('Woo_Order__c', [1]);
    org.rows.set('Woo_Order__c', [{ ...row('', 'id 1'), Woo_Key__c: key }]);
    const { found, result } = await prove([orders]);
    expect(found).toEqual(['order main:1']);
    expect(state.saved.get('Woo_Order__c main:1')?.hash).toBeNull();
    expect([result.foreign, result.orphans]).toEqual([1, 0]);
  });

  it('keeps its key where it was found by others than its key', async () => {
    const adopted = { object: 'Woo_Order__c', key: 'main:1', recordId: 'id 1', ...verified('h') };
    const rest = { parentKey: null, byId: true, readNumber: 0 };
    await state.didWrite([{ ...adopted, ...rest }], []);
    org.rows.set('Woo_Order__c', [row('outlet:9', 'id 1')]);
    expect((await prove([orders])).found).toEqual([]);
  });

  it('is an issue where the shop never had the record, until it is gone or has another key', async () => {
    shop.put('orders', 8, { created: gmt(0) });
    org.rows.set('Woo_Order__c', [
      row('main:8', 'a00000000000008AAA'),
      row('main:9', 'a00000000000009AAA'),
    ]);
    const { found, result } = await prove([orders]);
    expect(found).toEqual(['order main:8']);
    expect(result.orphans).toBe(1);
    expect([...open.values()]).toMatchObject([
      { code: 'RECORD_NOT_IN_SHOP', recordId: 'a00000000000009AAA', recordKey: 'main:9' },
    ]);
    org.now.set('a00000000000009AAA', { Id: 'a00000000000009AAA', Woo_Key__c: 'main:9' });
    await nextDay();
    expect((await prove([orders])).result.orphans).toBe(1);
    expect((await prove([contacts])).result.orphans, 'while its mapping is held').toBe(1);
    org.now.set('a00000000000009AAA', { Id: 'a00000000000009AAA', Woo_Key__c: null });
    expect((await prove([orders])).result.orphans).toBe(0);
    expect(open.size).toBe(0);
  });

  it('is no orphan where it was deleted in Salesforce meanwhile', async () => {
    org.rows.set('Woo_Order__c', [{ ...row('main:9'), IsDeleted: true }]);
    expect((await prove([orders])).result.orphans).toBe(0);
  });

  it('of a guest is not queued, since the shop has no list of guests', async () => {
    const key = 'main:guest:jane@example.com';
    const guest = { object: 'Contact', key, recordId: '003', ...verified('h'), parentKey: null };
    await state.didWrite([{ ...guest, byId: false, readNumber: 0 }], []);
    org.rows.set('Contact', [row(key)]);
    expect((await prove([contacts])).found).toEqual([]);
    expect(state.saved.get(`Contact ${key}`)?.hash).toBeNull();
  });

  it('is read to its end, behind records of the same second', async () => {
    const ids = Array.from({ length: 2001 }, (_, at) => at + 1);
    await link('Woo_Order__c', ids);
    org.rows.set(
      'Woo_Order__c',
      ids.map((id) => row(`main:${id}`, `a0${id}`)),
    );
    const { result } = await prove([orders, contacts]);
    expect(result.foreign).toBe(2001);
    expect(org.asked.map((some) => some.length)).toEqual([2, 1]);
    expect(org.asked[1]?.[0]).toContain(
      "(SystemModstamp > 2026-03-02T10:00:00.000Z OR (SystemModstamp = 2026-03-02T10:00:00.000Z AND Id > 'a02000'))",
    );
  });

  describe('of a guest', () => {
    const GUEST = 'main:guest:ann@example.com';
    const held = { ...row(GUEST), Id: 'id guest' };
    const guest = { object: 'Contact', key: GUEST, recordId: 'id guest', ...verified('h') };
    beforeEach(async () => {
      await state.saveCursor('main', 'loaded', { at: '2026-03-01T12:00:00.000Z' });
      await link('Woo_Order__c', [5, 6, 7]);
      const own = { ...guest, byId: false, parentKey: null, readNumber: 0 };
      await state.didWrite([own], []);
      const of = { customer: GUEST, status: 'completed', counts: true, currency: 'EUR' };
      const sums = { total: '1.00', refunded: '0.00', refunds: [], placedAt: null };
      const counted = ['main:5', 'main:7'].map((key) => ({ key, ...of, ...sums }));
      await state.totals.note(counted, [], 1);
    });
    const unsure = async () => {
      const links = await state.links('Woo_Order__c', ['main:5', 'main:6', 'main:7']);
      return [...links.values()].filter(({ hash }) => hash === null).map(({ key }) => key);
    };

    it('who was deleted has all orders written again, by which the guest is made anew', async () => {
      org.rows.set('Contact', [{ ...held, IsDeleted: true }]);
      const { found, result } = await prove([orders, contacts]);
      expect(found).toEqual(['order main:5', 'order main:7']);
      expect(result.foreign).toBe(1);
      expect(await unsure()).toEqual(['main:5', 'main:7']);
    });

    it('who was edited has none', async () => {
      org.rows.set('Contact', [{ ...held, IsDeleted: false }]);
      expect((await prove([orders, contacts])).found).toEqual([]);
      expect(await unsure()).toEqual([]);
    });

    it('who was deleted has them written again by a load too', async () => {
      org.rows.set('Contact', [{ ...held, IsDeleted: true }]);
      await forgetDeleted({ org, store: shop, state, mappings: [orders, contacts] });
      expect(await unsure()).toEqual(['main:5', 'main:7']);
    });
  });

  it('is forgotten before a load where it was deleted since it was looked for last, and nothing else is', async () => {
    await state.saveCursor('main', 'loaded', { at: '2026-03-01T12:00:00.000Z' });
    await link('Woo_Order__c', [5, 6]);
    const gone = (key: string, Id: string) => ({ ...row(key), Id, IsDeleted: true });
    org.rows.set('Woo_Order__c', [gone('main:5', 'id 5'), gone('main:6', 'of an earlier time')]);
    await forgetDeleted({ org, store: shop, state, mappings: [orders, products] });
    expect(org.asked).toHaveLength(1);
    expect(org.asked[0]?.[1]).toBe(
      "SELECT Id, SystemModstamp, IsDeleted, Woo_Key__c FROM Product2 WHERE Woo_Key__c LIKE 'main:%' " +
        'AND IsDeleted = true AND SystemModstamp > 2026-03-01T11:50:00.000Z ' +
        'ORDER BY SystemModstamp, Id LIMIT 2000',
    );
    const links = await state.links('Woo_Order__c', ['main:5', 'main:6']);
    expect([...links.values()].map(({ hash }) => hash)).toEqual([null, 'h']);
  });

  it('is not asked for before a first load, which knows of nothing that was there', async () => {
    await forgetDeleted({ org, store: shop, state, mappings: [orders, products] });
    expect(org.asked).toEqual([]);
  });
});
