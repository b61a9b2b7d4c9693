import { type Answer, ok } from '../api/answer.ts';
import { bodyOf, type Call, isRecord, objectAt } from '../api/call.ts';
import { callerOf } from '../api/caller.ts';
import type { Route } from '../api/route.ts';
import { ApiError, resourceNotFound, saveError } from '../model/errors.ts';
import { toId18 } from '../model/ids.ts';
import {
  createRecords,
  failure,
  type SaveResult,
  type TypedRecord,
  updateRecords,
  upsertRecords,
} from '../write/batch.ts';
import { deleteRecords } from '../write/delete.ts';
import { readRecords } from './read.ts';
import { keyField } from './records.ts';

const maxRecords = 200;
const maxRetrieved = 2000;
const maxChunks = 10;

function limited<T>(items: readonly T[], max = maxRecords): readonly T[] {
  if (items.length <= max) return items;
  throw new ApiError(
    400,
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${max} records into this call`,
  );
}

function malformedBody(message: string): ApiError {
  return new ApiError(400, 'JSON_PARSER_ERROR', message);
}

/** Salesforce works through runs of records of one object, and only through so many. */
function chunked(records: readonly TypedRecord[]): readonly TypedRecord[] {
  const chunks = records.filter(({ type }, at) => type !== records[at - 1]?.type).length;
  if (chunks <= maxChunks) return records;
  throw new ApiError(
    400,
    'LIMIT_EXCEEDED',
    `Cannot have more than ${maxChunks} chunks in a single operation. Please rearrange the data to reduce chunking.`,
  );
}

/** @throws ApiError when `records` is no list of at most 200 records that name their type */
function recordsOf(call: Call): readonly TypedRecord[] {
  const { records } = bodyOf(call);
  if (!Array.isArray(records)) throw malformedBody('The body has no "records" list.');
  const typed = limited(records as unknown[]).map((record, at) => {
    const attributes = isRecord(record) ? record['attributes'] : undefined;
    const type = isRecord(attributes) ? attributes['type'] : undefined;
    if (!isRecord(record) || typeof type !== 'string') {
      throw malformedBody(
        `Record ${at} of the collection does not name its type in attributes.type.`,
      );
    }
    return { type, record };
  });
  return chunked(typed);
}

const isAllOrNone = (call: Call): boolean => bodyOf(call)['allOrNone'] === true;

/** Items as the API gives them: a failed one has no id. */
const answer = (results: readonly SaveResult[]): Answer => ok(results);

function create(call: Call): Answer {
  const records = recordsOf(call);
  return answer(createRecords(call.services.data, callerOf(call), records, isAllOrNone(call)));
}

function update(call: Call): Answer {
  const records = recordsOf(call);
  return answer(updateRecords(call.services.data, callerOf(call), records, isAllOrNone(call)));
}

function upsert(call: Call, params: Readonly<Record<string, string>>): Answer {
  const object = objectAt(call, params['object']);
  const field = keyField(object, params['field']);
  const records = recordsOf(call);
  const stranger = records.find(({ type }) => call.services.data.object(type) !== object);
  if (stranger) {
    throw new ApiError(
      400,
      'INVALID_TYPE',
      `All records of an upsert must be of type ${object.name}, and one is of type ${stranger.type}.`,
    );
  }
  const { data } = call.services;
  const rows = records.map(({ record }) => record);
  return answer(upsertRecords(data, callerOf(call), object, field, rows, isAllOrNone(call)));
}

function remove(call: Call): Answer {
  const ids = limited((call.query.get('ids') ?? '').split(',').filter((id) => id !== ''));
  if (ids.length === 0) {
    throw new ApiError(400, 'MISSING_ARGUMENT', 'The ids parameter names no record.');
  }
  const allOrNone = call.query.get('allOrNone') === 'true';
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) {
    const error = saveError('DUPLICATE_VALUE', `Duplicate id specified: ${twice}`);
    return answer(ids.map(() => failure(error)));
  }
  return answer(deleteRecords(call.services.data, callerOf(call), ids, allOrNone));
}

function retrieve(
  call: Call,
  name: string | undefined,
  ids: readonly string[],
  fields: readonly string[],
): Answer {
  const object = objectAt(call, name);
  const full = limited(ids, maxRetrieved).map((id) => {
    const known = toId18(id);
    if (known !== undefined && call.services.data.objectOfId(known) === object) return known;
    throw new ApiError(400, 'MALFORMED_ID', `malformed id ${id}`);
  });
  if (fields.length === 0) throw resourceNotFound();
  return ok(readRecords(call, object, full, fields));
}

function texts(value: unknown, name: string): readonly string[] {
  if (Array.isArray(value)) {
    const items = (value as unknown[]).filter((one) => typeof one === 'string');
    if (items.length === value.length) return items;
  }
  throw malformedBody(`"${name}" must be a list of strings.`);
}

function retrieveByPost(call: Call, params: Readonly<Record<string, string>>): Answer {
  const body = bodyOf(call);
  const ids = texts(body['ids'], 'ids');
  return retrieve(call, params['object'], ids, texts(body['fields'], 'fields'));
}

function retrieveByGet(call: Call, params: Readonly<Record<string, string>>): Answer {
  const split = (name: string): readonly string[] =>
    (call.query.get(name) ?? '').split(',').filter((one) => one !== '');
  return retrieve(call, params['object'], split('ids'), split('fields'));
}

const collection = (
  method: string,
  pattern: string,
  writes: boolean,
  handle: Route['handle'],
): Route => ({
  method,
  pattern: `/composite/sobjects${pattern}`,
  kind: 'collections',
  writes,
  handle,
});

export const collectionRoutes: readonly Route[] = [
  collection('POST', '', true, create),
  collection('PATCH', '', true, update),
  collection('DELETE', '', true, remove),
  collection('GET', '/:object', false, retrieveByGet),
  collection('POST', '/:object', false, retrieveByPost),
  collection('PATCH', '/:object/:field', true, upsert),
];
