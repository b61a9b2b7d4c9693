import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again and again until the answer is yes.
 * @param what for the error, as in "the org holds the orders"
 * @throws Error after so many seconds
 */
export async function until(
  what: string,
  seconds: number,
  check: () => Promise<boolean>,
  everyMs = 25,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await check())) {
    if (performance.now() > end) throw new Error(`After ${seconds} s it is still not so: ${what}.`);
    await delay(everyMs);
  }
}
