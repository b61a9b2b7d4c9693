import { describe, expect, it } from 'vitest';
import { engineView } from '../../src/app/engine-view.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import type { Edit } from '../../src/http/engine-port.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Availability } from '../../src/engine/availability.ts';

/** Of the engine and the org what the view needs for Salesforce's side. */
function viewOf(setup: object | null = {}) {
  const organizationId = '00Dxx0000000001';
  const edited: Edit[] = [];
  const engine = {
    setup,
    objects: new Set(['product2', 'woo_command__c']),
    edited: (edits: readonly Edit[]) => Promise.resolve(void edited.push(...edits)),
  };
  type Parts = Parameters<typeof engineView>;
  const view = engineView(
    engine as unknown as Parts[0],
    { org: { organizationId } } as unknown as Parts[1],
  );
  return { view, edited };
}

describe('outbound messages', () => {
  it('are taken from the org once its mappings were read', () => {
    expect(viewOf().view.organizationId).toBe('00Dxx0000000001');
    expect(viewOf(null).view.organizationId).toBeNull();
  });

  it('are of the objects that the engine knows', () => {
    expect(viewOf().view.knowsObject('product2')).toBe(true);
    expect(viewOf().view.knowsObject('lead')).toBe(false);
  });

  it('reach the engine; a deleted record of an object that is not told may be of each', async () => {
    const { view, edited } = viewOf();
    const known = { object: 'product2', recordId: '01txx0000000001AAA', key: 'main:7' };
    const gone = { object: null, recordId: null, key: null };
    await view.onEdits([known, gone]);
    expect(edited).toEqual([
      known,
      { ...gone, object: 'product2' },
      { ...gone, object: 'woo_command__c' },
    ]);
  });
});

describe('the figures', () => {
  it('are there for each store, also where nothing is open, and tell edits in bulk apart', async () => {
    const engine = {
      availability: new Availability(systemClock),
      stores: ['main', 'outlet'].map((key, unacknowledged) => ({
        setup: { store: { key } },
        unacknowledged,
      })),
      budgets: { use: (key: string) => ({ limit: key === 'main' ? 400 : null, used: 7 }) },
    };
    let isGrouped = false;
    const parts = {
      org: { callsFor: new Map(), usage: null },
      queue: {
        backlog: () =>
          Promise.resolve([
            {
              store: 'main',
              resource: 'product',
              waiting: 2,
              active: 0,
              oldest: null,
              oldestBulk: new Date(Date.now() - 3_600_000),
            },
          ]),
      },
      issues: {
        group: () => {
          isGrouped = true;
          return Promise.resolve();
        },
        open: () => Promise.resolve(new Map([['outlet', isGrouped ? 3 : 55_788]])),
      },
    };
    type Parts = Parameters<typeof engineView>;
    const view = engineView(engine as unknown as Parts[0], parts as unknown as Parts[1]);
    const figures = await view.figures();
    const open = figures.find(({ name }) => name === 'woo_salesforce_open_issues');
    expect(open?.values).toEqual([
      { labels: { store: 'main' }, value: 0 },
      { labels: { store: 'outlet' }, value: 3 },
    ]);
    const day = (name: string) => figures.find((one) => one.name === name)?.values;
    expect(day('woo_salesforce_api_budget')).toEqual([{ labels: { store: 'main' }, value: 400 }]);
    expect(day('woo_salesforce_api_calls_day')).toHaveLength(2);
    expect(day('woo_salesforce_lag_seconds')?.map(({ value }) => value)).toEqual([0]);
    expect(day('woo_salesforce_bulk_lag_seconds')?.[0]?.value).toBeGreaterThanOrEqual(3600);
    expect(day('woo_salesforce_shop_unacknowledged')?.map(({ value }) => value)).toEqual([0, 1]);
  });
});

it('tells of a store that is stopped why and since when, beside those that are kept in step', async () => {
  const since = new Date('2026-01-01T00:00:00Z');
  const reason = new CodedError('STORE_URL_CHANGED', 'It was another shop.', 'Put it back.');
  const engine = {
    availability: new Availability(systemClock),
    stores: [{ setup: { store: { key: 'main' } } }],
    budgets: { use: () => ({ limit: null, used: 0 }) },
    setup: { stopped: [{ key: 'outlet', label: 'Outlet', reason, since }] },
  };
  const parts = {
    org: { callsFor: new Map(), usage: null, unanswered: null },
    queue: { backlog: () => Promise.resolve([]) },
    issues: { group: () => Promise.resolve(), open: () => Promise.resolve(new Map()) },
  };
  type Parts = Parameters<typeof engineView>;
  const view = engineView(engine as unknown as Parts[0], parts as unknown as Parts[1]);
  expect((await view.health()).stores).toEqual({
    main: { ok: true },
    outlet: { ok: false, reason: 'STORE_URL_CHANGED: It was another shop.', since },
  });
  const out = (await view.figures()).find(({ name }) => name === 'woo_salesforce_out');
  expect(out?.values).toContainEqual({ labels: { side: 'The store main' }, value: 0 });
  expect(out?.values).toContainEqual({ labels: { side: 'The store outlet' }, value: 1 });
});
