import { vi } from 'vitest';

export interface Patience {
  /** Milliseconds; a minute when left out: other tests share the machine. */
  readonly within?: number;
}

/**
 * Asks until the check passes, that is neither throws, as `expect` does, nor answers false.
 * @returns what the check answered
 * @throws what the check threw last, once the time is over
 */
export function eventually<T>(
  check: () => T | Promise<T>,
  { within = 60_000 }: Patience = {},
): Promise<T> {
  const passed = async (): Promise<T> => {
    const answer = await check();
    if (answer === false) throw new Error(`still false after ${within} ms`);
    return answer;
  };
  return vi.waitFor(passed, { timeout: within, interval: 25 });
}
