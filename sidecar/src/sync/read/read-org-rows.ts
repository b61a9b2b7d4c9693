import { inQueries } from '../../lib/soql.ts';
import type { Org, OrgRow } from '../../ports/org.ts';

interface Wanted {
  readonly fields: Set<string>;
  readonly ids: Set<string>;
}

/** Records of the org that are to be read by their ids: one query per object and some 500 of them. */
export class OrgRecords {
  readonly #wanted = new Map<string, Wanted>();

  want(object: string, recordId: string, fields: readonly string[]): void {
    const known = this.#wanted.get(object) ?? { fields: new Set(['Id']), ids: new Set() };
    this.#wanted.set(object, known);
    for (const field of fields) known.fields.add(field);
    known.ids.add(recordId);
  }

  /** @returns the records that are there, by id; no call where none is wanted */
  async read(org: Pick<Org, 'queries'>): Promise<ReadonlyMap<string, OrgRow>> {
    if (this.#wanted.size === 0) return new Map();
    const queries = [...this.#wanted].flatMap(([object, { fields, ids }]) =>
      inQueries(object, [...fields], new Map([['Id', ids]])),
    );
    return new Map((await org.queries(queries)).flat().map((row) => [String(row['Id']), row]));
  }
}
