import type { Database } from '../../lib/database.ts';

/** Notifications that were delivered or dropped and are still known. */
const kept = 10_000;

/** Makes the tables of the queue, where they are not there. */
export function defineOutboundTables(db: Database): void {
  db.define(
    `CREATE TABLE IF NOT EXISTS "-outbound" (
       number INTEGER PRIMARY KEY AUTOINCREMENT,
       message TEXT NOT NULL,
       record TEXT NOT NULL,
       state TEXT NOT NULL DEFAULT 'waiting',
       place INTEGER NOT NULL DEFAULT 0,
       attempts INTEGER NOT NULL DEFAULT 0,
       queued_at INTEGER NOT NULL,
       due_at INTEGER NOT NULL,
       sent_at INTEGER,
       answered_at INTEGER,
       failure TEXT,
       finished INTEGER
     );
     CREATE INDEX IF NOT EXISTS "-outbound-order" ON "-outbound" (state, message, place, number);
     CREATE INDEX IF NOT EXISTS "-outbound-finished" ON "-outbound" (finished);
     CREATE TABLE IF NOT EXISTS "-outbound-action" (
       number INTEGER PRIMARY KEY,
       message TEXT NOT NULL UNIQUE
     );
     CREATE TABLE IF NOT EXISTS "-outbound-clock" (
       id INTEGER PRIMARY KEY CHECK (id = 1),
       ahead INTEGER NOT NULL
     );
     INSERT OR IGNORE INTO "-outbound-clock" (id, ahead) VALUES (1, 0)`,
  );
}

/** These are over; of all that are, the newest stay known. */
export function finish(
  db: Database,
  numbers: readonly number[],
  state: 'delivered' | 'dropped',
): void {
  if (numbers.length === 0) return;
  db.transaction(() => {
    for (const number of numbers) {
      db.run(
        `UPDATE "-outbound" SET state = ?, finished =
           (SELECT coalesce(max(finished), 0) + 1 FROM "-outbound") WHERE number = ?`,
        state,
        number,
      );
    }
    db.run(
      'DELETE FROM "-outbound" WHERE finished <= (SELECT max(finished) FROM "-outbound") - ?',
      kept,
    );
  });
}
