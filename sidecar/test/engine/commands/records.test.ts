import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { BatchResult } from '../../../src/ports/change-queue.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import type { SavedLink } from '../../../src/ports/link.ts';
import { GROUPING } from '../../../src/sync/report/issue-group.ts';
import { mappingTo } from '../../support/rows.ts';
import { orders, products, type Row, world, type WorldOptions } from './world.ts';
import { heldLine, heldMapping } from '../../support/held.ts';
import { verified } from '../../support/links.ts';

const ORDER = 'a01000000000007AAA';
const ITEM = 'a02000000000071AAA';
const GUEST = '003000000000001AAA';
const PRODUCT = '01t000000000007AAA';

const items = mappingTo('Woo_Order_Item__c', { resource: 'order_item' });
const contacts = mappingTo('Contact', { resource: 'customer' });
const accounts = mappingTo('Account', { resource: 'customer' });

function link(object: string, key: string, recordId: string, over: Partial<SavedLink> = {}) {
  const known = { ...verified('what it held'), parentKey: null, byId: false, readAt: new Date(0) };
  return [`${object} ${key}`, { object, key, recordId, ...known, ...over }] as const;
}

function failure(key: string, over: Partial<IssueSeen> = {}): IssueSeen {
  return {
    ...{ key: `order:Woo_Order__c:${key}`, kind: 'failed', store: 'main', resource: 'order' },
    ...{ recordKey: key, object: 'Woo_Order__c', recordId: null, code: 'STRING_TOO_LONG' },
    ...{ reason: 'Name is too long.', cure: 'Shorten it.', field: 'Name', retry: 'never' },
    ...{ wooValue: null, salesforceValue: null, change: { resource: 'order', key } },
    ...over,
  };
}

/** Links are known, and their records are there; `found` is what the worker finds. */
function scene(
  links: readonly ReturnType<typeof link>[] = [],
  found: (key: string) => Partial<BatchResult> = () => ({}),
  options: WorldOptions = {},
) {
  const all = world({ mappings: [orders, items, contacts, products], ...options });
  for (const [name, one] of links) {
    all.state.saved.set(name, one);
    all.org.of(one.object).push({ Id: one.recordId, Woo_Key__c: one.key });
  }
  const looked: string[] = [];
  all.worksBy((key) => {
    looked.push(key);
    const rewritten = links.filter(([, one]) => one.key === key);
    for (const [name, one] of rewritten) all.state.saved.set(name, { ...one, hash: 'new' });
    return found(key);
  });
  return { ...all, looked };
}

/** The links whose hashes were forgotten before anything was looked at. */
function forgottenIn({ state }: Pick<ReturnType<typeof scene>, 'state'>): readonly string[] {
  const forgotten: string[] = [];
  const clearHashes = state.clearHashes.bind(state);
  state.clearHashes = async (keys, objects) => {
    await clearHashes(keys, objects);
    // The queue has nothing to forget, and says so each time.
    if (keys.length === 0) return;
    const cleared = [...state.saved].filter(([, { hash }]) => hash === null);
    forgotten.push(...cleared.map(([name]) => name));
  };
  return forgotten;
}

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
      { Arguments__c: '7', Resource__c: 'coupon' },
      'COMMAND_RESOURCE_UNKNOWN: Woo Resource is "coupon"',
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
      ...['done', `order main:7 is in step: Woo_Order__c ${ORDER}.`],
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

describe('retry', () => {
  async function withIssues(...failures: IssueSeen[]) {
    const failing = new Map(failures.map((one) => [one.change?.key, one]));
    const all = scene([], (key) => {
      const still = failing.get(key);
      return { failures: still === undefined ? [] : [still] };
    });
    await all.queue.finish({ jobs: [], failures, seen: [], followUps: [] });
    return { ...all, fix: (key: string) => failing.delete(key) };
  }
  const customer = failure('main:5', {
    ...{ key: 'customer:Contact:main:5', resource: 'customer', object: 'Contact' },
    change: { resource: 'customer', key: 'main:5' },
  });
  const item = failure('main:71', {
    ...{ key: 'order_item:x:main:71', resource: 'order_item' },
    change: { resource: 'order', key: 'main:7' },
  });

  it('tries all open issues again, and counts what is resolved', async () => {
    const { run, fix, looked } = await withIssues(failure('main:7'), failure('main:8'), customer);
    fix('main:8');
    const command = await run('retry');
    expect(looked.sort()).toEqual(['main:5', 'main:7', 'main:8']);
    expect(command).toMatchObject({ State__c: 'done' });
    expect(String(command['Result__c']).split('\n')).toEqual([
      '3 open issues tried again: 1 resolved, 2 still open.',
      'customer main:5 is not in step. STRING_TOO_LONG: Name is too long. Shorten it.',
      'order main:7 is not in step. STRING_TOO_LONG: Name is too long. Shorten it.',
    ]);
  });

  it('takes those of one resource, of which items are a part, or of some ids', async () => {
    const one = await withIssues(item, customer);
    await one.run('retry', { Resource__c: 'order' });
    expect(one.looked).toEqual(['main:7']);
    const two = await withIssues(failure('main:7'), failure('main:8'));
    await two.run('retry', { Resource__c: 'order', Arguments__c: '8' });
    expect(two.looked).toEqual(['main:8']);
    expect((await two.run('retry', { Store__c: 'moon' }))['State__c']).toBe('failed');
  });

  it('takes the one whose record it names', async () => {
    const { run, org, looked, fix } = await withIssues(failure('main:7'), failure('main:8'));
    const Id = 'a05000000000001AAA';
    org.of('Woo_Sync_Issue__c').push({ Id, Issue_Key__c: failure('main:8').key });
    fix('main:8');
    const command = await run('retry', { Record_Id__c: Id });
    expect(looked).toEqual(['main:8']);
    expect(command['Result__c']).toBe('1 open issue tried again: 1 resolved, 0 still open.');
    const again = await run('retry', { Record_Id__c: Id });
    expect(again['Result__c']).toBe('There is no open issue of a record to try again.');
    const strange = await run('retry', { Record_Id__c: ORDER });
    expect(strange['Result__c']).toMatch(/^COMMAND_ISSUE_UNKNOWN: Record ID holds "a01/);
  });

  it('takes all that an issue stands for, and never counts that one itself', async () => {
    const failures = Array.from({ length: 20 }, (_, at) => failure(`main:${at + 1}`));
    const { run, org, queue, looked } = await withIssues(...failures);
    await queue.group(GROUPING);
    const [group] = await queue.find({ prefix: GROUPING.prefix }, 1);
    const Id = 'a05000000000001AAA';
    org.of('Woo_Sync_Issue__c').push({ Id, Issue_Key__c: group?.key });
    const command = await run('retry', { Record_Id__c: Id });
    const text = '20 open issues tried again: 0 resolved, 20 still open.';
    expect(command['Result__c']).toContain(text);
    expect(new Set(looked)).toEqual(new Set(failures.map(({ recordKey }) => recordKey)));
    expect((await run('retry'))['Result__c']).toContain(text);
  });

  it('says of an issue whose mapping is held what it waits for, and what is wrong there', async () => {
    const { run, reloads } = await withIssues(customer, failure('main:7'));
    const held = heldMapping({ label: 'Contacts', resource: 'customer', object: 'Contact' });
    reloads.brings = { held: [held] };
    expect(String((await run('retry'))['Result__c']).split('\n')).toEqual([
      '2 open issues tried again: 0 resolved, 2 still open.',
      'customer main:5 is not in step, and its issue (STRING_TOO_LONG) waits until Contacts runs again.',
      'order main:7 is not in step. STRING_TOO_LONG: Name is too long. Shorten it.',
      `Left out: ${heldLine('Contacts')}`,
    ]);
  });

  it('says which mappings are held, where no issue is one of a record', async () => {
    const { run, reloads, org } = await withIssues(
      failure('*:Contacts', { key: 'setup:mapping-held', resource: null, change: null }),
    );
    reloads.brings = { held: [heldMapping({ label: 'Contacts', resource: 'customer' })] };
    const said = [
      'There is no open issue of a record to try again.',
      `Left out: ${heldLine('Contacts')}`,
    ].join('\n');
    expect((await run('retry'))['Result__c']).toBe(said);
    const Id = 'a05000000000001AAA';
    org.of('Woo_Sync_Issue__c').push({ Id, Issue_Key__c: 'setup:mapping-held' });
    expect((await run('retry', { Record_Id__c: Id }))['Result__c']).toBe(said);
  });

  it('says which cannot be tried by themselves', async () => {
    const { run, looked } = await withIssues(failure('main:guest:1a2b', { change: null }));
    expect((await run('retry'))['Result__c']).toContain('1 issue of guests');
    expect(looked).toEqual([]);
  });
});
