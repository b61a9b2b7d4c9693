import { changeFor } from '../ports/change-for.ts';
import type { Mapping, OutgoingField } from '../mapping/model/mapping.ts';
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
    mappings
      .filter(({ outgoing, events }) => outgoing.length > 0 && events.update)
      .map((one) => [one.object, one.resource]),
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

/** By which fields the sync went when the configuration was looked at last, each as `Object Field`. */
interface Fields {
  /** Those that go to the shops of other stores, and not to this one's. */
  readonly unsent: readonly string[];
  /** Keys of records with reported edits, by fields that went to no shop from then on. */
  readonly waiting: Readonly<Record<string, readonly string[]>>;
}

const FIELDS = 'goes to other stores';

/**
 * Keeps which records with reported edits there were when a field went to no shop any more, since the mapping of another
 * store was switched off: nothing is said of what stands in Salesforce alone then. Once the field goes to a shop again
 * they are queued, and asked for in Salesforce.
 */
export async function queueAbandoned(
  { state, queue }: { readonly state: State; readonly queue: Pick<ChangeQueue, 'add'> },
  { store, mappings }: Pick<StoreSetup, 'store' | 'mappings'>,
): Promise<void> {
  const before = (await state.cursor(store.key, FIELDS)) as Fields | null;
  const unsent = mappings.flatMap((one) => namesOf(one, one.unsent ?? []));
  const there = new Set([...unsent, ...mappings.flatMap((one) => namesOf(one, one.outgoing))]);
  const waiting = new Map(Object.entries(before?.waiting ?? {}));
  for (const name of before?.unsent ?? []) {
    if (there.has(name)) continue;
    const keys = await state.twoWay.reportedOf(store.key, objectOf(name));
    if (keys.length > 0) waiting.set(name, keys);
  }
  for (const { object, resource } of mappings) {
    const back = [...waiting].filter(([name]) => objectOf(name) === object && there.has(name));
    const keys = new Set(back.flatMap(([, some]) => some));
    const changes = [...keys].flatMap((key) => changeFor(resource, key, null) ?? []);
    await state.twoWay.markDirty(changes.map(({ key }) => key));
    if (changes.length > 0) await queue.add(changes, 'bulk');
  }
  const left = [...waiting].filter(([name]) => !there.has(name));
  const now: Fields = { unsent: [...new Set(unsent)].sort(), waiting: Object.fromEntries(left) };
  // Last: whoever ends before it does the same again.
  if (JSON.stringify(now) !== JSON.stringify(before))
    await state.saveCursor(store.key, FIELDS, now);
}

/** Names of objects and fields have no blanks. */
function namesOf({ object }: Mapping, fields: readonly OutgoingField[]): readonly string[] {
  return fields.map(({ field }) => `${object} ${field}`);
}

const objectOf = (name: string): string => name.slice(0, name.indexOf(' '));

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
