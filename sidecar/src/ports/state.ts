import type { Resource } from '../mapping/model/record.ts';
import type { ChangeEvent } from './change.ts';
import type { ImageStore } from './images.ts';
import type { Link, MergedRecord, SavedLink, StaleLink } from './link.ts';
import type { MatchClaims } from './match-claims.ts';
import type { TotalsState } from './totals/totals-state.ts';
import type { TwoWayState } from './two-way-state.ts';

/** Name of the cursor that keeps the address of a store's shop; a store that is stopped has it too. */
export const SHOP_ADDRESS = 'url';

/** Durable state. Each method is one statement or one transaction. */
export interface State {
  readonly twoWay: TwoWayState;
  readonly images: ImageStore;
  readonly origins: OriginStore;
  readonly totals: TotalsState;
  readonly waiting: WaitingLookups;
  readonly matchClaims: MatchClaims;
  /**
   * Called before a shop is asked for records.
   * @returns a number above those of all readings that began before, in whichever process: what was read is ordered by
   * it, for no clock of a shop can be relied on
   */
  beginRead(): Promise<number>;
  links(object: string, keys: readonly string[]): Promise<ReadonlyMap<string, Link>>;
  /** The links whose owner is one of the keys, by owner. */
  children(
    object: string,
    parentKeys: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Link[]>>;
  /** Write-ahead: forgets the hashes, so that a write of unknown outcome is repeated. */
  willWrite(object: string, keys: readonly string[]): Promise<void>;
  /**
   * After a write, several objects in one transaction. What was claimed for the links is released.
   * @returns the links of which a later reading is known; they keep its number and lose their hash: what
   * was written is old, and they must be read again
   */
  didWrite(
    written: readonly SavedLink[],
    removed: readonly Pick<Link, 'object' | 'key'>[],
  ): Promise<readonly StaleLink[]>;
  /**
   * Of the links with one of the keys, or that belong to one of them.
   * @param objects those of one resource and its parts: customers and products have numbers, and so keys, in common
   */
  clearHashes(keys: readonly string[], objects: readonly string[]): Promise<void>;
  /** Points links to other records, and forgets their hashes: what the new record holds is not known. */
  relink(links: readonly Pick<Link, 'object' | 'key' | 'recordId' | 'byId'>[]): Promise<void>;
  /**
   * The same of all links of merged records, whichever store's they are: who else is linked to them may have nothing to
   * write by which it would notice. To what is left without a key they lead as they led to the record that is lost.
   * @returns their keys
   */
  followMerged(merged: readonly MergedRecord[]): Promise<readonly string[]>;
  /** The other links to the records that these own, whichever store's they are; a link by id alone owns none. */
  sharing(
    links: readonly Pick<Link, 'object' | 'key'>[],
  ): Promise<readonly Pick<Link, 'object' | 'key'>[]>;
  /** How many records of a store are linked, by object. */
  counts(store: string): Promise<ReadonlyMap<string, number>>;
  /**
   * Walks the linked records of a store: Woo ids behind `after`, ascending, guests left out.
   * @param most how many at once; fewer mean that the end is reached
   */
  linked(store: string, object: string, after: number, most: number): Promise<readonly number[]>;
  /** The keys of one of `of` parts, `at` counting from 0, of the linked records; guests are left out. */
  slice(store: string, object: string, of: number, at: number): Promise<readonly string[]>;
  cursor(store: string, name: string): Promise<unknown>;
  /** Null forgets it. */
  saveCursor(store: string, name: string, value: unknown): Promise<void>;
  close(): Promise<void>;
}

/** What a shop has shown of a record, so that another one under the same id is noticed. */
export interface Origin {
  readonly key: string;
  /** Digests of what tells one record from another; empty for what the record does not have. */
  readonly marks: readonly string[];
  /** The latest date of its last change, in milliseconds; null where the shop has none. */
  readonly modified: number | null;
  /** It came back as another record or as an older one, and waits for a person. */
  readonly isHeld: boolean;
  /** The shop has another record under its key, so that nothing may refer to the one in Salesforce. */
  readonly isAnother: boolean;
  /** It is another record, and nobody has queued the orders that were read before that was seen. */
  readonly ordersDue: boolean;
}

/** A record that waits for a person. */
export interface HeldRecord {
  readonly resource: Resource;
  readonly key: string;
}

export function originName({ resource, key }: HeldRecord): string {
  return `${resource} ${key}`;
}

/** What shops have shown, one row for each record that a mapping wanted. */
export interface OriginStore {
  find(resource: Resource, keys: readonly string[]): Promise<ReadonlyMap<string, Origin>>;
  save(resource: Resource, origins: readonly Origin[]): Promise<void>;
  /** Those of a store that are another record now, each as `originName` has it. */
  others(store: string): Promise<ReadonlySet<string>>;
  /** The keys, of these, of records that wait for a person. */
  heldOf(resource: Resource, keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those of a store that wait for a person. */
  held(store: string): Promise<readonly HeldRecord[]>;
  /**
   * Takes what the shop shows next as it is. Those that are held stay so until they are read again, so that a second
   * call finds those whom a first one, which broke off, has not had read.
   * @returns those that are held
   */
  release(store: string): Promise<readonly HeldRecord[]>;
}

/** A record whose lookup is empty, since the record that it names is not in Salesforce. */
export interface WaitingLookup {
  /** Object and key of the record that is named. */
  readonly object: string;
  readonly key: string;
  /** What has to be looked at again for the record that names it. */
  readonly change: ChangeEvent;
}

/** Lookups that wait, each once: about 150 bytes, as long as the record that is named is not there. */
export interface WaitingLookups {
  save(waiting: readonly WaitingLookup[]): Promise<void>;
  /**
   * Those of a store whose record is in Salesforce by now. They come again until `forget`.
   * @param most how many at once; fewer mean that there are no more
   */
  due(store: string, most: number): Promise<readonly WaitingLookup[]>;
  forget(waiting: readonly WaitingLookup[]): Promise<void>;
}

/** How many API calls all processes that share the state have made on a day. */
export interface CallLedger {
  /**
   * Adds those of this process, and forgets the days before.
   * @param day as `2026-11-28`
   * @param calls by store; those that were made for all of them have an empty key
   * @returns the sums of the day
   */
  add(day: string, calls: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>>;
}
