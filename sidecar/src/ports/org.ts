import { CodedError } from '../errors/coded-error.ts';
import type { MappingSource } from '../mapping/model/config-rows.ts';
import type { ObjectSchema } from '../mapping/model/schema.ts';

/** Records that one collection takes, and collections and queries that one composite call takes. */
export const COLLECTION_SIZE = 200;
export const COLLECTIONS_PER_CALL = 5;

/** Up to `COLLECTION_SIZE` records of one object in one subrequest. */
export type Collection =
  | {
      readonly kind: 'upsert';
      readonly object: string;
      readonly keyField: string;
      /** Each as a JSON object, its key field included: a row is serialised once, for its hash too. */
      readonly records: readonly string[];
    }
  | {
      /** By record id, which each record holds as `id`. */
      readonly kind: 'update';
      readonly object: string;
      readonly records: readonly string[];
      /** What some of them hold right before is asked in the same call, of which this takes one part more. */
      readonly looks?: Looks | null;
    }
  | { readonly kind: 'delete'; readonly object: string; readonly ids: readonly string[] };

/** What is asked of records of an update right before it. */
export interface Looks {
  readonly fields: readonly string[];
  /**
   * By record id, when each was changed last as far as we know (`LastModifiedDate`). One that was changed later is not
   * written where the call has room for it as a request of its own: nothing else of the API takes that condition. Its
   * resolution is a second, so that the record is looked at all the same.
   */
  readonly unmodifiedSince: ReadonlyMap<string, string>;
}

/**
 * What to do about a refused record: `retry` it (a lock, a race), look after a record that it refers to
 * (`reference`), tell a person (`permanent` for the record's data, `setup` for rights and schema), or read it anew, since
 * somebody has changed it (`changed`).
 */
export type ErrorKind = 'retry' | 'reference' | 'permanent' | 'setup' | 'changed';

export interface ItemError {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly message: string;
  readonly fields: readonly string[];
}

/** The outcome of one record, in the order sent. */
export interface ItemResult {
  readonly id: string | null;
  readonly created: boolean;
  readonly errors: readonly ItemError[];
  /** What the record held right before, where that was asked and the org has answered. */
  readonly before?: OrgRow;
}

/**
 * `SF_READ_ONLY`: the org takes no changes, which is about no record and would hold for the next one too. What it has
 * taken of the call before it said so stays, and is what the results without errors tell.
 */
export class PartlyWritten extends CodedError {
  /** As `Org.write` gives them. */
  readonly results: readonly (readonly ItemResult[])[];

  constructor({ code, message, cure }: CodedError, results: PartlyWritten['results']) {
    super(code, message, cure);
    this.results = results;
  }
}

/** An object as the signed-in user may use it; fields that the user may not see are absent. */
export interface DescribedObject extends ObjectSchema {
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
}

/** The Salesforce org. */
export interface Org {
  /** All four metadata types in one API call. */
  readMappings(): Promise<MappingSource>;
  /** One API call per 25 objects. Unknown objects are absent from the answer. */
  describe(objects: readonly string[]): Promise<ReadonlyMap<string, DescribedObject>>;
  /**
   * One API call for up to five collections, executed in the order given, none of them all-or-none. One that looks at
   * what its records hold counts as two.
   * @returns one list of results per collection, in order
   * @throws PartlyWritten where the org takes no changes any more
   */
  write(collections: readonly Collection[]): Promise<readonly (readonly ItemResult[])[]>;
  /** All rows of a SOQL query, following its pages. */
  query(soql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /**
   * The rows of several queries, following their pages: one API call per five queries.
   * @returns one list of rows per query, in order
   */
  queries(
    soql: readonly string[],
  ): Promise<readonly (readonly Readonly<Record<string, unknown>>[])[]>;
  /**
   * What became of records that were refused as if they were not there, by record id. One API call, and
   * another per step of merges.
   */
  recordStates(missing: readonly Missing[]): Promise<ReadonlyMap<string, RecordState>>;
  readonly files: OrgFiles;
  /** What the org still takes. One API call. */
  limits(): Promise<OrgLimits>;
  /** API calls made so far. */
  readonly calls: number;
  /** The same, by what they were made for (purpose.ts). */
  readonly callsFor: ReadonlyMap<string, number>;
  /** What the org said last of its API calls of 24 hours; null before it said anything. */
  readonly usage: Quota | null;
}

/** Files of the org. */
interface OrgFiles {
  /**
   * The newest version of each file, by the id of its document (18 characters). One API call for some hundreds;
   * files that are gone or that we may not see are absent.
   */
  latestVersions(documentIds: readonly string[]): Promise<ReadonlyMap<string, FileVersion>>;
  /**
   * The bytes of a version. One API call.
   * @param most bytes that are read
   * @returns null where it is gone or larger
   */
  read(versionId: string, most: number): Promise<Buffer | null>;
  /** Documents that records show, by record; those without a file are absent. One API call for some hundreds. */
  linked(recordIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /**
   * Makes a file on a record. Tried once: after a failure it may be there, which `linked` tells. Two API calls.
   * @throws CodedError `SF_REFUSED` where the org does not take it
   */
  upload(file: NewFile): Promise<Pick<FileVersion, 'documentId' | 'versionId'>>;
  /** Shows a file on another record too. One API call. @throws as `upload` */
  link(documentId: string, recordId: string): Promise<void>;
}

export interface NewFile {
  readonly title: string;
  /** Its name with the extension. */
  readonly path: string;
  readonly bytes: Buffer;
  /** The record that shows it. */
  readonly linkTo: string;
}

export interface FileVersion {
  readonly documentId: string;
  readonly versionId: string;
  readonly title: string;
  /** Bytes. */
  readonly size: number;
  /** MD5 of the bytes, in hexadecimal digits. */
  readonly checksum: string;
}

/** What the org reports changes that are not ours. */
export interface OrgAudit {
  /** As `Org.queries`, deleted records included. */
  queriesAll(
    soql: readonly string[],
  ): Promise<readonly (readonly Readonly<Record<string, unknown>>[])[]>;
  /** The id of the user that we are signed in as. One API call, the first time. */
  userId(): Promise<string>;
}

/** Records of one object that were refused as if they were not there. */
export interface Missing {
  readonly object: string;
  readonly keyField: string;
  readonly ids: readonly string[];
}

/** What became of a record: it is there, it was merged into another one, or it is gone. */
export type RecordState =
  | { readonly kind: 'alive' | 'gone' }
  | {
      readonly kind: 'merged';
      readonly recordId: string;
      /** What the surviving record carries in its key field. */
      readonly key: string | null;
    };

export interface Quota {
  readonly limit: number;
  readonly remaining: number;
}

export interface OrgLimits {
  /** API calls of any 24 hours; null where the org does not say. */
  readonly apiCalls: Quota | null;
  /** Megabytes of data storage; null for a user who may not know. */
  readonly storageMb: Quota | null;
}

export type OrgRow = Readonly<Record<string, unknown>>;

/** Leads that one call converts at most. */
export const CONVERSIONS_PER_CALL = 100;

/** What becomes of an open lead with the address of a buyer. */
export interface LeadSettings {
  readonly rule: 'link' | 'convert';
  /** Status that converted leads get; null where the admin has not said. */
  readonly convertedStatus: string | null;
}

/** A lead that becomes a contact and an account which are there; no opportunity is made. */
export interface LeadConversion {
  readonly leadId: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly convertedStatus: string;
  /** A user: Salesforce wants one where the lead belongs to a queue; null for that of the lead. */
  readonly ownerId: string | null;
}

export interface OrgLeads {
  /**
   * Converts leads, each by itself. One API call for up to {@link CONVERSIONS_PER_CALL}. Tried once: after a failure
   * they may be converted, which the leads tell.
   * @returns one result per lead, in order
   */
  convertLeads(conversions: readonly LeadConversion[]): Promise<readonly ItemResult[]>;
}
