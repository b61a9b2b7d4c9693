import type { Mapping } from '../../mapping/model/mapping.ts';
import type { FieldValue, Row } from '../../mapping/model/record.ts';
import type { Base } from '../../ports/two-way-state.ts';
import type { OpenPage } from './checkpoint.ts';

/** A reference of a row to another record, as far as it could be resolved. */
export interface Reference {
  readonly field: string;
  readonly relationshipName: string;
  readonly object: string;
  readonly keyField: string;
  readonly key: string;
  readonly required: boolean;
  /** Not sent when the record is updated. */
  readonly onCreate?: boolean | undefined;
  /** As onCreate, and in an update where the field is empty in Salesforce. */
  readonly whenEmpty?: boolean | undefined;
  /** Null while the other record is on its way to the org too. */
  readonly recordId: string | null;
  /** The other record carries another key, so that it can be named by its id alone. */
  readonly byId: boolean;
}

/** The record of the org that a row goes to. */
export interface Target {
  readonly recordId: string;
  /** It carries another key, which stays. */
  readonly byId: boolean;
}

/**
 * How references are written: by record id where known, all by external id that can be (a record id was
 * refused), or without the optional ones (the record referred to cannot be had).
 */
export type ReferenceMode = 'id' | 'key' | 'required_only';

/** What a new customer ordered, which goes along when its record is made. */
export interface NewTotals {
  readonly digest: string;
}

/** A field that the shop's value is written over, after Salesforce was asked what it holds. */
export interface Guard {
  /** As the sync base names it. */
  readonly name: string;
  readonly field: string;
  /** What it held when that was decided. */
  readonly held: FieldValue;
  /** When the record was changed last by then, as the org says it. */
  readonly modified: string;
  /** What is written. */
  readonly written: FieldValue;
  /** What the org answers, in the same form. */
  form(value: unknown): FieldValue;
}

/** A row on its way to the org. */
export interface PendingUpsert {
  readonly kind: 'upsert';
  /** It says no more than that the Woo record is gone; or it also takes that back. */
  readonly marks?: 'deleted' | 'restored' | undefined;
  readonly mapping: Mapping;
  readonly object: string;
  readonly key: string;
  /** The row but for its fields: those are kept as text alone. */
  readonly row: Omit<Row, 'fields'>;
  /** The fields that are written, as JSON. */
  readonly text: string;
  /** Those of a record that must be made anew, where that is more: what both sides agree on is not written. */
  readonly whole?: string | undefined;
  /** What both sides hold once it is written; absent where nothing goes both ways. */
  readonly agrees?: Base | undefined;
  /** What it must not write over unseen; absent for nothing. */
  readonly guards?: readonly Guard[] | undefined;
  readonly references: readonly Reference[];
  /** Null for a row that only flags its record as deleted. */
  readonly hash: string | null;
  /** That of the same row when the mappings ran whose lookups it leaves out; absent where it leaves none out. */
  readonly hashWithLeftOut?: string | undefined;
  readonly parentKey: string | null;
  /** The record where it is known, which is then updated by its id; null for an upsert by key. */
  readonly target: Target | null;
  /** Fields written when empty, of those that are empty in the target. */
  readonly emptyFields: ReadonlySet<string>;
  /** Totals of a customer that is made, as JSON; no part of the hash, since they are not the shop's. */
  readonly beside?: (NewTotals & { readonly text: string }) | undefined;
  /** The target was not ours before: it was found by its match fields. */
  readonly adopted: boolean;
  /** Key of the guest whose record it was, and who has registered since, or of a customer that the shop has deleted. */
  readonly formerKey: string | null;
  /** Of the reading that it was built from. */
  readonly readNumber: number;
  /** The store's time of it. */
  readonly readAt: Date;
  readonly page: OpenPage;
  readonly mode: ReferenceMode;
  readonly attempt: number;
}

/** A record of ours that must leave the org. */
export interface PendingDelete {
  readonly kind: 'delete';
  readonly mapping: Mapping;
  readonly object: string;
  readonly key: string;
  readonly parentKey: string | null;
  readonly recordId: string;
  readonly page: OpenPage;
  readonly attempt: number;
}

export type PendingWrite = PendingUpsert | PendingDelete;

/** By which kind of collection an entry is written. */
export function routeOf(entry: PendingWrite): 'upsert' | 'update' | 'delete' {
  if (entry.kind === 'delete') return 'delete';
  return entry.target === null ? 'upsert' : 'update';
}

/** The references that are sent: of a record that is known to be there, not those for its creation. */
export function sentReferences({
  references,
  target,
  emptyFields,
}: PendingUpsert): readonly Reference[] {
  if (target === null) return references;
  return references.filter(
    ({ field, onCreate, whenEmpty }) =>
      onCreate !== true || (whenEmpty === true && emptyFields.has(field)),
  );
}

/** Fields that an update of the row would fill where they are empty. */
export function fieldsToFill({
  row,
  references,
}: Pick<PendingUpsert, 'row' | 'references'>): string[] {
  const filled = Object.entries(row.whenEmpty).filter(([, value]) => value !== null);
  const referring = references.filter(({ whenEmpty }) => whenEmpty);
  return [...filled.map(([field]) => field), ...referring.map(({ field }) => field)];
}

/** The record as the API takes it, as JSON, with what it is found by. */
export function toRecord(entry: PendingUpsert): string {
  const { mapping, key, target, text } = entry;
  const ownKey = member(mapping.keyField, key);
  let record = target === null ? ownKey : member('id', target.recordId);
  if (target?.byId === false) record += `,${ownKey}`;
  if (text !== '{}') record += `,${text.slice(1, -1)}`;
  if (target === null && entry.beside) record += `,${entry.beside.text.slice(1, -1)}`;
  return `{${record}${sometimes(entry)}}`;
}

/** Whether an update would change nothing: the target keeps its key, and all that the row says is for a create. */
export function saysNothing(entry: PendingUpsert): boolean {
  const { target, text } = entry;
  return target?.byId === true && text === '{}' && sometimes(entry) === '';
}

/** What is not the same in every write of the row, a comma before each: references, and what only some writes send. */
function sometimes(entry: PendingUpsert): string {
  const { row, target, emptyFields, mode } = entry;
  let members = '';
  if (target === null) {
    for (const [field, value] of Object.entries(row.onCreate))
      members += `,${member(field, value)}`;
  }
  for (const [field, value] of Object.entries(row.whenEmpty)) {
    if (target === null || emptyFields.has(field)) members += `,${member(field, value)}`;
  }
  for (const { field, key, onCreate } of row.lookups) {
    if (key === null && (target === null || onCreate !== true))
      members += `,${member(field, null)}`;
  }
  for (const reference of sentReferences(entry)) {
    const named = referring(mode, reference);
    if (named !== null) members += `,${named}`;
  }
  return members;
}

function referring(mode: ReferenceMode, reference: Reference): string | null {
  const { field, relationshipName, keyField, key, recordId, byId, required } = reference;
  if ((mode === 'id' || byId) && recordId !== null) return member(field, recordId);
  if (mode === 'required_only' && !required) return null;
  return `"${relationshipName}":{${member(keyField, key)}}`;
}

/** Names are those of Salesforce fields, which need no escapes. */
function member(name: string, value: string | number | boolean | null): string {
  return `"${name}":${JSON.stringify(value)}`;
}

type Guarded = PendingUpsert & {
  readonly guards: readonly Guard[];
  readonly target: Target;
};

/** Whether it is asked right before the write what the record holds. */
export function isGuarded(entry: PendingWrite): entry is Guarded {
  return entry.kind === 'upsert' && entry.target !== null && (entry.guards ?? []).length > 0;
}

/** Whether a field is written that holds ids of image files. Quotes inside values are escaped, so a name in quotes is a member. */
export function writesImages(entry: PendingWrite): boolean {
  return (
    entry.kind === 'upsert' &&
    entry.mapping.outgoing.some(
      ({ kind, field }) => kind !== 'value' && entry.text.includes(`"${field}":`),
    )
  );
}

/** Characters that the record takes in a request, near enough to keep requests below the size limit. */
export function sizeOf(entry: PendingWrite): number {
  return entry.kind === 'delete' ? entry.recordId.length : entry.text.length + 300;
}
