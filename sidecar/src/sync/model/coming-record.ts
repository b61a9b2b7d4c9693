import type { Base, Pair } from '../../ports/two-way-state.ts';
import type { PendingWrite } from './pending-write.ts';

/** How far the org's clock may be behind ours, in milliseconds. */
const CLOCK_MARGIN_MS = 600_000;
const MARK = 'coming since ';

/** What both sides will hold of a record that is about to be made. */
export type Coming = Pair & { readonly base: Base };

/**
 * What both sides will hold of records that a call is about to make, to be saved before it. They have no ids yet:
 * in their place stands when that was.
 */
export function comingBases(entries: readonly PendingWrite[], now: Date): readonly Coming[] {
  const recordId = `${MARK}${now.toISOString()}`;
  return entries.flatMap((entry) =>
    entry.kind === 'upsert' && entry.target === null && entry.agrees
      ? [{ object: entry.object, key: entry.key, recordId, base: entry.agrees }]
      : [],
  );
}

/** What takes the place of that once the org has refused to make the record: whoever makes one later, it is another. */
export function notComing({ object, key }: Pick<Pair, 'object' | 'key'>): Pair & { base: Base } {
  return { object, key, recordId: '', base: {} };
}

/** Whether the sync base is of a record that was about to be made, and nothing is known of how that ended. */
export function isComing({ recordId }: Pick<Pair, 'recordId'>): boolean {
  return recordId.startsWith(MARK);
}

/** Whether a record of the org is the one that was about to be made, rather than one that was there before. */
export function isMadeSince({ recordId }: Pick<Pair, 'recordId'>, createdDate: unknown): boolean {
  const began = Date.parse(recordId.slice(MARK.length));
  return Date.parse(String(createdDate)) >= began - CLOCK_MARGIN_MS;
}
