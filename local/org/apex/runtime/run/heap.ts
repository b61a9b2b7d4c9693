import type { Collection } from '../values/collections.ts';
import { sizeOf } from '../values/size.ts';
import type { Value } from '../values/value.ts';
import { LimitFault } from './exception.ts';
import type { Usage } from './limits.ts';
import { requireMemory } from './memory.ts';

/** Bytes by which collections grow between two looks at what they hold. */
const STEP = 250_000;
/** Bytes of a text or a blob that is looked at by itself. */
export const LARGE = 500_000;
/** Bytes of such values between two looks at the memory of the process. */
const BULK = 64_000_000;

export interface HeapOwner {
  readonly usage: Usage;
  readonly statics: readonly (Readonly<Record<string, Value>> | undefined)[];
}

/**
 * What a transaction holds on its heap. JavaScript does not tell which values are still held, so that what is counted are
 * bodies of calls, static variables, the collection that has grown last, with the one that it is in, and each large text by
 * itself: what is counted is held, and much else that is held is not counted.
 */
export class Heap {
  private readonly owner: HeapOwner;
  /** The collection that has grown last. */
  private root: Collection | undefined;
  private measured = 0;
  /** Bytes by which collections have grown since. */
  private grown = 0;
  private bulk = 0;

  constructor(owner: HeapOwner) {
    this.owner = owner;
  }

  /** A collection has taken something. @throws LimitFault */
  grow(collection: Collection, bytes: number): void {
    this.root = collection;
    this.grown += bytes;
    if (this.grown >= STEP) this.measure();
  }

  /** A collection holds less. */
  shrink(): void {
    this.grown = Math.max(this.grown, STEP);
  }

  /** A large text or blob is there. @throws LimitFault */
  require(bytes: number): void {
    this.requireSize(bytes);
    this.bulk += bytes;
    if (this.bulk < BULK) return;
    this.bulk = 0;
    requireMemory();
  }

  /** Bytes. */
  get size(): number {
    if (this.grown >= STEP) this.measure();
    return this.owner.usage.used.heap + this.measured + this.grown;
  }

  private measure(): void {
    const { root } = this;
    const statics = this.owner.statics.flatMap((one) => (one ? Object.values(one) : []));
    const seen = new Set<object>();
    let size = sizeOf(root ? [topOf(root), ...statics] : statics, seen);
    // What has held it does so no more.
    if (root && !seen.has(root)) size = sizeOf([root, ...statics]);
    this.measured = size;
    this.grown = 0;
    this.requireSize(size);
    requireMemory();
  }

  private requireSize(bytes: number): void {
    const { used, most } = this.owner.usage;
    const size = used.heap + bytes;
    if (size > most.heap) throw new LimitFault(`Apex heap size too large: ${size}`);
  }
}

/** The outermost collection that a collection was put into. */
function topOf(collection: Collection): Collection {
  let top = collection;
  for (let depth = 0; top.holder && depth < 100; depth++) top = top.holder;
  return top;
}
