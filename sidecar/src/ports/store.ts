import type { Pairs } from './two-way-state.ts';
import type { PictureBook } from './images.ts';
import type { MappingSource, ObjectSchema, WooRecord } from '../mapping/model/mapping.ts';

/** The lists that the engine reads from a store; `variations` are those of all products. */
export type WooList = 'orders' | 'refunds' | 'products' | 'variations' | 'customers';

export interface WooPage {
  readonly records: readonly WooRecord[];
  /** Records that match, over all pages (X-WP-Total). */
  readonly total: number;
  readonly pages: number;
  /** The store's own clock when it answered (Date header). */
  readonly storeTime: Date;
}

/** One read of a list among several. */
export interface ListRead {
  readonly list: WooList;
  /** As those of `WooStore.list`. */
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Where a walk through a list stands, after the page that it came with. Plain JSON, opaque to its keeper:
 * save it in State once the page is handled and hand it back to go on behind that page.
 */
export interface PageCursor {
  readonly by: 'modified' | 'id';
  readonly [field: string]: unknown;
}

export interface WalkPage extends WooPage {
  /** Records handed out since the walk began, those before a resumption included; reaches `total`. */
  readonly read: number;
  /** Resuming from here repeats nothing before this page's last record. */
  readonly cursor: PageCursor;
}

/** One store, whatever the route. Requests are retried while it is safe to. */
export interface WooStore {
  readonly key: string;
  readonly url: string;
  /**
   * One request. A page may hold fewer records than asked for, never none where there are some.
   * @param params plain WooCommerce list parameters (`per_page`, `modified_after`, `include`, …)
   * @throws CodedError when the store cannot answer, or answers something that is not a list
   */
  list(list: WooList, params: Readonly<Record<string, string>>): Promise<WooPage>;
  /**
   * Several small reads at once; through the org one API call for up to ten.
   * @returns a page for each, in the order asked
   * @throws CodedError as `list`, where one of them fails
   */
  lists(reads: readonly ListRead[]): Promise<readonly WooPage[]>;
  /**
   * Walks a whole list so that edits during the walk lose nothing: by keyset over the modified date, or by
   * page and id where the list has no such filter (customers). Reads one page ahead of its consumer.
   * @param from where an earlier walk stood; null = from the start
   */
  walk(
    list: WooList,
    from: PageCursor | null,
    params?: Readonly<Record<string, string>>,
  ): AsyncIterable<WalkPage>;
  /**
   * Writes one custom field of many records, up to 100 per request. Repeating it changes nothing.
   * @returns the records for which it failed; the others have it
   * @throws CodedError when the store cannot answer, or takes nothing from us
   */
  writeMeta(
    list: MetaList,
    key: string,
    writes: readonly MetaWrite[],
  ): Promise<readonly MetaFailure[]>;
  /**
   * Changes products and variations, up to a hundred per request. Repeating it changes nothing, but for pictures
   * that the shop is to fetch: those are tried once.
   * @returns what became of each, in the order given
   * @throws CodedError when the shop cannot answer, or takes nothing from us
   */
  updateProducts(updates: readonly ProductUpdate[]): Promise<readonly ProductResult[]>;
  /**
   * Makes products. Each request is tried once, for a second attempt may make them twice.
   * @returns what became of each, in the order given
   * @throws CodedError as `updateProducts`; some may be there then
   */
  createProducts(products: readonly WooRecord[]): Promise<readonly ProductResult[]>;
  /** Null where the route does not lead there. */
  readonly media: MediaLibrary | null;
  /**
   * The bytes of a picture that the shop shows, from the shop's own host or one of its image hosts.
   * @param src its address
   * @param most bytes that are read
   * @returns why not, where it cannot be had
   */
  fetchPicture(src: string, most: number): Promise<Buffer | PictureFetchProblem>;
}

/** Why a picture of the shop cannot be had. */
export interface PictureFetchProblem {
  readonly code: string;
  readonly message: string;
}

/** A change of one product or variation. */
export interface ProductUpdate {
  readonly id: number;
  /** The product of a variation; null for a product. */
  readonly parentId: number | null;
  readonly fields: WooRecord;
}

/** What the shop made of one of several products: the whole record, or why not. */
export type ProductResult =
  | { readonly record: WooRecord }
  | { readonly error: { readonly code: string; readonly message: string; readonly data: unknown } };

/** The shop's media library, where a route leads to it. */
export interface MediaLibrary {
  /**
   * Tried once: a second attempt may make a second picture.
   * @throws CodedError when the library cannot answer, or takes nothing from us
   */
  upload(file: PictureFile): Promise<StoredPicture>;
  /** Pictures whose file names contain the text. */
  find(text: string): Promise<readonly StoredPicture[]>;
  /** All of those, page by page. */
  all(text: string): AsyncIterable<ListedPicture>;
}

export interface StoredPicture {
  readonly id: number;
  readonly src: string;
}

/** One as lists show it. */
export interface ListedPicture extends StoredPicture {
  /** Of the file; null where the shop does not say. */
  readonly bytes: number | null;
}

export interface PictureFile {
  readonly name: string;
  /** What is read out in its place; '' for nothing. */
  readonly alt: string;
  /** Such as `image/png`. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** The webhooks of one store, whatever the route. */
export interface WooWebhooks {
  /** @throws CodedError when the store cannot answer */
  webhooks(): Promise<readonly Webhook[]>;
  /**
   * Makes a webhook, active at once. Tried once, for a second attempt may make a second one: after a failure it
   * may be there or not.
   * @throws CodedError when the store cannot answer, or does not take it
   */
  createWebhook(webhook: WebhookFields): Promise<Webhook>;
  /** Its status stays. Tried once. @throws as `createWebhook` */
  updateWebhook(id: number, webhook: WebhookFields): Promise<Webhook>;
  /** Be it there or not. Tried once. @throws as `createWebhook` */
  deleteWebhook(id: number): Promise<void>;
}

/** A webhook of the shop. Its secret cannot be read back. */
export interface Webhook {
  readonly id: number;
  readonly name: string;
  /** Such as `order.updated`. */
  readonly topic: string;
  readonly status: 'active' | 'paused' | 'disabled';
  readonly deliveryUrl: string;
}

/** What a webhook is made of, or what is changed of it. */
export interface WebhookFields {
  readonly name: string;
  readonly topic: string;
  readonly deliveryUrl: string;
  readonly secret: { reveal(): string };
}

/** Lists whose records keep custom fields that can be written. */
export type MetaList = 'orders' | 'products' | 'variations' | 'customers';

export interface MetaWrite {
  readonly id: number;
  /** The product of a variation; null for everything else. */
  readonly parentId: number | null;
  readonly value: string;
}

export interface MetaFailure {
  readonly id: number;
  readonly code: string;
  readonly message: string;
}

/** Up to 200 records of one object in one subrequest. */
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
    }
  | { readonly kind: 'delete'; readonly object: string; readonly ids: readonly string[] };

/**
 * What to do about a refused record: `retry` it (a lock, a race), look after a record that it refers to
 * (`reference`), tell a person (`permanent` for the record's data, `setup` for rights and schema).
 */
export type ErrorKind = 'retry' | 'reference' | 'permanent' | 'setup';

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
   * One API call for up to five collections, executed in the order given, none of them all-or-none.
   * @returns one list of results per collection, in order
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
  fates(missing: readonly Missing[]): Promise<ReadonlyMap<string, Fate>>;
  readonly files: OrgFiles;
  /** What the org still takes. One API call. */
  limits(): Promise<OrgLimits>;
  /** API calls made so far. */
  readonly calls: number;
  /** The same, by what they were made for (purpose.ts). */
  readonly callsFor: ReadonlyMap<string, number>;
  /** What the org said last of its API calls of 24 hours; null before it said anything. */
  readonly usage: Room | null;
}

/** Files of the org. */
export interface OrgFiles {
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

/** What the org tells of changes that are not ours. */
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
export type Fate =
  | { readonly kind: 'alive' | 'gone' }
  | {
      readonly kind: 'merged';
      readonly recordId: string;
      /** What the surviving record carries in its key field. */
      readonly key: string | null;
    };

export interface Room {
  readonly most: number;
  readonly left: number;
}

export interface OrgLimits {
  /** API calls of any 24 hours; null where the org does not say. */
  readonly apiCalls: Room | null;
  /** Megabytes of data storage; null for a user who may not know. */
  readonly storageMb: Room | null;
}

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

/** Durable state. Each method is one statement or one transaction. */
export interface State {
  readonly pairs: Pairs;
  readonly pictures: PictureBook;
  links(object: string, keys: readonly string[]): Promise<ReadonlyMap<string, Link>>;
  /** The links whose owner is one of the keys, by owner. */
  children(
    object: string,
    parentKeys: readonly string[],
  ): Promise<ReadonlyMap<string, readonly Link[]>>;
  /** Write-ahead: forgets the hashes, so that a write of unknown outcome is repeated. */
  willWrite(object: string, keys: readonly string[]): Promise<void>;
  /**
   * After a write, several objects in one transaction.
   * @returns the links whose source was read later than ours; they keep that time and lose their hash: what
   * was written is old, and they must be read again
   */
  didWrite(
    written: readonly SavedLink[],
    removed: readonly Pick<Link, 'object' | 'key'>[],
  ): Promise<readonly StaleLink[]>;
  /** Of the links with one of the keys, or that belong to one of them, whatever the object. */
  clearHashes(keys: readonly string[]): Promise<void>;
  /** Points links to other records, and forgets their hashes: what the new record holds is not known. */
  relink(links: readonly Pick<Link, 'object' | 'key' | 'recordId' | 'byId'>[]): Promise<void>;
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
