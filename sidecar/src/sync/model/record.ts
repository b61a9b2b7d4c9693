import type { Mapping, OutgoingField } from '../../mapping/model/mapping.ts';
import type { Row, WooRecord } from '../../mapping/model/record.ts';
import type { Link } from '../../ports/link.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { SyncBase, Base, Pair } from '../../ports/two-way-state.ts';
import type { OpenPage } from './checkpoint.ts';
import type { Guard, Target } from './pending-write.ts';
import type { RecordMap } from './record-map.ts';

/** What the merge says of a row that goes to Salesforce. */
export interface Merged {
  /** Fields of the row that are not written. */
  readonly withheld: ReadonlySet<string>;
  /** It is written though nothing of its one-way fields has changed. */
  readonly forced: boolean;
  /** What both sides hold once it is written. */
  readonly agrees: Base;
  /** Fields that are written over; absent for none. */
  readonly guards?: readonly Guard[];
}

/** A field whose value in Salesforce goes to the shop. */
export interface ChangedField {
  readonly field: OutgoingField;
  readonly patch: WooRecord;
  /** What Salesforce holds. */
  readonly held: unknown;
  /** Nothing is known of what the shop was sent of it before. */
  readonly isFirst: boolean;
}

/** What goes to one record of the shop. */
export interface ShopChange extends Pair {
  readonly mapping: Mapping;
  readonly record: WooRecord;
  readonly fields: readonly ChangedField[];
}

/** A record in Salesforce whose Woo record is gone, or no longer wanted there. */
export interface DeletionCandidate {
  readonly mapping: Mapping;
  readonly link: Link;
}

/** The reading that records come from. */
export interface Read {
  /** Orders it among others (`State.beginRead`). */
  readonly readNumber: number;
  /** The store's time, which its dates are compared with. */
  readonly readAt: Date;
  readonly page: OpenPage;
}

/** One Woo record seen through one mapping. */
export interface Candidate extends Read {
  readonly mapping: Mapping;
  readonly record: WooRecord;
  readonly key: string;
  /** Key of the record that owns it. */
  readonly parentKey: string | null;
}

/** A candidate that the mapping wants in Salesforce, as a row whose references are not resolved yet. */
export interface Planned extends Candidate {
  readonly row: Row;
  readonly link: Link | undefined;
  /** How the record was found, where it was in the org and not ours yet. */
  readonly found?: Found;
}

/** A record that was looked for and found. */
export interface Found {
  /** By its match fields, not by its key. */
  readonly adopted: boolean;
  /** Where it gets our key: which one it had, and when it was changed last by then, null where we change it ourselves. */
  readonly seen: { readonly key: string | null; readonly modified: string | null } | null;
  /** Key of the guest who is this customer now, or of a customer that the shop has deleted. */
  readonly formerKey: string | null;
  /** Key under which the sync base is that goes on, since both are one person's; null for none. */
  readonly baseKey: string | null;
  /** The row only points to the record, which another key keeps in step. */
  readonly silent: boolean;
}

/** What is known of records; null for one on its way. */
export type Known = RecordMap<Target | null>;

/** A record of the shop with images, as both sides have it. */
export interface ImagePair {
  readonly row: Planned;
  readonly recordId: string;
  readonly held: OrgRow;
  readonly base: SyncBase | undefined;
}

/** One whose images go both ways. */
export interface Returning extends ImagePair {
  /** What a person has decided of a conflict; null for nothing. */
  readonly decided: 'woo' | 'salesforce' | null;
}
