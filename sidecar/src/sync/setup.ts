import type { CodedError } from '../errors.ts';
import type { Mapping, Problem } from '../mapping/types.ts';
import type { WooStore, WooWebhooks } from './ports.ts';

/** One active store as the org has it set up. */
export interface StoreSetup {
  readonly store: WooStore & WooWebhooks;
  /** As people call it. */
  readonly label: string;
  /** Those that apply to the store, as `forStore` gives them. */
  readonly mappings: readonly Mapping[];
  /** Differs whenever the store's row or one of the mappings does. */
  readonly version: string;
}

/** What the admin configured, as it was when the org was asked. */
export interface Setup {
  readonly stores: readonly StoreSetup[];
  /** Active stores that cannot be reached as they are set up; the others go on. */
  readonly storeProblems: readonly CodedError[];
  readonly problems: readonly Problem[];
}
