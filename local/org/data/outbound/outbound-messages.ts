import type { Database } from '../../lib/database.ts';
import { makeId } from '../../model/ids.ts';
import { defineOutboundTables, finish } from './outbound-table.ts';
import { lifetime, retryGap } from './retry-gap.ts';

/** A notification that is being sent. */
export interface Taken {
  readonly number: number;
  readonly record: string;
  /** Earlier tries that failed. */
  readonly attempts: number;
}

/** What became of notifications that were sent together; times are the machine's, in milliseconds. */
export interface Outcome {
  readonly sentAt: number;
  readonly answeredAt: number;
  /** Why it was not acknowledged; undefined where it was. */
  readonly failure: string | undefined;
}

/** The id of a notification, the same at each try. */
export const notificationId = (number: number): string => makeId('04l', number);

/**
 * The org's queue of outbound messages. It is in the org's database, so that a rollback takes back what it
 * queued, and has a clock that can be moved.
 */
export class OutboundMessages {
  readonly db: Database;
  private readonly time: () => Date;
  private listener: () => void = () => undefined;
  /** What actions of flows say that cannot send; undefined where they can. */
  refusal: string | undefined;

  constructor(db: Database, time: () => Date) {
    this.db = db;
    this.time = time;
    defineOutboundTables(db);
    // The org stopped before it knew whether these arrived: they go again.
    db.run(`UPDATE "-outbound" SET state = 'waiting' WHERE state = 'sending'`);
  }

  /**
   * Queues a notification, within the running transaction.
   * @param message full name of the outbound message, such as `Product2.Woo_Product`
   * @param recordId 18 characters
   */
  queue(message: string, recordId: string): void {
    const now = this.now();
    this.db.run(
      'INSERT INTO "-outbound" (message, record, queued_at, due_at) VALUES (?, ?, ?, ?)',
      message,
      recordId,
      now,
      now,
    );
    this.listener();
  }

  /** Is told when something was queued; its transaction may still be open, and be rolled back. */
  listen(listener: () => void): void {
    this.listener = listener;
  }

  /** Milliseconds, by the clock that `advance` moves. */
  now(): number {
    const row = this.db.get('SELECT ahead FROM "-outbound-clock"');
    return this.time().getTime() + Number(row?.['ahead']);
  }

  advance(milliseconds: number): void {
    this.db.run('UPDATE "-outbound-clock" SET ahead = ahead + ?', milliseconds);
  }

  /** The id of the message itself, which its envelopes carry. */
  actionId(message: string): string {
    this.db.run('INSERT OR IGNORE INTO "-outbound-action" (message) VALUES (?)', message);
    const row = this.db.get('SELECT number FROM "-outbound-action" WHERE message = ?', message);
    return makeId('04k', Number(row?.['number']));
  }

  /** The messages of which notifications are due. */
  dueMessages(): readonly string[] {
    return this.db
      .all(
        `SELECT DISTINCT message FROM "-outbound" WHERE state = 'waiting' AND due_at <= ?`,
        this.now(),
      )
      .map((row) => String(row['message']));
  }

  /** When the next notification will be due, by this clock, of those that are not yet. */
  nextDue(): number | undefined {
    const row = this.db.get(
      `SELECT min(due_at) AS at FROM "-outbound" WHERE state = 'waiting' AND due_at > ?`,
      this.now(),
    );
    return typeof row?.['at'] === 'number' ? row['at'] : undefined;
  }

  /** Takes up to so many due notifications of a message, which are then being sent. */
  take(message: string, most: number): readonly Taken[] {
    return this.db.transaction(() => {
      const rows = this.db.all(
        `SELECT number, record, attempts FROM "-outbound"
          WHERE state = 'waiting' AND message = ? AND due_at <= ? ORDER BY place, number LIMIT ?`,
        message,
        this.now(),
        most,
      );
      for (const { number = null } of rows) {
        this.db.run(`UPDATE "-outbound" SET state = 'sending' WHERE number = ?`, number);
      }
      return rows as unknown as readonly Taken[];
    });
  }

  /** What was taken was acknowledged, or waits for its next try. */
  settle(taken: readonly Taken[], { sentAt, answeredAt, failure }: Outcome): void {
    const now = this.now();
    this.db.transaction(() => {
      for (const { number, attempts } of taken) {
        this.db.run(
          `UPDATE "-outbound" SET state = 'waiting', attempts = attempts + 1, failure = ?,
             sent_at = ?, answered_at = ?, due_at = min(?, queued_at + ?) WHERE number = ?`,
          failure ?? null,
          sentAt,
          answeredAt,
          now + retryGap(attempts + 1),
          lifetime,
          number,
        );
      }
      if (failure === undefined) finish(this.db, numbersOf(taken), 'delivered');
    });
  }

  /** Gives up what was queued a day ago. */
  expire(): void {
    const rows = this.db.all(
      `SELECT number FROM "-outbound" WHERE state = 'waiting' AND queued_at <= ?`,
      this.now() - lifetime,
    );
    finish(this.db, numbersOf(rows), 'dropped');
  }
}

const numbersOf = (rows: readonly { readonly number?: unknown }[]): readonly number[] =>
  rows.map(({ number }) => Number(number));
