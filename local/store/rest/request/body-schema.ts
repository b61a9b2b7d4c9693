import { recordedFile } from '../../core/recordings.ts';
import type { BodyFields } from './body.ts';
import { isObject } from './body.ts';
import { invalidParams, wpError } from '../response/reply.ts';
import type { Reply } from '../response/reply.ts';

interface FieldSchema {
  type: string | string[];
  enum?: string[];
  format?: string;
  readonly?: boolean;
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
}

/** The fields that a write takes, with their recorded rules. */
export interface BodySchema {
  fields: Record<string, FieldSchema>;
  /** names that a creation must give */
  required: readonly string[];
  /** names whose form a creation leaves to whoever makes the record */
  freeOnCreation?: readonly string[];
}

interface Problem {
  name: string;
  code: string;
  message: string;
  data: unknown;
}

type Finding = Omit<Problem, 'name'>;

/** The recorded schema of a resource (such as `products`) without its read-only fields. */
export function writableSchema(
  resource: string,
  options: {
    required?: readonly string[];
    freeOnCreation?: readonly string[];
    statuses?: readonly string[];
  } = {},
): BodySchema {
  const { properties } = recordedFile(`schema/${resource}-fields.json`) as {
    properties: Record<string, FieldSchema>;
  };
  const fields = Object.fromEntries(
    Object.entries(properties).filter(([, schema]) => schema.readonly !== true),
  );
  const { status } = fields;
  if (status?.enum !== undefined && options.statuses !== undefined) {
    fields['status'] = { ...status, enum: [...status.enum, ...options.statuses] };
  }
  const { required = [], freeOnCreation = [] } = options;
  return { fields, required, freeOnCreation };
}

/** @returns the answer to a body that breaks the schema, or undefined. `null` counts as not given. */
export function bodyRefusal(
  body: BodyFields,
  schema: BodySchema,
  creating: boolean,
): Reply | undefined {
  const missing = creating ? schema.required.filter((name) => (body[name] ?? null) === null) : [];
  if (missing.length > 0) {
    const message = `Missing parameter(s): ${missing.join(', ')}`;
    return wpError(400, 'rest_missing_callback_param', message, { params: missing });
  }
  const free = (creating && schema.freeOnCreation) || [];
  const problems = Object.entries(schema.fields).flatMap(([name, field]): Problem[] => {
    const value = body[name] ?? null;
    const finding =
      value === null || free.includes(name) ? undefined : findingIn(name, value, field);
    return finding === undefined ? [] : [{ name, ...finding }];
  });
  return problems.length === 0 ? undefined : invalidParams(problems);
}

/** A body that was let in, as WordPress casts it: a whole number that is given as `null` is 0. */
export function castNulls(body: BodyFields, { fields }: BodySchema): BodyFields {
  const whole = Object.entries(body).filter(
    ([name, value]) => value === null && fields[name]?.type === 'integer',
  );
  return { ...body, ...Object.fromEntries(whole.map(([name]) => [name, 0])) };
}

function findingIn(path: string, value: unknown, schema: FieldSchema): Finding | undefined {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (!types.some((type) => isOfType(value, type))) {
    const message = `${path} is not of type ${types.join(',')}.`;
    return { code: 'rest_invalid_type', message, data: { param: path } };
  }
  const { items, properties } = schema;
  if (items !== undefined && types.includes('array')) {
    return firstFinding(listOf(value).map((item, at) => [`${path}[${at}]`, item, items] as const));
  }
  if (properties !== undefined && isObject(value)) {
    const given = Object.entries(properties).filter(([name]) => name in value);
    return firstFinding(
      given.map(([name, inner]) => [`${path}[${name}]`, value[name], inner] as const),
    );
  }
  return enumFinding(path, value, schema) ?? formatFinding(value, schema);
}

function firstFinding(parts: (readonly [string, unknown, FieldSchema])[]): Finding | undefined {
  for (const [path, value, schema] of parts) {
    const finding = findingIn(path, value, schema);
    if (finding !== undefined) {
      return finding;
    }
  }
  return undefined;
}

function enumFinding(path: string, value: unknown, schema: FieldSchema): Finding | undefined {
  const allowed = schema.enum;
  if (allowed === undefined || (typeof value === 'string' && allowed.includes(value))) {
    return undefined;
  }
  const last = allowed.at(-1) ?? '';
  const message = `${path} is not one of ${allowed.slice(0, -1).join(', ')}, and ${last}.`;
  return { code: 'rest_not_in_enum', message, data: null };
}

function formatFinding(value: unknown, { format }: FieldSchema): Finding | undefined {
  const isEmail = typeof value === 'string' && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value);
  return format === 'email' && value !== null && !isEmail
    ? { code: 'rest_invalid_email', message: 'Invalid email address.', data: null }
    : undefined;
}

const typeTests: Record<string, (value: unknown) => boolean> = {
  null: (value) => value === null,
  string: (value) => typeof value === 'string',
  integer: (value) => isNumeric(value) && Number.isInteger(Number(value)),
  number: isNumeric,
  boolean: (value) =>
    typeof value === 'boolean' ||
    value === 0 ||
    value === 1 ||
    (typeof value === 'string' && /^(true|false|0|1)$/i.test(value)),
  object: (value) =>
    isObject(value) || value === '' || (Array.isArray(value) && value.length === 0),
  array: (value) => Array.isArray(value) || typeof value === 'string' || typeof value === 'number',
};

/** WordPress' idea of types; what it does not know (`mixed`, `date-time`) it does not check. */
function isOfType(value: unknown, type: string): boolean {
  return typeTests[type]?.(value) ?? true;
}

function isNumeric(value: unknown): boolean {
  return (
    typeof value === 'number' ||
    (typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value))
  );
}

/** A list given as text is separated by commas or blanks. */
function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value as unknown[];
  }
  return String(value)
    .split(/[\s,]+/)
    .filter((item) => item !== '');
}
