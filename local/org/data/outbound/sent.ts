import type { Database } from '../../lib/database.ts';

/** A custom notification, as it went to the bell. */
export interface SentNotification {
  readonly kind: 'notification';
  /** Developer name of the notification type. */
  readonly type: string;
  /** Users, groups and queues, as they were named. */
  readonly recipients: readonly string[];
  /** User names of the active users among them, who hear it. */
  readonly users: readonly string[];
  readonly title: string;
  readonly body: string;
  /** The record that it opens. */
  readonly target: string;
}

export interface SentEmail {
  readonly kind: 'email';
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
}

export type Sent = SentNotification | SentEmail;

/** A notification in the list of a user. */
export type Heard = Pick<SentNotification, 'title' | 'body' | 'target'> & {
  /** Grows with each. */
  readonly number: number;
  readonly sentAt: string;
};

/** As many as the list of a bell holds. */
const MOST_HEARD = 50;

/** Which e-mail leaves the org: *Access to Send Email* of Setup › Deliverability. */
export type Deliverability = 'all' | 'system' | 'none';

/** What flows have sent to people. It is in the org's database, so that a rollback takes it back. */
export class SentMessages {
  deliverability: Deliverability = 'all';
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
    db.define(
      `CREATE TABLE IF NOT EXISTS "-sent" (
         number INTEGER PRIMARY KEY AUTOINCREMENT,
         sent_at TEXT NOT NULL,
         message TEXT NOT NULL
       )`,
    );
  }

  add(message: Sent, sentAt: string): void {
    this.db.run(
      'INSERT INTO "-sent" (sent_at, message) VALUES (?, ?)',
      sentAt,
      JSON.stringify(message),
    );
  }

  /** In the order in which they were sent. */
  list(): readonly (Sent & { readonly sentAt: string })[] {
    return this.db.all('SELECT sent_at, message FROM "-sent" ORDER BY number').map((row) => ({
      ...(JSON.parse(String(row['message'])) as Sent),
      sentAt: String(row['sent_at']),
    }));
  }

  /** The newest custom notifications that a user heard, newest first. @param username in any case */
  heardBy(username: string): readonly Heard[] {
    const name = username.toLowerCase();
    return this.db
      .all('SELECT number, sent_at, message FROM "-sent" ORDER BY number DESC')
      .flatMap((row) => {
        const message = JSON.parse(String(row['message'])) as Sent;
        if (message.kind !== 'notification') return [];
        if (!message.users.some((one) => one.toLowerCase() === name)) return [];
        const { title, body, target } = message;
        return [
          { number: Number(row['number']), sentAt: String(row['sent_at']), title, body, target },
        ];
      })
      .slice(0, MOST_HEARD);
  }

  clear(): void {
    this.db.run('DELETE FROM "-sent"');
  }
}
