import { z } from 'zod';
import type { Collection, ItemError, ItemResult, Looks } from '../ports/org.ts';
import { classify } from './error-classes.ts';
import { soqlText } from '../lib/soql.ts';
import {
  errorsIn,
  mostSubrequests,
  type Subanswer,
  type Subrequest,
  wholeError,
} from './rest/composite.ts';
import { queryPath, rowsOfPage } from './rest/query.ts';
import { unexpected } from './rest/transport.ts';

export function sizeOf(collection: Collection): number {
  return collection.kind === 'delete' ? collection.ids.length : collection.records.length;
}

/** Parts of a composite call that it takes. */
export function partsOf(collection: Collection): number {
  return looksIn(collection) === null ? 1 : 2;
}

function looksIn(collection: Collection): Looks | null {
  return (collection.kind === 'update' ? collection.looks : null) ?? null;
}

/**
 * Those that are looked at and whose records go as requests of their own, as far as one call has room for these: only
 * such a request can be refused where its record was changed meanwhile.
 */
export function goSingly(collections: readonly Collection[]): ReadonlySet<Collection> {
  const singly = new Set<Collection>();
  let room = mostSubrequests - collections.reduce((sum, one) => sum + partsOf(one), 0);
  for (const one of collections) {
    const more = sizeOf(one) - 1;
    if (looksIn(one) === null || more > room) continue;
    room -= more;
    singly.add(one);
  }
  return singly;
}

/** Gets past duplicate rules that only warn; those that block still do. */
const duplicateRules = 'allowSave=true; includeRecordDetails=false; runAsCurrentUser=true';

/** Objects whose active assignment rules would hand our records to somebody. */
const assigned = new Set(['Account', 'Case', 'Lead']);

/** What the records hold is asked right before they are written. */
export function toSubrequests(collection: Collection, isSingly: boolean): readonly Subrequest[] {
  const looks = looksIn(collection);
  if (looks === null) return [toWrite(collection)];
  const ids = [...looks.unmodifiedSince.keys()].map(soqlText).join(',');
  const soql = `SELECT ${['Id', ...looks.fields].join(', ')} FROM ${collection.object} WHERE Id IN (${ids})`;
  const look: Subrequest = { method: 'GET', path: queryPath(soql) };
  return [look, ...(isSingly ? toSingles(collection, looks) : [toWrite(collection)])];
}

function headersOf(object: string): Readonly<Record<string, string>> {
  return {
    'Sforce-Duplicate-Rule-Header': duplicateRules,
    ...(assigned.has(object) ? { 'Sforce-Auto-Assign': 'FALSE' } : {}),
  };
}

function toWrite(collection: Collection): Subrequest {
  const { object } = collection;
  if (collection.kind === 'delete')
    return {
      method: 'DELETE',
      path: `/composite/sobjects?ids=${collection.ids.join(',')}&allOrNone=false`,
    };
  return {
    method: 'PATCH',
    path:
      collection.kind === 'upsert'
        ? `/composite/sobjects/${object}/${collection.keyField}`
        : '/composite/sobjects',
    headers: headersOf(object),
    json: `{"allOrNone":false,"records":[${recordsJson(object, collection.records)}]}`,
  };
}

function toSingles(collection: Collection, { unmodifiedSince }: Looks): readonly Subrequest[] {
  const { object } = collection;
  return recordsIn(collection).map(({ id, ...fields }) => {
    const since = unmodifiedSince.get(id);
    return {
      method: 'PATCH',
      path: `/sobjects/${object}/${id}`,
      headers: {
        ...headersOf(object),
        ...(since !== undefined && { 'If-Unmodified-Since': new Date(since).toUTCString() }),
      },
      json: JSON.stringify(fields),
    };
  });
}

function recordsIn(collection: Collection): readonly { readonly id: string }[] {
  if (collection.kind !== 'update') return [];
  return collection.records.map((text) => JSON.parse(text) as { id: string });
}

function recordsJson(object: string, records: readonly string[]): string {
  const attributes = `{"attributes":${JSON.stringify({ type: object })}`;
  let text = '';
  // A record holds its key or id at least, so something follows the comma.
  for (const record of records) text += `${text === '' ? '' : ','}${attributes},${record.slice(1)}`;
  return text;
}

interface RawError {
  readonly statusCode: string;
  readonly message?: string | null;
  readonly fields?: readonly string[] | null;
}

interface RawResult {
  readonly id?: string | null;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors?: readonly RawError[];
}

const errorsSchema = z.array(
  z.object({
    statusCode: z.string(),
    message: z.string().nullish(),
    fields: z.array(z.string()).nullish(),
  }),
);

/** Checked by hand: there is one for every record that is written, and hardly any has errors. */
function isResult(value: unknown): value is RawResult {
  if (typeof value !== 'object' || value === null) return false;
  const { id, success, created, errors } = value as Readonly<Record<string, unknown>>;
  return (
    (id === undefined || id === null || typeof id === 'string') &&
    typeof success === 'boolean' &&
    (created === undefined || typeof created === 'boolean') &&
    (errors === undefined || isEmptyList(errors) || errorsSchema.safeParse(errors).success)
  );
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/**
 * One result per record, in the order sent, also when the subrequest failed as a whole.
 * @param answers those of `toSubrequests`
 */
export function toItemResults(
  collection: Collection,
  answers: readonly Subanswer[],
  isSingly: boolean,
): readonly ItemResult[] {
  const [look] = answers;
  const writes = answers.slice(looksIn(collection) === null ? 0 : 1);
  const [write] = writes;
  if (look === undefined || write === undefined)
    throw unexpected('Salesforce', 'no answer to what was sent');
  const results = isSingly
    ? ofSingles(collection, writes, wholeError(look) === null)
    : ofWrite(collection, write);
  if (writes.length === answers.length) return results;
  const before = new Map(rowsOfPage(look.body).map((row) => [String(row['Id']), row]));
  return results.map((result) => {
    const held = result.id === null ? undefined : before.get(result.id);
    return held === undefined ? result : { ...result, before: held };
  });
}

/** @param isThere whether the object could be read: else what is not found is the object, and no record */
function ofSingles(
  collection: Collection,
  answers: readonly Subanswer[],
  isThere: boolean,
): readonly ItemResult[] {
  const toError = ({ code, message, fields }: ReturnType<typeof errorsIn>[number]): ItemError => {
    const error = toItemError(code, message, fields);
    return error.kind === 'reference' && !isThere ? { ...error, kind: 'setup' } : error;
  };
  return recordsIn(collection).map(({ id }, at) => {
    const answer = answers[at];
    if (answer === undefined) throw unexpected('Salesforce', 'no answer to a record that was sent');
    const errors = answer.status === 412 ? [CHANGED] : errorsIn(answer).map(toError);
    return { id: errors.length === 0 ? id : null, created: false, errors };
  });
}

const CHANGED: ItemError = {
  code: 'PRECONDITION_FAILED',
  kind: 'changed',
  message: 'The record was changed meanwhile.',
  fields: [],
};

function ofWrite(collection: Collection, answer: Subanswer): readonly ItemResult[] {
  const size = sizeOf(collection);
  const whole = wholeError(answer);
  if (whole !== null) {
    const error = toItemError(whole.code, whole.message, []);
    // What is not found for a whole part is the object or its key field, not what one record refers to.
    const kind = error.kind === 'reference' ? 'setup' : error.kind;
    const refused = { id: null, created: false, errors: [{ ...error, kind }] };
    return Array.from({ length: size }, () => refused);
  }
  const results: unknown = answer.body;
  if (!Array.isArray(results) || results.length !== size || !results.every(isResult))
    throw unexpected('Salesforce', `results that do not match the ${size} records sent`);
  return results.map((result, index) => {
    const errors = (result.errors ?? []).map(({ statusCode, message, fields }) =>
      toItemError(statusCode, message ?? '', fields ?? []),
    );
    if (collection.kind === 'delete')
      return {
        id: collection.ids[index] ?? null,
        created: false,
        errors: errors.filter(isInTheWay),
      };
    if (!result.success && errors.length === 0)
      errors.push(toItemError('UNKNOWN_EXCEPTION', 'Salesforce refused it without a reason.', []));
    return { id: result.id ?? null, created: result.created === true, errors };
  });
}

/** A record that is not there any more is as good as deleted. */
function isInTheWay(error: ItemError): boolean {
  return !['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY', 'NOT_FOUND'].includes(error.code);
}

export function toItemError(code: string, message: string, fields: readonly string[]): ItemError {
  const kind = classify(code, message);
  return { code, kind: kind === 'limit' ? 'setup' : kind, message, fields };
}
