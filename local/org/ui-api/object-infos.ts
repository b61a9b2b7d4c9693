import { createHash } from 'node:crypto';
import { type Answer, ok, refusalOf } from '../api/answer.ts';
import type { Call } from '../api/call.ts';
import type { Route } from '../api/route.ts';
import { ApiError, resourceNotFound } from '../model/errors.ts';
import { toId18 } from '../model/ids.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';
import { findField } from '../soql/scope.ts';
import { objectInfo } from './object-info.ts';
import { isPicklist, picklistValues } from './picklist-values.ts';
import { recordTypesOf } from './record-types.ts';
import { objectNamed } from './supported.ts';

type Params = Readonly<Record<string, string>>;

function one(call: Call, name = ''): Answer {
  const { data } = call.services;
  return ok(objectInfo(data, objectNamed(data, name), call.version));
}

/** One of several: what is wrong with it is told in its place. */
function oneOfSeveral(call: Call, name: string): Answer {
  try {
    return one(call, name);
  } catch (error) {
    if (error instanceof ApiError) return refusalOf(error);
    throw error;
  }
}

function several(call: Call, { objects = '' }: Params): Answer {
  const answers = objects.split(',').map((name) => oneOfSeveral(call, name.trim()));
  return ok({
    hasErrors: answers.some(({ status }) => status !== 200),
    results: answers.map(({ status, body }) => ({ result: body, statusCode: status })),
  });
}

/** @throws ApiError 404 for an id that is none of the object's record types */
function objectWithType(
  call: Call,
  { object: name = '', recordType = '' }: Params,
): ObjectDefinition {
  const { data } = call.services;
  const object = objectNamed(data, name);
  const id = toId18(recordType);
  if (recordTypesOf(data, object).some(({ recordTypeId }) => recordTypeId === id)) return object;
  throw resourceNotFound();
}

const urlOf = (
  call: Call,
  object: ObjectDefinition,
  { recordType = '' }: Params,
  field: FieldDefinition,
) =>
  `/services/data/${call.version}/ui-api/object-info/${object.name}/picklist-values/${recordType}/${field.name}`;

function picklist(call: Call, params: Params): Answer {
  const object = objectWithType(call, params);
  const field = findField(object, params['field'] ?? '');
  if (!field || !isPicklist(field)) throw resourceNotFound();
  return ok(picklistValues(field, urlOf(call, object, params, field)));
}

function picklists(call: Call, params: Params): Answer {
  const object = objectWithType(call, params);
  const picklistFieldValues = Object.fromEntries(
    object.fields
      .filter(isPicklist)
      .map((field) => [field.name, picklistValues(field, urlOf(call, object, params, field))]),
  );
  const eTag = createHash('md5').update(JSON.stringify(picklistFieldValues)).digest('hex');
  return ok({ eTag, picklistFieldValues });
}

const get = (pattern: string, handle: Route['handle']): Route => ({
  method: 'GET',
  pattern: `/ui-api/object-info${pattern}`,
  kind: 'describe',
  writes: false,
  handle,
});

export const objectInfoRoutes: readonly Route[] = [
  get('/:object', (call, { object }) => one(call, object)),
  get('/batch/:objects', several),
  get('/:object/picklist-values/:recordType', picklists),
  get('/:object/picklist-values/:recordType/:field', picklist),
];
