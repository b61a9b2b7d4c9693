const DAY_SECONDS = 24 * 3600;
/** What is done again and again takes this share of the day's calls at most. */
const SHARE_OF_A_TASK = 0.05;
/** Sweeps of the shop, of Salesforce, and checks of webhooks: each has an equal part of the calls for sweeps. */
const SWEEPS = 3;
/** A sign of life is given so often where no calls are short. */
export const STATUS_SECONDS = 300;

/** Seconds between two turns that take so many calls each. @param budget calls of a day */
export function paceOf(calls: number, budget: number): number {
  return calls === 0 ? 0 : (calls * DAY_SECONDS) / (budget * SHARE_OF_A_TASK);
}

/**
 * Seconds between two sweeps that take so many calls each, so that those that are free last until then.
 * @param free calls that sweeps may still make
 * @param seconds until the end of the day
 */
export function sweepPaceOf(calls: number, free: number, seconds = DAY_SECONDS): number {
  if (calls === 0) return 0;
  return free <= 0 ? seconds : (calls * SWEEPS * seconds) / free;
}

/**
 * Seconds between two signs of life, where the calls of the day make them rarer; null for as usual.
 * @param limits of the active stores, which share what is for all of them; null for as many as the org gives
 */
export function signsEvery(limits: readonly (number | null)[]): number | null {
  if (limits.length === 0) return null;
  const pace = paceOf(
    1,
    limits.map((limit) => limit ?? Infinity).reduce((sum, one) => sum + one),
  );
  return pace > STATUS_SECONDS ? pace : null;
}
