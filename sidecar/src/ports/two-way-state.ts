import type { Link } from './link.ts';

/** What the shop and Salesforce held of one field: digests of the values' canonical forms. */
export type FieldVersions = readonly [woo: string, salesforce: string];

/** By field, as `agreedName` names it. */
export type Base = Readonly<Record<string, FieldVersions>>;

/** What a name in a {@link Base} ends with that keeps what the shop refused of a field; fields have no blanks in their names. */
export const REFUSED = ' refused';

/** A record of the shop and its record in Salesforce. */
export interface Pair {
  readonly object: string;
  /** `<store>:<id>`. */
  readonly key: string;
  readonly recordId: string;
}

/**
 * What a pair held when it was last in step, and what is being written to it. Of a record that is about to be made
 * the record id says since when (coming-record.ts).
 */
export interface SyncBase extends Pair {
  readonly base: Base;
  /** What is being written, written ahead; empty for the side that it is not written to. */
  readonly pending: Base;
}

/** Records of other stores that a store is linked to. */
export interface SharedRecords {
  readonly count: number;
  /** Some of them, by object and key. */
  readonly first: readonly (Pair & {
    /** The key of the other store that the record carries. */
    readonly owner: string;
  })[];
}

/** What is known of records that go both ways. */
export interface TwoWayState {
  /** By key. One of another record of Salesforce than the link's says nothing. */
  syncBases(object: string, keys: readonly string[]): Promise<ReadonlyMap<string, SyncBase>>;
  /** Write-ahead: durable before anything is written. */
  savePending(coming: readonly (Pair & { readonly pending: Base })[]): Promise<void>;
  /** These fields are in step, and nothing is written ahead of them but `pending`; others stay as they were. */
  saveBase(
    reached: readonly (Pair & { readonly base: Base; readonly pending?: Base })[],
  ): Promise<void>;
  /**
   * Records that were about to be made are there: what was saved of them ahead, under that record id, is in step.
   * @returns those of which something else is known by now
   */
  saveMade<P extends Pair>(coming: string, made: readonly P[]): Promise<readonly P[]>;
  /** Salesforce has reported the records with these keys. Durable when it resolves. */
  markDirty(keys: readonly string[]): Promise<void>;
  /** Which of them Salesforce has reported since they were last looked at there, and how often. */
  dirty(keys: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The keys of a store that Salesforce has reported, of records that are linked to one of the object. */
  reportedOf(store: string, object: string): Promise<readonly string[]>;
  /** They were looked at; those that were reported again meanwhile stay. */
  clearDirty(dirty: ReadonlyMap<string, number>): Promise<void>;
  /**
   * Forgets which values of these records the shop has refused before: what still differs is tried anew, and where both
   * sides agree nothing stands open any more.
   */
  forgetRefusals(keys: readonly string[]): Promise<void>;
  /** Write-ahead of making products of the shop: durable before the shop is asked, by `newKey`. */
  beginCreations(keys: readonly string[]): Promise<void>;
  /** When the shop was first asked to make them, as far as it was and nothing is known of how that ended. */
  begunCreations(keys: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  /** Forgets them, and what was kept of their records under these keys. */
  endCreations(keys: readonly string[]): Promise<void>;
  /** What is known of records of Salesforce by whatever key, also one that is not linked any more. */
  basesOf(recordIds: readonly string[]): Promise<readonly SyncBase[]>;
  /** The keys by which records of Salesforce are linked, in whatever store. */
  linkedTo(recordIds: readonly string[]): Promise<readonly (Pair & Pick<Link, 'byId'>)[]>;
  /**
   * The records that a store is linked to and that belong to another one; those of the same person or company in
   * the store itself are left out.
   * @param most how many are named
   */
  shared(store: string, most: number): Promise<SharedRecords>;
}
