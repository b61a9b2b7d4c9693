import { describe, expect, it } from 'vitest';
import { ADA, World } from './kept-world.ts';

describe('a field that follows the shop unless it was edited', () => {
  it('gets what only the shop has changed', async () => {
    const world = new World();
    await world.load(ADA);
    await world.load({ ...ADA, last_name: 'Lovelace', billing: { phone: '2' } });
    expect(world.contact).toMatchObject({ LastName: 'Lovelace', Phone: '2', FirstName: 'Ada' });
    expect(world.failures).toEqual([]);
  });

  it('keeps what a person typed, without a word while the shop says what it said', async () => {
    const world = new World();
    await world.load(ADA);
    world.contact['Phone'] = '777';
    await world.load({ ...ADA, last_name: 'Lovelace' });
    await world.load({ ...ADA, last_name: 'King' });
    expect(world.contact).toMatchObject({ LastName: 'King', Phone: '777' });
    expect(world.failures).toEqual([]);
  });

  it.each([
    ['woo_wins', '2', 'CONFLICT_DECIDED'],
    ['salesforce_wins', '777', 'CONFLICT_DECIDED'],
    ['ask', '777', 'CONFLICT_OPEN'],
  ] as const)(
    'goes by the rule %s where both have changed, and is shown',
    async (rule, phone, code) => {
      const world = new World(rule);
      await world.load(ADA);
      world.contact['Phone'] = '777';
      await world.load({ ...ADA, billing: { phone: '2' } });
      expect(world.contact).toMatchObject({ Phone: phone });
      expect(world.failures).toMatchObject([
        { code, field: 'Phone', wooValue: '2', salesforceValue: '777' },
      ]);
    },
  );

  it.each([
    ['is the same on both sides now', { Phone: '2' }, '2', null],
    ["the shop's value was taken, since Salesforce holds again", { Phone: '1' }, '2', null],
    ["the shop's value was taken, as a person has decided", {}, '2', 'take_woo'],
    ["Salesforce's value was taken, as a person has decided", {}, '777', 'take_salesforce'],
  ] as const)('is in conflict no more and says why: %s', async (reason, typed, phone, decision) => {
    const world = new World('ask');
    await world.load(ADA);
    world.contact['Phone'] = '777';
    const moved = { ...ADA, billing: { phone: '2' } };
    await world.load(moved);
    expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN' }]);
    expect(world.settled).toEqual([]);
    Object.assign(world.contact, typed);
    if (decision !== null) world.decide('Phone', decision);
    await world.load(moved);
    expect(world.failures).toEqual([]);
    const over = { code: 'CONFLICT_OVER', field: 'Phone', aspect: 'Phone', wooValue: '2' };
    expect(world.settled).toMatchObject([over]);
    expect(world.settled[0]?.message).toContain(reason);
    expect(world.contact).toMatchObject({ Phone: phone });
  });

  it('takes the name of who registered without one, and bought later', async () => {
    const world = new World();
    const nameless = { ...ADA, first_name: '', last_name: '', billing: {} };
    await world.load(nameless);
    expect(world.contact).toMatchObject({ LastName: 'ada' });
    // Known from before: nothing was agreed on.
    world.state.twoWay.kept.clear();
    await world.load(ADA);
    expect(world.contact).toMatchObject({ FirstName: 'Ada', LastName: 'Byron', Phone: '1' });
  });

  it('takes no name away: what stands in for one is not written over it', async () => {
    const world = new World();
    await world.load(ADA);
    const emptied = { ...ADA, first_name: '', last_name: '', billing: { phone: '2' } };
    await world.load(emptied);
    expect(world.contact).toMatchObject({ FirstName: null, LastName: 'Byron', Phone: '2' });
    await world.load(emptied);
    expect(world.org.queried).toEqual([]);
    await world.load({ ...ADA, last_name: 'Lovelace' });
    expect(world.contact).toMatchObject({ FirstName: 'Ada', LastName: 'Lovelace' });
    expect(world.failures).toEqual([]);
  });

  it('stays what a person typed also where the shop had no name meanwhile', async () => {
    const world = new World('salesforce_wins');
    await world.load(ADA);
    world.contact['LastName'] = 'Typed';
    await world.load({ ...ADA, first_name: '', last_name: '' });
    expect(world.failures).toEqual([]);
    await world.load({ ...ADA, last_name: 'Lovelace' });
    expect(world.contact).toMatchObject({ LastName: 'Typed' });
    expect(world.failures).toMatchObject([
      { code: 'CONFLICT_DECIDED', field: 'LastName', wooValue: 'Lovelace' },
    ]);
  });

  it('says nothing of the side of a conflict that is empty', async () => {
    const world = new World('ask');
    await world.load(ADA);
    world.contact['Phone'] = null;
    await world.load({ ...ADA, billing: { phone: '2' } });
    expect(world.failures).toMatchObject([{ wooValue: '2', salesforceValue: null }]);
    world.contact['Phone'] = '777';
    await world.load({ ...ADA, billing: { phone: '' } });
    expect(world.failures).toMatchObject([{ wooValue: null, salesforceValue: '777' }]);
  });

  it.each([
    ['says', { phone: '1' }],
    ['has empty', { phone: '' }],
    ['does not have', {}],
  ])('takes nothing from a guest whose new account %s it', async (_, billing) => {
    const world = new World();
    const guest = { ...ADA, id: 0, guest: true };
    await world.load(guest);
    const nameless = { ...ADA, first_name: '', last_name: '', billing };
    await world.load(nameless);
    await world.load(nameless);
    expect(world.contact).toMatchObject({
      Woo_Key__c: 'main:3',
      FirstName: 'Ada',
      LastName: 'Byron',
      Phone: '1',
    });
    await world.load({ ...ADA, last_name: 'Lovelace', billing: { phone: '2' } });
    expect(world.contact).toMatchObject({ FirstName: 'Ada', LastName: 'Lovelace', Phone: '2' });
    expect(world.org.of('Contact')).toHaveLength(1);
    expect(world.failures).toEqual([]);
  });

  it('leaves what the survivor of a merge holds, and fills what it does not', async () => {
    const world = new World();
    await world.load(ADA);
    const [old] = world.org.of('Contact');
    const survivor = world.org.add('Contact', { LastName: 'Survivor', Phone: '777' });
    world.org.merged.set(String(old?.Id), survivor);
    world.org.objects.set(
      'Contact',
      world.org.of('Contact').filter(({ Id }) => Id === survivor),
    );
    const moved = { ...ADA, email: 'new@shop.example', billing: { phone: '2' } };
    await world.load(moved);
    expect(world.contact).toMatchObject({
      LastName: 'Survivor',
      Phone: '777',
      Woo_Key__c: 'main:3',
    });
    await world.load(moved);
    expect(world.contact).toMatchObject({
      LastName: 'Survivor',
      Phone: '777',
      FirstName: 'Ada',
      Email: 'new@shop.example',
    });
    expect(world.failures).toEqual([]);
  });

  it('makes a deleted record anew as a whole', async () => {
    const world = new World();
    await world.load(ADA);
    world.org.objects.delete('Contact');
    await world.load({ ...ADA, billing: { phone: '2' } });
    expect(world.contact).toMatchObject({ FirstName: 'Ada', LastName: 'Byron', Phone: '2' });
  });

  it('keeps what differs where nothing is known, as a count and no issue', async () => {
    const world = new World();
    await world.load(ADA);
    world.contact['Phone'] = '777';
    // The record is older than the setting.
    world.state.twoWay.kept.clear();
    await world.state.clearHashes(['main:3'], null);
    expect(await world.load(ADA)).toMatchObject({ kept: 1 });
    world.org.written.length = 0;
    expect(await world.load(ADA)).toMatchObject({ kept: 0, updated: 0 });
    expect([world.org.queried, world.org.written]).toEqual([[], []]);
    expect(world.contact).toMatchObject({ Phone: '777' });
    expect(world.failures).toEqual([]);
  });

  it.each(['woo_wins', 'salesforce_wins', 'ask', null] as const)(
    'takes its own write for no edit, whatever calls broke off around it: %s',
    async (rule) => {
      const world = new World(rule);
      await world.load(ADA);
      const second = { ...ADA, billing: { phone: '2' } };
      await world.loadUntil('didWrite', { afterWrite: true }, second);
      expect(world.contact['Phone']).toBe('2');
      const third = { ...ADA, billing: { phone: '3' } };
      await world.loadUntil('write', { afterWrite: false }, third);
      expect(world.contact['Phone']).toBe('2');
      await world.load(third);
      expect(world.failures).toEqual([]);
      expect(world.contact['Phone']).toBe('3');
    },
  );

  it('takes none of two writes whose results were lost one after the other for an edit', async () => {
    const world = new World('salesforce_wins');
    await world.load(ADA);
    for (const phone of ['2', '3']) {
      await world.loadUntil('didWrite', { afterWrite: true }, { ...ADA, billing: { phone } });
      expect(world.contact['Phone']).toBe(phone);
    }
    await world.load({ ...ADA, billing: { phone: '4' } });
    expect(world.failures).toEqual([]);
    expect(world.contact['Phone']).toBe('4');
  });

  it('takes an edit between two calls that broke off for one', async () => {
    const world = new World('salesforce_wins');
    await world.load(ADA);
    await world.loadUntil('didWrite', { afterWrite: true }, { ...ADA, billing: { phone: '2' } });
    world.contact['Phone'] = '777';
    const third = { ...ADA, billing: { phone: '3' } };
    await world.load(third);
    expect(world.failures).toMatchObject([{ code: 'CONFLICT_DECIDED', salesforceValue: '777' }]);
    expect(world.contact['Phone']).toBe('777');
  });

  it.each(['none', 'didWrite', 'saveBase'] as const)(
    'stays guarded once a person has let it go, with a call that broke off before: %s',
    async (call) => {
      const world = new World();
      world.org.add('Contact', { Email: ADA.email, LastName: 'Byron' });
      await world.load(ADA);
      const moved = { ...ADA, email: 'moved@shop.example' };
      await world.load(moved);
      expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN', field: 'Email' }]);
      world.decide('Email', 'take_woo');
      if (call === 'none') await world.load(moved);
      else await world.loadUntil(call, { afterWrite: true }, moved);
      expect(world.contact['Email']).toBe(moved.email);
      world.org.objects.set('Woo_Sync_Issue__c', []);
      await world.load({ ...ADA, email: 'again@shop.example' });
      expect(world.failures).toMatchObject([{ code: 'CONFLICT_OPEN', field: 'Email' }]);
      expect(world.contact['Email']).toBe(moved.email);
    },
  );

  it('goes on without a guard where we made the record, with a call that broke off', async () => {
    const world = new World();
    await world.load(ADA);
    const moved = { ...ADA, email: 'moved@shop.example' };
    await world.loadUntil('didWrite', { afterWrite: true }, moved);
    await world.load({ ...ADA, email: 'again@shop.example' });
    expect(world.failures).toEqual([]);
    expect(world.contact['Email']).toBe('again@shop.example');
  });

  it('asks Salesforce nothing of records whose side of the shop stays the same', async () => {
    const world = new World();
    await world.load(ADA);
    await world.load(ADA);
    expect(world.org.queried).toEqual([]);
    expect(world.org.written).toEqual([]);
  });
});
