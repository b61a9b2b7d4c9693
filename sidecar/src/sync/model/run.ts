import type { SyncBase } from '../../ports/two-way-state.ts';
import type { PendingUpsert, PendingWrite } from './pending-write.ts';
import type { ImagePair, Planned, ShopChange, Returning } from './record.ts';
import type { Mapping, OutgoingField } from '../../mapping/model/mapping.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { ImageLinks } from '../../ports/images.ts';
import type { Link, StaleLink } from '../../ports/link.ts';
import type { Org } from '../../ports/org.ts';
import type { HeldRecord, State } from '../../ports/state.ts';
import type { WooStore } from '../../ports/store.ts';
import type { Report } from '../report/run-report.ts';

/** Rows on their way to the org. */
interface RowWriter {
  /** Whether the record is among them. */
  has(object: string, key: string): boolean;
  add(entries: readonly PendingWrite[]): Promise<void>;
  flush(): Promise<void>;
}

/** Records whose images go both ways, until it is decided which way. */
export interface TwoWayImages {
  add(item: Returning): void;
  /** A record that is about to be made in Salesforce. */
  addNew(row: Planned): void;
  /** The field that holds the images of both sides; undefined where they go one way. */
  field(row: Planned): OutgoingField | undefined;
  /** Whether Salesforce must be asked what its side is. */
  mayDiffer(row: Planned, base: SyncBase | undefined): boolean;
}

/** Takes what the shop answers to our changes. */
interface EchoNotes {
  note(
    mapping: Mapping,
    key: string,
    before: WooRecord,
    answer: WooRecord,
    written: ReadonlySet<OutgoingField>,
  ): void;
  noteOrder(key: string, answer: WooRecord, mappings: readonly Mapping[]): void;
}

/** Counts what the shop was sent and has yet to tell of. */
export interface SentNotes {
  sending(resource: Resource, keys: readonly string[]): void;
  /** The shop has not taken it. */
  refused(resource: Resource, key: string): void;
}

/** What the steps of one run share: one store, the mappings that apply to it, and where rows go. */
export interface Run {
  readonly org: Org;
  readonly store: WooStore;
  readonly state: State;
  readonly mappings: readonly Mapping[];
  readonly report: Report;
  readonly writer: RowWriter;
  /** Customers and products that orders name and Salesforce did not know, by resource and key; asked for once. */
  readonly requestedParents: Set<string>;
  /** Where rows wait until the org is asked whether it has their records. */
  readonly matchBuffer: { has(object: string, key: string): boolean };
  /** Nothing is written: rows are counted as if they were. */
  readonly dry: boolean;
  /** The keys that Salesforce has reported, and how often. */
  readonly dirty: ReadonlyMap<string, number>;
  /** Id of the user that we write as; absent where nobody asks who has changed a record. */
  readonly userId?: () => Promise<string>;
  /**
   * All records are read, whoever has changed them: who did is asked only of those of which nothing is known, and nothing
   * is said of other stores' fields, whose records may be read later. Absent for changes.
   */
  readonly isLoad?: true;
  /**
   * Of these keys of issues those that are open, with the key of the issue in Salesforce that stands for each; absent where
   * nobody keeps issues.
   */
  readonly openIssues?: (keys: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Keys of stores that are about to be loaded for the first time; absent where nothing is said of other stores' fields. */
  readonly unreadStores?: () => Promise<readonly string[]>;
  /** Keys whose change in Salesforce has not reached the shop: they stay reported. */
  readonly stillDirty: Set<string>;
  /** Takes what the shop answers to our changes; absent where nobody hears its events, or brings answers to Salesforce. */
  readonly echoes?: EchoNotes;
  /** Absent where nobody hears the shop's events. */
  readonly shopBacklog?: SentNotes;
  /** Changes on their way to the shop. */
  readonly shopUpdates: { add(change: ShopChange): void };
  /** Images on their way to the shop. */
  readonly imageUploads: {
    /** Learns from products which images the shop has. */
    see(records: readonly WooRecord[]): void;
    add(item: ImagePair): void;
  };
  /** Records whose images go both ways. */
  readonly imageImports: TwoWayImages;
  /** Null where others bring the images: the service. */
  readonly links: ImageLinks | null;
  /** Takes the records whose shop is to know the ids of their Salesforce records; absent where none is told. */
  readonly ids?: {
    take(mapping: Mapping, record: WooRecord, key: string, link: Link | undefined): void;
  };
  /** Takes rows of buyers, whose open leads are seen to; absent where leads are left alone. */
  readonly leads?: { take(rows: readonly Planned[]): void };
  /** Takes records that are to be looked at by themselves soon; absent where that is not known to be needed. */
  readonly enqueueFollowUps?: (changes: readonly ChangeEvent[]) => void;
  /**
   * Takes records of which a conflict was decided, which is over as soon as somebody looks again; not where a side
   * refuses what was decided, or it would be decided and refused for ever. Absent as `enqueueFollowUps`.
   */
  readonly onDecided?: (changes: readonly ChangeEvent[]) => void;
  /**
   * Keeps the conflicts that were decided so far, before anything of them is written or saved: whoever goes on behind a write
   * of which nobody heard how it ended finds both sides in step, and has nothing to say. Absent where nothing is kept.
   */
  readonly keepDecided?: () => Promise<void>;
  /** Takes records whose orders are among the follow-ups; absent where nobody queues these. */
  readonly onOrdersQueued?: (of: readonly HeldRecord[]) => void;
  /** Gives new customers what they ordered along; absent where that is not counted. */
  readonly totals?: {
    attach(entries: readonly PendingUpsert[]): Promise<readonly PendingUpsert[]>;
  };
  /** Takes links whose record somebody read later than we did. */
  readonly onStaleRead?: (links: readonly StaleLink[]) => void;
}

/** Whether a record is on its way to the org, so that others may refer to it by its key. */
export function isComing(
  { writer, matchBuffer: intake }: Run,
  object: string,
  key: string,
): boolean {
  return intake.has(object, key) || writer.has(object, key);
}

/** The mappings of a resource that write to Salesforce. */
export function mappingsOf(run: Run, resource: Resource): readonly Mapping[] {
  return run.mappings.filter((mapping) => mapping.resource === resource);
}

/** Whether the record of a mapping's resource is one that it maps: of content, one of its type. */
export function isOfType({ contentType }: Mapping, record: WooRecord): boolean {
  return contentType === null || record['content_type'] === contentType;
}
