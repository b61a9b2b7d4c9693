import { describe, expect, it } from 'vitest';
import type { WooRecord } from '../../../../src/mapping/model/record.ts';
import { DATA_LENGTH } from '../../../../src/engine/commands/output/result-text.ts';
import { verified } from '../../../support/links.ts';
import { accounts, contacts, products } from '../../../sync/match/world.ts';
import { type Row, world, type WorldOptions } from '../world.ts';

const ONE = '003000000000001AAA';

/** A shop whose customers and products were never synced, before its first backfill. */
function shop(lists: WorldOptions['lists'] = {}, mappings = [contacts]) {
  const opened = world({ lists, mappings, isLoaded: false });
  const ask = async (given: object) => {
    const found = await opened.run('list_matches', { Arguments__c: JSON.stringify(given) });
    return { state: found['State__c'], text: String(found['Result__c']) };
  };
  const list = async (given: object): Promise<Row & { suggestions: Row[] }> => {
    const { state, text } = await ask(given);
    expect(state, text).toBe('done');
    expect(text.length).toBeLessThanOrEqual(DATA_LENGTH);
    return JSON.parse(text) as Row & { suggestions: Row[] };
  };
  return { ...opened, ask, list };
}

const customer = (id: number, name: string, email = `${name}@example.com`): WooRecord => ({
  id,
  email,
  first_name: name,
  last_name: 'Test',
});

describe('list_matches', () => {
  it('says before the first load where each record would go, by names and masked addresses', async () => {
    const { org, list, state } = shop({
      customers: ['ada', 'bob', 'cy', 'dee', 'eve', 'fay'].map((name, at) =>
        customer(at + 1, name),
      ),
    });
    const adopted = org.add('Contact', { Email: 'ada@example.com' });
    const both = [1, 2].map(() => org.add('Contact', { Email: 'bob@example.com' }));
    const shared = org.add('Contact', { Email: 'cy@example.com', Woo_Key__c: 'other:3' });
    const own = org.add('Contact', { Email: null, Woo_Key__c: 'main:4' });
    const link = { object: 'Contact', key: 'main:6', recordId: ONE, parentKey: null };
    const synced = { ...link, ...verified('h'), byId: false, readNumber: 1 };
    await state.didWrite([synced], []);
    const { suggestions, ...head } = await list({ resource: 'customer' });
    expect(suggestions).toEqual([
      entry(1, 'ada', 'adopt', [adopted]),
      entry(2, 'bob', 'ambiguous', both),
      entry(3, 'cy', 'share', [shared]),
      entry(4, 'dee', 'accepted', [own]),
      entry(5, 'eve', 'create'),
    ]);
    expect(head).toMatchObject({
      store: 'main',
      resource: 'customer',
      next: null,
      read: 6,
      total: 6,
      failed: 0,
      mappings: [{ name: 'Contact', object: 'Contact', keyField: 'Woo_Key__c' }],
    });
    expect(org.written.filter(({ object }) => object !== 'Woo_Command__c')).toEqual([]);
  });

  it('shows what a person has decided, and the row that says so', async () => {
    const bob = customer(2, 'bob &amp; co', 'bob@example.com');
    const { org, list } = shop({ customers: [customer(1, 'ada'), bob] });
    org.add('Contact', { Email: 'ada@example.com' });
    const decide = (id: number, Decision__c: string, Record_Id__c: string | null = null) =>
      org.add('Woo_Match__c', { Match_Key__c: `Contact main:${id}`, Decision__c, Record_Id__c });
    const [one, two] = [decide(1, 'leave_out'), decide(2, 'use', ONE)];
    const { suggestions } = await list({ resource: 'customer' });
    expect(suggestions).toEqual([
      { ...entry(1, 'ada', 'leave_out'), row: one, decided: 'leave_out' },
      {
        ...entry(2, 'bob', 'refused'),
        name: 'bob & co Test',
        row: two,
        decided: 'use',
        why: expect.stringContaining(`no record ${ONE}`) as string,
      },
    ]);
  });

  it('goes on where it was, through 500 messy contacts and two mappings, with nothing lost', async () => {
    const customers = Array.from({ length: 500 }, (_, at) =>
      customer(at + 1, `n${at}`, at % 7 === 6 ? '' : `N${at % 450}@example.com`),
    );
    const { org, list } = shop({ customers }, [contacts, accounts]);
    for (let at = 0; at < 450; at += 1) {
      const Email = `n${at}@example.com`;
      for (let copy = 0; copy < at % 3; copy += 1) org.add('Contact', { Email, LastName: 'L' });
    }
    const seen: Row[] = [];
    let [from, parts]: [unknown, number] = [null, 0];
    do {
      const { suggestions, next } = await list({ resource: 'customer', from });
      seen.push(...suggestions);
      [from, parts] = [next, parts + 1];
    } while (from !== null && parts < 100);
    expect(parts).toBeGreaterThan(5);
    expect(seen.map(({ key, mapping }) => `${String(mapping)} ${String(key)}`).toSorted()).toEqual(
      ['Account', 'Contact']
        .flatMap((mapping) => customers.map(({ id }) => `${mapping} main:${String(id)}`))
        .toSorted(),
    );
    const of = (action: string) =>
      seen.filter((one) => one['mapping'] === 'Contact' && one['action'] === action);
    const expected = (copies: number) =>
      customers.filter(({ email }, at) => email !== '' && (at % 450) % 3 === copies).length;
    expect(of('ambiguous')).toHaveLength(expected(2));
    // The second customer of one address cannot have the record that the first one gets.
    expect(of('adopt').length).toBeLessThanOrEqual(expected(1));
    expect(of('adopt').length).toBeGreaterThan(100);
    expect(org.written.filter(({ object }) => object !== 'Woo_Command__c')).toEqual([]);
  });

  it('lists products and then variations', async () => {
    const { org, list } = shop(
      {
        products: [{ id: 7, name: 'Tea', sku: 'TEA', type: 'variable' }],
        variations: [{ id: 8, name: 'Green', sku: 'TEA-G', parent_id: 7 }],
      },
      [products],
    );
    const id = org.add('Product2', { Name: 'Old', StockKeepingUnit: 'tea-g' });
    const { suggestions, next } = await list({ resource: 'product' });
    expect(next).toBeNull();
    expect(suggestions).toMatchObject([
      { key: 'main:7', action: 'create', name: 'Tea', sign: 'TEA' },
      { key: 'main:8', action: 'adopt', records: [id], sign: 'TEA-G' },
    ]);
  });

  it.each([
    [{ resource: 'order' }, /^COMMAND_ARGUMENTS_INVALID: .*resource/],
    [{ resource: 'customer', from: { list: 'orders', cursor: { by: 'id' } } }, /from\.list/],
    [{ resource: 'customer', from: { list: 'customers', cursor: 5 } }, /from\.cursor/],
  ])('of %j fails with why', async (given, says) => {
    const { state, text } = await shop().ask(given);
    expect(state).toBe('failed');
    expect(text).toMatch(says);
  });

  it('has nothing to say where nothing maps them', async () => {
    const { suggestions, mappings } = await shop({ customers: [customer(1, 'ada')] }, []).list({
      resource: 'customer',
    });
    expect([suggestions, mappings]).toEqual([[], []]);
  });
});

/** A suggestion for a contact. */
function entry(id: number, name: string, action: string, records?: readonly string[]): Row {
  return {
    key: `main:${id}`,
    mapping: 'Contact',
    action,
    ...(records && { records }),
    name: `${name} Test`,
    sign: `${name.slice(0, 1)}…@example.com`,
  };
}
