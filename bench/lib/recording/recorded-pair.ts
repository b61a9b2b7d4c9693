import type { Pair } from '../programs/pair.ts';
import type { Step } from './recording.ts';

/** A pair, and what has gone to it from whoever takes the ways that are written down. */
export interface RecordedPair extends Pair {
  /** The way to the org; the store has only this one. */
  readonly orgUrl: string;
  readonly steps: Step[];
}
