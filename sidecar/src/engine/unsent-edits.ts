import { changeFor } from '../ports/change-for.ts';
import type { ChangeQueue } from '../ports/change-queue.ts';
import type { StoreSetup } from '../ports/setup.ts';
import type { State } from '../ports/state.ts';

/** Objects whose edits went to the shop when the configuration was looked at last. */
interface Cursor {
  readonly objects: readonly string[];
}

const CURSOR = 'sends back';

/**
 * Queues edits in Salesforce that were reported while no mapping sent them to the shop, now that one does: it is on
 * again, or new.
 */
export async function queueUnsent(
  { state, queue }: { readonly state: State; readonly queue: Pick<ChangeQueue, 'add'> },
  { store, mappings }: Pick<StoreSetup, 'store' | 'mappings'>,
): Promise<void> {
  const sending = new Map(
    mappings.filter(({ outgoing }) => outgoing.length > 0).map((one) => [one.object, one.resource]),
  );
  const before = (await state.cursor(store.key, CURSOR)) as Cursor | null;
  const known = new Set(before?.objects);
  const fresh = [...sending].filter(([object]) => before !== null && !known.has(object));
  for (const [object, resource] of fresh) {
    const keys = await state.twoWay.reportedOf(store.key, object);
    const changes = keys.flatMap((key) => changeFor(resource, key, null) ?? []);
    if (changes.length > 0) await queue.add(changes, 'bulk');
  }
  // Last: whoever ends before it does the same again.
  const objects = [...sending.keys()].sort();
  if (objects.join() !== before?.objects.join())
    await state.saveCursor(store.key, CURSOR, { objects } satisfies Cursor);
}

/**
 * Queues edits in Salesforce of fields that go to other stores, which are reported still: a store that was loaded since
 * may have their records.
 */
export async function queueReported(
  { state, queue }: { readonly state: State; readonly queue: Pick<ChangeQueue, 'add'> },
  { store, mappings }: Pick<StoreSetup, 'store' | 'mappings'>,
): Promise<void> {
  for (const { object, resource } of mappings.filter(({ unsent }) => unsent !== undefined)) {
    const keys = await state.twoWay.reportedOf(store.key, object);
    const changes = keys.flatMap((key) => changeFor(resource, key, null) ?? []);
    if (changes.length > 0) await queue.add(changes, 'bulk');
  }
}
