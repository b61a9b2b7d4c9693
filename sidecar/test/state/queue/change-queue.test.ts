import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explanationOf } from '../../../src/errors/catalogue.ts';
import { newKey } from '../../../src/mapping/keys/new-record-key.ts';
import { recordKey } from '../../../src/mapping/keys/keys.ts';
import { RESOURCE_NAMES, RESOURCES } from '../../../src/mapping/model/resources.ts';
import type { Job, BatchResult, ChangeQueue } from '../../../src/ports/change-queue.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { IssueStore, IssueSeen } from '../../../src/ports/issues.ts';
import type { State } from '../../../src/ports/state.ts';
import { openQueue } from '../../../src/state/queue/queue.ts';
import { openState } from '../../../src/state/state.ts';
import { GROUPING } from '../../../src/sync/report/issue-group.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { type Engine, engines } from '../support/engines.ts';
import { verified } from '../../support/links.ts';

/** A queue and its book of issues to be tried out, with a hand on their time and their claims. */
interface Tried {
  readonly queue: ChangeQueue;
  readonly issues: IssueStore;
  readonly state: State;
  /** Lets that much time pass. */
  pass(milliseconds: number): Promise<void>;
  /** All claims wait again, as when the process that holds them has died. */
  lapse(): Promise<void>;
  close(): Promise<void>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const order = (key: string): ChangeEvent => ({ resource: 'order', key });
const lane = (store: string) => ({ store, resource: 'order' }) as const;
const keys = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key);
const lookedAt = [{ resource: 'order', object: 'Woo_Order__c' }] as const;
const nothing: BatchResult = { jobs: [], failures: [], seen: [], followUps: [], lookedAt };

function failure(recordKey: string, over: Partial<IssueSeen> = {}): IssueSeen {
  return {
    ...{ key: `Woo_Order__c ${recordKey}`, kind: 'failed', resource: 'order', recordKey },
    ...{ store: recordKey.slice(0, recordKey.indexOf(':')), object: 'Woo_Order__c' },
    ...{ recordId: null, code: 'REQUIRED_FIELD_MISSING', reason: 'Name is missing.' },
    ...{ wooValue: null, salesforceValue: null },
    ...{ cure: 'Map it.', field: 'Name', change: order(recordKey), retry: 'backoff' },
    ...over,
  };
}

async function openEngine(start: () => Promise<Engine>): Promise<Tried> {
  const engine = await start();
  const state = await openState(engine.location);
  const { database } = state;
  const queue = await openQueue(state, {
    onProblem: (problem) => {
      throw new Error(problem);
    },
  });
  return {
    ...queue,
    state,
    pass: async (milliseconds) => {
      const earlier = `- interval '${milliseconds} milliseconds'`;
      await database.query(
        `update woosync.issue set first_seen = first_seen ${earlier},
           last_seen = last_seen ${earlier}, said_at = said_at ${earlier},
           retry_at = retry_at ${earlier}`,
      );
    },
    // What pg-boss does with a claim whose process is silent.
    lapse: async () => {
      await database.query(`update woosync_queue.job set state = 'retry' where state = 'active'`);
    },
    close: async () => {
      await queue.close();
      await state.close();
      await engine.stop();
    },
  };
}

it.each(engines)('stands for equal failures over a restart, in $name', async ({ start }) => {
  const engine = await start();
  const open = async () => {
    const state = await openState(engine.location);
    const queue = await openQueue(state, { onProblem: () => undefined });
    const close = async () => {
      await queue.close();
      await state.close();
    };
    return { ...queue, close };
  };
  const failures = Array.from({ length: 20 }, (_, at) => failure(`main:${at + 1}`));
  const before = await open();
  await before.queue.finish({ ...nothing, failures });
  await before.issues.group(GROUPING);
  await before.issues.markReported(await before.issues.unreported(99));
  await before.close();
  const after = await open();
  await after.issues.group(GROUPING);
  expect(await after.issues.unreported(99)).toEqual([]);
  await after.queue.finish({ ...nothing, seen: [{ object: 'Woo_Order__c', key: 'main:1' }] });
  await after.issues.group(GROUPING);
  const said = await after.issues.unreported(99);
  const stillOpen = said.filter(({ state }) => state === 'open');
  expect(stillOpen.map(({ recordKey }) => recordKey)).not.toContain('main:1');
  expect(stillOpen).toHaveLength(19);
  await after.close();
  await engine.stop();
});

function openMemory(): Promise<Tried> {
  let passed = 0;
  const state = new MemoryState();
  const queue = new MemoryChangeQueue(state, () => new Date(Date.now() + passed));
  return Promise.resolve({
    ...{ queue, issues: queue, state },
    pass: (milliseconds) => {
      passed += milliseconds;
      return Promise.resolve();
    },
    lapse: () => {
      queue.lapse();
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
}

const places = [
  ...engines.map(({ name, start }) => ({ name, open: () => openEngine(start) })),
  { name: 'the memory of tests', open: openMemory },
];

/** Each test has a store of its own. */
describe.each(places)('change events in $name', ({ open }) => {
  let tried: Tried;
  let queue: ChangeQueue;
  let issues: IssueStore;
  beforeAll(async () => {
    tried = await open();
    ({ queue, issues } = tried);
  });
  afterAll(() => tried.close());

  async function claimed(store: string, most = 100): Promise<readonly Job[]> {
    return queue.claim(lane(store), most);
  }

  /** Queues a record, claims it and ends with that outcome. */
  async function run(key: string, outcome: Partial<BatchResult> = {}): Promise<void> {
    const store = key.slice(0, key.indexOf(':'));
    await queue.add([order(key)], 'quiet');
    const jobs = await claimed(store);
    await queue.finish({ ...nothing, jobs, ...outcome });
  }

  const backlog = async (store: string) =>
    (await queue.backlog()).filter((one) => one.store === store);
  const unsaid = async (store: string) =>
    (await issues.unreported(1000)).filter((issue) => issue.store === store);
  const openOf = async (store: string) => (await issues.open()).get(store) ?? 0;

  it('keeps one job per key, and hands out the oldest first', async () => {
    await queue.add([order('coal:1')]);
    await tried.pass(1000);
    await queue.add([order('coal:2'), order('coal:1'), order('coal:2')]);
    await tried.pass(1000);
    await queue.add([order('coal:3')]);
    expect(keys(await claimed('coal', 2))).toEqual(['coal:1', 'coal:2']);
    expect(keys(await claimed('coal'))).toEqual(['coal:3']);
    expect(await claimed('coal')).toEqual([]);
  });

  it('holds back a newer change event of a key until its job is settled', async () => {
    await queue.add([order('busy:1')]);
    const jobs = await claimed('busy');
    await queue.add([order('busy:1'), order('busy:2')]);
    expect(keys(await claimed('busy'))).toEqual(['busy:2']);
    await queue.finish({ ...nothing, jobs });
    expect(keys(await claimed('busy'))).toEqual(['busy:1']);
  });

  it('lets those in bulk wait for all others, and leaves them where they are until they are wanted', async () => {
    await queue.add([order('bulk:1'), order('bulk:2'), order('bulk:3')], 'bulk');
    await tried.pass(1000);
    await queue.add([order('bulk:4')]);
    expect(await backlog('bulk')).toMatchObject([{ waiting: 4 }]);
    expect(keys(await queue.claim(lane('bulk'), 100, 'single'))).toEqual(['bulk:4']);
    expect(await queue.claim(lane('bulk'), 100, 'single')).toEqual([]);
    await queue.add([order('bulk:5')]);
    const both = await claimed('bulk', 2);
    expect(keys(both).sort()).toEqual(['bulk:1', 'bulk:5'].sort());
    await queue.release(both);
    expect(keys(await queue.claim(lane('bulk'), 100, 'single'))).toEqual(['bulk:5']);
    expect(keys(await claimed('bulk')).sort()).toEqual(['bulk:1', 'bulk:2', 'bulk:3']);
  });

  it('lets one in bulk wait no longer that comes in another way, and none that comes in bulk again', async () => {
    await queue.add(
      [1, 2, 3, 4].map((id) => order(`hand:${id}`)),
      'bulk',
    );
    await queue.add([order('hand:2'), order('hand:5')]);
    await queue.finish({ ...nothing, jobs: [], followUps: [order('hand:3')] });
    await queue.add([order('hand:2'), order('hand:4')], 'bulk');
    const single = await queue.claim(lane('hand'), 100, 'single');
    expect(keys(single).sort()).toEqual(['hand:2', 'hand:3', 'hand:5']);
    await queue.add([order('hand:2')], 'bulk');
    await queue.release(single);
    const again = await queue.claim(lane('hand'), 100, 'single');
    expect(keys(again).sort()).toEqual(['hand:2', 'hand:3', 'hand:5']);
  });

  it('says apart how old the oldest in bulk is', async () => {
    const before = Date.now();
    await queue.add([order('apart:1')], 'bulk');
    const [bulk] = await backlog('apart');
    expect(bulk).toMatchObject({ waiting: 1, oldest: null });
    expect(Math.abs(Number(bulk?.oldestBulk) - before)).toBeLessThan(HOUR);
    await queue.add([order('apart:2')]);
    expect((await backlog('apart'))[0]?.oldest).not.toBeNull();
    await queue.finish({ ...nothing, jobs: await queue.claim(lane('apart'), 100, 'single') });
    expect(await backlog('apart')).toMatchObject([{ waiting: 1, oldest: null }]);
    await queue.finish({ ...nothing, jobs: await claimed('apart') });
    expect(await backlog('apart')).toMatchObject([{ oldest: null, oldestBulk: null }]);
  });

  it('tells queues apart, whatever signs the key of a store has', async () => {
    const stores = ['tell', 'Tell', 'tell.2', 'tell 2', 'tell/2', 'tell-é😀', "tell';--"];
    for (const store of stores)
      await queue.add([order(`${store}:1`), { resource: 'product', key: `${store}:1` }]);
    await queue.add([{ resource: 'product', key: 'tell:2' }]);
    expect(await claimed('tell')).toHaveLength(1);
    const found = (await queue.backlog()).filter(({ store }) => stores.includes(store));
    const counts = found.map(({ store, resource, waiting, active }) =>
      [store, resource, waiting, active].join('|'),
    );
    const expected = stores.flatMap((store) => [
      `${store}|order|${store === 'tell' ? '0|1' : '1|0'}`,
      `${store}|product|${store === 'tell' ? 2 : 1}|0`,
    ]);
    expect(counts.sort()).toEqual(expected.sort());
  });

  it('says how old the oldest job is, waiting or active, and lists empty queues', async () => {
    const before = Date.now();
    await queue.add([order('old:1')]);
    const [job] = await claimed('old');
    await tried.pass(HOUR);
    await queue.add([order('old:2')]);
    const [both] = await backlog('old');
    expect(both).toMatchObject({ waiting: 1, active: 1 });
    expect((both?.oldest?.getTime() ?? 0) - before).toBeLessThan(MINUTE);
    await queue.finish({ ...nothing, jobs: job === undefined ? [] : [job] });
    await queue.finish({ ...nothing, jobs: await claimed('old') });
    expect(await backlog('old')).toEqual([
      { ...lane('old'), waiting: 0, active: 0, oldest: null, oldestBulk: null },
    ]);
  });

  it('clears which orders are due once they are queued, and of no other record', async () => {
    const { origins } = tried.state;
    const one = {
      ...{ marks: ['a'], modified: 5 },
      ...{ isHeld: true, isAnother: true, ordersDue: true },
    };
    const due = ['due:1', 'due:2'];
    for (const resource of ['customer', 'product'] as const) {
      await origins.save(
        resource,
        due.map((key) => ({ ...one, key })),
      );
    }
    const ordersQueued = [{ resource: 'customer', key: 'due:1' }] as const;
    await queue.finish({ ...nothing, followUps: [order('due:7')], ordersQueued });
    expect(keys(await claimed('due'))).toEqual(['due:7']);
    const left = async (resource: 'customer' | 'product') =>
      [...(await origins.find(resource, due)).values()].filter(({ ordersDue }) => ordersDue);
    expect(keys(await left('customer'))).toEqual(['due:2']);
    expect(keys(await left('product')).toSorted()).toEqual(due);
  });

  it.each(RESOURCE_NAMES)('takes each key that a record of %s has', async (name) => {
    const resource = RESOURCES[name].comesWith;
    const types = ['page', 'event-type', 'main_2'];
    const records = types.flatMap((type) =>
      [{ id: 205 }, { slug: 'reduced-rate' }, { slug: '%e6%b6%88' }].map((record) => ({
        ...record,
        content_type: type,
      })),
    );
    const made = new Set(records.flatMap((record) => recordKey(name, record, `of_${name}`) ?? []));
    expect(made.size).toBeGreaterThan(0);
    await queue.add([...made].map((key) => ({ resource, key })));
    const jobs = await queue.claim({ store: `of_${name}`, resource }, 100);
    expect(keys(jobs).sort()).toEqual([...made].sort());
    await queue.finish({ ...nothing, jobs });
  });

  it('takes the key of a record that the shop does not have yet', async () => {
    const key = newKey('new', { object: 'Product2', recordId: '01t000000000001AAA' });
    await queue.add([{ resource: 'product', key }]);
    expect(keys(await queue.claim({ store: 'new', resource: 'product' }, 10))).toEqual([key]);
  });

  it('refuses the key of a guest, without quoting it', async () => {
    const guest = queue.add([order('guest:1'), order('guest:guest:ann@example.com')]);
    await expect(guest).rejects.toThrow(
      /^A change event needs the key of a record, <store>:<id>\.$/,
    );
    expect(await claimed('guest')).toEqual([]);
  });

  it('calls back for each queue it adds to, unless quiet, and for what was taken over', async () => {
    const told: string[] = [];
    queue.onAdded(({ store, resource }) => {
      if (store === 'told') told.push(resource);
    });
    await queue.add([order('told:1')], 'quiet');
    expect(told).toEqual([]);
    await queue.add([order('told:2'), { resource: 'customer', key: 'told:3' }]);
    expect(told.sort()).toEqual(['customer', 'order']);
    await run('told:4', { followUps: [{ resource: 'product', key: 'told:5' }] });
    expect(told).toHaveLength(2);
    const jobs = await queue.claim({ store: 'told', resource: 'product' }, 1);
    await tried.lapse();
    await queue.finish({ ...nothing, jobs });
    expect(told.sort()).toEqual(['customer', 'order', 'product']);
  });

  it('takes settled jobs off and adds what is to be looked at next', async () => {
    await run('next:1', { followUps: [order('next:2'), order('next:1')] });
    expect(keys(await claimed('next')).sort()).toEqual(['next:1', 'next:2']);
  });

  it('releases jobs no younger than they were, but for keys that wait already', async () => {
    await queue.add([order('back:1'), order('back:2')]);
    const jobs = await claimed('back');
    await tried.pass(HOUR);
    await queue.add([order('back:2'), order('back:3')]);
    await queue.release(jobs);
    const again = await claimed('back');
    expect(keys(again).sort()).toEqual(['back:1', 'back:2', 'back:3']);
    expect(again[0]?.reportedAt).toEqual(jobs[0]?.reportedAt);
    await queue.release(jobs);
    expect(await claimed('back')).toEqual([]);
  });

  it('settles, keeps and releases jobs of several queues at once', async () => {
    const changed = ['lane-a:1', 'lane-b:1', 'lane-b:2'].map(order);
    await queue.add(changed);
    const all = [...(await claimed('lane-a')), ...(await claimed('lane-b'))];
    await queue.heartbeat(all);
    await queue.release(all);
    const again = [...(await claimed('lane-a')), ...(await claimed('lane-b'))];
    expect(keys(again).sort()).toEqual(keys(changed));
    await queue.finish({ ...nothing, jobs: again });
    expect([...(await backlog('lane-a')), ...(await backlog('lane-b'))]).toEqual([
      { ...lane('lane-a'), waiting: 0, active: 0, oldest: null, oldestBulk: null },
      { ...lane('lane-b'), waiting: 0, active: 0, oldest: null, oldestBulk: null },
    ]);
  });

  it('queues again what another process took over, and forgets what was written', async () => {
    const at = new Date('2026-03-01T10:00:00Z');
    const saved = {
      object: 'Woo_Order__c',
      recordId: 'a',
      ...verified('h'),
      byId: false,
      readAt: at,
    };
    const item = { ...saved, object: 'Item', key: 'lost:7', parentKey: 'lost:1' };
    const other = { ...saved, key: 'lost:2', parentKey: null };
    const customer = { ...saved, object: 'Contact', key: 'lost:1', parentKey: null };
    await tried.state.didWrite(
      [{ ...saved, key: 'lost:1', parentKey: null }, item, other, customer],
      [],
    );
    const hashes = async (object: string, ...of: string[]) => {
      const links = await tried.state.links(object, of);
      return of.map((key) => links.get(key)?.hash);
    };
    await queue.add([order('lost:1')]);
    const jobs = await claimed('lost');
    await tried.lapse();
    const taken = await claimed('lost');
    expect(keys(taken)).toEqual(['lost:1']);
    const writtenTo = [
      ...lookedAt,
      { resource: 'order_item', object: 'Item' },
      { resource: 'customer', object: 'Contact' },
    ] as const;
    await queue.finish({ ...nothing, jobs, writtenTo });
    expect(await hashes('Woo_Order__c', 'lost:1', 'lost:2')).toEqual([null, 'h']);
    expect(await hashes('Item', 'lost:7')).toEqual([null]);
    // The customer 1 is another record than the order 1.
    expect(await hashes('Contact', 'lost:1')).toEqual(['h']);
    expect(await claimed('lost')).toEqual([]);
    await queue.release(jobs);
    await queue.finish({ ...nothing, jobs: taken });
    expect(keys(await claimed('lost'))).toEqual(['lost:1']);
    // Where nobody says what was written, anything with the key may have been.
    await queue.finish({ ...nothing, jobs });
    expect(await hashes('Contact', 'lost:1')).toEqual([null]);
  });

  it('opens an issue, counts its attempts, and closes it when its job is settled', async () => {
    await run('issue:1', { failures: [failure('issue:1')] });
    await run('issue:2', { failures: [failure('issue:2')] });
    await tried.pass(MINUTE);
    await run('issue:1', { failures: [failure('issue:1', { recordId: 'a01' })] });
    const [second, first] = (await unsaid('issue')).sort((a, b) => a.attempts - b.attempts);
    expect(second).toMatchObject({ ...failure('issue:2'), attempts: 1, state: 'open' });
    expect(first).toMatchObject({ ...failure('issue:1'), recordId: 'a01', attempts: 2 });
    const { firstSeen, lastSeen } = first ?? {};
    expect(Number(lastSeen) - Number(firstSeen)).toBeGreaterThanOrEqual(MINUTE);
    expect(await openOf('issue')).toBe(2);
    await run('issue:1');
    expect(await openOf('issue')).toBe(1);
  });

  it('closes what was seen, by object and key, and nothing that failed again', async () => {
    const parts = ['seen:1', 'seen:2', 'seen:3'].map((key) => failure(key, { change: null }));
    const account = failure('seen:1', { key: 'Account seen:1', object: 'Account', change: null });
    await run('seen:9', { failures: [...parts, account] });
    const seen = ['seen:1', 'seen:2'].map((key) => ({ object: 'Woo_Order__c', key }));
    await run('seen:9', { seen, failures: [failure('seen:2', { change: null })] });
    const states = (await unsaid('seen')).map(({ key, state }) => `${key} ${state}`);
    expect(states.sort()).toEqual([
      'Account seen:1 open',
      'Woo_Order__c seen:1 resolved',
      'Woo_Order__c seen:2 open',
      'Woo_Order__c seen:3 open',
    ]);
  });

  it('keeps changes for held mappings apart from the backlog, each once, until one is mended', async () => {
    const product: ChangeEvent = { resource: 'product', key: 'kept:7' };
    const contact = { ...order('kept:1'), mapping: 'Contact' };
    const held = [contact, { ...order('kept:1'), mapping: 'Order' }, { ...product, mapping: 'P' }];
    await run('kept:1', { held });
    await run('kept:1', { held: [contact, { ...order('kept2:1'), mapping: 'P' }] });
    const waiting = async () => {
      const lanes = await backlog('kept');
      return lanes.filter((one) => one.waiting > 0).map(({ resource }) => resource);
    };
    expect(await waiting()).toEqual([]);
    await queue.queueHeld('kept', ['Contact', 'Order', 'P']);
    expect(await waiting(), 'while all are held').toEqual([]);
    await queue.queueHeld('kept', ['Order', 'P']);
    expect(await waiting()).toEqual(['order']);
    const jobs = await claimed('kept');
    expect(keys(jobs)).toEqual(['kept:1']);
    await queue.finish({ ...nothing, jobs });
    await queue.queueHeld('kept', ['Order', 'P']);
    expect(await waiting(), 'once').toEqual([]);
    const told: string[] = [];
    queue.onAdded(({ store, resource }) => {
      if (store === 'kept') told.push(resource);
    });
    await queue.queueHeld('kept', []);
    expect((await waiting()).sort()).toEqual(['order', 'product']);
    expect(told.sort()).toEqual(['order', 'product']);
    expect(await backlog('kept2')).toEqual([]);
  });

  it('queues again more changes of held mappings than one transaction takes', async () => {
    const many = Array.from({ length: 1001 }, (_, at) => order(`many:${at + 1}`));
    await run('many:1', { held: many.map((one) => ({ ...one, mapping: 'Order' })) });
    await queue.queueHeld('many', []);
    expect(await queue.countOpen(many)).toBe(1001);
  });

  it('leaves open what a job has not looked at: its mapping is held', async () => {
    const item = failure('held:11', {
      ...{ key: 'item held:11', resource: 'order_item', object: 'Woo_Order_Item__c' },
      ...{ kind: 'conflict', change: order('held:1') },
    });
    const elsewhere = failure('held:1', { key: 'other held:1', object: 'Other__c' });
    await run('held:9', { failures: [failure('held:1'), item, elsewhere] });
    await run('held:1');
    const states = (await unsaid('held')).map(({ key, state }) => `${key} ${state}`);
    expect(states.sort()).toEqual([
      'Woo_Order__c held:1 resolved',
      'item held:11 open',
      'other held:1 open',
    ]);
    await run('held:1', { lookedAt: [item, elsewhere] });
    expect(await openOf('held')).toBe(0);
  });

  it('resolves issues with a reason, but for those that have failed again since', async () => {
    await run('over:1', { failures: [failure('over:1'), failure('over:2')] });
    const read = await issues.find({ store: 'over' }, 9);
    await run('over:9', { failures: [failure('over:2')] });
    const said = { code: 'ISSUE_NOT_MAPPED', reason: 'Nothing \0 maps it.', cure: 'None.' };
    expect(await issues.resolve(read.map((issue) => ({ ...issue, ...said })))).toBe(1);
    expect(await issues.resolve([])).toBe(0);
    const [first, second] = (await unsaid('over')).sort((a, b) => (a.key < b.key ? -1 : 1));
    expect(first).toMatchObject({ state: 'resolved', code: said.code, cure: said.cure });
    expect(first?.version).toBe((read[0]?.version ?? 0) + 1);
    expect(second).toMatchObject({ state: 'open', code: failure('over:2').code, attempts: 2 });
    await tried.pass(HOUR);
    await issues.queueDue();
    expect(keys(await claimed('over'))).toEqual(['over:2']);
  });

  it('takes the last of two failures of one issue, and reasons with odd characters', async () => {
    const odd = { reason: 'nul \0 and half a pair \ud800' };
    await run('odd:1', {
      failures: [failure('odd:1', { code: 'FIRST' }), failure('odd:1', odd)],
    });
    expect(await unsaid('odd')).toHaveLength(1);
    expect((await unsaid('odd'))[0]?.code).toBe('REQUIRED_FIELD_MISSING');
  });

  it('opens a resolved issue again: attempts go on, first seen is new', async () => {
    await run('again:1', { failures: [failure('again:1')] });
    await tried.pass(HOUR);
    await run('again:1');
    await run('again:1', { failures: [failure('again:1')] });
    const [issue] = await unsaid('again');
    expect(issue).toMatchObject({ state: 'open', attempts: 2 });
    expect(issue?.firstSeen).toEqual(issue?.lastSeen);
  });

  it('says an open issue anew after a month, with no news and once', async () => {
    await run('old:1', { failures: [failure('old:1')] });
    await issues.markReported(await unsaid('old'));
    await tried.pass(29 * 24 * HOUR);
    expect(await unsaid('old')).toEqual([]);
    await tried.pass(24 * HOUR + 1000);
    expect(await unsaid('old')).toMatchObject([{ attempts: 1, state: 'open' }]);
    await issues.markReported(await unsaid('old'));
    expect(await unsaid('old')).toEqual([]);
  });

  it('says an issue once, then its news at once and mere attempts once an hour', async () => {
    const fail = (over: Partial<IssueSeen> = {}) =>
      run('say:1', { failures: [failure('say:1', over)] });
    const say = async () => issues.markReported(await unsaid('say'));
    await fail();
    expect(await unsaid('say')).toHaveLength(1);
    await say();
    expect(await unsaid('say')).toEqual([]);
    await fail();
    expect(await unsaid('say')).toEqual([]);
    await tried.pass(HOUR + 1000);
    expect((await unsaid('say'))[0]).toMatchObject({ attempts: 2 });
    await say();
    await fail({ reason: 'Another one.' });
    expect((await unsaid('say'))[0]).toMatchObject({ attempts: 3, reason: 'Another one.' });
    await say();
    await fail({ code: 'ANOTHER', reason: 'Another one.' });
    expect((await unsaid('say'))[0]).toMatchObject({ code: 'ANOTHER' });
    await say();
    await run('say:1');
    expect((await unsaid('say'))[0]).toMatchObject({ state: 'resolved' });
    await say();
    expect(await unsaid('say')).toEqual([]);
    await fail();
    expect((await unsaid('say'))[0]).toMatchObject({ attempts: 1, state: 'open' });
  });

  it('says a conflict again at once when either side holds another value', async () => {
    const name = { code: 'CONFLICT_OPEN', kind: 'conflict' } as const;
    const differ = async (wooValue: string | null, salesforceValue: string | null) => {
      const values = { ...name, wooValue, salesforceValue };
      await run('both:1', { failures: [failure('both:1', values)] });
      const said = await unsaid('both');
      await issues.markReported(said);
      return said.map((issue) => [issue.wooValue, issue.salesforceValue]);
    };
    expect(await differ('Mug', 'Cup')).toEqual([['Mug', 'Cup']]);
    expect(await differ('Mug', 'Cup')).toEqual([]);
    expect(await differ('Mug', 'Jug')).toEqual([['Mug', 'Jug']]);
    expect(await differ(null, 'Jug')).toEqual([[null, 'Jug']]);
    expect(await differ(null, 'Jug')).toEqual([]);
    expect(await differ('Pot', 'Jug')).toEqual([['Pot', 'Jug']]);
  });

  it('closes a conflict with what became of it, and with what both hold by now', async () => {
    const open = { code: 'CONFLICT_OPEN', kind: 'conflict', cure: 'Decide.' } as const;
    const values = { wooValue: 'Mug', salesforceValue: 'Cup' };
    const over = {
      ...{ code: 'CONFLICT_OVER', reason: 'Both hold the same.', cure: 'None.' },
      ...{ wooValue: 'Cup', salesforceValue: 'Cup' },
    };
    const failures = [1, 2, 3].map((n) => failure(`ended:${n}`, { ...open, ...values }));
    await run('ended:9', { failures });
    const seen = ['ended:1', 'ended:2'].map((key) => ({ object: 'Woo_Order__c', key }));
    // What is settled closes only with its record, and a record that is in no conflict opens none.
    const settled = ['ended:1', 'ended:3', 'ended:4'].map((key) => failure(key, over));
    await run('ended:9', { seen, settled });
    const [first, second, third] = (await unsaid('ended')).sort((a, b) => (a.key < b.key ? -1 : 1));
    expect(first).toMatchObject({ ...over, state: 'resolved', kind: 'conflict' });
    // Where nobody says more, the catalogue does.
    const { meaning, cure } = explanationOf('CONFLICT_OVER') ?? {};
    expect(second).toMatchObject({ code: 'CONFLICT_OVER', state: 'resolved', ...values, cure });
    expect(second?.reason).toBe(meaning);
    expect(third).toMatchObject({ ...open, ...values, state: 'open' });
    expect(await issues.find({ keys: ['Woo_Order__c ended:4'] }, 9)).toEqual([]);
  });

  it('does not take an older word for the newest', async () => {
    await run('word:1', { failures: [failure('word:1')] });
    const first = await unsaid('word');
    await run('word:1');
    await issues.markReported(first);
    const [resolved] = await unsaid('word');
    expect(resolved).toMatchObject({ state: 'resolved' });
    expect(resolved?.version).toBeGreaterThan(first[0]?.version ?? Infinity);
  });

  it('tells whether there is news of issues', async () => {
    expect(await queue.finish({ ...nothing, failures: [failure('news:1')] })).toBe(true);
    const object = failure('news:1').object;
    const seen = (key: string) => queue.finish({ ...nothing, seen: [{ object, key }] });
    expect(await seen('news:2')).toBe(false);
    expect(await seen('news:1')).toBe(true);
    expect(await seen('news:1')).toBe(false);
  });

  it('hands out no more issues than asked for', async () => {
    const many = Array.from({ length: 5 }, (_, n) => failure(`most:${n + 1}`));
    await run('most:9', { failures: many });
    expect(await issues.unreported(3)).toHaveLength(3);
  });

  it('tries a record again less and less often, and then not any more', async () => {
    for (const wait of [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR, 24 * HOUR]) {
      await run('slow:1', { failures: [failure('slow:1')] });
      await tried.pass(wait - 30_000);
      await issues.queueDue();
      expect(await claimed('slow')).toEqual([]);
      await tried.pass(31_000);
      await issues.queueDue();
      const jobs = await claimed('slow');
      expect(keys(jobs)).toEqual(['slow:1']);
      await queue.release(jobs);
    }
    await run('slow:1', { failures: [failure('slow:1')] });
    await tried.pass(1000 * HOUR);
    await issues.queueDue();
    expect(await claimed('slow')).toEqual([]);
    expect(await openOf('slow')).toBe(1);
  });

  it('tries again every hour, or never, as the failure says; once per failure', async () => {
    const hourly = failure('retry:1', { retry: 'hourly' });
    const never = failure('retry:2', { retry: 'never' });
    const without = failure('retry:3', { change: null });
    for (let round = 0; round < 8; round += 1) {
      await run('retry:9', { failures: [hourly, never, without] });
      await tried.pass(HOUR + 1000);
      await issues.queueDue();
      const jobs = await claimed('retry');
      expect(keys(jobs)).toEqual(['retry:1']);
      await tried.pass(30 * MINUTE);
      await issues.queueDue();
      await queue.finish({ ...nothing, jobs, failures: [hourly] });
      expect(await claimed('retry')).toEqual([]);
    }
  });

  it('does not try again what was resolved', async () => {
    await run('done:1', { failures: [failure('done:1')] });
    await run('done:1');
    await tried.pass(HOUR);
    await issues.queueDue();
    await issues.queueAll('done');
    expect(await claimed('done')).toEqual([]);
  });

  it('queues the records of all open issues of a store', async () => {
    const never = { retry: 'never' } as const;
    const failures = ['all:1', 'all:2'].map((key) => failure(key, never));
    await run('all:9', { failures: [...failures, failure('all:3', { change: null })] });
    await run('else:9', { failures: [failure('else:1', never)] });
    await issues.queueAll('all');
    expect(keys(await claimed('all')).sort()).toEqual(['all:1', 'all:2']);
    expect(await claimed('else')).toEqual([]);
  });

  it('tells which issues it knows, open ones and resolved ones that were not said yet', async () => {
    const [one, two] = [failure('known:1'), failure('known:2')];
    await run('known:9', { failures: [one, two] });
    await issues.markReported(await unsaid('known'));
    await run('known:2');
    const asked = [one.key, two.key, 'order:Woo_Order__c:known:3'];
    expect(await issues.known(asked)).toEqual(new Set([one.key, two.key]));
    await issues.markReported(await unsaid('known'));
    expect(await issues.known(asked)).toEqual(new Set([one.key]));
    expect(await issues.known([])).toEqual(new Set());
  });

  it('finds open issues by what is asked, in pages', async () => {
    const failures = ['find:1', 'find:2', 'find:3'].map((key) => failure(key));
    const item = failure('find:31', { change: order('find:3') });
    await run('find:9', { failures: [...failures, item, failure('find:4', { change: null })] });
    await run('find:2');
    const found = async (...requestedParents: Parameters<IssueStore['find']>) =>
      (await issues.find(...requestedParents)).map(({ recordKey }) => recordKey);
    const all = ['find:1', 'find:3', 'find:31', 'find:4'];
    expect(await found({ store: 'find' }, 9)).toEqual(all);
    expect(await found({ store: 'find' }, 2)).toEqual(all.slice(0, 2));
    expect(await found({ store: 'find', after: 'Woo_Order__c find:3' }, 9)).toEqual(all.slice(2));
    expect(await found({ changeKeys: ['find:3', 'find:2'] }, 9)).toEqual(['find:3', 'find:31']);
    expect(await found({ keys: [item.key, failure('find:2').key] }, 9)).toEqual(['find:31']);
    expect(await found({ keys: [] }, 9)).toEqual([]);
  });

  /** Fails records of a store one after the other, from its first on. */
  async function flood(store: string, count: number, over: Partial<IssueSeen> = {}): Promise<void> {
    const numbers = Array.from({ length: count }, (_, at) => at + 1);
    await run(`${store}:999`, {
      failures: numbers.map((n) => failure(`${store}:${n}`, { retry: 'hourly', ...over })),
    });
  }
  const groupKey = (store: string) =>
    `group:order:Woo_Order__c:${store}#REQUIRED_FIELD_MISSING.Name`;
  const states = async (store: string) =>
    (await unsaid(store)).map((one) => `${one.state} ${one.absorbedBy ?? 'alone'}`);

  it('has one issue stand for twenty equal failures, and closes those that were said', async () => {
    await flood('flood', 19);
    await issues.group(GROUPING);
    expect(await states('flood')).toEqual(Array(19).fill('open alone'));
    await issues.markReported((await unsaid('flood')).slice(0, 5));
    await run('flood:20', { failures: [failure('flood:20', { retry: 'hourly' })] });
    await issues.group(GROUPING);
    const said = await unsaid('flood');
    const group = said.find(({ key }) => key === groupKey('flood'));
    expect(group).toMatchObject({ state: 'open', store: 'flood', code: 'REQUIRED_FIELD_MISSING' });
    expect(group?.reason).toMatch(
      /^20 records .* at Woo_Order__c\.Name: REQUIRED_FIELD_MISSING\.\n/,
    );
    const named = /Among them: (.*)\./.exec(group?.reason ?? '')?.[1]?.split(', ');
    expect(named).toHaveLength(5);
    expect(named?.every((key) => /^flood:\d+$/.test(key))).toBe(true);
    expect(said.filter(({ absorbedBy }) => absorbedBy === groupKey('flood'))).toHaveLength(5);
    expect(said).toHaveLength(6);
    expect(await openOf('flood')).toBe(1);
    const causesBut = async (...ignored: string[]) =>
      (await issues.causes(['group:'], ignored)).filter((one) => one.store === 'flood');
    const causes = await causesBut();
    expect(causes).toMatchObject([
      { resource: 'order', code: 'REQUIRED_FIELD_MISSING', count: 20, toDecide: false },
    ]);
    expect(Number(causes[0]?.oldest)).not.toBeNaN();
    const [ignored = ''] = said.flatMap(({ key, absorbedBy }) => (absorbedBy === null ? [] : key));
    expect(await causesBut(ignored)).toMatchObject([{ count: 19 }]);
    // Who ignores the issue that stands for them ignores them all.
    expect(await causesBut(groupKey('flood'))).toEqual([]);
    await issues.markReported(said);
    await issues.group(GROUPING);
    expect(await unsaid('flood')).toEqual([]);
  });

  it('goes on to try the records that an issue stands for, and finds them by it', async () => {
    await flood('tries', 20);
    await issues.group(GROUPING);
    await issues.markReported(await unsaid('tries'));
    expect(await issues.changesOf([groupKey('tries')])).toHaveLength(20);
    expect(await issues.find({ keys: [groupKey('tries')] }, 99)).toHaveLength(21);
    expect(await issues.find({ changeKeys: ['tries:7'] }, 9)).toHaveLength(1);
    await tried.pass(HOUR + 1000);
    await issues.queueDue();
    const jobs = await claimed('tries');
    expect(jobs).toHaveLength(20);
    await queue.finish({ ...nothing, jobs, failures: [] });
    await issues.group(GROUPING);
    const over = await unsaid('tries');
    expect(over.every(({ state }) => state === 'resolved')).toBe(true);
    expect(over.map(({ key }) => key)).toContain(groupKey('tries'));
    expect(await openOf('tries')).toBe(0);
  });

  it('has each stand for itself again when they are fewer, or fail in another way', async () => {
    await flood('fewer', 20);
    await issues.group(GROUPING);
    await issues.markReported(await unsaid('fewer'));
    await run('fewer:1', { failures: [failure('fewer:1', { code: 'ANOTHER' })] });
    await issues.group(GROUPING);
    const said = await unsaid('fewer');
    expect(said.find(({ key }) => key === groupKey('fewer'))?.state).toBe('resolved');
    expect(
      said.filter(({ state, absorbedBy }) => state === 'open' && absorbedBy === null),
    ).toHaveLength(20);
    await issues.markReported(said);
    expect(await unsaid('fewer')).toEqual([]);
    expect(await openOf('fewer')).toBe(20);
  });

  it('says news of how many there are, and nothing where only attempts are more', async () => {
    await flood('count', 20);
    await issues.group(GROUPING);
    await issues.markReported(await unsaid('count'));
    await flood('count', 20);
    await issues.group(GROUPING);
    expect(await unsaid('count')).toEqual([]);
    await flood('count', 22);
    await issues.group(GROUPING);
    const said = await unsaid('count');
    expect(keys(said)).toEqual([groupKey('count')]);
    expect(said[0]?.reason).toMatch(/^22 records/);
  });

  it('counts no failures of other stores, fields and codes, nor what needs a decision for each', async () => {
    await flood('alike', 10);
    await flood('unlike', 10);
    await flood('alike', 10, { field: null });
    for (const over of [{ kind: 'conflict', wooValue: 'a' }, { kind: 'ambiguous' }] as const)
      await flood(over.kind, 25, over);
    await flood('orphaned', 25, { salesforceValue: 'orphaned:1' });
    await flood('standing', 25, { resource: null, kind: 'setup' });
    await issues.group(GROUPING);
    const open = await issues.find({ prefix: 'group:' }, 99);
    const stores = ['alike', 'unlike', 'conflict', 'ambiguous', 'orphaned', 'standing'];
    expect(open.filter(({ store }) => stores.includes(store))).toEqual([]);
  });

  it('counts the records that wait or are worked on, each once', async () => {
    const some = ['open:1', 'open:2', 'other:3'].map(order);
    expect(await queue.countOpen(some)).toBe(0);
    await queue.add(some);
    expect(await queue.countOpen(some.slice(0, 2))).toBe(2);
    expect(await queue.countOpen([{ resource: 'customer', key: 'open:1' }])).toBe(0);
    const jobs = await claimed('open');
    await queue.add([order('open:1')]);
    expect(await queue.countOpen(some)).toBe(3);
    await queue.finish({ ...nothing, jobs });
    expect(await queue.countOpen(some)).toBe(2);
    await run('other:3');
    expect(await queue.countOpen(some)).toBe(1);
    expect(await queue.countOpen([])).toBe(0);
  });

  it('does nothing for nothing', async () => {
    await queue.add([]);
    await queue.heartbeat([]);
    await queue.release([]);
    await queue.finish(nothing);
    await issues.markReported([]);
    expect(await claimed('none')).toEqual([]);
  });
});
