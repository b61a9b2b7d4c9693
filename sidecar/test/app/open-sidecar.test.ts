import { expect, it } from 'vitest';
import { openStore, problemsFor } from '../../src/app/open-sidecar.ts';
import { heldMappings } from '../../src/ports/held-mappings.ts';
import type { StoreRow } from '../../src/mapping/model/config-rows.ts';
import { MISTAKE, ownMapping, STORES } from '../support/own-mapping.ts';

const [MAIN, OUTLET] = STORES;

it('a command of one store is not told of mappings that are held for others', () => {
  const held = (stores: Parameters<typeof problemsFor>[0], common: string, own: string) => {
    const { from, compiled } = ownMapping(common, own);
    const problems = problemsFor(stores, heldMappings(from, compiled), compiled);
    return problems.filter(({ fatal }) => fatal).map(({ mapping }) => mapping);
  };
  expect(held([MAIN], MISTAKE, MISTAKE)).toEqual(['Order']);
  expect(held([OUTLET], MISTAKE, MISTAKE)).toEqual(['Outlet_Order']);
  expect(held([OUTLET], MISTAKE, 'Name')).toEqual([]);
  expect(held([MAIN, OUTLET], MISTAKE, MISTAKE)).toEqual(['Order', 'Outlet_Order']);
});

it.each([
  [{ dailyApiCalls: 0 }, 'STORE_BUDGET_NONE'],
  [{ dailyApiShare: 0 }, 'STORE_BUDGET_NONE'],
  [{ dailyApiCalls: 400, dailyApiShare: 0 }, 'STORE_BUDGET_NONE'],
  [{ dailyApiCalls: -1 }, 'STORE_BUDGET_INVALID'],
  [{ dailyApiCalls: 1.5 }, 'STORE_BUDGET_INVALID'],
  [{ dailyApiShare: 101 }, 'STORE_BUDGET_INVALID'],
])('a store with the budget %j is held: %s', (budget, code) => {
  const row: StoreRow = { ...MAIN, route: 'named_credential', ...budget };
  const parts = { rows: [row] } as unknown as Parameters<typeof openStore>[0];
  expect(() => openStore(parts, row)).toThrow(expect.objectContaining({ code }));
});

it.each(['direct', 'named_credential'] as const)(
  'a store on the route %s whose key holds a colon is held: the keys of its records end at the first',
  (route) => {
    const row = { ...MAIN, key: 'a:b', route };
    const parts = { rows: [row] } as unknown as Parameters<typeof openStore>[0];
    expect(() => openStore(parts, row)).toThrow(
      expect.objectContaining({ code: 'STORE_KEY_INVALID' }),
    );
  },
);
