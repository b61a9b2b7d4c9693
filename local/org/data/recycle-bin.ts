import type { Database } from '../lib/database.ts';
import type { EmptiedLookup } from '../model/org-view.ts';

/**
 * What went to the recycle bin with which record, so that it comes back with it. In the org's database, so that a
 * rollback takes it back.
 */
export class RecycleBin {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
    db.define(
      'CREATE TABLE IF NOT EXISTS "-deleted" (record TEXT PRIMARY KEY, deleted_with TEXT NOT NULL) WITHOUT ROWID',
    );
    db.define('CREATE INDEX IF NOT EXISTS "-deleted.with" ON "-deleted" (deleted_with)');
    db.define(
      `CREATE TABLE IF NOT EXISTS "-emptied" (
         deleted_with TEXT NOT NULL,
         object TEXT NOT NULL,
         field TEXT NOT NULL,
         record TEXT NOT NULL,
         parent TEXT NOT NULL
       )`,
    );
    db.define('CREATE INDEX IF NOT EXISTS "-emptied.with" ON "-emptied" (deleted_with)');
  }

  /** @param id of the record that was deleted @param others those that went with it */
  put(id: string, others: readonly string[], emptied: readonly EmptiedLookup[]): void {
    for (const one of others) {
      this.db.run('INSERT INTO "-deleted" (record, deleted_with) VALUES (?, ?)', one, id);
    }
    for (const { object, field, record, parent } of emptied) {
      this.db.run(
        'INSERT INTO "-emptied" (deleted_with, object, field, record, parent) VALUES (?, ?, ?, ?, ?)',
        id,
        object,
        field,
        record,
        parent,
      );
    }
  }

  /** The record with which this one went; undefined where it was deleted by itself. */
  deletedWith(id: string): string | undefined {
    const found = this.db.get('SELECT deleted_with FROM "-deleted" WHERE record = ?', id);
    return found && String(found['deleted_with']);
  }

  /** Takes a record out. @returns what went with it */
  take(id: string): {
    readonly others: readonly string[];
    readonly emptied: readonly EmptiedLookup[];
  } {
    const others = this.db
      .all('SELECT record FROM "-deleted" WHERE deleted_with = ?', id)
      .map((row) => String(row['record']));
    const emptied = this.db
      .all('SELECT * FROM "-emptied" WHERE deleted_with = ?', id)
      .map((row) => ({
        object: String(row['object']),
        field: String(row['field']),
        record: String(row['record']),
        parent: String(row['parent']),
      }));
    this.db.run('DELETE FROM "-deleted" WHERE deleted_with = ?', id);
    this.db.run('DELETE FROM "-emptied" WHERE deleted_with = ?', id);
    return { others, emptied };
  }
}
