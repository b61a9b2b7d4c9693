import { beforeEach, describe, expect, it } from 'vitest';
import { Availability } from '../../src/engine/availability.ts';
import { updateStandingIssues } from '../../src/engine/standing-issues.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import type { MappingRow, Problem } from '../../src/mapping/model/config-rows.ts';
import { heldMappings } from '../../src/ports/held-mappings.ts';
import type { IssueSeen } from '../../src/ports/issues.ts';
import type { Setup, StoreSetup } from '../../src/ports/setup.ts';
import type { WebhookProblem } from '../../src/ports/store.ts';
import { issueRow } from '../../src/sync/report/issue-row.ts';
import { picklistOf } from '../support/field-lengths.ts';
import { MemoryChangeQueue } from '../support/memory-change-queue.ts';
import { MemoryState } from '../support/memory-state.ts';
import type { ObjectSchema } from '../../src/mapping/model/schema.ts';
import { source } from '../mapping/support/mappings.ts';

const clock = {
  now: () => new Date('2026-11-26T10:00:00Z'),
  sleep: () => Promise.resolve(),
};
const row = (name: string, store: string | null, resource: string) =>
  ({ name, label: `The ${name}`, store, resource }) as MappingRow;
const rows = [row('Order', null, 'order'), row('Outlet', 'outlet', 'product')];
const problem = (mapping: string, over: Partial<Problem> = {}): Problem => ({
  code: 'MAPPING_FIELD_TWICE',
  mapping,
  place: `${mapping}_Total`,
  fatal: true,
  message: 'Total__c is written twice.',
  cure: 'Delete one of the two.',
  ...over,
});

let queue: MemoryChangeQueue;
let availability: Availability;
let setup: Setup;
let calls: CodedError | null;
let budget: CodedError | null;
let webhooks: WebhookProblem | null;
let sales: CodedError | null;

/** What an admin has set up, with these problems. */
function setUp(...problems: readonly Problem[]): void {
  const stores = ['main', 'outlet'].map((key) => ({ store: { key }, label: `Shop ${key}` }));
  const compiledOf = { source: source({}), schemas: new Map<string, ObjectSchema>() };
  const read = { fingerprint: 'a1b2c3d4', readAt: clock.now(), compiledOf };
  setup = {
    stores: stores as unknown as readonly StoreSetup[],
    stopped: [],
    inactive: [],
    problems,
    ...read,
    held: heldMappings({ mappings: rows }, { problems, notFor: new Map() }),
  };
}

const update = () =>
  updateStandingIssues({
    queue,
    issues: queue,
    availability,
    setup: () => setup,
    calls: () => calls,
    source: () => Promise.resolve(null),
    budget: (store) => (store === 'outlet' ? budget : null),
    webhooks: (store) => Promise.resolve(store === 'main' ? webhooks : null),
    sales: ({ store }) => Promise.resolve(store.key === 'outlet' ? sales : null),
  });
const open = () => queue.find({}, 100);
const codes = async () => (await open()).map(({ code }) => code);

beforeEach(() => {
  queue = new MemoryChangeQueue(new MemoryState(), clock.now);
  availability = new Availability(clock);
  calls = null;
  budget = null;
  webhooks = null;
  sales = null;
  setUp();
});

describe('a mapping that is held', () => {
  it('is one issue with every place and cure, for all stores', async () => {
    setUp(problem('Order'), problem('Order', { place: 'Order_Tax', cure: 'Map another field.' }));
    expect(await update()).toBe(true);
    const [issue, ...others] = await open();
    expect(others).toEqual([]);
    expect(issue).toMatchObject({
      kind: 'setup',
      store: '*',
      resource: 'order',
      object: 'Woo_Mapping__mdt',
      code: 'MAPPING_FIELD_TWICE',
      cure: 'Delete one of the two.\nMap another field.',
    });
    expect(issue?.reason).toMatch(/The Order is held.*\nOrder_Total: .*\nOrder_Tax: /);
    const said = issue && issueRow({ ...issue, parts: [] }, undefined);
    expect(said).toMatchObject({ Kind__c: 'setup', Store__c: '*', Woo_Id__c: 'Order' });
    expect(picklistOf('Woo_Sync_Issue__c', 'Kind__c')).toContain('setup');
  });

  it('names a place once, also where the message begins with it', async () => {
    const messages = ['Order_Total reads x.', 'Order_Total: x is bad.', 'Order_Totals is bad.'];
    setUp(...messages.map((message) => problem('Order', { message })));
    await update();
    const [issue] = await open();
    expect(issue?.reason.split('\n').slice(1)).toEqual([
      ...messages.slice(0, 2),
      'Order_Total: Order_Totals is bad.',
    ]);
  });

  it('of one store is an issue of that store', async () => {
    setUp(problem('Outlet'));
    await update();
    expect(await open()).toMatchObject([{ store: 'outlet', recordKey: 'outlet:Outlet' }]);
  });

  it('is opened once, however often it is looked at, and told again when the reason differs', async () => {
    setUp(problem('Order'));
    await update();
    expect(await update()).toBe(false);
    expect(await open()).toMatchObject([{ attempts: 1 }]);
    setUp(problem('Order', { message: 'Tax__c is written twice.' }));
    expect(await update()).toBe(true);
    expect(await open()).toMatchObject([{ reason: expect.stringContaining('Tax__c') as string }]);
  });

  it('is closed by itself when it is cured, and its neighbour stays', async () => {
    setUp(problem('Order'), problem('Outlet'));
    await update();
    setUp(problem('Outlet'));
    expect(await update()).toBe(true);
    expect(await open()).toMatchObject([{ recordKey: 'outlet:Outlet' }]);
  });

  it('that only warns is none, and issues of records are left alone', async () => {
    const change = { resource: 'order', key: 'main:7' } as const;
    const failed: IssueSeen = {
      key: 'order:Woo_Order__c:main:7',
      kind: 'failed',
      store: 'main',
      resource: 'order',
      recordKey: 'main:7',
      object: 'Woo_Order__c',
      recordId: null,
      code: 'RECORD_BROKE',
      reason: '',
      cure: '',
      field: null,
      wooValue: null,
      salesforceValue: null,
      change,
      retry: 'backoff',
    };
    await queue.finish({ jobs: [], failures: [failed], seen: [], followUps: [] });
    setUp(problem('Order', { fatal: false }));
    expect(await update()).toBe(false);
    expect(await codes()).toEqual(['RECORD_BROKE']);
  });
});

describe('a store', () => {
  const refused = new CodedError('WOO_KEY_REFUSED', 'The key is refused.', 'Make another one.');

  it('that cannot be reached as it is set up is one issue', async () => {
    const stopped = [{ key: 'third', label: 'Third shop', reason: refused, since: new Date(0) }];
    setup = { ...setup, stopped };
    await update();
    expect(await open()).toMatchObject([
      { store: 'third', code: 'WOO_KEY_REFUSED', object: 'Woo_Store__mdt', resource: null },
    ]);
  });

  it('that needs a person is one until it answers; one that is out for a while is none', async () => {
    availability.store('outlet').recordFailure(refused);
    availability
      .store('main')
      .recordFailure(new CodedError('WOO_UNREACHABLE', 'It is out.', 'Wait.'));
    await update();
    expect(await open()).toMatchObject([
      {
        store: 'outlet',
        cure: expect.stringMatching(/^Make another one\. Then give the command Reload/) as string,
      },
    ]);
    availability.store('outlet').recordSuccess();
    await update();
    expect(await open()).toEqual([]);
  });
});

it('API calls that run out are one issue, which says when they have run out', async () => {
  calls = new CodedError('SF_CALLS_LOW', 'Few are left.', 'Look.');
  await update();
  expect(await codes()).toEqual(['SF_CALLS_LOW']);
  calls = new CodedError('SF_RESERVE_REACHED', 'None is left.', 'Wait.');
  await update();
  expect(await codes()).toEqual(['SF_RESERVE_REACHED']);
  calls = null;
  await update();
  expect(await codes()).toEqual([]);
});

describe('webhooks that cannot be kept', () => {
  const refused = {
    code: 'WOO_GATEWAY_REFUSED',
    message: 'The store has no Service URL.',
    cure: 'Enter PUBLIC_URL as Service URL.',
  };

  it('are one issue of their store, which closes when they can be kept again', async () => {
    webhooks = refused;
    expect(await update()).toBe(true);
    expect(await update()).toBe(false);
    const [issue, ...others] = await open();
    expect(others).toEqual([]);
    expect(issue).toMatchObject({
      store: 'main',
      object: 'Woo_Store__mdt',
      code: refused.code,
      cure: refused.cure,
      reason: expect.stringMatching(/Shop main .* by sweeps alone.*no Service URL/) as string,
    });
    webhooks = null;
    expect(await update()).toBe(true);
    expect(await codes()).toEqual([]);
  });

  it('do not hide that their store is stopped', async () => {
    webhooks = refused;
    availability.store('main').recordFailure(new CodedError('WOO_KEY_REFUSED', 'No.', 'Yes.'));
    await update();
    expect((await codes()).toSorted()).toEqual(['WOO_GATEWAY_REFUSED', 'WOO_KEY_REFUSED']);
  });
});

it('sales that count by different paid statuses are an issue of their store, which closes by itself', async () => {
  sales = new CodedError('PAID_STATUSES_CHANGED', 'They are shipped now.', 'Backfill.');
  expect(await update()).toBe(true);
  expect(await update()).toBe(false);
  expect(await open()).toMatchObject([
    {
      kind: 'setup',
      store: 'outlet',
      object: 'Woo_Store__mdt',
      cure: 'Backfill.',
      code: 'PAID_STATUSES_CHANGED',
      reason: 'They are shipped now.',
    },
  ]);
  sales = null;
  expect(await update()).toBe(true);
  expect(await codes()).toEqual([]);
});

it('API calls of a store that run out are an issue of it, which closes by itself', async () => {
  budget = new CodedError('SF_BUDGET_LOW', '70 % of the 400 API calls are used.', 'Wait.');
  expect(await update()).toBe(true);
  expect(await open()).toMatchObject([
    { kind: 'setup', store: 'outlet', code: 'SF_BUDGET_LOW', cure: 'Wait.' },
  ]);
  expect(await update()).toBe(false);
  budget = null;
  expect(await update()).toBe(true);
  expect(await codes()).toEqual([]);
});
