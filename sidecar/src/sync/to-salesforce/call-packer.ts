import { COLLECTION_SIZE, COLLECTIONS_PER_CALL } from '../../ports/org.ts';
import {
  isGuarded,
  routeOf,
  sizeOf,
  writesImages,
  type PendingWrite,
} from '../model/pending-write.ts';
import { RecordMap } from '../model/record-map.ts';

/**
 * Records of one collection that write image fields. A collection is a transaction of its own, with 10 seconds of
 * processor time, and the flow that tidies these fields works on each file id in turn.
 */
const IMAGE_COLLECTION_SIZE = 50;
/** Characters of one composite call, below the REST limit of 6 MB with room for escapes. */
const CALL_SIZE = 2_500_000;

/** Entries of one object that may share a collection. */
export interface CollectionBatch {
  readonly object: string;
  readonly route: ReturnType<typeof routeOf>;
  readonly entries: readonly PendingWrite[];
}

interface Lane {
  readonly rank: () => number;
  /** Of one object, by key, in the order added. */
  readonly entries: Map<string, PendingWrite>;
}

/** Where a waiting record is: its lane, and its depth among rows of its own object. */
interface Place {
  readonly lane: Lane;
  readonly depth: number;
}

/** Parts of a composite call that a collection takes: what its records hold is asked right before it. */
export function partsOf({ entries }: Pick<CollectionBatch, 'entries'>): number {
  return entries.some(isGuarded) ? 2 : 1;
}

/**
 * Rows waiting to be written, packed into as few calls as the limits allow. A record is never sent before
 * those it refers to: objects are ranked by their references, and rows that refer to a waiting row of
 * their own object come after it. Deletions come last. A record waits once, in its newest form.
 */
export class CallPacker {
  readonly #lanes = new Map<string, Lane>();
  readonly #places = new RecordMap<Place>();
  /** Object → objects that its rows refer to. */
  readonly #references = new Map<string, Set<string>>();

  /** Rows waiting. */
  get size(): number {
    return this.#places.size;
  }

  has(object: string, key: string): boolean {
    return this.#places.has(object, key);
  }

  /** @returns the waiting row of the same record that this one replaces */
  add(entry: PendingWrite): PendingWrite | undefined {
    const { object, key } = entry;
    const replaced = this.#remove(entry);
    const depth = this.#depth(entry);
    const lane = this.#lane(entry, depth);
    lane.entries.set(key, entry);
    this.#places.set(object, key, { lane, depth });
    return replaced;
  }

  /** Takes what fits into one call, in the order in which it must be executed. */
  take(): CollectionBatch[] {
    const batches: CollectionBatch[] = [];
    let room = CALL_SIZE;
    let parts = 0;
    const lanes = [...this.#lanes.entries()].sort(([, a], [, b]) => a.rank() - b.rank());
    for (const [name, { entries }] of lanes) {
      while (entries.size > 0) {
        const taken = firstWithin(entries.values(), room, batches.length === 0);
        const size = partsOf({ entries: taken });
        if (taken.length === 0 || parts + size > COLLECTIONS_PER_CALL) break;
        parts += size;
        room -= taken.reduce((sum, entry) => sum + sizeOf(entry), 0);
        for (const entry of taken) this.#remove(entry);
        batches.push(batchOf(taken));
      }
      // What is left must go before the lanes behind it.
      if (entries.size > 0) return batches;
      this.#lanes.delete(name);
    }
    return batches;
  }

  /** @returns the row of the same record that waited */
  #remove({ object, key }: PendingWrite): PendingWrite | undefined {
    const entries = this.#places.get(object, key)?.lane.entries;
    const entry = entries?.get(key);
    entries?.delete(key);
    this.#places.delete(object, key);
    return entry;
  }

  #lane(entry: PendingWrite, depth: number): Lane {
    const { object, kind, mapping } = entry;
    const name = `${routeOf(entry)} ${object} ${mapping.keyField} ${depth}`;
    let lane = this.#lanes.get(name);
    if (!lane) {
      const rank = () => this.#rank(object, new Set()) + depth / 1000;
      lane = { rank: kind === 'delete' ? () => Infinity : rank, entries: new Map() };
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #depth(entry: PendingWrite): number {
    if (entry.kind === 'delete') return 0;
    let depth = 0;
    for (const reference of entry.references) {
      if (reference.object !== entry.object) {
        this.#refer(entry.object, reference.object);
        continue;
      }
      const parent = this.#places.get(reference.object, reference.key);
      if (parent) depth = Math.max(depth, parent.depth + 1);
    }
    return depth;
  }

  #refer(from: string, to: string): void {
    const objects = this.#references.get(from);
    if (objects) objects.add(to);
    else this.#references.set(from, new Set([to]));
  }

  /** Length of the longest chain of references below the object; a cycle counts once. */
  #rank(object: string, above: ReadonlySet<string>): number {
    let rank = 0;
    for (const target of this.#references.get(object) ?? []) {
      if (above.has(target)) continue;
      rank = Math.max(rank, 1 + this.#rank(target, new Set([...above, object])));
    }
    return rank;
  }
}

/**
 * The first entries that fit; a call that is empty yet takes one whatever its size, and it goes alone. One that
 * goes to the same record as another waits: a collection that names a record twice is refused.
 */
function firstWithin(
  entries: Iterable<PendingWrite>,
  room: number,
  empty: boolean,
): readonly PendingWrite[] {
  const taken: PendingWrite[] = [];
  const targets = new Set<string>();
  let left = room;
  let most = COLLECTION_SIZE;
  for (const entry of entries) {
    const target = entry.kind === 'upsert' ? entry.target : null;
    if (target !== null) {
      if (targets.has(target.recordId)) continue;
      targets.add(target.recordId);
    }
    left -= sizeOf(entry);
    const fits = left >= 0 || (empty && taken.length === 0);
    if (writesImages(entry)) most = IMAGE_COLLECTION_SIZE;
    if (!fits || taken.length >= most) break;
    taken.push(entry);
  }
  return taken;
}

function batchOf(entries: readonly PendingWrite[]): CollectionBatch {
  const [first] = entries;
  if (!first) throw new Error('an empty parcel');
  return { object: first.object, route: routeOf(first), entries };
}
