import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../../src/errors/coded-error.ts';
import type { IssueCause } from '../../../../src/ports/issues.ts';
import { STATUS_LENGTHS } from '../../../../src/sync/report/status/status-lengths.ts';
import { isNews, statusRow } from '../../../../src/sync/report/status/status-row.ts';
import type { StoreSnapshot } from '../../../../src/sync/report/status/store-snapshot.ts';
import { fieldLength, hasField, picklistOf } from '../../../support/field-lengths.ts';
import { heldMapping } from '../../../support/held.ts';
import { ago, error, NOW, snapshot } from './snapshot.ts';

const OBJECT = 'Woo_Store_Status__c';
const HELD = heldMapping();
const cause = (over: Partial<IssueCause>): IssueCause => ({
  store: 'main',
  resource: 'order',
  code: 'RECORD_WENT_BACK',
  cure: 'Mend it.',
  count: 1,
  oldest: ago(60),
  toDecide: false,
  ...over,
});

const shown = (over: Partial<StoreSnapshot>) => {
  const { State__c: state, Message__c: message } = statusRow(snapshot(over));
  return { state, message };
};
describe('statusRow', () => {
  it('says how a store is doing, in fields that are deployed', () => {
    const row = statusRow(snapshot());
    expect(row).toEqual({
      Store__c: 'main',
      Name: 'Main shop',
      State__c: 'healthy',
      Message__c: null,
      Last_Seen__c: '2026-11-24T12:00:00.000Z',
      Last_Event__c: '2026-11-24T11:59:50.000Z',
      Last_Sweep__c: '2026-11-24T11:59:30.000Z',
      Lag_Seconds__c: 0,
      Backlog__c: 0,
      Webhooks__c: 'order.updated: active',
      API_Calls_Used__c: 1000,
      API_Calls_Limit__c: 100_000,
      Open_Issues__c: 2,
      Last_Reconcile__c: '2026-11-24T02:00:00.000Z',
      Reconcile_Result__c: '9 records counted.',
      API_Budget__c: null,
      API_Budget_Used__c: 0,
      API_Forecast__c: 0,
      Next_Seen__c: null,
      Configuration__c: 'a1b2c3d4',
      Configuration_Read_At__c: '2026-11-24T11:59:00.000Z',
      Silent_After__c: '2026-11-24T13:00:00.000Z',
      Watched__c: true,
      Proof_By_Day__c: null,
      Mappings__c: null,
    });
    expect(Object.keys(row).filter((field) => !hasField(OBJECT, field))).toEqual([]);
  });

  it.each([
    [{ silentMinutes: 90 }, '13:30'],
    [{ silentMinutes: 1 }, '12:15'],
    [{ nextSeen: ago(-3600) }, '15:00'],
    [{ nextSeen: ago(-60), silentMinutes: 30 }, '12:30'],
  ] as const)('counts the service as down after silence, %o: %s', (over, time) => {
    expect(statusRow(snapshot(over))['Silent_After__c']).toBe(`2026-11-24T${time}:00.000Z`);
  });

  it('has a line for each mapping and each day of proofs, whole ones alone', () => {
    const standing = {
      name: 'Order',
      label: 'Orders',
      resource: 'order',
      state: 'active',
      written: null,
    } as const;
    const day = { at: '2026-11-24T02:00:00.000Z', counted: 9, found: 1, repaired: 1 };
    const proofs = [{ ...day, isOpen: false }];
    const row = statusRow(snapshot({ mappings: [standing, standing], proofs }));
    expect(row['Mappings__c']).toBe('Order active - Orders\nOrder active - Orders');
    expect(row['Proof_By_Day__c']).toBe('2026-11-24 02:00 UTC: 9 compared, 1 found, 1 repaired');
    const many = statusRow(snapshot({ mappings: Array.from({ length: 9_999 }, () => standing) }));
    expect(String(many['Mappings__c'])).toMatch(
      /^(Order active - Orders\n)+Order active - Orders$/,
    );
    expect(String(many['Mappings__c']).length).toBe(32_757);
  });

  it('knows how long the deployed fields are', () => {
    const fields = Object.keys(STATUS_LENGTHS).map((field) => [field, fieldLength(OBJECT, field)]);
    expect(Object.fromEntries(fields)).toEqual(STATUS_LENGTHS);
  });

  it('leaves out what is not known', () => {
    const nothing = { apiCalls: null, webhooks: null, lastEvent: null, lastSweep: null };
    const row = statusRow(snapshot(nothing));
    for (const field of [
      'API_Calls_Used',
      'API_Calls_Limit',
      'Webhooks',
      'Last_Event',
      'Last_Sweep',
    ])
      expect(row[`${field}__c`]).toBeNull();
  });

  it.each([
    [{ orgOut: error('SF_LIMIT_EXCEEDED') }, 'paused', /^It is out\. Mend it\.$/],
    [{ storeOut: error('WOO_UNREACHABLE') }, 'unreachable', /^It is out\. Mend it\.$/],
    [{ storeOut: error('WOO_UNEXPECTED_ANSWER') }, 'unreachable', /^It is out\. Mend it\.$/],
    [{ storeOut: error('WOO_KEY_REFUSED') }, 'paused', /^It is out\. Mend it\.$/],
    [{ backlog: 3, oldest: ago(299) }, 'healthy', /^null$/],
    [{ backlog: 1, oldest: ago(300) }, 'late', /^1 record waits, .* since/],
    [{ backlog: 3, oldestBulk: ago(299) }, 'healthy', /^null$/],
    [
      { backlog: 3, oldestBulk: ago(300) },
      'healthy',
      /^Changes in bulk wait since 2026-11-24 11:55 /,
    ],
    [
      { oldestBulk: ago(1), tellsNothing: true },
      'attention',
      /^Edits in bulk go slowly, .* cron\.$/,
    ],
    [{ tellsNothing: true }, 'healthy', /^null$/],
    [{ backlog: 3, oldest: ago(300) }, 'late', /^3 records wait, .* since 2026-11-24 11:55 UTC\./],
    [{ callsLeft: error('SF_BUDGET_REACHED') }, 'paused', /^It is out\. Mend it\.$/],
    [{ callsLeft: error('SF_BUDGET_LOW') }, 'attention', /^It is out\. Mend it\.$/],
    [{ callsLeft: error('SF_RESERVE_REACHED') }, 'paused', /^It is out\. Mend it\.$/],
    [{ callsLeft: error('SF_CALLS_LOW') }, 'attention', /^It is out\. Mend it\.$/],
    [{ causes: [cause({ code: 'RECORD_BROKE' })] }, 'healthy', /^null$/],
    [
      { causes: [cause({ count: 2 }), cause({ code: 'RECORD_IS_ANOTHER' }), cause({ code: 'X' })] },
      'attention',
      /^3 records are held: the shop has others or older ones, .* the command Adopt takes what the shop has\.$/,
    ],
    [{ causes: [cause({ code: 'PARENT_IS_ANOTHER' })] }, 'attention', /^1 record is held: /],
    [
      { held: [HELD] },
      'attention',
      /^Held, so not synced: Orders \(MAPPING_FIELD_TWICE\)\. See the open/,
    ],
    [
      { held: [HELD], callsLeft: error('SF_CALLS_LOW'), loading: 'begins' },
      'attention',
      /Orders \(MAPPING_FIELD_TWICE\).* Mend it\. The first backfill/,
    ],
    [
      { lists: [{ list: 'content/page', code: 'CONTENT_REFUSED', cure: 'Mend it.', times: 1 }] },
      'attention',
      /^Not read: content\/page \(CONTENT_REFUSED\)\. Mend it\.$/,
    ],
    [
      { lists: [{ list: 'orders', code: 'LIST_BROKE', cure: 'See.', times: 1 }] },
      'healthy',
      /^null$/,
    ],
    [
      { lists: [{ list: 'orders', code: 'LIST_BROKE', cure: 'See the log.', times: 2 }] },
      'attention',
      /^Not read: orders \(LIST_BROKE\)\. See the log\.$/,
    ],
    [{ held: [HELD], storeOut: error('WOO_KEY_REFUSED') }, 'paused', /^It is out\./],
    [{ loading: 'begins' }, 'late', /^The first backfill is under way\. /],
    [{ loading: 'waits', held: [HELD] }, 'paused', /^Nothing is written yet, .* command Backfill/],
    [
      { loading: { waitsFor: 'First Store', isFirst: true } },
      'paused',
      /^Nothing is written yet: .* belongs to First Store, .* command Backfill with its key in Store\.$/,
    ],
    [
      { loading: { waitsFor: 'First Store', isFirst: false } },
      'late',
      /waits for that of the store First Store\. Changes go on\.$/,
    ],
    [{ loading: { list: 'orders', read: 5, total: 9 } }, 'late', /way: 5 of 9 orders read\. /],
  ] as const)('%#: %s', (over, state, message) => {
    expect(picklistOf(OBJECT, 'State__c')).toContain(state);
    expect(shown(over).state).toBe(state);
    expect(String(shown(over).message)).toMatch(message);
  });

  it('tells of the org before the shop: without it nothing of the shop can be seen', () => {
    const both = {
      orgOut: error('SF_UNAVAILABLE', 'The org.'),
      storeOut: error('WOO_UNREACHABLE'),
    };
    expect(shown(both).message).toBe('The org. Mend it.');
  });

  it('keeps the cure whole where the message is long, and shows no address', () => {
    const long = `ada@example.com ${'long '.repeat(100)}`;
    const { message } = shown({ storeOut: error('WOO_REFUSED', long) });
    expect(String(message).length).toBeLessThanOrEqual(255);
    expect(message).toMatch(/^a…@example\.com (long )+long… Mend it\.$/);
    const cure = 'c'.repeat(400);
    const { message: cut } = shown({ storeOut: new CodedError('WOO_REFUSED', long, cure) });
    expect(cut).toHaveLength(255);
    expect(cut).toMatch(/ c+…$/);
  });

  it('keeps what to do where many mappings are held', () => {
    const held = Array.from({ length: 40 }, (_, at) => ({ ...HELD, label: `Orders of ${at}` }));
    const { message } = shown({ held });
    expect(String(message).length).toBeLessThanOrEqual(255);
    expect(message).toMatch(/…\. See the open issues\.$/);
  });

  it('lists the webhooks one a line, and says why there are none', () => {
    const webhooks = [
      { topic: 'order.created', status: 'active' },
      { topic: 'product.updated', status: 'disabled' },
    ];
    expect(statusRow(snapshot({ webhooks }))['Webhooks__c']).toBe(
      'order.created: active\nproduct.updated: disabled',
    );
    expect(statusRow(snapshot({ webhooks: 'not used' }))['Webhooks__c']).toMatch(
      /^Not used: PUBLIC_URL is not set/,
    );
  });

  it.each([
    ['healthy', 'active', 'paused'],
    ['attention', 'active', 'disabled'],
    ['attention', 'missing', 'active'],
  ])('is %s where webhooks are %s and %s', (state, created, updated) => {
    const webhooks = [
      { topic: 'order.created', status: created },
      { topic: 'order.updated', status: updated },
    ];
    const said = shown({ webhooks });
    expect(said.state).toBe(state);
    const off = state === 'healthy' ? null : created === 'active' ? 'updated' : 'created';
    const is = off === 'updated' ? updated : created;
    if (off === null) expect(said.message).toBeNull();
    else expect(said.message).toContain(`does not tell of order.${off} (${is}): such changes are`);
  });

  it('says why webhooks cannot be kept', () => {
    const over = {
      webhooks: [{ topic: 'order.created', status: 'missing' }],
      webhookProblem: { code: 'X', message: 'It has no Service URL.', cure: 'Enter it.' },
    };
    expect(statusRow(snapshot(over))['Webhooks__c']).toBe(
      'order.created: missing\nIt has no Service URL. Enter it.',
    );
  });
});

describe('isNews', () => {
  const before = statusRow(snapshot({ backlog: 1, oldest: ago(1) }));
  const after = (seconds: number, over: Partial<StoreSnapshot> = {}) =>
    statusRow(snapshot({ backlog: 1, oldest: ago(1), now: ago(-seconds), ...over }));

  it('is what was never written', () => {
    expect(isNews(null, before)).toBe(true);
  });

  it('is not what moves by watching alone', () => {
    const quiet = { lastSweep: ago(-60), apiCalls: { limit: 100_000, remaining: 98_000 } };
    expect(isNews(before, after(60, quiet))).toBe(false);
  });

  it('is not that a mapping has written once more, and is that it is late', () => {
    const standing = {
      name: 'Order',
      label: 'Orders',
      resource: 'order',
      state: 'active',
      written: null,
    } as const;
    const told = (over: object) =>
      statusRow(snapshot({ mappings: [{ ...standing, ...over }], now: NOW }));
    expect(isNews(told({}), told({ written: NOW.toISOString() }))).toBe(false);
    expect(isNews(told({}), told({ state: 'late' }))).toBe(true);
    expect(isNews(told({}), told({ label: 'Orders - 2 of 9' }))).toBe(true);
  });

  it('is whatever it was, after five minutes', () => {
    expect(isNews(before, after(299, { oldest: ago(-299) }))).toBe(false);
    expect(isNews(before, after(300, { oldest: ago(-299) }))).toBe(true);
  });

  it.each([
    [{ storeOut: error('WOO_UNREACHABLE') }],
    [{ backlog: 2 }],
    [{ openIssues: 3 }],
    [{ webhooks: 'not used' }],
    [{ lastEvent: NOW }],
    [{ label: 'New name' }],
  ] as const)('is what says something else (%#)', (over) => {
    expect(isNews(before, after(1, over))).toBe(true);
  });
});
