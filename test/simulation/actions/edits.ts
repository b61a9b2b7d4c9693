import type { OrderRecord } from '../../../local/store/core/records.ts';

type Side = 'shop' | 'org';

/** What somebody has typed into a field that goes both ways. No other edit has the same value. */
export interface Edit {
  readonly side: Side;
  /** Of the record: resource and key, such as `product main:12`. */
  readonly record: string;
  readonly field: EditedField;
  readonly value: string;
  readonly at: number;
}

export type EditedField = 'name' | 'price' | 'status' | 'tracking';

/** A text that a rep has put into a field that becomes a note of the order. */
export interface Note {
  readonly order: string;
  readonly field: 'Note_To_Customer__c' | 'Private_Note__c';
  readonly text: string;
}

/** Everything that people have done in a run which may get lost. */
export class Edits {
  readonly made: Edit[] = [];
  readonly notes: Note[] = [];
  /** Names of products that were made in Salesforce, by their record's id. */
  readonly products = new Map<string, string>();
  /** Ids of drafts that were sent to the shop. */
  readonly drafts = new Set<string>();
  /** Orders that the staff of a shop has deleted for good, as they were, by record such as `order main:12`. */
  readonly deletedOrders = new Map<string, OrderRecord>();
  /** Keys of customers of whose records somebody has typed over a field in Salesforce, or that were merged or deleted. */
  readonly touchedPeople = new Set<string>();
  #count = 0;

  /** A word that no other edit of the run has. */
  word(origin: string): string {
    this.#count += 1;
    return `${origin}${this.#count}`;
  }

  /** A price that no other edit of the run has. */
  price(): string {
    this.#count += 1;
    return `${500 + this.#count}.${this.#count % 2 === 0 ? '25' : '75'}`;
  }
}
