import type { WooList } from '../../ports/store.ts';

/** A list that an earlier run has read, to its end or in part: that counts in no number of this run. */
export interface ReadBefore {
  readonly list: WooList;
  readonly isWhole: boolean;
}

/** What the numbers of a run leave out; null where they leave out nothing. */
export function readBeforeText(before: readonly ReadBefore[]): string | null {
  if (before.length === 0) return null;
  // A list is walked once more for what is in its trash.
  const inPart = new Set(before.filter(({ isWhole }) => !isWhole).map(({ list }) => list));
  const whole = new Set(before.map(({ list }) => list).filter((list) => !inPart.has(list)));
  const named = [
    ...(whole.size > 0 ? [`all of ${[...whole].join(', ')}`] : []),
    ...(inPart.size > 0 ? [`a part of ${[...inPart].join(', ')}`] : []),
  ];
  return `It went on where an earlier run had stopped. That had read ${named.join(' and ')}, which is not counted here.`;
}
