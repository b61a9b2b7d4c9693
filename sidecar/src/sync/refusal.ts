import type { Entry, ReferenceMode, Upsert } from './entry.ts';
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
 * A lock or a race is tried again later. A refused reference is first forgotten and written by key (the
 * record may have been deleted and made anew in Salesforce), then left out where the row can live without
 * it. Anything else fails with all that the org said.
 */
export function afterRefusal(entry: Entry, errors: readonly ItemError[]): AfterRefusal {
  const kinds = new Set(errors.map(({ kind }) => kind));
  if (kinds.size === 1 && kinds.has('retry') && entry.attempt < MAX_ATTEMPTS) {
    return {
      step: 'repeat_later',
      entry: { ...entry, attempt: entry.attempt + 1 },
      forget: [],
    };
  }
  if (kinds.size === 1 && kinds.has('reference') && entry.kind === 'upsert') {
    const mode = nextMode(entry);
    if (mode) return { step: 'repeat_now', entry: { ...entry, mode }, forget: refusedLinks(entry) };
  }
  return { step: 'fail', failure: toFailure(entry, errors), forget: [] };
}

function nextMode({ mode, references }: Upsert): ReferenceMode | null {
  if (mode === 'id' && references.some(({ recordId }) => recordId !== null)) return 'key';
  if (mode !== 'required_only' && references.some(({ required }) => !required)) {
    return 'required_only';
  }
  return null;
}

function refusedLinks({ mode, references }: Upsert): Pick<Link, 'object' | 'key'>[] {
  if (mode !== 'id') return [];
  return references
    .filter(({ recordId }) => recordId !== null)
    .map(({ object, key }) => ({ object, key }));
}

function toFailure({ key }: Entry, errors: readonly ItemError[]): Failure {
  return {
    key,
    code: errors.map(({ code }) => code).join(', '),
    message: errors.map(({ message, fields }) => sentence(message, fields)).join('; '),
  };
}

function sentence(message: string, fields: readonly string[]): string {
  return fields.length > 0 ? `${fields.join(', ')}: ${message}` : message;
}
