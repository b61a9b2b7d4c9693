import { setTimeout as delay } from 'node:timers/promises';

const BETWEEN_MS = 20;

export interface Waiting {
  /** What is awaited, for the error. */
  readonly what: string;
  readonly seconds: number;
  readonly stopped: AbortSignal;
}

/**
 * Asks until there is an answer.
 * @throws Error where there is none in time, the reason of `stopped` where that aborts, and what `ask` throws
 */
export async function until<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  { what, seconds, stopped }: Waiting,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds} seconds.`);
    await delay(BETWEEN_MS, undefined, { signal: stopped }).catch(() => {
      stopped.throwIfAborted();
    });
  }
}
