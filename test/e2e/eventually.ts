import { vi } from 'vitest';

import { orgUnderTest } from '../../scripts/test-org/org-under-test.ts';

/** Milliseconds. What never comes takes longer; how fast the machine is does not matter. */
const PATIENCE = 600_000;
/** Of looks at an org that counts its API calls, and at one that does not. */
const INTERVAL = orgUnderTest() === null ? 25 : 1000;

/**
 * Asks until the check passes, that is neither throws, as `expect` does, nor answers false.
 * @returns what the check answered
 * @throws what the check threw last, once the time is over
 */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  const passed = async (): Promise<T> => {
    const answer = await check();
    if (answer === false) throw new Error(`still false after ${PATIENCE} ms`);
    return answer;
  };
  return vi.waitFor(passed, { timeout: PATIENCE, interval: INTERVAL });
}
