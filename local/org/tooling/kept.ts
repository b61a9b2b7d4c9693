import type { Database } from '../lib/database.ts';

/** What kinds of values are kept. */
type Kind = 'class' | 'covered' | 'ApexTestRunResult' | 'ApexTestQueueItem' | 'ApexTestResult';

/** Values of the Tooling API that outlive a stop of the org: in its database. */
export class Kept {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
    db.define(
      `CREATE TABLE IF NOT EXISTS "-tooling" (
         kind TEXT NOT NULL,
         id TEXT NOT NULL,
         value TEXT NOT NULL,
         PRIMARY KEY (kind, id)
       ) WITHOUT ROWID`,
    );
  }

  put(kind: Kind, id: string, value: unknown): void {
    this.db.run(
      'INSERT OR REPLACE INTO "-tooling" (kind, id, value) VALUES (?, ?, ?)',
      kind,
      id,
      JSON.stringify(value),
    );
  }

  remove(kind: Kind, id: string): void {
    this.db.run('DELETE FROM "-tooling" WHERE kind = ? AND id = ?', kind, id);
  }

  all(kind: Kind): readonly (readonly [id: string, value: unknown])[] {
    return this.db
      .all('SELECT id, value FROM "-tooling" WHERE kind = ? ORDER BY id', kind)
      .map(({ id, value }) => [String(id), JSON.parse(String(value)) as unknown] as const);
  }
}
