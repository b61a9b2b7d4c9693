import { CodedError } from '../../errors/coded-error.ts';

/**
 * What API calls are made for, the most urgent first. The configuration is always read: else nobody would notice
 * that the budget was raised.
 */
export type Priority = 'configuration' | 'status' | 'nightly' | 'changes' | 'sweep' | 'backfill';

/** Calls of a store on a day. */
export interface DayCalls {
  readonly budget: number;
  readonly used: number;
  /** What the nightly reconcile still needs of them. */
  readonly night: number;
}

/** From which share of the day's calls on it waits until the next day. */
const SHARE: Readonly<Record<Exclude<Priority, 'configuration'>, number>> = {
  status: 1,
  nightly: 0.9,
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

/** What is left then would lapse: it is no longer kept for what is more urgent. */
const LAST_MS = 3_600_000;
/** But for so many calls, for the sign of life and for news of issues. */
const CALLS_FOR_STATUS = 2;
const FREED: ReadonlySet<Priority> = new Set(['nightly', 'changes', 'sweep']);

/** What a night takes on the route through the org, with the customers of a small shop. */
const USUAL_NIGHT = 10;
/** A night that takes more may have to wait for the next day: changes of the day need calls too. */
const SHARE_OF_NIGHT = 0.2;

/** Whether what is left of a day's calls is for what is more urgent. */
export function isSpent(priority: Priority, calls: DayCalls, now: Date): boolean {
  return calls.used >= levelOf(priority, calls, now);
}

/** How many calls of the day may have been made before it waits. */
export function levelOf(priority: Priority, calls: DayCalls, now: Date): number {
  const level = usualLevel(priority, calls, now);
  if (!FREED.has(priority) || restOfDay(now) > LAST_MS) return level;
  return Math.max(level, calls.budget - looksAhead(calls.budget, now) - CALLS_FOR_STATUS);
}

/** The same before the last hour of the day. */
function usualLevel(priority: Priority, { budget, night }: DayCalls, now: Date): number {
  if (priority === 'configuration') return Infinity;
  const level = Math.floor(budget * SHARE[priority]);
  const ofChanges = Math.floor(budget * SHARE.changes) - night;
  const isAboveNight = priority === 'status' || priority === 'nightly';
  return Math.min(
    isAboveNight ? level : Math.min(level, ofChanges),
    budget - looksAhead(budget, now),
  );
}

function looksAhead(budget: number, now: Date): number {
  return Math.min(Math.ceil(restOfDay(now) / LOOK_MS), Math.floor(budget * SHARE_OF_LOOKS));
}

/**
 * How many calls are kept for a night that is still to come.
 * @param last what the last one took; null before the first
 */
export function callsForNight(budget: number, last: number | null): number {
  return Math.min(last ?? USUAL_NIGHT, Math.floor(budget * SHARE_OF_NIGHT));
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
export function budgetWarning(label: string, calls: DayCalls, now: Date): CodedError | null {
  const isOver = (priority: Priority) => calls.used >= usualLevel(priority, calls, now);
  if (isOver('changes'))
    return new CodedError(
      'SF_BUDGET_REACHED',
      `90 % of the ${calls.budget} API calls that the store ${label} has for the day are used, or kept for the night: changes wait too, until 23:00 UTC for what is left then, else until 00:00 UTC.`,
      CURE,
    );
  if (!isOver('sweep')) return null;
  return new CodedError(
    'SF_BUDGET_LOW',
    `70 % of the ${calls.budget} API calls that the store ${label} has for the day are used: sweeps and backfills wait until 00:00 UTC, changes go on.`,
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
  nightly: 'The nightly reconcile waits',
  changes: 'Changes wait',
  sweep: 'Sweeps wait',
  backfill: 'Backfills wait',
};
