import type { Database } from '../lib/database.ts';

/** Beside the tables of objects, whose rows are read whole for every query and rule. */
function ensureTable(db: Database): void {
  db.run(
    'CREATE TABLE IF NOT EXISTS "-file" (version TEXT PRIMARY KEY NOT NULL, bytes BLOB NOT NULL)',
  );
}

/** Keeps the bytes of a version; they are written once. */
export function keepBytes(db: Database, versionId: string, bytes: Uint8Array): void {
  ensureTable(db);
  db.run('INSERT INTO "-file" (version, bytes) VALUES (?, ?)', versionId, bytes);
}

/** The bytes of a version; undefined where none were kept. */
export function bytesOf(db: Database, versionId: string): Buffer | undefined {
  ensureTable(db);
  const row = db.get('SELECT bytes FROM "-file" WHERE version = ?', versionId);
  const bytes = row?.['bytes'] as unknown;
  return bytes instanceof Uint8Array ? Buffer.from(bytes) : undefined;
}
