import type { Database } from '../db/types.ts';
import { CLAIM as TOTALS_CLAIM } from '../totals.ts';
import { QUEUE_SCHEMA } from './boss.ts';

/** Dates by the clock of the database, of rows that a key names. */
interface Dated {
  readonly what: string;
  readonly table: string;
  readonly key: string;
  /** How far in the future each column can be where the clock was right, in SQL. */
  readonly columns: Readonly<Record<string, string>>;
}

const AT_ONCE = `interval '0'`;

const DATED: readonly Dated[] = [
  {
    what: 'jobs',
    table: `${QUEUE_SCHEMA}.job`,
    key: 'id',
    // Jobs are queued, and tried again, without delay.
    columns: {
      created_on: AT_ONCE,
      start_after: AT_ONCE,
      started_on: AT_ONCE,
      heartbeat_on: AT_ONCE,
    },
  },
  {
    what: 'queues',
    table: `${QUEUE_SCHEMA}.queue`,
    key: 'name',
    columns: { monitor_claim_on: AT_ONCE, monitor_on: AT_ONCE, maintain_on: AT_ONCE },
  },
  {
    what: 'dates of pg-boss',
    table: `${QUEUE_SCHEMA}.version`,
    key: 'version',
    columns: {
      flow_on: AT_ONCE,
      bam_on: AT_ONCE,
      // pg-boss puts the next look off by an hour at the most.
      monitor_backoff_on: `interval '1 hour'`,
    },
  },
  {
    what: 'issues',
    table: 'woosync.issue',
    key: 'key',
    columns: {
      first_seen: AT_ONCE,
      last_seen: AT_ONCE,
      said_at: AT_ONCE,
      // It is put off from when the issue was seen, by what its retry says.
      retry_at: '(retry_at - last_seen)',
    },
  },
  {
    what: 'leases',
    table: 'woosync.lease',
    key: 'name',
    columns: {
      taken: AT_ONCE,
      // A process that lives says so for ten seconds. Chores come at least every two weeks.
      until: `case when name = holder then interval '10 seconds' else interval '15 days' end`,
    },
  },
  {
    what: 'claims of totals',
    table: 'woosync.customer_total',
    key: 'record_id',
    columns: { claimed_until: TOTALS_CLAIM },
  },
];

/** A clock that is set right by seconds is no clock that was ahead. */
const SLACK = `interval '1 minute'`;

/**
 * Brings back what is dated further in the future than it can be: it was written while the clock was ahead, and a job
 * would sleep until then, with all later changes of its record. Several processes may do it at a time: a row that
 * somebody else has locked is left to the next time.
 * @returns how many rows of what; empty for none
 */
export async function bringBackDates(database: Database): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { what, table, key, columns } of DATED) {
    const dates = Object.entries(columns);
    const isAhead = dates.map(([name, most]) => ahead(name, most)).join(' or ');
    const set = dates.map(
      ([name, most]) =>
        `${name} = case when ${ahead(name, most)} then now() + ${most} else ${name} end`,
    );
    const rows = await database.query(
      `update ${table} set ${set.join(', ')} where (${isAhead}) and ${key} in
         (select ${key} from ${table} where ${isAhead} order by ${key} for update skip locked)
       returning ${key}`,
    );
    if (rows.length > 0) counts.set(what, rows.length);
  }
  return counts;
}

function ahead(column: string, most: string): string {
  return `${column} > now() + ${most} + ${SLACK}`;
}
