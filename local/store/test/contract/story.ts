import type { Replayer } from './replayer.ts';

/** One recorded call of a story. */
export interface Step {
  path: string;
  /** what happened between the recorded calls and was not recorded itself */
  before?: (replayer: Replayer) => Promise<unknown>;
  headers?: Record<string, string>;
  /** what differs on purpose, and why */
  but?: Record<string, string>;
}

/** Recorded calls that build on each other: they are replayed in this order against one store. */
export interface Story {
  title: string;
  prepare?: (replayer: Replayer) => Promise<unknown>;
  steps: (string | Step)[];
}
