import type { ChangeResource } from '../ports/change.ts';
import type { WaitingLookup, WaitingLookups } from '../ports/state.ts';
import type { Database } from './db/types.ts';

/** The rows of `$1`, a JSON list of `WaitingLookup`. */
const GIVEN = `(select one ->> 'object' as object, one ->> 'key' as key,
  one #>> '{change,resource}' as resource, one #>> '{change,key}' as change
  from json_array_elements($1::json) as one)`;

export class DurableWaitingLookups implements WaitingLookups {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async save(waiting: readonly WaitingLookup[]): Promise<void> {
    if (waiting.length === 0) return;
    await this.#database.query(
      `insert into woosync.waiting_lookup (object, key, resource, change)
       select distinct object, key, resource, change from ${GIVEN} as given order by 1, 2, 3, 4
       on conflict do nothing`,
      [JSON.stringify(waiting)],
    );
  }

  async due(store: string, most: number): Promise<readonly WaitingLookup[]> {
    const rows = await this.#database.query(
      `select object, key, resource, change from woosync.waiting_lookup as waiting
       where starts_with(change, $1 || ':') and exists (
         select from woosync.link where link.object = waiting.object and link.key = waiting.key
       )
       order by object, key, resource, change limit $2::integer`,
      [store, String(most)],
    );
    return rows.map(waitingOf);
  }

  async forget(waiting: readonly WaitingLookup[]): Promise<void> {
    if (waiting.length === 0) return;
    await this.#database.query(
      `delete from woosync.waiting_lookup as waiting using ${GIVEN} as given
       where (waiting.object, waiting.key, waiting.resource, waiting.change)
         = (given.object, given.key, given.resource, given.change)`,
      [JSON.stringify(waiting)],
    );
  }
}

function waitingOf(row: Readonly<Record<string, unknown>>): WaitingLookup {
  const change = { resource: row['resource'] as ChangeResource, key: String(row['change']) };
  return { object: String(row['object']), key: String(row['key']), change };
}
