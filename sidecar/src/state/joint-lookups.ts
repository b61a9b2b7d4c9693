import { texts } from './db/texts.ts';
import type { Queries } from './db/types.ts';

type Row = Readonly<Record<string, unknown>>;

/** What is looked up: rows of one object whose column has one of some values. */
export interface Source<T> {
  readonly table: string;
  /** The column that is asked by; there is an index on object and column. */
  readonly column: string;
  readonly columns: readonly string[];
  readonly read: (row: Row) => T;
}

interface Asked<T> {
  readonly object: string;
  readonly values: readonly string[];
  readonly resolve: (found: readonly T[]) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Look-ups that are asked for in the same turn of the event loop are one statement: a page of records names those of
 * several objects, and a statement costs more than the rows that it brings. It is sent after all of them were asked
 * for, so that none sees less than it would have seen alone.
 */
export class JointLookups<T> {
  readonly #queries: Queries;
  readonly #source: Source<T>;
  #asked: Asked<T>[] = [];

  constructor(queries: Queries, source: Source<T>) {
    this.#queries = queries;
    this.#source = source;
  }

  find(object: string, values: readonly string[]): Promise<readonly T[]> {
    if (values.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.#asked.push({ object, values, resolve, reject });
      if (this.#asked.length === 1) process.nextTick(() => void this.#ask());
    });
  }

  async #ask(): Promise<void> {
    const asked = this.#asked;
    this.#asked = [];
    try {
      await this.#answer(asked);
    } catch (error) {
      // What one of them asks for may be why: the others do not fail with it.
      if (asked.length === 1) asked[0]?.reject(error);
      else for (const one of asked) await this.#answer([one]).catch(one.reject);
    }
  }

  async #answer(asked: readonly Asked<T>[]): Promise<void> {
    const byObject = Map.groupBy(asked, ({ object }) => object);
    const { table, column, columns, read } = this.#source;
    const wanted = ['object', ...new Set([column, ...columns])].join(', ');
    const parts = [...byObject.keys()].map(
      (_, at) =>
        `select ${wanted} from ${table} where object = $${2 * at + 1}
           and ${column} = any(${texts(`$${2 * at + 2}`)})`,
    );
    const values = [...byObject].flatMap(([object, some]) => [
      object,
      JSON.stringify(some.length === 1 ? some[0]?.values : distinct(some)),
    ]);
    const rows = await this.#queries.query(parts.join(' union all '), values);
    const found = Map.groupBy(rows, (row) => String(row['object']));
    for (const one of asked) {
      const isAlone = byObject.get(one.object)?.length === 1;
      const ofObject = found.get(one.object) ?? [];
      const own = new Set(isAlone ? [] : one.values);
      const theirs = isAlone ? ofObject : ofObject.filter((row) => own.has(String(row[column])));
      one.resolve(theirs.map(read));
    }
  }
}

function distinct(asked: readonly { readonly values: readonly string[] }[]): readonly string[] {
  return [...new Set(asked.flatMap(({ values }) => values))];
}
