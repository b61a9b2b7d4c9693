import type { StoreRow } from '../../mapping/model/config-rows.ts';
import type { Quota } from '../../ports/org.ts';
import { signsEvery } from '../../sync/report/status/call-pace.ts';
import { lateSilenceText } from '../../sync/report/status/few-calls.ts';
import { type Finding, warning } from './finding.ts';

/** Calls of a day that reading the configuration, signs of life and sweeps take by themselves. */
const LEAST_CALLS = 200;
const CURE =
  'See Daily API Calls and Daily API Share of the Woo Store (Setup › Custom Metadata Types), and docs/operate.md for what the sync uses.';

const CURE_OF_SILENCE =
  'Raise Daily API Calls or Daily API Share of the Woo Store (Setup › Custom Metadata Types), or expect no sooner than that to hear of a service that is down.';

/** API calls that are given to stores, and are too few to work with, or in time, or more than there are. */
export function checkBudgets(rows: readonly StoreRow[], usage: Quota | null): Finding[] {
  const active = rows.filter((row) => row.active);
  const most = usage?.limit ?? null;
  const small = active.flatMap((row) => {
    const calls = callsOf(row, most);
    return calls === null || calls <= 0 || calls >= LEAST_CALLS ? [] : [tooSmall(row.key, calls)];
  });
  const given = active.reduce((sum, row) => sum + (callsOf(row, most) ?? 0), 0);
  return [
    ...small,
    ...silences(active, most),
    ...(most === null || given <= most ? [] : [tooLarge(given, most)]),
  ];
}

/** A store whose budget cannot be is held, and has no part in what is for all. */
function silences(active: readonly StoreRow[], most: number | null): Finding[] {
  const kept = active.filter((row) => (callsOf(row, most) ?? 1) > 0);
  const seenEvery = signsEvery(kept.map((row) => callsOf(row, most)));
  return kept.flatMap(({ key: place, silentMinutes }) =>
    lateSilenceText({ seenEvery, silentMinutes }).map((message) =>
      warning({ code: 'BUDGET_SILENCE', place, message, cure: CURE_OF_SILENCE }),
    ),
  );
}

function callsOf({ dailyApiCalls, dailyApiShare }: StoreRow, most: number | null): number | null {
  const share =
    dailyApiShare === null || most === null ? null : Math.floor((most * dailyApiShare) / 100);
  const limits = [dailyApiCalls, share].filter((limit) => limit !== null);
  return limits.length === 0 ? null : Math.min(...limits);
}

function tooSmall(place: string, calls: number): Finding {
  return warning({
    code: 'BUDGET_SMALL',
    place,
    message: `The store may use ${calls} API calls on a day: the service itself takes up to ${LEAST_CALLS}, so most changes will come on the next day or later.`,
    cure: CURE,
  });
}

function tooLarge(given: number, most: number): Finding {
  return warning({
    code: 'BUDGETS_EXCEED',
    place: 'Woo_Store',
    message: `The stores may use ${given} API calls on a day together, and the org has ${most} for 24 hours: the limit of the org is reached first.`,
    cure: CURE,
  });
}
