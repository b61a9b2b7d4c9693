import { z } from 'zod';
import type { Collection, ItemError, ItemResult } from '../ports/org.ts';
import { classify } from './error-classes.ts';
import { soqlText } from '../lib/soql.ts';
import { type Subanswer, type Subrequest, wholeError } from './rest/composite.ts';
import { queryPath, rowsOfPage } from './rest/query.ts';
import { unexpected } from './rest/transport.ts';

export function sizeOf(collection: Collection): number {
  return collection.kind === 'delete' ? collection.ids.length : collection.records.length;
}

/** Parts of a composite call that it takes. */
export function partsOf(collection: Collection): number {
  return looksIn(collection) === null ? 1 : 2;
}

function looksIn(collection: Collection) {
  return (collection.kind === 'update' ? collection.looks : null) ?? null;
}

/** Gets past duplicate rules that only warn; those that block still do. */
const duplicateRules = 'allowSave=true; includeRecordDetails=false; runAsCurrentUser=true';

/** Objects whose active assignment rules would hand our records to somebody. */
const assigned = new Set(['Account', 'Case', 'Lead']);

/** What the records hold is asked right before they are written. */
export function toSubrequests(collection: Collection): readonly Subrequest[] {
  const looks = looksIn(collection);
  const write = toWrite(collection);
  if (looks === null) return [write];
  const ids = looks.ids.map(soqlText).join(',');
  const soql = `SELECT ${['Id', ...looks.fields].join(', ')} FROM ${collection.object} WHERE Id IN (${ids})`;
  return [{ method: 'GET', path: queryPath(soql) }, write];
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
    headers: {
      'Sforce-Duplicate-Rule-Header': duplicateRules,
      ...(assigned.has(object) ? { 'Sforce-Auto-Assign': 'FALSE' } : {}),
    },
    json: `{"allOrNone":false,"records":[${recordsJson(object, collection.records)}]}`,
  };
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
): readonly ItemResult[] {
  const write = answers.at(-1);
  if (write === undefined) throw unexpected('Salesforce', 'no answer to what was sent');
  const results = ofWrite(collection, write);
  const [look] = answers;
  if (answers.length === 1 || look === undefined) return results;
  const before = new Map(rowsOfPage(look.body).map((row) => [String(row['Id']), row]));
  return results.map((result) => {
    const held = result.id === null ? undefined : before.get(result.id);
    return held === undefined ? result : { ...result, before: held };
  });
}

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
