import { parseKey } from '../../mapping/keys/keys.ts';
import { newKey } from '../../mapping/keys/new-record-key.ts';
import { RESOURCES } from '../../mapping/model/resources.ts';
import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { ChangeEvent, ChangeResource } from '../../ports/change.ts';
import type { Setup, StoreSetup } from '../../ports/setup.ts';
import type { TwoWayState } from '../../ports/two-way-state.ts';
import { mappingFor } from '../model/ownership.ts';

/** A record of Salesforce that may have changed. */
export interface Edit {
  /** Its name, in whatever case. */
  readonly object: string;
  /** 18 characters; null where the record was deleted before we were told. */
  readonly recordId: string | null;
  /** What its key field holds, as far as that was said. */
  readonly key: string | null;
}

/**
 * Records that people edit at once, at the most: more in one message, or found by one sweep, are an edit in bulk, which
 * lets others go first.
 */
const MOST_BY_HAND = 10;

export interface EditsParts {
  readonly twoWay: Pick<TwoWayState, 'linkedTo' | 'markDirty'>;
  readonly queue: Pick<ChangeQueue, 'add'>;
  /** Null while the org has not told. */
  readonly setup: () => Pick<Setup, 'stores'> | null;
  /** Stores with the objects whose records were made there by a mapping that is away for now, as `LastConfiguration` has them. */
  readonly away: () => ReadonlySet<string>;
}

/**
 * Turns edits in Salesforce into change events of their pairs: by each key under which the record is linked, in whatever
 * store; by the key that it carries; and one that the shops do not have by its own id, for those that may make
 * it, be it once a mapping or a store that was switched off is there again. Durable when it resolves.
 * @returns how many change events that made
 */
export async function queueEdits(
  { twoWay, queue, setup, away }: EditsParts,
  edits: readonly Edit[],
): Promise<number> {
  const there = edits.flatMap(({ object, recordId, key }) =>
    recordId === null ? [] : [{ object, recordId, key }],
  );
  const linked = await twoWay.linkedTo(there.map(({ recordId }) => recordId));
  const stores = setup()?.stores ?? null;
  const changes = new Map<string, ChangeEvent>();
  const unsent = new Set<string>();
  for (const edit of there) {
    const resource = resourceOf(edit, stores);
    for (const key of keysOf(edit, { linked, stores, away: away() })) {
      if (resource === null) unsent.add(key);
      else changes.set(key, { resource, key });
    }
  }
  // First, so that who works on the change event knows that Salesforce must be asked.
  await twoWay.markDirty([...changes.keys(), ...unsent]);
  if (changes.size === 0) return 0;
  await queue.add([...changes.values()], changes.size > MOST_BY_HAND ? 'bulk' : undefined);
  return changes.size;
}

/**
 * What the records of the object are in the shops. Ids of products and orders are never the same.
 * @returns null where no mapping sends them: one that does, such as one that is on again, finds that they were reported
 */
function resourceOf({ object }: Edit, stores: readonly StoreSetup[] | null): ChangeResource | null {
  const mapped = (stores ?? []).flatMap(({ mappings, held }) => [
    ...mappings.filter(({ outgoing, createInWoo }) => outgoing.length > 0 || createInWoo),
    ...held,
  ]);
  const one = mapped.find(
    ({ object: of, resource }) =>
      resource !== null && RESOURCES[resource].goesBack && sameName(of?.trim() ?? '', object),
  );
  if (one?.resource) return RESOURCES[one.resource].comesWith;
  return stores === null ? 'product' : null;
}

type Linked = Awaited<ReturnType<TwoWayState['linkedTo']>>[number];
type Known = Edit & { readonly recordId: string };

interface KnownThere {
  readonly linked: readonly Linked[];
  readonly stores: readonly StoreSetup[] | null;
  readonly away: ReadonlySet<string>;
}

function keysOf(edit: Known, { linked, stores, away }: KnownThere): readonly string[] {
  const { object, recordId, key } = edit;
  const twoWay = linked.filter(
    (pair) => pair.recordId === recordId && sameName(pair.object, object),
  );
  const followed = twoWay.filter((pair) => isFollowed(pair, stores));
  const keys = new Set(followed.map((pair) => pair.key));
  const carried = key === null ? null : parseKey(key);
  const isOurs = carried !== null && carried.id !== null;
  if (key !== null && isOurs && (stores === null || hasStore(stores, carried.store))) keys.add(key);
  if (twoWay.length > 0 || key !== null) return [...keys];
  if (stores === null) return [];
  const making = stores.flatMap(({ store, mappings }) => {
    const mapping = mappings.find((one) => sameName(one.object, object) && one.createInWoo);
    return mapping === undefined ? [] : [newKey(store.key, { object: mapping.object, recordId })];
  });
  // Now, for the key of the shop that makes it first hides that another one is to have it too.
  const later = [...away]
    .map((name) => name.split(' '))
    .flatMap(([store = '', of = '']) =>
      sameName(of, object) ? [newKey(store, { object: of, recordId })] : [],
    );
  return [...new Set([...making, ...later])];
}

/**
 * Edits go to the shop that the record belongs to, and to others that have fields of their own or want them all, or
 * may once a held mapping runs.
 */
function isFollowed(pair: Linked, stores: readonly StoreSetup[] | null): boolean {
  if (!pair.byId || stores === null) return true;
  const setup = stores.find(({ store }) => store.key === parseKey(pair.key).store);
  if (setup === undefined) return false;
  return (
    setup.held.some(({ object }) => sameName(object?.trim() ?? '', pair.object)) ||
    setup.mappings.some(
      (mapping) =>
        sameName(mapping.object, pair.object) && mappingFor(mapping, pair).outgoing.length > 0,
    )
  );
}

function hasStore(stores: readonly StoreSetup[], key: string): boolean {
  return stores.some(({ store }) => store.key === key);
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
