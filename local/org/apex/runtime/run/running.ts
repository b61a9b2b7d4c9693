import type { Frames } from './frames.ts';

/** What is known of the code that runs, wherever it is. */
export interface Running {
  readonly frames: Frames;
  /** The transaction ends: no `catch` and no `finally` runs any more. */
  isAbandoned: boolean;
}

let running: Running | undefined;

/** Apex never waits, so one transaction runs at a time. */
export function runningCode(): Running {
  if (!running) throw new Error('no Apex code runs');
  return running;
}

/** What runs, where anything does. */
export const codeThatRuns = (): Running | undefined => running;

/** Runs work as a part of what runs. */
export function within<T>(one: Running, work: () => T): T {
  const before = running;
  running = one;
  try {
    return work();
  } finally {
    running = before;
  }
}
