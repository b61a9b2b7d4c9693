/** What is known of one record that was synced. Identified by object and key. */
export interface Link {
  readonly object: string;
  /** `<store>:<id>`, the value of Woo_Key__c. */
  readonly key: string;
  readonly recordId: string;
  /** Of the row last written; null while a write is under way or its outcome unknown. */
  readonly hash: string | null;
  /** Key of the record that owns it (an item's order); null for none. */
  readonly parentKey: string | null;
  /**
   * The record carries another key: of another store, of the account that a guest has, of the record that it
   * was merged into. It is written by id without our key, and others refer to it by id.
   */
  readonly byId: boolean;
}

/** A link whose record somebody read later than we did. */
export type StaleLink = Pick<Link, 'object' | 'key' | 'parentKey'>;

export interface SavedLink extends Link {
  /** The store's time at which the source was read. */
  readonly readAt: Date;
}
