import { createHash } from 'node:crypto';
import type { Row } from '../lib/database.ts';
import { counterOf } from '../model/ids.ts';
import { notificationId, type OutboundMessages } from '../data/outbound/outbound-messages.ts';
import { finish } from '../data/outbound/outbound-table.ts';

/** Notifications of each kind that are listed. */
const listed = 1000;

type State = 'waiting' | 'delivered';

/** What the back door sees of the queue, and does to it. */
export class OutboundEdits {
  private readonly messages: OutboundMessages;

  constructor(messages: OutboundMessages) {
    this.messages = messages;
  }

  /** How many there are in each state. */
  counts(): Readonly<Record<string, number>> {
    const rows = this.messages.db.all(
      'SELECT state, count(*) AS n FROM "-outbound" GROUP BY state',
    );
    const found = Object.fromEntries(rows.map((row) => [String(row['state']), Number(row['n'])]));
    return { waiting: 0, sending: 0, delivered: 0, dropped: 0, ...found };
  }

  /** What waits or is being sent, in the order in which it goes. */
  waiting(): readonly object[] {
    const rows = this.messages.db.all(
      'SELECT * FROM "-outbound" WHERE finished IS NULL ORDER BY place, number LIMIT ?',
      listed,
    );
    return rows.map(shown);
  }

  /** What was delivered or dropped lately, oldest first. */
  done(): readonly object[] {
    const rows = this.messages.db.all(
      'SELECT * FROM "-outbound" WHERE finished IS NOT NULL ORDER BY finished DESC LIMIT ?',
      listed,
    );
    return rows.reverse().map(shown);
  }

  /** What waits goes at once. */
  retry(ids: readonly string[] | undefined): void {
    this.each(this.numbers('waiting', ids), 'UPDATE "-outbound" SET due_at = ? WHERE number = ?');
  }

  /** What was acknowledged goes once more, as if it were queued now. */
  resend(ids: readonly string[] | undefined): void {
    this.each(
      this.numbers('delivered', ids),
      `UPDATE "-outbound" SET state = 'waiting', finished = NULL, attempts = 0, queued_at = ?1,
         due_at = ?1 WHERE number = ?2`,
    );
  }

  /** What waits is lost, as if its day had passed. */
  drop(ids: readonly string[] | undefined): void {
    finish(this.messages.db, this.numbers('waiting', ids), 'dropped');
  }

  /** What waits goes in another order: backwards, or shuffled by a seed. */
  reorder(seed: number | undefined): void {
    const waiting = this.numbers('waiting', undefined);
    const rank = (number: number): string =>
      createHash('sha256').update(`${seed} ${number}`).digest('hex');
    const ordered =
      seed === undefined
        ? waiting.toReversed()
        : waiting
            .map((number) => [rank(number), number] as const)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([, number]) => number);
    const { db } = this.messages;
    db.transaction(() => {
      ordered.forEach((number, at) => {
        // Below 0, the place of all that comes later.
        const place = at - ordered.length;
        db.run('UPDATE "-outbound" SET place = ? WHERE number = ?', place, number);
      });
    });
  }

  /** @param sql with the time and the number */
  private each(numbers: readonly number[], sql: string): void {
    const { db } = this.messages;
    const now = this.messages.now();
    db.transaction(() => {
      for (const number of numbers) db.run(sql, now, number);
    });
  }

  /** @throws Error with a sentence for an id that is in another state, or unknown */
  private numbers(state: State, ids: readonly string[] | undefined): readonly number[] {
    const { db } = this.messages;
    if (ids === undefined) {
      const order = 'ORDER BY place, number';
      return db
        .all(`SELECT number FROM "-outbound" WHERE state = ? ${order}`, state)
        .map((row) => Number(row['number']));
    }
    return ids.map((id) => {
      const number = counterOf(id);
      const row = db.get('SELECT state FROM "-outbound" WHERE number = ?', number);
      if (row?.['state'] === state && notificationId(number) === id) return number;
      throw new Error(`There is no ${state} notification ${JSON.stringify(id)}.`);
    });
  }
}

function shown(row: Row): object {
  const { number, message, record, state, attempts, queued_at, due_at, sent_at, answered_at } = row;
  return {
    id: notificationId(Number(number)),
    message,
    record_id: record,
    state,
    attempts,
    queued_at,
    next_attempt_at: row['finished'] === null ? due_at : null,
    last_failure: row['failure'],
    sent_at,
    answered_at,
  };
}
