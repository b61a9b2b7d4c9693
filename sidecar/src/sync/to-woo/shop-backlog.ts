import type { Clock } from '../../lib/clock.ts';
import type { Resource } from '../../mapping/model/resources.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { SentNotes } from '../model/run.ts';

/**
 * Records that the shop was sent and has not told of. Four of the batches of 25 that Action Scheduler takes from its
 * queue: a shop that delivers one webhook a second is through with them before two minutes are over.
 */
export const MOST_UNACKNOWLEDGED = 100;
/** The shop has told of none for so long: its webhooks are lost, or its cron stands still. */
const LOST_MS = 10 * 60_000;
/** How long each batch waits then. */
const LOST_BATCH_MS = 60_000;
/** Records of which the place in the shop's queue is known; beyond that the oldest are forgotten. */
const MOST_KNOWN = 5000;

interface ShopBacklogParts {
  readonly clock: Pick<Clock, 'now'>;
  /** The shop has told of enough, so that bulk edits go on. */
  readonly onRoom: () => void;
  /** The shop does not tell of what it was sent; once until it does. */
  readonly onLost: () => void;
}

/**
 * How long the shop's own queue is, as far as we made it: each record that we write queues a webhook of ours there,
 * behind which those of other plugins wait. No route of WooCommerce tells how much waits, but our own webhooks do by
 * arriving. The queue is worked on in its order, so that one that arrives tells of all that was sent before it: those
 * that were lost, or that another process took.
 */
export class ShopBacklog implements SentNotes {
  readonly #parts: ShopBacklogParts;
  /** Names of records, in the order in which they were sent. */
  readonly #unacknowledged = new Set<string>();
  #resources: ReadonlySet<string> = new Set();
  /** When the last one arrived, or when the first was sent that had to. */
  #movedAt = 0;
  #isLost = false;

  constructor(parts: ShopBacklogParts) {
    this.#parts = parts;
  }

  /** Records that the shop was sent and has not told of. */
  get size(): number {
    return this.#unacknowledged.size;
  }

  /** The shop does not tell of what it was sent, so that edits in bulk go slowly. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** @param topics of webhooks that the shop has and delivers, such as `product.updated` */
  hears(topics: readonly string[]): void {
    const resources = new Set(
      topics.flatMap((topic) =>
        topic.endsWith('.updated') ? topic.slice(0, -'.updated'.length) : [],
      ),
    );
    const isLess = [...this.#resources].some((resource) => !resources.has(resource));
    this.#resources = resources;
    if (isLess)
      this.#forget(() => {
        this.#unacknowledged.clear();
      });
  }

  /**
   * Records are on their way to the shop, or were just made there. One that is on its way already has its place in the
   * shop's queue: WooCommerce queues the same webhook for the same record once.
   */
  sending(resource: Resource, keys: readonly string[]): void {
    if (!this.#resources.has(resource)) return;
    if (this.#hasRoom) this.#movedAt = this.#now;
    for (const key of keys) this.#unacknowledged.add(nameOf({ resource, key }));
    for (const name of this.#unacknowledged) {
      if (this.#unacknowledged.size <= MOST_KNOWN) break;
      this.#unacknowledged.delete(name);
    }
  }

  /** The shop has not taken it, and tells nobody. */
  refused(resource: Resource, key: string): void {
    this.#forget(() => {
      this.#unacknowledged.delete(nameOf({ resource, key }));
    });
  }

  /** A webhook has told of a record. */
  arrived(change: Pick<ChangeEvent, 'resource' | 'key'>): void {
    const name = nameOf(change);
    if (!this.#unacknowledged.has(name)) return;
    this.#movedAt = this.#now;
    this.#isLost = false;
    this.#forget(() => {
      for (const one of this.#unacknowledged) {
        this.#unacknowledged.delete(one);
        if (one === name) break;
      }
    });
  }

  /**
   * Whether another batch of bulk edits may go to the shop now. Where the shop tells of nothing any more they go
   * slowly, and what was sent before is forgotten.
   */
  takesBulk(): boolean {
    if (this.#hasRoom) return true;
    if (this.#now - this.#movedAt < (this.#isLost ? LOST_BATCH_MS : LOST_MS)) return false;
    if (!this.#isLost) this.#parts.onLost();
    this.#isLost = true;
    this.#unacknowledged.clear();
    return true;
  }

  get #hasRoom(): boolean {
    return this.#unacknowledged.size < MOST_UNACKNOWLEDGED;
  }

  get #now(): number {
    return this.#parts.clock.now().getTime();
  }

  #forget(forget: () => void): void {
    const before = this.#unacknowledged.size;
    forget();
    if (before >= MOST_UNACKNOWLEDGED && this.#unacknowledged.size < MOST_UNACKNOWLEDGED)
      this.#parts.onRoom();
  }
}

/** Records of two resources may have the same id, and then the same key. */
const nameOf = ({ resource, key }: { readonly resource: string; readonly key: string }): string =>
  `${resource} ${key}`;
