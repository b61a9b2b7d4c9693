import { type Answer, ok } from '../api/answer.ts';
import { bodyOf, type Call, objectAt } from '../api/call.ts';
import { callerOf } from '../api/caller.ts';
import type { Route } from '../api/route.ts';
import { isRefused } from '../data/convert.ts';
import { ApiError, resourceNotFound, saveError, type SaveError } from '../model/errors.ts';
import { toId18 } from '../model/ids.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { findField } from '../soql/scope.ts';
import { createRecords, type SaveResult, updateRecords, upsertRecords } from '../write/batch.ts';
import { deleteRecords } from '../write/delete.ts';
import { planOf } from '../write/plan.ts';
import { hasRecycleBin, idsWith, isInBin } from '../write/references.ts';
import { readRecords } from './read.ts';

const absent = new Set(['NOT_FOUND', 'ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY']);

function statusOf(errors: readonly SaveError[], addressed: boolean): number {
  if (errors.some((one) => one.statusCode.startsWith('INSUFFICIENT_ACCESS'))) return 403;
  return addressed && errors.some((one) => absent.has(one.statusCode)) ? 404 : 400;
}

/** Errors of a single record: the item's errors become the whole answer. */
function itemRefusal(errors: readonly SaveError[], addressed: boolean): Answer {
  return {
    status: statusOf(errors, addressed),
    body: errors.map(({ message, statusCode, fields, duplicateResult }) => ({
      message,
      errorCode: statusCode,
      ...(duplicateResult ? { duplicateResult } : { fields }),
    })),
  };
}

const location = (call: Call, object: ObjectDefinition, id: string): string =>
  `/services/data/${call.version}/sobjects/${object.name}/${id}`;

function created(call: Call, object: ObjectDefinition, result: SaveResult, extra = {}): Answer {
  if (!result.success) return itemRefusal(result.errors, false);
  const { id } = result;
  const headers = { Location: location(call, object, id) };
  return { status: 201, body: { id, success: true, errors: [], ...extra }, headers };
}

function only(results: readonly SaveResult[]): SaveResult {
  const [result] = results;
  if (!result) throw new Error('A call for one record gave no result.');
  return result;
}

function create(call: Call, params: Readonly<Record<string, string>>): Answer {
  const object = objectAt(call, params['object']);
  const record = { type: object.name, record: bodyOf(call) };
  const results = createRecords(call.services.data, callerOf(call), [record], false);
  return created(call, object, only(results));
}

function update(call: Call, params: Readonly<Record<string, string>>): Answer {
  const object = objectAt(call, params['object']);
  const body = bodyOf(call);
  if (body['Id'] !== undefined) {
    return itemRefusal(
      [saveError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.')],
      false,
    );
  }
  const id = recordId(call, object, params['id']);
  refuseChanged(call, object, id);
  const record = { type: object.name, record: { ...body, Id: id } };
  const result = only(updateRecords(call.services.data, callerOf(call), [record], false));
  return result.success ? { status: 204 } : itemRefusal(result.errors, true);
}

/**
 * Dates of HTTP are of a second, and so is when a record was changed last: who changes it again within that second is not
 * noticed.
 * @throws ApiError where somebody has changed the record since the time that `If-Unmodified-Since` names
 */
function refuseChanged(call: Call, object: ObjectDefinition, id: string): void {
  const since = call.headers['if-unmodified-since'];
  if (since === undefined) return;
  const time = Date.parse(since);
  if (Number.isNaN(time))
    throw new ApiError(400, 'INVALID_INPUT', `If-Unmodified-Since is no date of HTTP: ${since}`);
  const modified = Date.parse(String(call.services.data.row(object, id)?.['LastModifiedDate']));
  if (Math.floor(modified / 1000) > Math.floor(time / 1000))
    throw new ApiError(
      412,
      'PRECONDITION_FAILED',
      'The record was modified after the time that If-Unmodified-Since names.',
    );
}

/** @throws ApiError when the text is no id of this object or names nothing */
export function recordId(call: Call, object: ObjectDefinition, given = ''): string {
  const id = toId18(given);
  if (id === undefined) {
    throw new ApiError(
      404,
      'NOT_FOUND',
      `Provided external ID field does not exist or is not accessible: ${given}`,
    );
  }
  const { data } = call.services;
  if (data.objectOfId(id) !== object) throw resourceNotFound();
  const row = data.row(object, id);
  if (!row) throw resourceNotFound();
  if (hasRecycleBin(object) && row['IsDeleted'] === 1) {
    if (!isInBin(data, row)) throw resourceNotFound();
    throw new ApiError(404, 'ENTITY_IS_DELETED', 'entity is deleted', []);
  }
  return id;
}

function remove(call: Call, params: Readonly<Record<string, string>>): Answer {
  const object = objectAt(call, params['object']);
  const id = recordId(call, object, params['id']);
  const result = only(deleteRecords(call.services.data, callerOf(call), [id], false));
  return result.success ? { status: 204 } : itemRefusal(result.errors, true);
}

function read(call: Call, object: ObjectDefinition, id: string): Answer {
  const fields = call.query
    .get('fields')
    ?.split(',')
    .filter((name) => name !== '');
  const [record] = readRecords(call, object, [id], fields ?? object.fields.map(({ name }) => name));
  if (!record) throw resourceNotFound();
  return ok(record);
}

function get(call: Call, params: Readonly<Record<string, string>>): Answer {
  const object = objectAt(call, params['object']);
  return read(call, object, recordId(call, object, params['id']));
}

/** @throws ApiError when upserts and reads cannot go by this field */
export function keyField(object: ObjectDefinition, name = ''): FieldDefinition {
  const field = findField(object, name);
  if (field && (field.externalId || field.type === 'id')) return field;
  throw new ApiError(
    404,
    'NOT_FOUND',
    `Provided external ID field does not exist or is not accessible: ${name}`,
  );
}

/** Addresses of the records with that key; several are answered with 300. */
function found(call: Call, params: Readonly<Record<string, string>>): Answer | string | undefined {
  const object = objectAt(call, params['object']);
  const field = keyField(object, params['field']);
  const value = planOf(object).inputs.get(field.name)?.convert(params['value']) ?? null;
  if (isRefused(value)) return itemRefusal([value], false);
  const ids = idsWith(call.services.data, object, field, value);
  if (ids.length > 1) return { status: 300, body: ids.map((id) => location(call, object, id)) };
  return ids[0];
}

function getByKey(call: Call, params: Readonly<Record<string, string>>): Answer {
  const id = found(call, params);
  if (id === undefined) throw resourceNotFound();
  return typeof id === 'string' ? read(call, objectAt(call, params['object']), id) : id;
}

function removeByKey(call: Call, params: Readonly<Record<string, string>>): Answer {
  const id = found(call, params);
  if (id === undefined) throw resourceNotFound();
  return typeof id === 'string' ? remove(call, { ...params, id }) : id;
}

function upsertByKey(call: Call, params: Readonly<Record<string, string>>): Answer {
  const object = objectAt(call, params['object']);
  const field = keyField(object, params['field']);
  const body = bodyOf(call);
  if (field.name in body) {
    return itemRefusal(
      [
        saveError(
          'INVALID_FIELD',
          `The ${field.name} field should not be specified in the sobject data.`,
        ),
      ],
      false,
    );
  }
  const several = found(call, params);
  if (typeof several === 'object') return several;
  const record = { ...body, [field.name]: params['value'] };
  const { data } = call.services;
  const result = only(upsertRecords(data, callerOf(call), object, field, [record], false));
  if (!result.success) return itemRefusal(result.errors, false);
  if (result.created === true) return created(call, object, result, { created: true });
  return ok({ id: result.id, success: true, errors: [], created: false });
}

const record = (method: string, pattern: string, handle: Route['handle']): Route => ({
  method,
  pattern: `/sobjects/:object${pattern}`,
  kind: 'record',
  writes: method !== 'GET',
  handle,
});

export const recordRoutes: readonly Route[] = [
  record('POST', '', create),
  record('GET', '/:id', get),
  record('PATCH', '/:id', update),
  record('DELETE', '/:id', remove),
  record('GET', '/:field/:value', getByKey),
  record('PATCH', '/:field/:value', upsertByKey),
  record('DELETE', '/:field/:value', removeByKey),
];
