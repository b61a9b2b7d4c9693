import {
  hasMoreOnCreate,
  sentReferences,
  type Entry,
  type Reference,
  type ReferenceMode,
  type Upsert,
} from './entry.ts';
import { withoutValue } from './mask.ts';
import type { ItemError, Link } from './ports.ts';
import type { Failure } from './report.ts';

/** Attempts after a lock or a race before the row counts as failed. */
const MAX_ATTEMPTS = 5;

/** What to do with a row that the org refused. */
export type AfterRefusal = { readonly forget: readonly Pick<Link, 'object' | 'key'>[] } & (
  | { readonly step: 'repeat_now'; readonly entry: Upsert }
  | { readonly step: 'repeat_later'; readonly entry: Entry }
  | { readonly step: 'fail'; readonly failure: Failure }
);

/**
 * A lock or a race is tried again later, and so is what refers to a record that is itself on its way. A
 * refused reference is first forgotten and written by key (the record may have been deleted and made anew in
 * Salesforce), then left out where the row can live without it. A known record that lacks what it requires
 * was deleted in Salesforce, and is made anew. Anything else fails with all that the org said.
 * @param isComing whether a record waits to be written, for the first time or again
 */
export function afterRefusal(
  entry: Entry,
  errors: readonly ItemError[],
  isComing: (reference: Reference) => boolean,
): AfterRefusal {
  const kinds = new Set(errors.map(({ kind }) => kind));
  const only = kinds.size === 1 ? errors[0]?.kind : undefined;
  if (entry.attempt < MAX_ATTEMPTS && (only === 'retry' || waits(entry, only, isComing))) {
    return { step: 'repeat_later', entry: { ...entry, attempt: entry.attempt + 1 }, forget: [] };
  }
  if (entry.kind === 'upsert') {
    if (only === 'reference') {
      const mode = nextMode(entry, errors);
      const forget = refusedLinks(entry, errors);
      if (mode) return { step: 'repeat_now', entry: { ...entry, mode }, forget };
    }
    const gone = entry.linked && errors.every(({ code }) => code === 'REQUIRED_FIELD_MISSING');
    if (gone && hasMoreOnCreate(entry)) {
      return { step: 'repeat_now', entry: { ...entry, linked: false }, forget: [] };
    }
  }
  return { step: 'fail', failure: toFailure(entry, errors), forget: [] };
}

function waits(
  entry: Entry,
  only: ItemError['kind'] | undefined,
  isComing: (reference: Reference) => boolean,
): boolean {
  return only === 'reference' && entry.kind === 'upsert' && sentReferences(entry).some(isComing);
}

function nextMode(entry: Upsert, errors: readonly ItemError[]): ReferenceMode | null {
  if (entry.mode === 'id' && byId(entry, errors).length > 0) return 'key';
  const optional = sentReferences(entry).some(({ required }) => !required);
  return entry.mode !== 'required_only' && optional ? 'required_only' : null;
}

function refusedLinks(entry: Upsert, errors: readonly ItemError[]): Pick<Link, 'object' | 'key'>[] {
  const refused = entry.mode === 'id' ? byId(entry, errors) : [];
  const named = new Set(errors.flatMap(({ fields }) => fields));
  const those = refused.filter(({ field }) => named.has(field));
  return (those.length > 0 ? those : refused).map(({ object, key }) => ({ object, key }));
}

/** References by record id that can be meant. INVALID_FIELD is what Salesforce says of one by external id. */
function byId(entry: Upsert, errors: readonly ItemError[]): Reference[] {
  if (errors.every(({ code }) => code === 'INVALID_FIELD')) return [];
  return sentReferences(entry).filter(({ recordId }) => recordId !== null);
}

function toFailure({ key }: Entry, errors: readonly ItemError[]): Failure {
  return {
    key,
    code: errors.map(({ code }) => code).join(', '),
    message: errors.map(({ message, fields }) => sentence(message, fields)).join('; '),
  };
}

function sentence(message: string, fields: readonly string[]): string {
  const said = withoutValue(message);
  return fields.length > 0 ? `${fields.join(', ')}: ${said}` : said;
}
