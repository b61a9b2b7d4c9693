import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';

/** Work that only one of several processes does at a time, by the clock of the database. */
export class DurableLeases {
  readonly #database: Database;
  readonly #holder = randomUUID();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Takes or extends it. @returns whether it is ours until then */
  async hold(name: string, seconds: number): Promise<boolean> {
    const held = await this.#database.query(
      `insert into woosync.lease (name, holder, until)
       values ($1, $2, now() + $3::integer * interval '1 second')
       on conflict (name) do update set holder = excluded.holder, until = excluded.until
       where lease.holder = excluded.holder or lease.until <= now()
       returning name`,
      [name, this.#holder, seconds],
    );
    return held.length === 1;
  }

  async release(name: string): Promise<void> {
    await this.#database.query('delete from woosync.lease where name = $1 and holder = $2', [
      name,
      this.#holder,
    ]);
  }
}
