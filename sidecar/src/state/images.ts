import type { ImageUse, SeenFile, ImageStore } from '../ports/images.ts';
import { texts } from './db/texts.ts';
import type { Database } from './db/types.ts';

/** Where images are in the shops, and which files they come from. */
export class DurableImageStore implements ImageStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async media(store: string, marks: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (marks.length === 0) return new Map();
    const rows = await this.#database.query(
      `select hash, media_id from woosync.picture
       where store = $1 and hash = any(${texts('$2')})`,
      [store, JSON.stringify(marks)],
    );
    return new Map(rows.map((row) => [String(row['hash']), Number(row['media_id'])]));
  }

  async keepMedia(store: string, media: ReadonlyMap<string, number>): Promise<void> {
    if (media.size === 0) return;
    await this.#database.query(
      `insert into woosync.picture (store, hash, media_id)
       select $1, hash, media_id
       from json_to_recordset($2::json) as given (hash text, media_id bigint) order by hash
       on conflict (store, hash) do update set media_id = excluded.media_id`,
      [store, JSON.stringify([...media].map(([hash, id]) => ({ hash, media_id: id })))],
    );
  }

  async forgetMedia(store: string, mediaIds: readonly number[]): Promise<void> {
    if (mediaIds.length === 0) return;
    await this.#database.query(
      `delete from woosync.picture where store = $1 and media_id = any($2::bigint[])`,
      [store, mediaIds.map(String)],
    );
  }

  async files(documentIds: readonly string[]): Promise<ReadonlyMap<string, SeenFile>> {
    if (documentIds.length === 0) return new Map();
    const rows = await this.#database.query(
      `select * from woosync.file where document_id = any(${texts('$1')})`,
      [JSON.stringify(documentIds)],
    );
    return new Map(rows.map((row) => [String(row['document_id']), toFile(row)]));
  }

  async keepFiles(files: readonly SeenFile[]): Promise<void> {
    if (files.length === 0) return;
    const rows = new Map(files.map((file) => [file.documentId, file]));
    await this.#database.query(
      `insert into woosync.file (document_id, version_id, hash)
       select "documentId", "versionId", hash from json_to_recordset($1::json)
         as given ("documentId" text, "versionId" text, hash text) order by 1
       on conflict (document_id) do update
         set version_id = excluded.version_id, hash = excluded.hash`,
      [JSON.stringify([...rows.values()])],
    );
  }

  async fileOf(hash: string): Promise<SeenFile | null> {
    const [row] = await this.#database.query(
      'select * from woosync.file where hash = $1 order by document_id limit 1',
      [hash],
    );
    return row === undefined ? null : toFile(row);
  }

  async keepUses(uses: readonly ImageUse[]): Promise<void> {
    if (uses.length === 0) return;
    const given = JSON.stringify(uses);
    await this.#database.transaction(async (queries) => {
      await queries.query(
        `delete from woosync.picture_use using
           json_to_recordset($1::json) as given (object text, key text, "documentIds" json)
         where picture_use.object = given.object and picture_use.key = given.key`,
        [given],
      );
      await queries.query(
        `insert into woosync.picture_use (object, key, document_id)
         select object, key, json_array_elements_text("documentIds")
         from json_to_recordset($1::json) as given (object text, key text, "documentIds" json)
         order by 1, 2, 3 on conflict do nothing`,
        [given],
      );
    });
  }

  async used(
    after: string,
    most: number,
  ): Promise<readonly { readonly documentId: string; readonly versionId: string | null }[]> {
    const rows = await this.#database.query(
      `select used.document_id, version_id
       from (select distinct document_id from woosync.picture_use where document_id > $1
             order by document_id limit $2::integer) as used
         left join woosync.file on file.document_id = used.document_id
       order by used.document_id`,
      [after, most],
    );
    return rows.map((row) => ({
      documentId: String(row['document_id']),
      versionId: (row['version_id'] ?? null) as string | null,
    }));
  }

  async usersOf(documentIds: readonly string[]): Promise<readonly string[]> {
    if (documentIds.length === 0) return [];
    const rows = await this.#database.query(
      `select distinct key from woosync.picture_use
       where document_id = any(${texts('$1')}) order by key`,
      [JSON.stringify(documentIds)],
    );
    return rows.map(({ key }) => String(key));
  }

  async filesOfMedia(
    store: string,
    mediaIds: readonly number[],
  ): Promise<ReadonlyMap<number, readonly SeenFile[]>> {
    if (mediaIds.length === 0) return new Map();
    const rows = await this.#database.query(
      `select picture.media_id, file.* from woosync.picture
         join woosync.file on left(file.hash, length(picture.hash)) = picture.hash
       where picture.store = $1 and picture.media_id = any($2::bigint[])
       order by file.document_id`,
      [store, mediaIds.map(String)],
    );
    const byMedia = Map.groupBy(rows, (row) => Number(row['media_id']));
    return new Map([...byMedia].map(([id, some]) => [id, some.map(toFile)]));
  }
}

function toFile(row: Readonly<Record<string, unknown>>): SeenFile {
  return {
    documentId: String(row['document_id']),
    versionId: String(row['version_id']),
    hash: String(row['hash']),
  };
}
