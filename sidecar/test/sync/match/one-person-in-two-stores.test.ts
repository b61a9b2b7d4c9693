import { describe, expect, it } from 'vitest';
import type { ItemError } from '../../../src/ports/org.ts';
import { CLAIM_SECONDS } from '../../../src/ports/match-claims.ts';
import { accounts, ada, contacts, guestOrder, world } from './world.ts';

const there = { ...ada, id: 9 };

describe('a person who comes new in two stores at the same moment', () => {
  it('becomes one contact and one account: the second store waits, and finds them', async () => {
    const { org, state, pull } = world();
    const [first, second] = await Promise.all([
      pull('customer', [ada], 'main'),
      pull('customer', [there], 'main2'),
    ]);
    expect(org.of('Contact')).toHaveLength(1);
    expect(org.of('Account')).toHaveLength(1);
    for (const mapping of [contacts, accounts]) {
      expect(first.of(mapping).failures).toEqual([]);
      expect(second.of(mapping).failures).toMatchObject([
        { key: 'main2:9', code: 'MATCH_UNDER_WAY' },
      ]);
    }
    const again = await pull('customer', [there], 'main2');
    const [contact] = org.of('Contact');
    const adoption = { key: 'main2:9', recordId: contact?.Id, byId: true };
    expect(again.of(contacts).adoptions).toEqual([adoption]);
    expect(org.of('Contact')).toHaveLength(1);
    expect(org.of('Account')).toHaveLength(1);
    expect(state.matchClaims.held.size).toBe(0);
  });

  it('is one person as a guest too, whose order comes without the contact until then', async () => {
    const { org, pull, order } = world();
    await Promise.all([
      pull('customer', [there], 'main2'),
      order(guestOrder(1, 'ada@example.com')),
    ]);
    expect(org.of('Contact')).toHaveLength(1);
    await order(guestOrder(1, 'ada@example.com'));
    const [contact] = org.of('Contact');
    expect(org.of('Contact')).toHaveLength(1);
    expect(org.of('Order')).toMatchObject([{ Contact__c: contact?.Id }]);
  });

  it('asks the org no more often, and holds nobody else up', async () => {
    const { org, pull } = world();
    const bob = { id: 10, email: 'bob@example.com', last_name: 'Babbage' };
    await pull('customer', [ada, bob], 'main3');
    const alone = org.queried.length;
    const other = world();
    await Promise.all([
      other.pull('customer', [ada], 'main'),
      other.pull('customer', [there, bob], 'main2'),
    ]);
    expect(other.org.queried).toHaveLength(2 * alone);
    expect(other.org.of('Contact').map(({ Woo_Key__c: key }) => key)).toEqual([
      'main:5',
      'main2:10',
    ]);
  });
});

describe('a claim of another store', () => {
  it('shows no e-mail address, and ends by itself where nothing comes of it', async () => {
    const { org, state, pull } = world();
    const written = org.asOrg.write.bind(org);
    org.write = () => Promise.reject(new Error('the process died'));
    await expect(pull('customer', [ada], 'main')).rejects.toThrow('the process died');
    org.write = written;
    expect(state.matchClaims.held.size).toBe(2);
    expect(JSON.stringify([...state.matchClaims.held])).not.toMatch(/ada/i);
    await pull('customer', [there], 'main2');
    expect(org.of('Contact')).toEqual([]);
    state.matchClaims.now += CLAIM_SECONDS;
    await pull('customer', [there], 'main2');
    expect(org.of('Contact')).toMatchObject([{ Woo_Key__c: 'main2:9' }]);
  });

  it('does not hold its own store up, which comes again', async () => {
    const { org, state, pull } = world();
    const written = org.asOrg.write.bind(org);
    org.write = () => Promise.reject(new Error('the process died'));
    await expect(pull('customer', [ada], 'main')).rejects.toThrow('the process died');
    org.write = written;
    await pull('customer', [ada], 'main');
    expect(org.of('Contact')).toHaveLength(1);
    expect(state.matchClaims.held.size).toBe(0);
  });

  it('ends where the org refuses the record, so that the second goes on', async () => {
    const { org, pull } = world();
    const written = org.write.bind(org);
    const message = 'The last name is missing.';
    const error: ItemError = { code: 'INVALID', kind: 'permanent', message, fields: [] };
    org.write = (collections) =>
      Promise.resolve(
        collections.map((one) =>
          (one.kind === 'delete' ? one.ids : one.records).map(() => ({
            id: null,
            created: false,
            errors: [error],
          })),
        ),
      );
    const refused = await pull('customer', [ada], 'main');
    expect(refused.of(contacts).failures).toMatchObject([{ code: 'INVALID' }]);
    org.write = written;
    await pull('customer', [there], 'main2');
    expect(org.of('Contact')).toMatchObject([{ Woo_Key__c: 'main2:9' }]);
    expect(org.of('Account')).toMatchObject([{ Woo_Key__c: 'main2:9' }]);
  });
});
