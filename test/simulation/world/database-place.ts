import { rmSync } from 'node:fs';

import pg from 'pg';

import type { Backlog, ChangeQueue } from '../../../sidecar/src/ports/change-queue.ts';
import { Secret } from '../../../sidecar/src/lib/secret.ts';
import { DurableCallLedger } from '../../../sidecar/src/state/call-ledger.ts';
import { openDatabase } from '../../../sidecar/src/state/db/database.ts';
import { migrate } from '../../../sidecar/src/state/db/migrations.ts';
import type { Database, Queries } from '../../../sidecar/src/state/db/types.ts';
import { QUEUE_SCHEMA } from '../../../sidecar/src/state/queue/boss.ts';
import { openQueue } from '../../../sidecar/src/state/queue/queue.ts';
import { DurableState } from '../../../sidecar/src/state/state.ts';
import { currentTime, pause, waitedFor } from '../preload/clock.ts';
import { isAlive } from '../preload/processes.ts';
import { never, type OpenState, type StatePlace, type StateWatch, watched } from './state-place.ts';

/** Functions of the clock of the simulation, found before those of PostgreSQL. A sequence is set outside of transactions. */
const CLOCK = `
  create schema if not exists simulated;
  create sequence if not exists simulated.clock;
  create or replace function simulated.now() returns timestamptz language sql stable
    as 'select to_timestamp(last_value / 1000.0) from simulated.clock';
  create or replace function simulated.clock_timestamp() returns timestamptz language sql stable
    as 'select to_timestamp(last_value / 1000.0) from simulated.clock'`;
const PATH = 'simulated, pg_catalog, public';
/** pg-boss asks a function of its own, which names the clock of the machine wherever functions are looked for. */
const QUEUE_CLOCK = `create or replace function ${QUEUE_SCHEMA}.job_now() returns timestamptz
  language sql stable as 'select simulated.now()'`;

/** Where a database is, and how what a process that ends leaves behind is let go, as the machine does it. */
interface Site {
  /** Whether more than one process may use it at once. */
  readonly isShared: boolean;
  open(owner: number): Promise<Database>;
  abandon(database: Database, owner: number): Promise<void>;
  clear(): Promise<void>;
}

/** The folder of a service, in which PostgreSQL runs within the process. */
function folderSite(path: string): Site {
  return {
    isShared: false,
    open: async () => {
      const database = await openDatabase({ kind: 'directory', path });
      await database.query(CLOCK);
      await database.query(`set search_path = ${PATH}`);
      return database;
    },
    abandon: (database) => database.close(),
    clear: () => {
      rmSync(path, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

let databases = 0;

/** A database of its own. @param server a URL of a server of PostgreSQL, of a user who may make databases */
function serverSite(server: string): Site {
  databases += 1;
  const name = `simulation_${process.pid}_${databases}`;
  const url = new URL(server);
  url.pathname = name;
  const ask = async (at: string, statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: at });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  let isMade = false;
  const make = async () => {
    await ask(server, `create database ${name}`);
    await ask(url.href, CLOCK);
    await ask(server, `alter database ${name} set search_path = ${PATH}`);
    isMade = true;
  };
  const processName = (owner: number): string => `process ${owner}`;
  return {
    isShared: true,
    open: async (owner) => {
      if (!isMade) await make();
      const own = new URL(url);
      own.searchParams.set('application_name', processName(owner));
      return openDatabase({ kind: 'postgres', url: new Secret(own.href) });
    },
    abandon: (_database, owner) =>
      ask(
        server,
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity
         where datname = '${name}' and application_name = '${processName(owner)}'`,
      ),
    clear: () => {
      isMade = false;
      return ask(server, `drop database if exists ${name} with (force)`);
    },
  };
}

/** In milliseconds: so much the clock of a database may be behind, since each time that it is set costs a statement. */
const BEHIND = 250;

/** Has the clock of the database say what that of the simulation says. */
class DatabaseClock {
  #set = 0;

  async follow(queries: Queries): Promise<void> {
    const now = Math.floor(currentTime());
    if (now - this.#set < BEHIND) return;
    this.#set = now;
    await queries.query('select setval($1, $2)', ['simulated.clock', String(now)]);
  }
}

/**
 * What begins at the same time is done one after the other, since the clock waits for each: on connections of their own
 * they would end as the machine likes, and no run could be played again.
 */
const turn = (): Promise<void> => pause(0);

/** The clock waits for its begin and its end; what is done within may wait for the clock. */
async function transaction<T>(
  database: Database,
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  const begun = Promise.withResolvers<Queries>();
  const worked = Promise.withResolvers<T>();
  const whole = database.transaction((queries) => {
    begun.resolve(queries);
    return worked.promise;
  });
  whole.catch(begun.reject);
  const queries = await waitedFor(() => begun.promise);
  try {
    worked.resolve(await work(queries));
  } catch (error) {
    worked.reject(error);
  }
  return waitedFor(() => whole);
}

/** A database whose statements take their time, and are never answered once the process that asked has ended. */
function simulated(database: Database, owner: number, watch: StateWatch): Database {
  const clock = new DatabaseClock();
  const timely = (queries: Queries): Queries => ({
    query: (sql, values) =>
      waitedFor(async () => {
        await clock.follow(queries);
        return queries.query(sql, values);
      }),
  });
  const alone = (queries: Queries): Queries => {
    const asked = timely(queries);
    return {
      query: (sql, values) =>
        watched(owner, watch, 'statement', async () => {
          await turn();
          return asked.query(sql, values);
        }),
    };
  };
  // Statements of a transaction follow each other at once: another may wait for its locks, and the clock for both.
  const within = (queries: Queries): Queries => {
    const asked = timely(queries);
    return {
      query: async (sql, values) => {
        if (!isAlive(owner) || !watch.called('statement', 'before')) return never();
        const rows = await asked.query(sql, values);
        return isAlive(owner) ? rows : never();
      },
    };
  };
  return {
    kind: database.kind,
    ...alone(database),
    urgent: alone(database.urgent),
    transaction: (work) =>
      watched(owner, watch, 'transaction', async () => {
        await turn();
        return transaction(database, (queries) => work(within(queries)));
      }),
    close: () => database.close(),
  };
}

/** The state as the service itself keeps it, in its folder or in PostgreSQL. */
export class DatabasePlace implements StatePlace {
  readonly isShared: boolean;
  readonly #site: Site;
  /** By process. */
  readonly #databases = new Map<number, Database>();
  readonly #queues = new Map<number, ChangeQueue>();
  /** What the machine does once a process has ended. */
  #cleared: Promise<void> = Promise.resolve();

  private constructor(site: Site) {
    this.#site = site;
    this.isShared = site.isShared;
  }

  static inFolder(path: string): DatabasePlace {
    return new DatabasePlace(folderSite(path));
  }

  static onServer(url: string): DatabasePlace {
    return new DatabasePlace(serverSite(url));
  }

  async open(
    owner: number,
    watch: StateWatch,
    onProblem: (problem: string) => void,
  ): Promise<OpenState> {
    await waitedFor(() => this.#cleared);
    const database = await waitedFor(() => this.#site.open(owner));
    this.#databases.set(owner, database);
    if (!isAlive(owner)) {
      this.lapse(owner);
      return never();
    }
    const own = simulated(database, owner, watch);
    await migrate(own);
    const state = new DurableState(own);
    const { queue, issues, leases } = await openQueue(state, { onProblem });
    await waitedFor(() => database.query(QUEUE_CLOCK));
    this.#queues.set(owner, queue);
    return { state, queue, issues, leases, calls: new DurableCallLedger(own) };
  }

  lapse(owner: number): void {
    const database = this.#databases.get(owner);
    this.#databases.delete(owner);
    this.#queues.delete(owner);
    if (database === undefined) return;
    this.#cleared = this.#cleared.then(() => this.#site.abandon(database, owner));
  }

  lose(): void {
    this.#lapseAll();
    this.#cleared = this.#cleared.then(() => this.#site.clear());
  }

  backlog(): Promise<readonly Backlog[]> {
    const [queue] = this.#queues.values();
    if (queue === undefined) throw new Error('No process has opened the state.');
    return queue.backlog();
  }

  #lapseAll(): void {
    for (const owner of this.#databases.keys()) this.lapse(owner);
  }

  async close(): Promise<void> {
    this.#lapseAll();
    await this.#cleared;
    await this.#site.clear();
  }
}
