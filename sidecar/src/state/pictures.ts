import type { Database } from './database.ts';
import { texts } from './links.ts';

export interface SeenFile {
  readonly documentId: string;
  readonly versionId: string;
  readonly hash: string;
}

/** Where pictures are in the shops, and which files they come from. */
export class DurablePictures {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async media(store: string, hashes: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (hashes.length === 0) return new Map();
    const rows = await this.#database.query(
      `select hash, media_id from woosync.picture
       where store = $1 and hash = any(${texts('$2')})`,
      [store, JSON.stringify(hashes)],
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
}

function toFile(row: Readonly<Record<string, unknown>>): SeenFile {
  return {
    documentId: String(row['document_id']),
    versionId: String(row['version_id']),
    hash: String(row['hash']),
  };
}
