import { ApiError } from '../model/errors.ts';
import { toId18 } from '../model/ids.ts';
import { bodyOf, isRecord, type Call } from '../api/call.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { findField } from '../soql/scope.ts';

/** What a call wants written. */
export interface RecordInput {
  readonly apiName: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly allowSaveOnDuplicate: boolean;
}

const known = new Set(['apiName', 'fields', 'allowSaveOnDuplicate']);

const unreadable = (message: string): ApiError =>
  new ApiError(400, 'POST_BODY_PARSE_ERROR', message);

/** @throws ApiError when the body is not `{ apiName, fields, allowSaveOnDuplicate }` */
export function recordInput(call: Call): RecordInput {
  const body = bodyOf(call);
  const stranger = Object.keys(body).find((name) => !known.has(name));
  if (stranger !== undefined) {
    throw unreadable(`A record input has no property "${stranger}" in the local org.`);
  }
  const { apiName = null, fields, allowSaveOnDuplicate = false } = body;
  if (!isRecord(fields)) throw unreadable('"fields" must map names of fields to values.');
  if (apiName !== null && typeof apiName !== 'string') {
    throw unreadable('"apiName" must be the name of an object.');
  }
  if (typeof allowSaveOnDuplicate !== 'boolean') {
    throw unreadable('"allowSaveOnDuplicate" must be true or false.');
  }
  return { apiName: apiName ?? undefined, fields, allowSaveOnDuplicate };
}

/**
 * The values that are to be written, without the id of the record.
 * @param id of the record that the call addresses; undefined for a new one
 * @throws ApiError for a name that is no field of the object for the user, and for another record's id
 */
export function valuesOf(
  { fields }: RecordInput,
  object: ObjectDefinition,
  id: string | undefined,
): Readonly<Record<string, unknown>> {
  const { Id: given, ...values } = fields;
  if (given !== undefined && (typeof given !== 'string' || toId18(given) !== id)) {
    throw unreadable(
      `The Id among the fields is ${JSON.stringify(given)}, not that of the record.`,
    );
  }
  const unknown = Object.keys(values).find((name) => !findField(object, name));
  if (unknown === undefined) return values;
  throw unreadable(`No such column '${unknown}' on sobject of type ${object.name}`);
}
