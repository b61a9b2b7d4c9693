import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { State } from '../../ports/state.ts';

const AT_ONCE = 500;

/**
 * Queues the records of a store whose lookups were left empty, and whose records have come since.
 * @returns how many lookups that were
 */
export async function queueDueLookups(
  { waiting }: Pick<State, 'waiting'>,
  queue: Pick<ChangeQueue, 'add'>,
  store: string,
): Promise<number> {
  let count = 0;
  let due;
  do {
    due = await waiting.due(store, AT_ONCE);
    if (due.length > 0) await queue.add(due.map(({ change }) => change));
    // Behind the queue: what is cut off here comes again.
    await waiting.forget(due);
    count += due.length;
  } while (due.length === AT_ONCE);
  return count;
}
