import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DurableState, openState } from '../../src/state/state.ts';
import { MemoryState } from '../support/memory-state.ts';
import { type Engine, engines } from './support/engines.ts';

const order = (key: string, customer: string) => ({
  key,
  customer,
  status: 'processing',
  counts: true,
  currency: 'EUR',
  total: '9.00',
  refunded: '0.00',
  refunds: [],
  placedAt: null,
});

describe.each([{ name: 'memory', start: null }, ...engines])(
  'whose an order was, on $name',
  ({ start }) => {
    let engine: Engine | undefined;
    let state: DurableState | MemoryState;

    beforeAll(async () => {
      engine = await start?.();
      state = engine ? await openState(engine.location) : new MemoryState();
    });
    afterAll(async () => {
      await state.close();
      await engine?.stop();
    });

    it('is known until they are told: where a write fails, the order is read again', async () => {
      const { totals } = state;
      const left = (customer: string) => ({ order: 'main:1', customer });
      const moved = { customers: ['main:A', 'main:B'], former: [left('main:A')] };
      expect(await totals.note([order('main:1', 'main:A')], [], 10)).toEqual({
        customers: ['main:A'],
        former: [],
      });
      expect(sorted(await totals.note([order('main:1', 'main:B')], [], 11))).toEqual(moved);
      expect(sorted(await totals.note([order('main:1', 'main:B')], [], 11))).toEqual(moved);
      expect(sorted(await totals.note([], ['main:1'], 12))).toEqual({
        customers: ['main:A', 'main:B'],
        former: [left('main:A'), left('main:B')],
      });
      await totals.settleFormer([left('main:A')]);
      expect(await totals.note([], ['main:1'], 12)).toEqual({
        customers: ['main:B'],
        former: [left('main:B')],
      });
      expect(await totals.former()).toEqual([left('main:B')]);
      await totals.settleFormer([left('main:B')]);
      expect(await totals.note([], ['main:1'], 12)).toEqual({ customers: [], former: [] });
    });

    it('does not follow from a reading that is older than what is known', async () => {
      const { totals } = state;
      await totals.note([order('main:2', 'main:A')], [], 20);
      await totals.note([order('main:2', 'main:B')], [], 19);
      await totals.note([], ['main:2'], 19);
      expect(await totals.former()).toEqual([]);
      expect(await totals.ordersOf(['main:A'])).toEqual(['main:2']);
    });
  },
);

function sorted<T extends { readonly customers: readonly string[] }>(noted: T): T {
  return { ...noted, customers: noted.customers.toSorted() };
}
