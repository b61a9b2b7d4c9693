import { CodedError } from '../../errors/coded-error.ts';

/**
 * What API calls are made for, the most urgent first. The configuration is always read: else nobody would notice
 * that the budget was raised.
 */
export type Priority = 'configuration' | 'status' | 'changes' | 'sweep' | 'backfill';

/** From which share of the day's calls on it waits until the next day. */
const SHARE: Readonly<Record<Exclude<Priority, 'configuration'>, number>> = {
  status: 1,
  changes: 0.9,
  sweep: 0.7,
  backfill: 0.5,
};

const DAY_MS = 24 * 3_600_000;
/** What was used in less time says little of a day. */
const LEAST_ELAPSED_MS = 3_600_000;

/** The configuration is looked at so often until the day ends, which takes this share of the calls at most. */
const LOOK_MS = 3_600_000;
const SHARE_OF_LOOKS = 0.06;

/** Whether what is left of a day's calls is for what is more urgent. */
export function isSpent(priority: Priority, budget: number, used: number, now: Date): boolean {
  if (priority === 'configuration') return false;
  const looks = Math.min(Math.ceil(restOfDay(now) / LOOK_MS), Math.floor(budget * SHARE_OF_LOOKS));
  return used >= Math.min(Math.floor(budget * SHARE[priority]), budget - looks);
}

/** Days are those of UTC: `2026-11-28`. */
export function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

/** Milliseconds until the next day. */
export function restOfDay(now: Date): number {
  return DAY_MS - (now.getTime() % DAY_MS);
}

/** How many calls it will have been at the end of the day, if they go on as they did. */
export function forecast(used: number, now: Date): number {
  const rest = restOfDay(now);
  return Math.round(used + (used * rest) / Math.max(DAY_MS - rest, LEAST_ELAPSED_MS));
}

/** What is to be said of the calls that a store has used; the same words until more has to wait, and null before. */
export function budgetWarning(
  label: string,
  budget: number,
  used: number,
  now: Date,
): CodedError | null {
  if (isSpent('changes', budget, used, now))
    return new CodedError(
      'SF_BUDGET_REACHED',
      `90 % of the ${budget} API calls that the store ${label} has for the day are used: changes wait too, until 00:00 UTC.`,
      CURE,
    );
  if (!isSpent('sweep', budget, used, now)) return null;
  return new CodedError(
    'SF_BUDGET_LOW',
    `70 % of the ${budget} API calls that the store ${label} has for the day are used: sweeps and backfills wait until 00:00 UTC, changes go on.`,
    CURE,
  );
}

/** Of work that would take more calls than are left for it. */
export function budgetWaits(priority: Priority): CodedError {
  return new CodedError(
    'SF_BUDGET_WAITS',
    `${WAITING[priority]} until 00:00 UTC: the API calls that the store has for the day are used, or kept for what is more urgent.`,
    CURE,
  );
}

const CURE =
  'It goes on by itself then. Sooner: raise Daily API Calls or Daily API Share of the Woo Store.';

const WAITING: Readonly<Record<Priority, string>> = {
  configuration: 'The configuration is not read',
  status: 'Status and issues are not written',
  changes: 'Changes wait',
  sweep: 'Sweeps wait',
  backfill: 'Backfills and the nightly reconcile wait',
};
