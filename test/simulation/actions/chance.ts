/** Which record, and what becomes of it. */
export interface Chance {
  readonly pick: number;
  readonly value: number;
}

/** Of several, the one that a number stands for. */
export function chosen<T>(list: readonly T[], pick: number): T | undefined {
  return list.length === 0 ? undefined : list[pick % list.length];
}
