import type { Database } from '../lib/database.ts';

/** One path of a flow that waits for its time, for one record. */
export interface PendingPath {
  readonly number: number;
  /** Full name of the flow. */
  readonly flow: string;
  readonly path: string;
  readonly record: string;
  readonly userId: string;
}

/** What comes of a pending path whose record is saved with another time; what the platform does is not known. */
export type WhenMoved = 'follows' | 'stays';

/** Scheduled paths of flows that wait. They are in the org's database, so that a rollback takes them back. */
export class ScheduledPaths {
  whenMoved: WhenMoved = 'follows';
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
    db.define(
      `CREATE TABLE IF NOT EXISTS "-scheduled" (
         number INTEGER PRIMARY KEY AUTOINCREMENT,
         flow TEXT NOT NULL,
         path TEXT NOT NULL,
         record TEXT NOT NULL,
         user TEXT NOT NULL,
         due_at INTEGER NOT NULL,
         UNIQUE (flow, path, record)
       )`,
    );
    db.define(
      'CREATE TABLE IF NOT EXISTS "-daily" (flow TEXT PRIMARY KEY, next_at INTEGER NOT NULL)',
    );
  }

  /** @param dueAt milliseconds of the org's clock; one that waits for the record already is moved, or stays */
  queue(one: Omit<PendingPath, 'number'>, dueAt: number): void {
    this.db.run(
      `INSERT INTO "-scheduled" (flow, path, record, user, due_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (flow, path, record) DO ${this.whenMoved === 'follows' ? 'UPDATE SET due_at = excluded.due_at' : 'NOTHING'}`,
      one.flow,
      one.path,
      one.record,
      one.userId,
      dueAt,
    );
  }

  /** One that runs right after the save, each save its own. */
  queueNow(one: Omit<PendingPath, 'number'>, now: number): void {
    const last = this.db.get(`SELECT seq FROM sqlite_sequence WHERE name = '-scheduled'`)?.['seq'];
    this.queue({ ...one, path: `${one.path}@${Number(last ?? 0) + 1}` }, now);
  }

  /** The record was saved and starts the flow no more than before: what waits for it is moved, or stays. */
  move({ flow, path, record }: Omit<PendingPath, 'number' | 'userId'>, dueAt: number): void {
    if (this.whenMoved === 'stays') return;
    this.db.run(
      'UPDATE "-scheduled" SET due_at = ? WHERE flow = ? AND path = ? AND record = ?',
      dueAt,
      flow,
      path,
      record,
    );
  }

  /**
   * When a schedule-triggered flow runs next.
   * @param first what is kept where the flow is not known yet, milliseconds
   */
  nextDaily(flow: string, first: number): number {
    this.db.run('INSERT OR IGNORE INTO "-daily" (flow, next_at) VALUES (?, ?)', flow, first);
    const row = this.db.get('SELECT next_at FROM "-daily" WHERE flow = ?', flow);
    return Number(row?.['next_at']);
  }

  setDaily(flow: string, next: number): void {
    this.db.run('UPDATE "-daily" SET next_at = ? WHERE flow = ?', next, flow);
  }

  /** Takes those whose time has come, the first first. */
  take(now: number): readonly PendingPath[] {
    const rows = this.db.all(
      'SELECT * FROM "-scheduled" WHERE due_at <= ? ORDER BY due_at, number',
      now,
    );
    for (const { number } of rows) {
      this.db.run('DELETE FROM "-scheduled" WHERE number = ?', Number(number));
    }
    return rows.map((row) => ({
      number: Number(row['number']),
      flow: String(row['flow']),
      path: String(row['path']).replace(/@\d+$/, ''),
      record: String(row['record']),
      userId: String(row['user']),
    }));
  }
}
