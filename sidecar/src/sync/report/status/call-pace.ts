const DAY_SECONDS = 24 * 3600;
/** What is done again and again takes this share of the day's calls at most. */
const SHARE_OF_A_TASK = 0.05;
/** A sign of life is given so often where no calls are short. */
export const STATUS_SECONDS = 300;

/** Seconds between two turns that take so many calls each. @param budget calls of a day */
export function paceOf(calls: number, budget: number): number {
  return calls === 0 ? 0 : (calls * DAY_SECONDS) / (budget * SHARE_OF_A_TASK);
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
