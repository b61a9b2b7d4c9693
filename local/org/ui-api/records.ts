import { type Answer, notEmulated, ok } from '../api/answer.ts';
import type { Call } from '../api/call.ts';
import type { Route } from '../api/route.ts';
import type { Caller } from '../model/caller.ts';
import { ApiError, resourceNotFound, unsupportedType } from '../model/errors.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { findField } from '../soql/scope.ts';
import { createRecords, type SaveResult, updateRecords } from '../write/batch.ts';
import { deleteRecords } from '../write/delete.ts';
import { collision } from './collision.ts';
import { recordError } from './record-error.ts';
import { recordInput, type RecordInput, valuesOf } from './record-input.ts';
import { readRecord, type UiRecord } from './record.ts';
import { locate, type Located, supported } from './supported.ts';
import { add, type Wanted, wantedOf } from './wanted.ts';

type Params = Readonly<Record<string, string>>;

const missingFields = (): ApiError =>
  new ApiError(
    400,
    'ILLEGAL_QUERY_PARAMETER_VALUE',
    'A record is asked for with fields, optionalFields or layoutTypes.',
  );

/** @throws ApiError for a path that does not begin with the name of the record's object */
function qualified(object: ObjectDefinition, path: string): string {
  const owner = path.split('.')[0]?.toLowerCase();
  if (path.includes('.') && owner === object.name.toLowerCase()) return path;
  throw new ApiError(
    400,
    'INVALID_FIELD',
    `Fields of a ${object.name} are asked for as ${object.name}.Name, and this one as ${path}`,
  );
}

const paths = (call: Call, name: string): readonly string[] =>
  (call.query.get(name) ?? '').split(',').flatMap((one) => one.trim() || []);

/** What `fields` and `optionalFields` ask for; unknown ones are left out of the latter only. */
function wantedIn(call: Call, object: ObjectDefinition): Wanted {
  const org = call.services.data;
  const [fields, optional] = [paths(call, 'fields'), paths(call, 'optionalFields')];
  if (fields.length + optional.length === 0) throw missingFields();
  const wanted = wantedOf(object);
  for (const path of fields) {
    const problem = add(org, wanted, qualified(object, path));
    if (problem) throw problem;
  }
  for (const path of optional) add(org, wanted, qualified(object, path));
  return wanted;
}

/** @throws ApiError 404 for a record that is deleted, or that the user does not see */
function found(call: Call, wanted: Wanted, id: string): UiRecord {
  const record = readRecord(call.services.data, wanted, id, call.version);
  if (!record) throw resourceNotFound();
  return record;
}

function get(call: Call, params: Params): Answer {
  for (const name of ['layoutTypes', 'modes', 'childRelationships', 'pageSize']) {
    if (call.query.has(name)) return notEmulated(call.method, `${call.path}?${name}=…`);
  }
  const { object, id } = locate(call.services.data, params['id']);
  return ok(found(call, wantedIn(call, object), id));
}

const callerOf = (call: Call, { allowSaveOnDuplicate }: RecordInput): Caller => ({
  userId: call.session.user.id,
  saveDuplicates: allowSaveOnDuplicate,
  version: call.version,
});

/** The record with the fields that were written, its name and when it was made and changed. */
function written(call: Call, { object, id }: Located, names: readonly string[]): UiRecord {
  const wanted = wantedOf(object);
  const shown = [...names, object.nameField, 'CreatedDate', 'LastModifiedDate'];
  for (const name of shown) {
    const field = findField(object, name);
    if (field) wanted.fields.set(field.name, field);
  }
  return found(call, wanted, id);
}

function only(results: readonly SaveResult[]): SaveResult {
  const [result] = results;
  if (!result) throw new Error('A call for one record gave no result.');
  return result;
}

function create(call: Call): Answer {
  const { data } = call.services;
  const input = recordInput(call);
  const known = data.object(input.apiName ?? '');
  if (!known) throw new ApiError(400, 'INVALID_TYPE', unsupportedType(input.apiName ?? ''));
  const object = supported(known);
  const record = valuesOf(input, object, undefined);
  const caller = callerOf(call, input);
  const result = only(createRecords(data, caller, [{ type: object.name, record }], false));
  if (!result.success) return recordError(object, result.errors);
  return { status: 201, body: written(call, { object, id: result.id }, Object.keys(record)) };
}

function update(call: Call, params: Params): Answer {
  const { data } = call.services;
  const at = locate(data, params['id']);
  found(call, wantedOf(at.object), at.id);
  const input = recordInput(call);
  const values = valuesOf(input, at.object, at.id);
  const collided = collision(data, at, call.headers['if-unmodified-since']);
  if (collided) return recordError(at.object, [collided]);
  const record = { type: at.object.name, record: { ...values, Id: at.id } };
  const result = only(updateRecords(data, callerOf(call, input), [record], false));
  if (!result.success) return recordError(at.object, result.errors);
  return ok(written(call, at, Object.keys(values)));
}

function remove(call: Call, params: Params): Answer {
  const { data } = call.services;
  const at = locate(data, params['id']);
  found(call, wantedOf(at.object), at.id);
  const caller = { userId: call.session.user.id };
  const result = only(deleteRecords(data, caller, [at.id], false));
  return result.success ? { status: 204 } : recordError(at.object, result.errors);
}

const record = (method: string, pattern: string, handle: Route['handle']): Route => ({
  method,
  pattern: `/ui-api/records${pattern}`,
  kind: 'record',
  writes: method !== 'GET',
  handle,
});

export const uiRecordRoutes: readonly Route[] = [
  record('POST', '', create),
  record('GET', '/:id', get),
  record('PATCH', '/:id', update),
  record('DELETE', '/:id', remove),
];
