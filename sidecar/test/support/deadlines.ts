/** Milliseconds: the first wastes no time, the last is kept by the busiest machine. */
const DEADLINES = [150, 1_500, 15_000, 60_000];

/**
 * Gives a call the first of the deadlines within which this machine brings it to where it is meant to stall.
 * @param attempt makes the call anew; null where the deadline came before the call was there
 */
export async function stalled<T>(attempt: (deadlineMs: number) => Promise<T | null>): Promise<T> {
  for (const deadlineMs of DEADLINES) {
    const result = await attempt(deadlineMs);
    if (result !== null) return result;
  }
  throw new Error(`No call came to the server within ${DEADLINES.at(-1)} ms.`);
}
