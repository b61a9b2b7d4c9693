import { changeFor } from '../ports/change-for.ts';
import type { Mapping, OutgoingField } from '../mapping/model/mapping.ts';
import type { ChangeQueue } from '../ports/change-queue.ts';
import type { StoreSetup } from '../ports/setup.ts';
import type { State } from '../ports/state.ts';

/** The configuration that was looked at last. */
interface Cursor {
  readonly version: string;
}

const CURSOR = 'sends back';

/**
 * Queues edits in Salesforce that are reported still once the configuration has changed: a mapping may send them now that
 * was off, or that did not want their records.
 */
export async function queueUnsent(
  { state, queue }: { readonly state: State; readonly queue: Pick<ChangeQueue, 'add'> },
  { store, mappings, version }: Pick<StoreSetup, 'store' | 'mappings' | 'version'>,
): Promise<void> {
  const before = (await state.cursor(store.key, CURSOR)) as Cursor | null;
  if (before?.version === version) return;
  const sending = mappings.filter(({ outgoing, events }) => outgoing.length > 0 && events.update);
  // At the first start they were queued when they came.
  if (before !== null) await queueReportedOf({ state, queue }, store.key, sending);
  // Last: whoever ends before it does the same again.
  await state.saveCursor(store.key, CURSOR, { version } satisfies Cursor);
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
  const some = mappings.filter(({ unsent }) => unsent !== undefined);
  await queueReportedOf({ state, queue }, store.key, some);
}

async function queueReportedOf(
  { state, queue }: { readonly state: State; readonly queue: Pick<ChangeQueue, 'add'> },
  store: string,
  mappings: readonly Mapping[],
): Promise<void> {
  const resources = new Map(mappings.map(({ object, resource }) => [object, resource]));
  for (const [object, resource] of resources) {
    const keys = await state.twoWay.reportedOf(store, object);
    const changes = keys.flatMap((key) => changeFor(resource, key, null) ?? []);
    if (changes.length > 0) await queue.add(changes, 'bulk');
  }
}
