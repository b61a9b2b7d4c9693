import type { Mapping, Row } from '../mapping/types.ts';
import type { OpenPage } from './checkpoint.ts';

/** A reference of a row to another record, as far as it could be resolved. */
export interface Reference {
  readonly field: string;
  readonly relationshipName: string;
  readonly object: string;
  readonly keyField: string;
  readonly key: string;
  readonly required: boolean;
  /** Only sent when the record is created. */
  readonly onCreate?: boolean;
  /** Null while the other record is on its way to the org too. */
  readonly recordId: string | null;
}

/**
 * How references are written: by record id where known, all by external id (a record id was refused),
 * or without the optional ones (the record referred to cannot be had).
 */
export type ReferenceMode = 'id' | 'key' | 'required_only';

/** A row on its way to the org. */
export interface Upsert {
  readonly kind: 'upsert';
  readonly mapping: Mapping;
  readonly object: string;
  readonly key: string;
  readonly row: Row;
  /** The row's fields as JSON. */
  readonly text: string;
  readonly references: readonly Reference[];
  readonly hash: string;
  readonly parentKey: string | null;
  /** The record is known to be in the org. */
  readonly linked: boolean;
  /** Store time of the read that it was built from. */
  readonly readAt: Date;
  readonly page: OpenPage;
  readonly mode: ReferenceMode;
  readonly attempt: number;
}

/** A record of ours that must leave the org. */
export interface Removal {
  readonly kind: 'delete';
  readonly mapping: Mapping;
  readonly object: string;
  readonly key: string;
  readonly recordId: string;
  readonly page: OpenPage;
  readonly attempt: number;
}

export type Entry = Upsert | Removal;

/** One text for one record of the org, as a key of maps and sets. */
export function identity(object: string, key: string): string {
  return `${object}\n${key}`;
}

/** The references that are sent: of a record that is known to be there, not those for its creation. */
export function sentReferences({ references, linked }: Upsert): readonly Reference[] {
  return linked ? references.filter(({ onCreate }) => onCreate !== true) : references;
}

/** Whether the creation of the record sends more than its update. */
export function hasMoreOnCreate({ row, references }: Upsert): boolean {
  return (
    Object.keys(row.onCreate).length + Object.keys(row.whenEmpty).length > 0 ||
    references.some(({ onCreate }) => onCreate)
  );
}

/** The record as the API takes it, as JSON; its key field included. */
export function toRecord(entry: Upsert): string {
  const { mapping, row, key, linked, mode, text } = entry;
  const rest: Record<string, unknown> = linked ? {} : { ...row.onCreate, ...row.whenEmpty };
  for (const lookup of row.lookups) {
    if (lookup.key === null && !(linked && lookup.onCreate)) rest[lookup.field] = null;
  }
  for (const reference of sentReferences(entry)) {
    if (mode === 'id' && reference.recordId !== null) {
      rest[reference.field] = reference.recordId;
    } else if (mode !== 'required_only' || reference.required) {
      rest[reference.relationshipName] = { [reference.keyField]: reference.key };
    }
  }
  const parts = [JSON.stringify({ [mapping.keyField]: key }), text, JSON.stringify(rest)];
  return `{${parts.flatMap((part) => (part === '{}' ? [] : part.slice(1, -1))).join(',')}}`;
}

/** Characters that the record takes in a request, near enough to keep requests below the size limit. */
export function sizeOf(entry: Entry): number {
  return entry.kind === 'delete' ? entry.recordId.length : entry.text.length + 300;
}
