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

/** It has not begun: that of a store which was set up before comes first. */
export interface WaitsForStore {
  /** As people call that store. */
  readonly waitsFor: string;
  /** Else changes go on meanwhile. */
  readonly isFirst: boolean;
}

/** Null for a load that waits for no store. */
export function storeWaitedFor(loading: object | string | null): WaitsForStore | null {
  return typeof loading === 'object' && loading !== null && 'waitsFor' in loading
    ? (loading as WaitsForStore)
    : null;
}
