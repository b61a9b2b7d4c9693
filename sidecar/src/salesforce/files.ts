import { z } from 'zod';
import type { Connection } from './rest/connection.ts';
import type { QueryRow } from './rest/query.ts';
import { unexpected } from './rest/transport.ts';

/** The latest version of a file (ContentDocument) of the org. */
export interface FileVersion {
  /** 18 characters. */
  readonly documentId: string;
  /** Stands for these bytes: a new version has another one. */
  readonly versionId: string;
  readonly title: string;
  /** The name that it was uploaded with. */
  readonly path: string;
  readonly extension: string;
  /** Bytes. */
  readonly size: number;
  /** MD5 of the bytes, in hex. */
  readonly checksum: string;
}

export interface FileUpload {
  readonly title: string;
  /** Its name with the extension. */
  readonly path: string;
  readonly bytes: Buffer;
  /** The record that shows it. */
  readonly linkTo: string;
}

export interface UploadedFile {
  readonly documentId: string;
  readonly versionId: string;
}

/** Ids of one query: its address stays below 5 KB. */
const IDS_AT_ONCE = 200;

const VERSION_FIELDS =
  'Id, ContentDocumentId, Title, PathOnClient, FileExtension, ContentSize, Checksum';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

const versionSchema = z
  .object({
    Id: z.string(),
    ContentDocumentId: z.string(),
    Title: text,
    PathOnClient: text,
    FileExtension: text,
    ContentSize: z
      .number()
      .nullish()
      .transform((size) => size ?? 0),
    Checksum: text,
  })
  .transform((row): FileVersion => ({
    documentId: row.ContentDocumentId,
    versionId: row.Id,
    title: row.Title,
    path: row.PathOnClient,
    extension: row.FileExtension,
    size: row.ContentSize,
    checksum: row.Checksum.toLowerCase(),
  }));

const linkSchema = z.object({ LinkedEntityId: z.string(), ContentDocumentId: z.string() });
/** The answer to a record that was made. */
export const savedSchema = z.object({ id: z.string(), success: z.literal(true) });

/** The files of the org. What the user may not see is as if it were not there. */
export class OrgFiles {
  readonly #connection: Connection;
  readonly #queries: (soql: readonly string[]) => Promise<readonly (readonly QueryRow[])[]>;

  constructor(
    connection: Connection,
    queries: (soql: readonly string[]) => Promise<readonly (readonly QueryRow[])[]>,
  ) {
    this.#connection = connection;
    this.#queries = queries;
  }

  /**
   * By the id of the document, and always asked by it: files that are shared through a record are in no list that
   * is asked without. One API call for up to 1,000.
   * @param documentIds of 18 characters
   * @returns without those that are gone or not visible
   */
  async latestVersions(documentIds: readonly string[]): Promise<ReadonlyMap<string, FileVersion>> {
    const rows = await this.#byIds(
      documentIds,
      (ids) =>
        `SELECT ${VERSION_FIELDS} FROM ContentVersion WHERE ContentDocumentId IN (${ids}) AND IsLatest = true`,
    );
    const versions = rows.map((row) => parsed(versionSchema, row, 'a file without an id'));
    return new Map(versions.map((version) => [version.documentId, version]));
  }

  /**
   * The files that records show, by record. One API call for up to 1,000 records.
   * @param recordIds of 18 characters
   * @returns ids of documents; records without a file are absent
   */
  async linked(recordIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.#byIds(
      recordIds,
      (ids) =>
        `SELECT LinkedEntityId, ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId IN (${ids})`,
    );
    const links = rows.map((row) => parsed(linkSchema, row, 'a link of a file without its ids'));
    return new Map(
      [...Map.groupBy(links, ({ LinkedEntityId }) => LinkedEntityId)].map(([recordId, some]) => [
        recordId,
        some.map(({ ContentDocumentId }) => ContentDocumentId),
      ]),
    );
  }

  /**
   * The bytes of a version, as they were uploaded. One API call.
   * @returns null where it is gone, not visible, or larger than `most` bytes; what is larger is not read
   */
  read(versionId: string, most: number): Promise<Buffer | null> {
    const path = `/sobjects/ContentVersion/${encodeURIComponent(versionId)}/VersionData`;
    return this.#connection.bytes(path, most);
  }

  /**
   * Makes a file on a record. Two API calls. Tried once: the same file again is a second one. After a failure it may
   * be there, which `linked` tells.
   * @throws CodedError
   */
  async upload({ title, path, bytes, linkTo }: FileUpload): Promise<UploadedFile> {
    const answer = await this.#connection.request({
      method: 'POST',
      path: '/sobjects/ContentVersion',
      json: JSON.stringify({
        Title: title,
        PathOnClient: path,
        FirstPublishLocationId: linkTo,
        VersionData: bytes.toString('base64'),
      }),
      once: true,
    });
    const { id: versionId } = parsed(savedSchema, answer, 'something that is not a saved file');
    const [row] = await this.#byIds(
      [versionId],
      (ids) => `SELECT ${VERSION_FIELDS} FROM ContentVersion WHERE Id IN (${ids})`,
    );
    return {
      documentId: parsed(versionSchema, row, 'no file after it was saved').documentId,
      versionId,
    };
  }

  /** Shows a file on another record too, with the rights that people have on the record. One API call. */
  async link(documentId: string, recordId: string): Promise<void> {
    await this.#connection.request({
      method: 'POST',
      path: '/sobjects/ContentDocumentLink',
      json: JSON.stringify({
        ContentDocumentId: documentId,
        LinkedEntityId: recordId,
        ShareType: 'V',
      }),
      once: true,
    });
  }

  async #byIds(
    ids: readonly string[],
    soql: (list: string) => string,
  ): Promise<readonly QueryRow[]> {
    if (!ids.every((id) => /^[A-Za-z0-9]{18}$/.test(id)))
      throw new RangeError('Files are asked for by ids of 18 characters.');
    const unique = [...new Set(ids)];
    const lists = Array.from({ length: Math.ceil(unique.length / IDS_AT_ONCE) }, (_, at) =>
      unique.slice(at * IDS_AT_ONCE, (at + 1) * IDS_AT_ONCE),
    );
    const quoted = lists.map((list) => soql(list.map((id) => `'${id}'`).join(',')));
    return (await this.#queries(quoted)).flat();
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, otherwise: string): T {
  const found = schema.safeParse(value).data;
  if (found === undefined) throw unexpected('Salesforce', otherwise);
  return found;
}
