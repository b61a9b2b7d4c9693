import type { CallLedger } from '../ports/state.ts';
import type { Database } from './db/types.ts';

/** The API calls of a day, beside the state. */
export class DurableCallLedger implements CallLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(day: string, calls: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> {
    return this.#database.transaction(async (queries) => {
      await queries.query('delete from woosync.api_call where day < $1::date', [day]);
      if (calls.size > 0)
        await queries.query(
          `insert into woosync.api_call (day, store, calls)
           select $1::date, store, calls from unnest($2::text[], $3::bigint[]) as made (store, calls)
           on conflict (day, store) do update set calls = api_call.calls + excluded.calls`,
          [day, [...calls.keys()], [...calls.values()].map(String)],
        );
      const rows = await queries.query(
        'select store, calls::integer as calls from woosync.api_call where day = $1::date',
        [day],
      );
      return new Map(rows.map((row) => [String(row['store']), Number(row['calls'])]));
    });
  }
}
