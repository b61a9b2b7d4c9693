import type { WooList } from '../../ports/store.ts';

export interface BackfillProgress {
  readonly store: string;
  readonly list: WooList;
  /** Records read so far, of those that the list has. */
  readonly read: number;
  readonly total: number;
  /** An earlier run stopped here; this one goes on behind it. */
  readonly resumed: boolean;
}
