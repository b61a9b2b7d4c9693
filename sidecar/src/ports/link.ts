export type LinkState =
  /** Written by the sync: the hash says as what. */
  | 'verified'
  /** Found in the org by its key: what it holds is not known, so it is compared before it is written. */
  | 'unverified'
  /** Flagged as deleted by the delete rule of its mapping. */
  | 'soft_deleted';

/** What is known of one record that was synced. Identified by object and key. */
export interface Link {
  readonly object: string;
  /** `<store>:<id>`, the value of Woo_Key__c. */
  readonly key: string;
  readonly recordId: string;
  readonly state: LinkState;
  /**
   * Of the row last written, where the state is `verified`; null while a write is under way or its outcome
   * unknown, and in any other state.
   */
  readonly hash: string | null;
  /** Key of the record that owns it (an item's order); null for none. */
  readonly parentKey: string | null;
  /**
   * The record carries another key: of another store, of the account that a guest has, of the record that it
   * was merged into. It is written by id without our key, and others refer to it by id.
   */
  readonly byId: boolean;
}

/** Whether the outcome of the last write is not known, so that it is repeated. */
export function isUncertain({ state, hash }: Pick<Link, 'state' | 'hash'>): boolean {
  return state === 'verified' && hash === null;
}

/** A link whose record somebody began to read later than we did. */
export type StaleLink = Pick<Link, 'object' | 'key' | 'parentKey'>;

export interface SavedLink extends Link {
  /** Of the reading that it comes from (`State.beginRead`); 0 for none: whatever is read is newer. */
  readonly readNumber: number;
}

/** A record of the org that was merged into another one. */
export interface MergedRecord {
  readonly lostId: string;
  /** What is left of both. */
  readonly recordId: string;
  /** What the surviving record carries in its key field. */
  readonly key: string | null;
}
