import { describe, expect, it } from 'vitest';
import { mappingTo } from '../../support/rows.ts';
import { orders, products, type Row, type WorldOptions } from './world.ts';
import { heldLine, heldMapping } from '../../support/held.ts';
import { ORDER, PRODUCT, link, failure, scene, forgottenIn } from './record-scene.ts';

const accounts = mappingTo('Account', { resource: 'customer' });

describe('sync, where a mapping is held,', () => {
  const held = heldMapping({ label: 'Contacts', resource: 'customer', object: 'Contact' });
  const CONTACT = '003000000000005AAA';
  const contact = link('Contact', 'main:5', CONTACT);
  const account = link('Account', 'main:5', '001000000000005AAA');

  function holding(
    links: Parameters<typeof scene>[0],
    mappings: NonNullable<WorldOptions['mappings']>,
    one = held,
    found?: Parameters<typeof scene>[1],
  ) {
    const all = scene(links, found, { mappings });
    all.reloads.brings = { held: [one] };
    return all;
  }
  const said = async ({ run }: ReturnType<typeof scene>, fields: Row) => {
    const { State__c, Result__c } = await run('sync', fields);
    return [State__c, ...String(Result__c).split('\n')];
  };
  const FIVE = { Resource__c: 'customer', Arguments__c: '5' };

  it('refuses records that no other mapping takes, and says why, where and how to mend it', async () => {
    const refused = [
      'failed',
      'COMMAND_MAPPING_HELD: customer main:5 is not synced, since its mapping is held.',
      `${heldLine('Contacts')} Correct that in Setup › Custom Metadata Types, and give the command again.`,
    ];
    const { looked, ...all } = holding([contact], [orders]);
    expect(await said({ looked, ...all }, FIVE)).toEqual(refused);
    expect(await said({ looked, ...all }, { Record_Id__c: CONTACT })).toEqual(refused);
    expect(looked).toEqual([]);
  });

  it('names it where the id may be of one of its records', async () => {
    const [state, ...lines] = await said(holding([], [orders]), { Record_Id__c: CONTACT });
    expect(state).toBe('failed');
    expect(lines[0]).toMatch(/^COMMAND_RECORD_UNKNOWN: .* \(Woo_Order__c\) has this id\.$/);
    expect(lines[1]).toContain(`Left out: ${heldLine('Contacts')}`);
    expect(lines[1]).toMatch(/If a mapping that is left out is of the record, correct that first/);
    expect(await said(holding([], []), { Record_Id__c: CONTACT })).toContain(
      `COMMAND_RECORD_UNKNOWN: Record ID holds "${CONTACT}", and no records are synced at all: all mappings are held.`,
    );
  });

  it('fails, and says what is left out, where others take the record', async () => {
    const both = holding([contact, account], [accounts]);
    const lines = [
      'failed',
      'customer main:5 is in step, but for what is left out: Account 001000000000005AAA.',
      `Left out: ${heldLine('Contacts')}`,
    ];
    expect(await said(both, FIVE)).toEqual(lines);
    expect(await said(both, { Record_Id__c: CONTACT })).toEqual(lines);
    expect(both.looked).toEqual(['main:5', 'main:5']);
  });

  it('has its record written once it is mended, and none of another resource', async () => {
    const product = link('Product2', 'main:5', PRODUCT);
    const all = holding([contact, account, product], [accounts, products]);
    const forgotten = forgottenIn(all);
    await said(all, FIVE);
    expect(forgotten).toEqual(['Contact main:5', 'Account main:5']);
  });

  it('says so of an order that may bring a guest, which is in step itself', async () => {
    const order = link('Woo_Order__c', 'main:7', ORDER);
    const seven = { Resource__c: 'order', Arguments__c: '7' };
    expect(await said(holding([order], [orders]), seven)).toEqual([
      'done',
      `order main:7 is in step: Woo_Order__c ${ORDER}.`,
      `Left out: ${heldLine('Contacts')}`,
    ]);
    const products = { ...held, resource: 'product', object: 'Product2' } as const;
    expect(await said(holding([order], [orders], products), seven)).toHaveLength(2);
  });

  it('does not name what would cure an issue that waits for it', async () => {
    const over = { resource: 'customer', object: 'Contact' } as const;
    const issue = (key: string) => ({
      failures: [failure(key, { ...over, change: { resource: 'customer', key } })],
    });
    expect(await said(holding([account], [accounts], held, issue), FIVE)).toEqual([
      'failed',
      'customer main:5 is not in step, and its issue (STRING_TOO_LONG) waits until Contacts runs again.',
      `Left out: ${heldLine('Contacts')}`,
    ]);
  });

  it('is not concerned by a mapping of another store, or one that the store has its own for', async () => {
    const other = { ...held, store: 'outlet' };
    const replaced = { ...held, notFor: ['main'] };
    for (const one of [other, replaced]) {
      const lines = await said(holding([account], [accounts], one), FIVE);
      expect(lines).toEqual(['done', 'customer main:5 is in step: Account 001000000000005AAA.']);
    }
  });

  it('says of a record whose store does not run where to look', async () => {
    const { org, ...all } = holding([], [orders]);
    org.of('Woo_Order__c').push({ Id: ORDER, Woo_Key__c: 'moon:9' });
    const text = (await said({ org, ...all }, { Record_Id__c: ORDER })).join('\n');
    expect(text).toMatch(/is of the store moon: see whether that is active/);
  });
});
