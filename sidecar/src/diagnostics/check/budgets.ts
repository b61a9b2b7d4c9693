import type { StoreRow } from '../../mapping/model/config-rows.ts';
import type { Quota } from '../../ports/org.ts';
import { type Finding, warning } from './finding.ts';

/** Calls of a day that reading the configuration, signs of life and sweeps take by themselves. */
const LEAST_CALLS = 200;
const CURE =
  'See Daily API Calls and Daily API Share of the Woo Store (Setup › Custom Metadata Types), and docs/operate.md for what the sync uses.';

/** API calls that are given to stores, and are too few to work with or more than there are. */
export function checkBudgets(rows: readonly StoreRow[], usage: Quota | null): Finding[] {
  const active = rows.filter((row) => row.active);
  const most = usage?.limit ?? null;
  const small = active.flatMap((row) => {
    const calls = callsOf(row, most);
    return calls === null || calls <= 0 || calls >= LEAST_CALLS ? [] : [tooSmall(row.key, calls)];
  });
  const given = active.reduce((sum, row) => sum + (callsOf(row, most) ?? 0), 0);
  return [...small, ...(most === null || given <= most ? [] : [tooLarge(given, most)])];
}

function callsOf({ dailyApiCalls, dailyApiShare }: StoreRow, most: number | null): number | null {
  const share =
    dailyApiShare === null || most === null ? null : Math.floor((most * dailyApiShare) / 100);
  const limits = [dailyApiCalls, share].filter((limit) => limit !== null);
  return limits.length === 0 ? null : Math.min(...limits);
}

function tooSmall(place: string, calls: number): Finding {
  return warning({
    ...{ code: 'BUDGET_SMALL', place },
    message: `The store may use ${calls} API calls on a day: the service itself takes up to ${LEAST_CALLS}, so most changes will come on the next day or later.`,
    cure: CURE,
  });
}

function tooLarge(given: number, most: number): Finding {
  return warning({
    ...{ code: 'BUDGETS_EXCEED', place: 'Woo_Store' },
    message: `The stores may use ${given} API calls on a day together, and the org has ${most} for 24 hours: the limit of the org is reached first.`,
    cure: CURE,
  });
}
