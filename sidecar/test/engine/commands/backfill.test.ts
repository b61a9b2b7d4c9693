import { describe, expect, it, vi } from 'vitest';

import { waitsForStore, waitsToBeTold } from '../../../src/engine/store/told-backfill.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import type { StoreSetup } from '../../../src/ports/setup.ts';
import { orders, products, world } from './world.ts';
import { heldLine, heldMapping } from '../../support/held.ts';
import { verified } from '../../support/links.ts';
import { ListStore } from '../../support/list-store.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

const OBJECT = 'Woo_Command__c';
const away = () => {
  throw new CodedError('WOO_UNAVAILABLE', 'The shop is away.', 'Wait.');
};
const ids = (...of: number[]) => of.map((id) => ({ id, name: `No. ${id}`, status: 'completed' }));

function shop(over: Parameters<typeof world>[0] = {}) {
  const lists = { products: ids(1, 2, 3, 4), orders: ids(5, 6, 7, 8, 9) };
  const all = world({ lists, mappings: [products, orders], ...over });
  // A list says how long it is where its ids are not given.
  const list = all.store.list.bind(all.store);
  all.store.list = async (name, params) => {
    if (params['include'] !== undefined) return list(name, params);
    const records = all.store.held[name] ?? [];
    return { records, total: records.length, pages: 1, storeTime: all.store.now };
  };
  const walked: string[] = [];
  all.store.onPage = (name, page) => {
    walked.push(`${name} ${page}`);
  };
  return { ...all, walked };
}

/** The shop answers for this list alone that it has none. */
function hideContent(store: ListStore, type: string): void {
  const { walk } = store;
  const list = store.list.bind(store);
  const refused = new CodedError('CONTENT_TYPE_UNKNOWN', `There is no ${type}.`, 'Choose another.');
  const isHidden = (name: string) => name === `content/${type}`;
  store.list = async (name, params) => {
    if (isHidden(name)) throw refused;
    return list(name, params);
  };
  Object.assign(store, {
    walk: (...asked: Parameters<typeof walk>) => {
      if (isHidden(asked[0])) throw refused;
      return walk(...asked);
    },
  });
}

const contacts = mappingTo('Contact', { resource: 'customer' });

/** Of a guest for whom the org has several records. */
function guestIssue(object: string): IssueSeen {
  return {
    key: `customer:${object}:main:guest:2eb6040c5dc89a19`,
    kind: 'ambiguous',
    store: 'main',
    resource: 'customer',
    object,
    retry: 'never',
    recordKey: 'main:guest:2eb6040c5dc89a19',
    recordId: null,
    code: 'MATCH_AMBIGUOUS',
    reason: '',
    cure: '',
    field: null,
    wooValue: null,
    salesforceValue: null,
    change: null,
  };
}

describe('backfill', () => {
  it('makes anew what was deleted in Salesforce, though nothing of it has changed in the shop', async () => {
    const { run, org, queue } = shop();
    await run('backfill');
    const [gone] = org.of('Product2').splice(0, 1);
    await run('backfill');
    expect(org.of('Product2')).toHaveLength(3);
    org.bin.set('Product2', [{ ...gone, IsDeleted: true }]);
    const finished = vi.spyOn(queue, 'finish');
    await run('backfill');
    // By which the items of its orders are written again.
    const queued = finished.mock.calls.flatMap(([{ followUps }]) => followUps);
    expect(queued).toEqual([{ resource: 'product', key: 'main:1' }]);
    expect(new Set(org.of('Product2').map((one) => one['Woo_Key__c'])).size).toBe(4);
    const { length } = org.written.filter(({ object }) => object === 'Product2');
    await run('backfill');
    expect(org.written.filter(({ object }) => object === 'Product2')).toHaveLength(length);
  });

  it('loads everything while the service runs, and says what it did', async () => {
    const { run, org } = shop();
    const command = await run('backfill');
    expect([org.of('Product2').length, org.of('Woo_Order__c').length]).toEqual([4, 5]);
    expect(command).toMatchObject({ State__c: 'done', Progress__c: 100 });
    expect(command['Result__c']).toContain(
      'Orders → Woo_Order__c: 5 read, 5 wanted: 5 created, 0 adopted',
    );
  });

  it('says how far it is, of all lists', async () => {
    const { run, org, store, clock, walked } = shop();
    store.onPage = (name, page) => {
      walked.push(`${name} ${page}`);
      clock.pass(6000);
    };
    await run('backfill');
    const told = org.told.map((fields) => [fields['Progress__c'], fields['Result__c']]);
    const [, ...later] = told;
    expect(later).toContainEqual([44, 'Store main, products: 4 of 4 records read.']);
    expect(later).toContainEqual([88, 'Store main, orders: 4 of 5 records read.']);
    expect(later.at(-1)).toEqual([100, expect.stringContaining('Store main')]);
  });

  it('names content that the shop does not show, and loads all else', async () => {
    const content = ['lost', 'book'].map((contentType) =>
      mappingTo(`${contentType}__c`, {
        resource: 'content',
        contentType,
        build: ({ id }) => ({ row: rowOf(`main:${contentType}:${String(id)}`) }),
      }),
    );
    const lists = {
      products: ids(1),
      orders: ids(5),
      'content/book': [{ id: 7, content_type: 'book' }],
    };
    for (const type of ['backfill', 'dry_run']) {
      const { run, org, store } = shop({ lists, mappings: [products, orders, ...content] });
      hideContent(store, 'lost');
      const command = await run(type);
      expect(command['Result__c']).toContain('content/lost');
      expect(command['Result__c']).toContain('CONTENT_TYPE_UNKNOWN');
      expect(command['Result__c']).toContain('Orders → Woo_Order__c: 1 read');
      const isWritten = type === 'backfill' ? 1 : 0;
      expect(org.of('Woo_Order__c')).toHaveLength(isWritten);
      expect(org.of('book__c')).toHaveLength(isWritten);
    }
  });

  it('opens issues for what fails, and has all open ones looked at', async () => {
    const { run, queue } = shop({ lists: { orders: [{ id: 5, status: 'misfit' }] } });
    const key = 'customer:Contact:main:3';
    const change = { resource: 'customer', key: 'main:3' } as const;
    const before = {
      key,
      kind: 'failed',
      store: 'main',
      resource: 'customer',
      recordKey: 'main:3',
    };
    const what = {
      object: 'Contact',
      recordId: null,
      code: 'X',
      reason: '',
      cure: '',
      field: null,
    };
    const rest = { ...what, wooValue: null, salesforceValue: null, change, retry: 'never' };
    const failures = [{ ...before, ...rest } as never];
    await queue.finish({ jobs: [], failures, seen: [], followUps: [] });
    const command = await run('backfill');
    expect(command['State__c'], 'issues say it').toBe('done');
    expect(command['Result__c']).toContain('1 failed.\n- main:5: VALUE_TOO_LONG:');
    expect(await queue.find({ store: 'main' }, 9)).toMatchObject([
      { recordKey: 'main:3' },
      { recordKey: 'main:5', code: 'VALUE_TOO_LONG' },
    ]);
    expect(await queue.countOpen([change])).toBe(1);
  });

  it('closes issues of guests, whom nothing else looks at again', async () => {
    const { run, queue } = shop({ mappings: [products, orders, contacts] });
    const failures = [guestIssue('Contact'), guestIssue('Lead')];
    await queue.finish({ jobs: [], failures, seen: [], followUps: [] });
    await run('backfill');
    const left = await queue.find({ store: 'main' }, 9);
    expect(
      left.map(({ object }) => object),
      'no mapping looks at leads',
    ).toEqual(['Lead']);
  });

  it('leaves the lead of a guest open, who is linked and not looked at', async () => {
    const { run, queue } = shop({ mappings: [products, orders, contacts] });
    const guest = guestIssue('Contact');
    const lead = { ...guest, key: `${guest.key}#lead`, code: 'LEADS_AMBIGUOUS' };
    await queue.finish({ jobs: [], failures: [guest, lead], seen: [], followUps: [] });
    await run('backfill');
    const left = await queue.find({ store: 'main' }, 9);
    expect(left.map(({ code }) => code)).toEqual(['LEADS_AMBIGUOUS']);
  });

  it.each([
    ['orders', 1],
    ['products', 0],
  ] as const)('leaves issues of guests open where %s were not read: %i', async (list, left) => {
    const { run, queue, store } = shop({ mappings: [products, orders, contacts] });
    store.onPage = (name) => {
      if (name === list) throw new CodedError('WOO_REFUSED', 'No right.', 'Give it.');
    };
    const failures = [guestIssue('Contact')];
    await queue.finish({ jobs: [], failures, seen: [], followUps: [] });
    await run('backfill');
    expect(await queue.find({ store: 'main' }, 9)).toHaveLength(left);
  });

  it('leaves issues of guests open where it is cancelled', async () => {
    const { run, queue, org, store, clock } = shop({ mappings: [products, orders, contacts] });
    store.onPage = () => {
      clock.pass(6000);
      for (const command of org.of(OBJECT)) command['State__c'] = 'cancelled';
    };
    await queue.finish({ jobs: [], failures: [guestIssue('Contact')], seen: [], followUps: [] });
    expect(await run('backfill')).toMatchObject({ State__c: 'cancelled' });
    expect(await queue.find({ store: 'main' }, 9)).toHaveLength(1);
  });

  it('has a record looked at again that somebody read later', async () => {
    const { run, org, queue, state } = shop();
    const known = { ...verified('newer'), parentKey: null, byId: false, readNumber: 99 };
    state.saved.set('Woo_Order__c main:6', {
      object: 'Woo_Order__c',
      key: 'main:6',
      recordId: 'x',
      ...known,
    });
    org.of('Woo_Order__c').push({ Id: 'x', Woo_Key__c: 'main:6' });
    await run('backfill');
    expect(await queue.countOpen([{ resource: 'order', key: 'main:6' }])).toBe(1);
    expect(await queue.countOpen([{ resource: 'order', key: 'main:7' }])).toBe(0);
  });

  it('stops after the page under way when it is cancelled, and the next one begins anew', async () => {
    const { run, org, store, clock, walked } = shop();
    store.onPage = (name, page) => {
      walked.push(`${name} ${page}`);
      clock.pass(6000);
      if (name === 'products')
        for (const command of org.of(OBJECT)) command['State__c'] = 'cancelled';
    };
    const command = await run('backfill');
    expect(command).toMatchObject({ State__c: 'cancelled' });
    expect(command['Result__c']).toMatch(/^Stopped after the page under way/);
    expect(walked).not.toContain('orders 2');
    store.onPage = (name, page) => {
      walked.push(`${name} ${page}`);
    };
    walked.length = 0;
    expect(await run('backfill')).toMatchObject({ State__c: 'done' });
    expect(org.of(OBJECT).at(-1)?.['Result__c']).not.toContain('an earlier run');
    expect(walked.slice(0, 2), 'anew').toEqual(['products 0', 'products 1']);
    expect(walked.slice(-3)).toEqual(['orders 0', 'orders 1', 'orders 2']);
  });

  it('goes on behind the last page after a stop of the process', async () => {
    const { run, org, store, stop, open, walked } = shop();
    store.onPage = (name, page) => {
      walked.push(`${name} ${page}`);
      if (name === 'orders' && page === 0) stop.abort();
    };
    const command = await run('backfill');
    expect(command).toMatchObject({ State__c: 'running' });
    const before = walked.length;
    const next = open('two').commands;
    await next.look();
    await next.idle();
    expect(walked.slice(before).filter((page) => !/^(orders [12])$/.test(page))).toEqual([]);
    expect(walked.slice(before)).toContain('orders 2');
    const [done] = org.of(OBJECT);
    expect(done).toMatchObject({ State__c: 'done' });
    expect(String(done?.['Result__c']).split('\n')[1]).toBe(
      'It went on where an earlier run had stopped. That had read all of products, variations and a part of orders, which is not counted here.',
    );
    expect(org.of('Woo_Order__c')).toHaveLength(5);
  });

  it('waits for a shop that is out, and then goes on', async () => {
    const { run, org, store, clock, commands, walked } = shop();
    store.onPage = (name, page) => {
      walked.push(`${name} ${page}`);
      if (name === 'orders' && page === 0) away();
    };
    const command = await run('backfill');
    expect(command).toMatchObject({
      State__c: 'running',
      Result__c: 'Paused; it goes on by itself. WOO_UNAVAILABLE: The shop is away.',
    });
    store.onPage = (name, page) => {
      walked.push(`${name} ${page}`);
    };
    walked.length = 0;
    await commands.look();
    await commands.idle();
    expect(walked, 'our own word about it is no reason to try again').toEqual([]);
    clock.pass(60_000);
    await commands.look();
    await commands.idle();
    expect(walked).not.toContain('products 0');
    expect(org.of(OBJECT)).toMatchObject([{ State__c: 'done' }]);
  });

  it('fails where a list is refused, and says which', async () => {
    const { run, store } = shop();
    store.onPage = (name) => {
      if (name === 'orders') throw new CodedError('WOO_REFUSED', 'No right.', 'Give it.');
    };
    const command = await run('backfill');
    expect(command).toMatchObject({ State__c: 'failed' });
    expect(command['Result__c']).toContain('orders: WOO_REFUSED: No right. Give it.');
  });

  it('says which stores lack a mapping that is held', async () => {
    const { run, setup } = shop({ others: ['outlet'] });
    const [, outlet] = setup.stores;
    Object.assign(outlet ?? {}, { store: Object.assign(new ListStore({}), { key: 'outlet' }) });
    const shared = { resource: 'customer', object: 'Contact' } as const;
    const ofOne = heldMapping({ label: 'Contacts', notFor: ['outlet'], ...shared });
    Object.assign(setup, { held: [ofOne, heldMapping({ label: 'People', ...shared })] });
    for (const type of ['backfill', 'dry_run']) {
      const lines = String((await run(type))['Result__c']).split('\n');
      expect(lines.slice(0, 2)).toEqual([
        `- Store main: ${heldLine('Contacts')}`,
        `- Stores main, outlet: ${heldLine('People')}`,
      ]);
    }
    const ofOutlet = await run('backfill', { Store__c: 'outlet' });
    expect(ofOutlet['Result__c']).toMatch(/^- Store outlet: People is held/);
  });

  it('is refused during the first backfill', async () => {
    const { run, walked } = shop({ isLoaded: false });
    expect((await run('backfill'))['Result__c']).toMatch(/^COMMAND_FIRST_LOAD/);
    expect(walked).toEqual([]);
  });

  it('tells the first backfill of a store to begin that waits for it', async () => {
    const { run, walked, setup, state, org } = shop({ isLoaded: false });
    const [main] = setup.stores;
    Object.assign(main ?? {}, { loadWhenTold: true });
    const refused = await run('reconcile');
    expect(refused['Result__c']).toMatch(/^COMMAND_FIRST_LOAD: .* waits until it is told/);
    expect(await waitsToBeTold(state, main as StoreSetup)).toBe(true);
    const told = await run('backfill');
    expect(told).toMatchObject({ State__c: 'done' });
    expect(told['Result__c']).toMatch(/^The first backfill begins within seconds \(main\)/);
    expect(await waitsToBeTold(state, main as StoreSetup)).toBe(false);
    expect([walked, org.of('Woo_Order__c')]).toEqual([[], []]);
    expect((await run('backfill'))['Result__c'], 'it is under way').toMatch(/^COMMAND_FIRST_LOAD/);
  });

  it('has the store that it names go before one that was set up before, and no other', async () => {
    const { run, setup, state } = shop({ isLoaded: false, others: ['outlet'] });
    const [main, outlet] = setup.stores;
    if (main === undefined || outlet === undefined) throw new Error('no store');
    Object.assign(outlet, { earlier: [main] });
    expect((await waitsForStore(state, outlet))?.store.key).toBe('main');
    expect((await run('backfill'))['Result__c']).toMatch(/^COMMAND_FIRST_LOAD/);
    expect((await waitsForStore(state, outlet))?.store.key).toBe('main');
    const { Result__c: text } = await run('backfill', { Store__c: 'outlet' });
    expect(text).toMatch(/^The first backfill begins within seconds \(outlet\)/);
    expect(text).toContain('not loaded belongs to it');
    expect(await waitsForStore(state, outlet)).toBeNull();
  });

  it('loads stores that are past it beside one that waits', async () => {
    const { run, setup, state, org } = shop({ others: ['outlet'] });
    const outlet = setup.stores.find(({ store }) => store.key === 'outlet');
    Object.assign(outlet ?? {}, { loadWhenTold: true });
    state.cursors.delete('outlet loaded');
    const { Result__c: text } = await run('backfill');
    expect(text).toMatch(/^The first backfill begins within seconds \(outlet\)/);
    expect(org.of('Woo_Order__c')).toHaveLength(5);
  });

  it('says that it cannot take one resource alone', async () => {
    const command = await shop().run('backfill', { Resource__c: 'order' });
    expect(command['Result__c']).toMatch(/^A backfill walks all lists, so Woo Resource \(order\)/);
  });
});

describe('dry run', () => {
  it('says what would be done and what it takes, and writes nothing', async () => {
    const { run, org, state } = shop({ isLoaded: false });
    const command = await run('dry_run');
    expect(command).toMatchObject({ State__c: 'done' });
    const text = String(command['Result__c']);
    expect(text).toContain('Orders → Woo_Order__c: 5 read, 5 wanted: 5 to create, 0 to adopt');
    expect(text).toMatch(
      /In all it would create 9 records \(1 MB of data storage\) and change 0, with up to 4\d API calls\./,
    );
    expect(text, 'what was counted needs no guess').not.toMatch(/about|estimate|sample/);
    expect(text).toContain('The org has left: 14,000 of 15,000 API calls a day.');
    expect(org.of('Woo_Order__c')).toEqual([]);
    expect(state.saved.size).toBe(0);
  });

  it('counts nothing new where all is in step, as its lines do', async () => {
    const { run } = shop();
    await run('backfill');
    const text = String((await run('dry_run'))['Result__c']);
    expect(text).toContain('5 wanted: 0 to create');
    expect(text).toContain('In all it would create 0 records (0 MB of data storage) and change 0,');
  });

  it('says which lists it could not read, and no sum of the others', async () => {
    const { run, store } = shop();
    store.onPage = (name) => {
      if (name === 'orders') away();
    };
    const command = await run('dry_run');
    expect(command).toMatchObject({ State__c: 'failed' });
    expect(command['Result__c']).toContain('4 wanted: 4 to create');
    expect(command['Result__c']).toContain('orders: WOO_UNAVAILABLE: The shop is away. Wait.');
    expect(command['Result__c']).not.toContain('In all');
  });

  it('says which mappings write to the same place', async () => {
    const { run, setup } = shop({ isLoaded: false });
    const problem = {
      mapping: 'Woo_Order__c',
      code: 'MAPPING_ATTRIBUTE_SHARED',
      fatal: false,
      place: 'x',
      message: 'Two write the images.',
      cure: 'Remove one.',
    };
    Object.assign(setup, { problems: [problem, { ...problem, mapping: 'Inactive', place: 'y' }] });
    const { Result__c } = await run('dry_run');
    const [first] = String(Result__c).split('\n');
    expect(first).toBe('- MAPPING_ATTRIBUTE_SHARED at x: Two write the images. Remove one.');
    expect(Result__c).not.toContain('at y');
  });
});
