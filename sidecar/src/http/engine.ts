import type { Mapping } from '../mapping/types.ts';
import type { Hints } from '../sync/hints.ts';

/** Whether a part does its work, and why not, in words without customers' data. */
export type Condition =
  { readonly ok: true } | { readonly ok: false; readonly reason: string; readonly since: Date };

export interface Health {
  /** Whether hints can be stored. */
  readonly queue: Condition;
  readonly org: Condition;
  readonly stores: Readonly<Record<string, Condition>>;
}

/** One figure, or one per set of labels; all sets of a figure have the same labels. Named as Prometheus does. */
export interface Figure {
  readonly name: string;
  readonly help: string;
  /** A counter only grows while the process lives. */
  readonly kind: 'gauge' | 'counter';
  readonly values: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
}

/** What the server asks of the engine. None of it may cost a call to the org or to a store. */
export interface Engine {
  /**
   * The mappings that apply to the store now, as `forStore` gives them; undefined where there is no such store,
   * null while the org has not told yet.
   */
  mappings(store: string): readonly Mapping[] | undefined | null;
  readonly hints: Pick<Hints, 'add'>;
  /** A webhook of the store came in that is really the store's. */
  onEvent(store: string): void;
  health(): Promise<Health>;
  /** What /metrics shows beside the webhooks; no label may hold customers' data. */
  figures(): Promise<readonly Figure[]>;
}
