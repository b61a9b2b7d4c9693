import type { Leases } from '../ports/leases.ts';
import { randomUUID } from 'node:crypto';
import type { Database } from './db/types.ts';

/** How long a process is taken to live after it last said so. */
const alive = 10;
const sayEvery = 3000;

/**
 * Work that only one of several processes does at a time, by the clock of the database. What a process that died
 * held is free as soon as it has not said for a while that it lives.
 */
export class DurableLeases implements Leases {
  readonly #database: Database;
  readonly #holder = randomUUID();
  /** When this process began, by the clock of the database. */
  #began = '';
  #saying: NodeJS.Timeout | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** To be called before anything else, and `close` in the end. */
  async open(): Promise<void> {
    // Nobody else can be in a directory: what is held there is held by a process that died.
    const dead = this.#database.kind === 'directory' ? 'true' : 'until <= now()';
    await this.#database.query(`delete from woosync.lease where ${dead}`);
    await this.#live();
    const [begun] = await this.#database.query('select now()::text as now');
    this.#began = String(begun?.['now']);
    // Where it fails others take over what we do: it costs calls, and does no harm.
    this.#saying = setInterval(() => void this.#live().catch(() => undefined), sayEvery);
  }

  /** Gives back what is held. Where the database does not answer, it lapses. */
  async close(): Promise<void> {
    clearInterval(this.#saying);
    const given = 'delete from woosync.lease where holder = $1';
    await this.#database.query(given, [this.#holder]).catch(() => undefined);
  }

  async acquire(name: string, seconds: number, since?: 'each start'): Promise<boolean> {
    const held = await this.#database.query(
      `insert into woosync.lease (name, holder, until)
       values ($1, $2, now() + $3::integer * interval '1 second')
       on conflict (name) do update
         set holder = excluded.holder, until = excluded.until, taken = now()
       where lease.holder = excluded.holder or lease.until <= now() or not exists
         (select from woosync.lease as life where life.name = lease.holder and life.until > now())
         or lease.taken < $4::timestamptz
       returning name`,
      [name, this.#holder, seconds, since === undefined ? null : this.#began],
    );
    return held.length === 1;
  }

  async release(name: string): Promise<void> {
    await this.#database.query('delete from woosync.lease where name = $1 and holder = $2', [
      name,
      this.#holder,
    ]);
  }

  /** A process holds the lease of its own name while it lives. */
  async #live(): Promise<void> {
    await this.acquire(this.#holder, alive);
  }
}
