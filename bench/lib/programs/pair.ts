import type { Route } from '../../../scripts/lib/install/install.ts';
import type { Step } from '../recording/recording.ts';
import type { OrgProcess } from './org.ts';
import { StoreProcess } from './store.ts';

/** What a sidecar keeps in step. */
export interface Pair {
  readonly store: StoreProcess;
  readonly org: OrgProcess;
  readonly route: Route;
  /** Where the org's outbound messages find the service. */
  readonly servicePort: number;
}

/** A pair, and what has gone to it from whoever takes the ways that are written down. */
export interface RecordedPair extends Pair {
  /** The way to the org; the store has only this one. */
  readonly orgUrl: string;
  readonly steps: Step[];
}
