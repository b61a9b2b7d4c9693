import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { Availability } from '../../../src/engine/availability.ts';
import { UNLIMITED } from '../../../src/engine/budget/allowance.ts';
import { StoreEngine } from '../../../src/engine/store/store-engine.ts';
import type { StoreParts } from '../../../src/engine/store/store-parts.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import type { StoreSetup } from '../../../src/ports/setup.ts';
import { BACKFILLED } from '../../../src/sync/model/backfill-marker.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

const orders = mappingTo('Woo_Order__c', {
  label: 'Orders',
  resource: 'order',
  build: ({ id }) => ({ row: rowOf(`main:${String(id)}`, {}) }),
});

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

interface Given {
  readonly isLoaded?: boolean;
  /** Whether the calls of the day allow a first backfill. */
  readonly mayLoad?: () => boolean;
  readonly mappings?: readonly (typeof orders)[];
  readonly issues?: readonly IssueSeen[];
  readonly org?: HoldingOrg;
  /** What is remembered of fields that go to other stores. */
  readonly waiting?: object;
  /** Whether Salesforce takes what is closed there. */
  readonly takesBack?: () => Promise<boolean>;
}

/** A store that runs until the test ends, and what it did about its open issues, in order. */
async function running(given: Given = {}) {
  const { isLoaded = true, mayLoad = () => true, mappings = [orders], issues = [] } = given;
  const { takesBack, org = new HoldingOrg() } = given;
  const stop = new AbortController();
  const state = new MemoryState();
  const store = new ListStore({ orders: [] });
  const setup = { store, label: 'Main', mappings, held: [], version: '1', loadWhenTold: false };
  if (isLoaded) await state.saveCursor('main', BACKFILLED, { at: '2026-11-28T10:00:00Z' });
  if (takesBack === undefined) await state.saveCursor('main', 'issues taken back', true);
  if (given.waiting) await state.saveCursor('main', 'goes to other stores', given.waiting);
  const queue = new MemoryChangeQueue(state);
  await queue.finish({ jobs: [], failures: issues, seen: [], followUps: [] });
  const did: string[] = [];
  const warned: string[] = [];
  store.onPage = (list) => void did.push(`reads ${list}`);
  const queueAll = queue.queueAll.bind(queue);
  queue.queueAll = (key) => {
    did.push('tries issues');
    return queueAll(key);
  };
  queue.queueHeld = () => Promise.resolve(void did.push('queues mended'));
  const ofBackfills = {
    ...UNLIMITED,
    get retryAfterMs() {
      return mayLoad() ? 0 : 60_000;
    },
  };
  let looks = 0;
  const clock = {
    now: () => systemClock.now(),
    sleep: async () => {
      looks += 1;
      await turn();
    },
  };
  const silent = () => undefined;
  const parts = {
    state,
    clock,
    queue,
    issues: queue,
    org: org.asOrg,
    links: null,
    leases: { acquire: () => Promise.resolve(true), release: () => Promise.resolve() },
    availability: new Availability(clock),
    signal: stop.signal,
    publicUrl: null,
    secrets: null,
    sweepSeconds: 60,
    log: {
      info: silent,
      error: silent,
      warn: (_: object, text: string) => void warned.push(text),
    },
    budgets: { allowance: (of: string) => (of === 'backfill' ? ofBackfills : UNLIMITED) },
    onIssues: () => void did.push('tells of issues'),
    takeBackIssues: () => {
      did.push('takes back issues');
      return takesBack?.();
    },
    onFollowing: silent,
  } as unknown as StoreParts;
  const engine = new StoreEngine(setup as unknown as StoreSetup, parts);
  const ran = engine.run();
  const end = async () => {
    stop.abort();
    await ran;
  };
  ended.push(end);
  /** Until all of its tasks have looked several times. */
  const settled = async () => {
    const from = looks;
    await expect.poll(() => looks - from > 200, { interval: 5 }).toBe(true);
    return did.filter((one) => !one.startsWith('reads'));
  };
  return { did, warned, queue, state, settled, end };
}

const unmapped: IssueSeen = {
  key: 'product:Product2:main:7',
  kind: 'failed',
  store: 'main',
  resource: 'product',
  object: 'Product2',
  recordKey: 'main:7',
  recordId: null,
  code: 'FIELD_INTEGRITY',
  reason: 'Too low.',
  cure: 'Raise it.',
  field: null,
  wooValue: null,
  salesforceValue: null,
  change: { resource: 'product', key: 'main:7' },
  retry: 'never',
};

it('takes back what stands open in Salesforce once for a state, also where it breaks off first', async () => {
  let isThere = false;
  const takesBack = () =>
    isThere ? Promise.resolve(true) : Promise.reject(new Error('Connection terminated'));
  const { settled } = await running({ takesBack });
  expect((await settled()).filter((one) => one === 'takes back issues').length).toBeGreaterThan(1);
  isThere = true;
  const tried = (await settled()).length;
  expect((await settled()).length - tried).toBe(0);
});

it('asks once more where Salesforce has not closed all of it', async () => {
  let tries = 0;
  const { settled } = await running({ takesBack: () => Promise.resolve((tries += 1) > 2) });
  await settled();
  await settled();
  expect(tries).toBe(3);
});

it('tries what is open once where it follows the shop at once', async () => {
  const { settled } = await running();
  expect(await settled()).toEqual(['queues mended', 'tries issues']);
});

it('tries what is open once its first backfill is done, and not before', async () => {
  const { did, settled } = await running({ isLoaded: false });
  expect(await settled()).toEqual(['queues mended', 'tries issues']);
  expect(did.indexOf('reads orders')).toBeLessThan(did.indexOf('tries issues'));
});

it('follows the shop while the first backfill waits for calls, and tries what is open when that is done', async () => {
  let mayLoad = false;
  const { settled } = await running({ isLoaded: false, mayLoad: () => mayLoad });
  expect(await settled()).toEqual([]);
  mayLoad = true;
  expect(await settled()).toEqual(['queues mended', 'tries issues']);
});

it('tries nothing any more where it is stopped while the first backfill waits', async () => {
  const { did, settled, end } = await running({ isLoaded: false, mayLoad: () => false });
  await settled();
  await end();
  expect(did).toEqual([]);
});

it('tells of issues that are closed since nothing is mapped any more, and of none otherwise', async () => {
  const { settled, queue } = await running({ issues: [unmapped] });
  expect(await settled()).toEqual(['tells of issues', 'queues mended', 'tries issues']);
  expect(await queue.find({}, 10)).toEqual([]);
});

it('asks Salesforce again of what waited for a field that goes to a shop again', async () => {
  const outgoing = [{ field: 'Note__c' }] as unknown as (typeof orders)['outgoing'];
  const waiting = { unsent: [], waiting: { 'Woo_Order__c Note__c': ['main:7'] } };
  const { state, settled } = await running({ mappings: [{ ...orders, outgoing }], waiting });
  await settled();
  expect(await state.twoWay.dirty(['main:7'])).toEqual(new Map([['main:7', 1]]));
  expect(await state.cursor('main', 'goes to other stores')).toEqual({ unsent: [], waiting: {} });
});

it('has records looked at that are in Salesforce and new to the state, since their mapping was off', async () => {
  const org = new HoldingOrg();
  org.add('Woo_Order__c', { Woo_Key__c: 'main:7' });
  const { state, settled } = await running({ org });
  await settled();
  expect((await state.links('Woo_Order__c', ['main:7'])).get('main:7')?.state).toBe('unverified');
});

it('goes on where the state cannot say what is open', async () => {
  const world = await running({ isLoaded: false, mayLoad: () => true });
  world.queue.queueHeld = () => Promise.reject(new Error('Connection terminated'));
  expect(await world.settled()).toEqual([]);
  expect(world.warned).toEqual(['held changes and open issues are tried again later']);
});
