import { parseQuery } from './php-query.ts';
import type { QueryArray, QueryValue } from './php-query.ts';
import { wpError } from '../response/reply.ts';
import type { Reply } from '../response/reply.ts';

/** The fields of a write as they came: JSON values, or text from forms. */
export type BodyFields = Record<string, unknown>;

type ReadBody = { fields: BodyFields } | { problem: Reply };

/** PHP's limit for nested JSON. */
const MAX_DEPTH = 512;

/**
 * Reads a request's body as WordPress does: JSON or a form, by its content type. Any other body is ignored:
 * a JSON body without its content type writes nothing of what it says.
 * @returns the fields, or the answer to JSON that is none.
 */
export function readBody(text: string, contentType: string | undefined): ReadBody {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/x-www-form-urlencoded') {
    return { fields: fieldsOf(parseQuery(text)) };
  }
  const isJson = type === 'application/json' || /^application\/[\w.-]+\+json$/.test(type);
  if (!isJson || text === '') {
    return { fields: {} };
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { problem: invalidJson(4, 'Syntax error') };
  }
  if (deeperThan(parsed, MAX_DEPTH)) {
    return { problem: invalidJson(1, 'Maximum stack depth exceeded') };
  }
  return { fields: isObject(parsed) ? parsed : {} };
}

/** Body and query together; the body wins. */
export function withQuery(body: BodyFields, query: QueryArray): BodyFields {
  return { ...fieldsOf(query), ...body };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalidJson(code: number, message: string): Reply {
  return wpError(400, 'rest_invalid_json', 'Invalid JSON body passed.', {
    json_error_code: code,
    json_error_message: message,
  });
}

function fieldsOf(query: QueryArray): BodyFields {
  return Object.fromEntries([...query].map(([name, value]) => [name, plain(value)]));
}

/** A PHP array whose keys count up from 0 is a list. */
function plain(value: QueryValue): unknown {
  if (typeof value === 'string') {
    return value;
  }
  const entries = [...value].map(([key, inner]) => [key, plain(inner)] as const);
  return entries.every(([key], at) => key === String(at))
    ? entries.map(([, inner]) => inner)
    : Object.fromEntries(entries);
}

function deeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= limit; depth += 1) {
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? (Object.values(item) as unknown[]) : [],
    );
    if (level.length === 0) {
      return false;
    }
  }
  return true;
}
