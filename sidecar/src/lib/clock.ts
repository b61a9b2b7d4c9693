import { setTimeout as delay } from 'node:timers/promises';

/** Time, so that a day can pass in a second where it is to be tried out. */
export interface Clock {
  now(): Date;
  /** Resolves after that time, or at once when the signal is aborted. Never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(
      () => undefined,
    );
  },
};
