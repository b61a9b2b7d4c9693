import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { orders, products, type Row, world } from './world.ts';
import { ORDER, PRODUCT, link, failure, scene, forgottenIn } from './record-scene.ts';

const ITEM = 'a02000000000071AAA';

const GUEST = '003000000000001AAA';

describe('sync', () => {
  it('has records looked at by their Woo ids, and says where they are', async () => {
    const { run, looked, state } = scene([link('Woo_Order__c', 'main:7', ORDER)]);
    const hashes: unknown[] = [];
    const clearHashes = state.clearHashes.bind(state);
    state.clearHashes = async (...asked) => {
      await clearHashes(...asked);
      hashes.push([...state.saved.values()].map(({ hash }) => hash));
    };
    const command = await run('sync', { Resource__c: 'order', Arguments__c: '7,\n 8; 7' });
    expect(looked).toEqual(['main:7', 'main:8']);
    expect(hashes[0], 'forgotten before that').toEqual([null]);
    expect(command).toMatchObject({ State__c: 'done' });
    expect(command['Result__c']).toBe(
      `order main:7 is in step: Woo_Order__c ${ORDER}.\n` +
        'order main:8 was looked at, and no mapping writes it. The command "Explain a record" says why.',
    );
  });

  it.each([
    ['product', ['Product2 main:7']],
    ['customer', ['Contact main:7']],
    ['order', ['Woo_Order__c main:7', 'Woo_Order_Item__c main:71']],
  ])(
    'of a %s rewrites no record of another resource with the same number',
    async (resource, rewritten) => {
      const links = [
        link('Product2', 'main:7', PRODUCT),
        link('Contact', 'main:7', GUEST),
        link('Woo_Order__c', 'main:7', ORDER),
        link('Woo_Order_Item__c', 'main:71', ITEM, { parentKey: 'main:7' }),
      ];
      const { run, state } = scene(links);
      const forgotten = forgottenIn({ state });
      await run('sync', { Resource__c: resource, Arguments__c: '7' });
      expect(forgotten).toEqual(rewritten);
    },
  );

  it('fails with the reason of an issue', async () => {
    const { run } = scene([], (key) => ({ failures: [failure(key)] }));
    const command = await run('sync', { Resource__c: 'order', Arguments__c: '7' });
    expect(command).toMatchObject({
      State__c: 'failed',
      Result__c: 'order main:7 is not in step. STRING_TOO_LONG: Name is too long. Shorten it.',
    });
  });

  it('takes the id of a record of Salesforce, with 15 characters too', async () => {
    const { run, looked, org } = scene([link('Woo_Order__c', 'main:7', ORDER)]);
    for (const one of org.of('Woo_Order__c')) one.Id = ORDER.slice(0, 15);
    org.of('Woo_Order__c')[0] = { Id: ORDER, Woo_Key__c: 'main:7' };
    expect(await run('sync', { Record_Id__c: ORDER })).toMatchObject({ State__c: 'done' });
    expect(looked).toEqual(['main:7']);
  });

  it('takes an item as its order, and a record that only carries its key', async () => {
    const known = [link('Woo_Order_Item__c', 'main:71', ITEM, { parentKey: 'main:7' })];
    const { run, looked, org } = scene(known);
    org.of('Woo_Order__c').push({ Id: ORDER, Woo_Key__c: 'main:9' });
    await run('sync', { Record_Id__c: ITEM });
    await run('sync', { Record_Id__c: ORDER });
    expect(looked).toEqual(['main:7', 'main:9']);
  });

  it.each([
    ['nothing', {}, 'COMMAND_WITHOUT_RECORD'],
    ['ids of what', { Arguments__c: '7' }, 'COMMAND_RESOURCE_UNKNOWN: Arguments holds ids'],
    [
      'ids of a strange kind',
      { Arguments__c: '7', Resource__c: 'voucher' },
      'COMMAND_RESOURCE_UNKNOWN: Woo Resource is "voucher"',
    ],
    [
      'what is no id',
      { Arguments__c: '7, WC-8', Resource__c: 'order' },
      'COMMAND_ARGUMENTS_INVALID: Arguments holds "WC-8"',
    ],
    [
      'a strange store',
      { Arguments__c: '7', Resource__c: 'order', Store__c: 'moon' },
      'STORE_UNKNOWN: The org has no active store with the key "moon" that can be reached; the sidecar knows: main.',
    ],
    [
      'a strange record',
      { Record_Id__c: ITEM },
      `COMMAND_RECORD_UNKNOWN: Record ID holds "${ITEM}"`,
    ],
    ['what is no record', { Record_Id__c: "' OR" }, 'COMMAND_RECORD_UNKNOWN'],
  ])('of %s fails and says so', async (_what, fields: Row, says) => {
    const { run, looked } = scene();
    const { State__c, Result__c } = await run('sync', fields);
    expect([State__c, String(Result__c).slice(0, says.length)]).toEqual(['failed', says]);
    expect(looked).toEqual([]);
  });

  it('of a record says so where nothing is synced', async () => {
    const { run } = scene([], undefined, { mappings: [] });
    const { State__c, Result__c } = await run('sync', { Record_Id__c: ITEM });
    expect([State__c, Result__c]).toEqual([
      'failed',
      `COMMAND_RECORD_UNKNOWN: Record ID holds "${ITEM}", and no records are synced at all: no mapping is active. Activate a mapping.`,
    ]);
  });

  it('of ids needs to know the store where there are several, and a mapping', async () => {
    const several = scene([], undefined, { others: ['eu'] });
    const asked = { Resource__c: 'order', Arguments__c: '7' };
    expect((await several.run('sync', asked))['Result__c']).toMatch(
      /^STORE_UNKNOWN: There are several stores \(main, eu\)/,
    );
    expect(await several.run('sync', { ...asked, Store__c: 'eu' })).toMatchObject({
      State__c: 'done',
    });
    expect(several.looked).toEqual(['eu:7']);
    const without = scene([], undefined, { mappings: [products] });
    expect((await without.run('sync', asked))['Result__c']).toContain('No active mapping');
  });

  it('of the contact of a guest says what to do instead, without his address', async () => {
    const { run } = scene([link('Contact', 'main:guest:ada@example.com', GUEST)]);
    const { State__c, Result__c } = await run('sync', { Record_Id__c: GUEST });
    expect(State__c).toBe('failed');
    expect(Result__c).toContain('name that order');
    expect(Result__c).not.toContain('ada@');
  });

  it('tells that Salesforce is to be read, where it may change the shop', async () => {
    const outgoing = [{ field: 'Name' }] as never;
    const both = scene([], undefined, { mappings: [{ ...products, outgoing }, orders] });
    await both.run('sync', { Resource__c: 'product', Arguments__c: '7' });
    await both.run('sync', { Resource__c: 'order', Arguments__c: '8' });
    expect([...both.state.twoWay.edits.keys()]).toEqual(['main:7']);
    const oneWay = scene();
    await oneWay.run('sync', { Resource__c: 'product', Arguments__c: '7' });
    expect(oneWay.state.twoWay.edits.size).toBe(0);
  });

  it('withdraws what the shop has refused before, where it may be changed', async () => {
    const outgoing = [{ field: 'Status__c' }] as never;
    const { run, state } = scene([], undefined, { mappings: [{ ...orders, outgoing }, products] });
    const base = { Status__c: ['1', '1'], 'Status__c refused': ['1', 'TO_WOO_FORM no'] } as const;
    for (const key of ['main:7', 'main:8'])
      await state.twoWay.saveBase([{ object: 'Woo_Order__c', key, recordId: ORDER, base }]);
    await run('sync', { Resource__c: 'order', Arguments__c: '7' });
    const left = await state.twoWay.syncBases('Woo_Order__c', ['main:7', 'main:8']);
    expect(left.get('main:7')?.base).toEqual({ Status__c: ['1', '1'] });
    expect(left.get('main:8')?.base).toEqual(base);
  });

  it('is refused during the first backfill, and queues nothing', async () => {
    const { run, queue } = world({ isLoaded: false });
    const command = await run('sync', { Resource__c: 'order', Arguments__c: '7' });
    expect(command['Result__c']).toMatch(/^COMMAND_FIRST_LOAD: .* store main /);
    expect(await queue.backlog()).toEqual([]);
  });

  it('gives up when no turn comes, with what is out, and leaves the job', async () => {
    const { run, queue, availability } = world();
    availability
      .store('main')
      .recordFailure(new CodedError('WOO_UNAVAILABLE', 'The shop is away.', 'Wait.'));
    const command = await run('sync', { Resource__c: 'order', Arguments__c: '7' });
    expect(command['Result__c']).toMatch(
      /^COMMAND_STILL_WAITS: 1 of 1 record still wait.* WOO_UNAVAILABLE: The shop is away\. Nothing has to be repeated/,
    );
    expect(await queue.backlog()).toMatchObject([{ waiting: 1 }]);
  });
});
