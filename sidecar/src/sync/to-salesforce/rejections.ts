import { withoutValue } from '../../lib/redact.ts';
import type { Link } from '../../ports/link.ts';
import type { ErrorKind, RecordState, ItemError } from '../../ports/org.ts';
import {
  type PendingWrite,
  type Reference,
  type ReferenceMode,
  sentReferences,
  type PendingUpsert,
} from '../model/pending-write.ts';
import type { Failure, FailureDetails } from '../report/run-report.ts';
import { wholeKeyOf } from '../model/whole-key.ts';
import { afterSearch, type Relinked } from './gone-records.ts';

/** Attempts after a lock or a race before the row counts as failed. */
const MAX_ATTEMPTS = 5;

/** What to do with a row that the org refused. */
export type NextStep = {
  readonly forget: readonly Pick<Link, 'object' | 'key'>[];
  readonly relink: readonly Relinked[];
} & (
  | { readonly step: 'repeat_now'; readonly entry: PendingUpsert }
  | { readonly step: 'repeat_later'; readonly entry: PendingWrite }
  | { readonly step: 'fail'; readonly failure: Failure & FailureDetails }
);

/** What is known beside the org's answer. */
export interface Circumstances {
  /** Whether a record waits to be written, for the first time or again. */
  readonly isComing: (reference: Reference) => boolean;
  /** What became of records that the org did not find, by record id. */
  readonly fates: ReadonlyMap<string, RecordState>;
}

const NOTHING = { forget: [], relink: [] } as const;

/**
 * A lock or a race is tried again later, and so is what refers to a record that is itself on its way. Where
 * the record or one that it refers to was merged in Salesforce, its survivor takes its place; where it was
 * deleted, it is forgotten, and made anew or written by key. A refused reference that is there all the same is
 * written by key, then left out where the row can live without it. Anything else fails with all that the org
 * said.
 */
export function nextStepAfterError(
  entry: PendingWrite,
  errors: readonly ItemError[],
  { isComing, fates }: Circumstances,
): NextStep {
  if (entry.kind === 'upsert' && keyIsTaken(entry, errors)) return forgotten(entry);
  const kinds = new Set(errors.map(({ kind }) => kind));
  const only = kinds.size === 1 ? errors[0]?.kind : undefined;
  if (entry.attempt < MAX_ATTEMPTS && (only === 'retry' || waits(entry, only, isComing))) {
    return { step: 'repeat_later', entry: { ...entry, attempt: entry.attempt + 1 }, ...NOTHING };
  }
  if (entry.kind === 'upsert' && only === 'reference') {
    const found = afterSearch(entry, fates);
    if (found) return { step: 'repeat_now', ...found };
    const mode = nextMode(entry, errors);
    const forget = refusedLinks(entry, errors);
    if (mode) return { step: 'repeat_now', entry: { ...entry, mode }, forget, relink: [] };
  }
  return { step: 'fail', failure: toFailure(entry, errors), ...NOTHING };
}

function waits(
  entry: PendingWrite,
  only: ItemError['kind'] | undefined,
  isComing: (reference: Reference) => boolean,
): boolean {
  return only === 'reference' && entry.kind === 'upsert' && sentReferences(entry).some(isComing);
}

/** Whether another record than the one that we know carries the row's key. */
function keyIsTaken({ target, mapping }: PendingUpsert, errors: readonly ItemError[]): boolean {
  return (
    target?.byId === false &&
    errors.some(
      ({ code, message, fields }) =>
        code === 'DUPLICATE_VALUE' &&
        (fields.includes(mapping.keyField) || message.includes(mapping.keyField)),
    )
  );
}

function forgotten({ object, key, mapping }: PendingUpsert): NextStep {
  const failure = {
    key,
    code: 'KEY_TAKEN',
    message: `Another ${object} carries this ${mapping.keyField} than the one that was synced so far; the next run writes to the one that carries it.`,
  };
  return { step: 'fail', failure, forget: [{ object, key }], relink: [] };
}

function nextMode(entry: PendingUpsert, errors: readonly ItemError[]): ReferenceMode | null {
  const named = byRecordId(entry, errors).some(({ byId }) => !byId);
  if (entry.mode === 'id' && named) return 'key';
  const optional = sentReferences(entry).some(({ required }) => !required);
  return entry.mode !== 'required_only' && optional ? 'required_only' : null;
}

function refusedLinks(
  entry: PendingUpsert,
  errors: readonly ItemError[],
): Pick<Link, 'object' | 'key'>[] {
  const refused = entry.mode === 'id' ? byRecordId(entry, errors) : [];
  const named = new Set(errors.flatMap(({ fields }) => fields));
  const those = refused.filter(({ field }) => named.has(field));
  return (those.length > 0 ? those : refused).map(({ object, key }) => ({ object, key }));
}

/** References by record id that can be meant. INVALID_FIELD is what Salesforce says of one by external id. */
function byRecordId(entry: PendingUpsert, errors: readonly ItemError[]): Reference[] {
  if (errors.every(({ code }) => code === 'INVALID_FIELD')) return [];
  return sentReferences(entry).filter(({ recordId }) => recordId !== null);
}

function toFailure(entry: PendingWrite, errors: readonly ItemError[]): Failure & FailureDetails {
  const waits = errors.every(isOfParent);
  return {
    key: entry.key,
    code: waits ? 'PARENT_MISSING' : errors.map(({ code }) => code).join(', '),
    ...(waits &&
      entry.kind === 'upsert' && { wholeKey: wholeKeyOf(entry.mapping, entry.references) }),
    message: errors.map((error) => `${sentence(error)}${CHANGES[error.code] ?? ''}`).join('; '),
    field: errors.flatMap(({ fields }) => fields)[0] ?? null,
    errorKind: WORST_FIRST.find((kind) => errors.some((error) => error.kind === kind)) ?? 'retry',
  };
}

/** By its code it is a field that is not there; what is not there is the record that a reference names by its key. */
function isOfParent({ code, kind }: ItemError): boolean {
  return code === 'INVALID_FIELD' && kind === 'reference';
}

/** What one of several errors says of the whole row: that it will not pass by itself, before that it may. */
const WORST_FIRST: readonly ErrorKind[] = ['permanent', 'setup', 'reference', 'retry'];

/** What to do, where the org's own words do not tell. */
const CHANGES: Readonly<Record<string, string>> = {
  DUPLICATES_DETECTED:
    ' A duplicate rule of the org blocks it. Let the mapping match by the fields that the rule compares, so that the record that is there is adopted; or merge what is double; or let the rule only report.',
};

function sentence({ message, fields }: ItemError): string {
  const said = withoutValue(message);
  return fields.length > 0 ? `${fields.join(', ')}: ${said}` : said;
}
