import type { Mapping, MatchField } from '../../mapping/model/mapping.ts';
import { inQueries } from '../../lib/soql.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { MatchCandidate } from './match-rules.ts';

/** A field that is looked into. */
interface FieldPlace {
  readonly object: string;
  readonly field: string;
  readonly caseSensitive: boolean;
}

/** Where records are looked for: which field must hold a value, and which hold the record's id and key. */
export interface MatchSource extends FieldPlace {
  /** `Id`, or the lookup that leads to the record. */
  readonly idField: string;
  /** The key field, or its path behind that lookup. */
  readonly keyPath: string;
  /** The same of when the record was changed last. */
  readonly modifiedPath: string;
}

/** Where a record that is found by a field of its own tells of itself. */
const OWN = { caseSensitive: true, idField: 'Id', modifiedPath: 'LastModifiedDate' } as const;

export function keySource({ object, keyField }: Mapping): MatchSource {
  return { ...OWN, object, field: keyField, keyPath: keyField };
}

/** By the record's own id, which a record of the shop may carry. */
export function idSource({ object, keyField }: Mapping): MatchSource {
  return { ...OWN, object, field: 'Id', keyPath: keyField };
}

export function matchSource({ keyField }: Mapping, match: MatchField): MatchSource {
  const { object, field, caseSensitive, through } = match;
  return {
    object,
    field,
    caseSensitive,
    idField: through?.field ?? 'Id',
    keyPath: through ? `${through.relationshipName}.${keyField}` : keyField,
    modifiedPath: through ? `${through.relationshipName}.${OWN.modifiedPath}` : OWN.modifiedPath,
  };
}

/** Everything that is asked of one object, so that one query answers several mappings. */
interface Subject {
  readonly columns: Set<string>;
  readonly values: Map<string, Set<string>>;
}

/** What the org is to be asked before the first write, put together in as few queries as there can be. */
export class MatchQueries {
  readonly #subjects = new Map<string, Subject>();

  ask(source: MatchSource, value: string): void {
    this.askFor(source, [source.idField, source.keyPath, source.modifiedPath], value);
  }

  /** @param columns what is wanted of the rows that hold the value */
  askFor({ object, field }: FieldPlace, columns: readonly string[], value: string): void {
    let subject = this.#subjects.get(object);
    if (!subject) {
      subject = { columns: new Set(['Id']), values: new Map() };
      this.#subjects.set(object, subject);
    }
    for (const column of [field, ...columns]) subject.columns.add(column);
    const values = subject.values.get(field);
    if (values) values.add(value);
    else subject.values.set(field, new Set([value]));
  }

  /** @param queries one answer per query, in order */
  async put(
    queries: (soql: readonly string[]) => Promise<readonly (readonly OrgRow[])[]>,
  ): Promise<MatchResults> {
    const asked = [...this.#subjects].flatMap(([object, { columns, values }]) =>
      inQueries(object, [...columns], values).map((soql) => ({ object, soql })),
    );
    const answers = await queries(asked.map(({ soql }) => soql));
    return new MatchResults(asked.map(({ object }, at) => ({ object, rows: answers[at] ?? [] })));
  }
}

/** Rows of one query. */
interface Part {
  readonly object: string;
  readonly rows: readonly OrgRow[];
}

/** The org's rows, found by any field that was asked for. */
export class MatchResults {
  readonly #rows = new Map<string, OrgRow[]>();
  readonly #indexes = new Map<string, ReadonlyMap<string, readonly OrgRow[]>>();
  readonly #parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
    for (const { object, rows } of parts) {
      const known = this.#rows.get(object);
      if (known) for (const row of rows) known.push(row);
      else this.#rows.set(object, [...rows]);
    }
  }

  /** These rows and those of other answers. */
  and(other: MatchResults): MatchResults {
    return new MatchResults([...this.#parts, ...other.#parts]);
  }

  rowsOf(place: FieldPlace, value: string): readonly OrgRow[] {
    return this.#index(place).get(comparable(place, value)) ?? [];
  }

  /** The records that hold the value, each once. */
  hits(source: MatchSource, value: string): readonly MatchCandidate[] {
    const found = new Map<string, MatchCandidate>();
    for (const row of this.rowsOf(source, value)) {
      const recordId = at(row, source.idField);
      if (recordId === null) continue;
      const [key, modified] = [at(row, source.keyPath), at(row, source.modifiedPath)];
      found.set(recordId, { recordId, key, modified });
    }
    return [...found.values()];
  }

  #index(source: FieldPlace): ReadonlyMap<string, readonly OrgRow[]> {
    const name = `${source.object}.${source.field}`;
    const known = this.#indexes.get(name);
    if (known) return known;
    const index = new Map<string, OrgRow[]>();
    for (const row of this.#rows.get(source.object) ?? []) {
      const value = comparable(source, at(row, source.field) ?? '');
      const same = index.get(value);
      if (same) same.push(row);
      else index.set(value, [row]);
    }
    this.#indexes.set(name, index);
    return index;
  }
}

/** As the org compares: without case, unless the field minds it. */
function comparable({ caseSensitive }: FieldPlace, value: string): string {
  return caseSensitive ? value : value.toLowerCase();
}

/** A text of a row, also behind a relationship; null for none. */
function at(row: OrgRow, path: string): string | null {
  let value: unknown = row;
  for (const part of path.split('.')) {
    value = typeof value === 'object' && value !== null ? (value as OrgRow)[part] : null;
  }
  return typeof value === 'string' && value !== '' ? value : null;
}
