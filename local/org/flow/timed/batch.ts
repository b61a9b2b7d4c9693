import type { WholeOrg } from '../../model/org-view.ts';
import { inTransaction, LimitFault } from '../parts/limits.ts';
import { settled } from '../parts/settled.ts';
import { flowRefusal } from '../record-flows.ts';

/** Interviews of the same flow that the platform runs in one transaction at most. */
const MOST = 200;

/** In the order in which they came, those with the same key together. */
export function batched<T>(ones: readonly T[], keyOf: (one: T) => string): readonly T[][] {
  const batches: T[][] = [];
  const open = new Map<string, T[]>();
  for (const one of ones) {
    const key = keyOf(one);
    const last = open.get(key);
    if (last && last.length < MOST) {
      last.push(one);
      continue;
    }
    const batch = [one];
    open.set(key, batch);
    batches.push(batch);
  }
  return batches;
}

/**
 * Runs interviews together, in one transaction whose limits they share: where they use more, none of them has done
 * anything. One that is stopped is left out, and the others run anew.
 * @param run says of each what stopped it
 */
export function runBatch<T>(
  org: WholeOrg,
  batch: readonly T[],
  run: (ones: readonly T[]) => readonly (string | undefined)[],
): readonly string[] {
  try {
    const results = inTransaction(org.db, () =>
      org.db.transaction(() => settled(org.db, batch, run, (one) => one !== undefined)),
    );
    return batch.flatMap((one) => results.get(one) ?? []);
  } catch (error) {
    if (error instanceof LimitFault) return [flowRefusal(error.flow, error.message).message];
    throw error;
  }
}
