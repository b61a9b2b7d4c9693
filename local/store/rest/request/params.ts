import { recordedFile } from '../../core/recordings.ts';
import type { QueryArray, QueryValue } from './php-query.ts';
import { parseRestDate } from './rest-date.ts';

interface ParamSpec {
  type: 'string' | 'integer' | 'boolean' | 'array';
  /** what a list holds, where the recorded rules tell */
  items?: 'string' | 'integer';
  enum?: string[];
  default?: unknown;
  format?: 'date-time' | 'email';
  minimum?: number;
  maximum?: number;
}

export type ParamSpecs = Record<string, ParamSpec>;

interface Problem {
  name: string;
  code: string;
  message: string;
  data: unknown;
}

type ParamValue = string | number | boolean | string[] | number[];

/** Checked parameters with their defaults; what the route does not know is not in it. */
export class Params {
  readonly #values: ReadonlyMap<string, ParamValue>;

  constructor(values: ReadonlyMap<string, ParamValue>) {
    this.#values = values;
  }

  /** Whether the request (or a default) gave it. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#values.get(name);
    return typeof value === 'number' ? value : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.#values.get(name);
    return typeof value === 'boolean' ? value : undefined;
  }

  ids(name: string): number[] {
    const value = this.#values.get(name);
    return Array.isArray(value) ? value.map(Number) : [];
  }

  texts(name: string): string[] {
    const value = this.#values.get(name);
    return Array.isArray(value) ? value.map(String) : [];
  }
}

const recorded = recordedFile('schema/collection-params.json') as Record<
  string,
  { get_params: ParamSpecs }
>;

/** The recorded rules of a list's parameters; `statuses` are what plugins of the shop added. */
export function listParams(resource: string, statuses: readonly string[] = []): ParamSpecs {
  const specs = recorded[resource]?.get_params;
  if (specs === undefined) {
    throw new Error(`The recordings hold no list parameters for ${resource}.`);
  }
  const status = specs['status'];
  return resource === 'orders' && status?.enum !== undefined
    ? { ...specs, status: { ...status, enum: [...status.enum, ...statuses] } }
    : specs;
}

/** The only parameter of a single read. */
export const readParams: ParamSpecs = {
  context: { type: 'string', enum: ['view', 'edit'], default: 'view' },
};

const idLists = new Set(['include', 'exclude', 'parent', 'parent_exclude']);

function holdsIds(name: string, { items }: ParamSpec): boolean {
  return items === undefined ? idLists.has(name) : items === 'integer';
}

/**
 * Checks a request's parameters as WordPress does, in the order of the rules.
 * @returns the values, or every problem.
 */
export function checkParams(
  query: QueryArray,
  specs: ParamSpecs,
): { params: Params; problems: Problem[] } {
  const values = new Map<string, ParamValue>();
  const problems: Problem[] = [];
  for (const [name, spec] of Object.entries(specs)) {
    const given = query.get(name);
    const value = given === undefined ? defaultOf(spec) : given;
    if (value === undefined) {
      continue;
    }
    const problem = given === undefined ? undefined : problemWith(name, given, spec);
    if (problem === undefined) {
      values.set(name, sanitized(name, value, spec));
    } else {
      problems.push(problem);
    }
  }
  return { params: new Params(values), problems };
}

/** What WordPress puts back into the request, and so into links: checked values in their own type. */
export function sanitizedQuery(query: QueryArray, specs: ParamSpecs): QueryArray {
  const clean: QueryArray = new Map();
  for (const [name, given] of query) {
    const spec = specs[name];
    clean.set(name, spec === undefined ? given : asQuery(sanitized(name, given, spec)));
  }
  return clean;
}

function asQuery(value: ParamValue): QueryValue {
  if (Array.isArray(value)) {
    return new Map(value.map((item, at) => [String(at), String(item)]));
  }
  return typeof value === 'boolean' ? (value ? '1' : '0') : String(value);
}

function defaultOf(spec: ParamSpec): string | undefined {
  const value = spec.default;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  return undefined;
}

/** A list given as text may be separated by commas or blanks. */
function listOf(value: QueryValue): string[] {
  if (value instanceof Map) {
    return [...value.values()].map((item) => (typeof item === 'string' ? item : ''));
  }
  return value.split(/[\s,]+/).filter((item) => item !== '');
}

function sanitized(name: string, value: QueryValue, spec: ParamSpec): ParamValue {
  if (spec.type === 'array') {
    const items = listOf(value);
    return holdsIds(name, spec) ? items.map((item) => Math.abs(Math.trunc(Number(item)))) : items;
  }
  const text = value instanceof Map ? '' : value;
  if (spec.type === 'integer') {
    return Math.trunc(Number(text));
  }
  return spec.type === 'boolean' ? ['true', '1'].includes(text.toLowerCase()) : text;
}

function problemWith(name: string, value: QueryValue, spec: ParamSpec): Problem | undefined {
  if (spec.type === 'array') {
    return listProblem(name, listOf(value), spec);
  }
  if (value instanceof Map || !isOfType(value, spec.type)) {
    return wrongType(name, name, spec.type);
  }
  if (spec.enum !== undefined && !spec.enum.includes(value)) {
    return notInEnum(name, name, spec.enum);
  }
  return spec.type === 'integer'
    ? outOfBounds(name, Number(value), spec)
    : badFormat(name, value, spec);
}

function listProblem(name: string, items: string[], spec: ParamSpec): Problem | undefined {
  for (const [at, item] of items.entries()) {
    if (spec.enum !== undefined && !spec.enum.includes(item)) {
      return notInEnum(name, `${name}[${at}]`, spec.enum);
    }
    if (holdsIds(name, spec) && !isOfType(item, 'integer')) {
      return wrongType(name, `${name}[${at}]`, 'integer');
    }
  }
  return undefined;
}

function isOfType(text: string, type: ParamSpec['type']): boolean {
  if (type === 'integer') {
    return (
      /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) && Number.isInteger(Number(text))
    );
  }
  return type !== 'boolean' || ['true', 'false', '1', '0'].includes(text.toLowerCase());
}

function wrongType(name: string, path: string, type: string): Problem {
  const message = `${path} is not of type ${type}.`;
  return { name, code: 'rest_invalid_type', message, data: { param: path } };
}

function notInEnum(name: string, path: string, allowed: readonly string[]): Problem {
  const last = allowed.at(-1) ?? '';
  const list =
    allowed.length > 2 ? `${allowed.slice(0, -1).join(', ')}, and ${last}` : allowed.join(' and ');
  const message = `${path} is not one of ${list}.`;
  return { name, code: 'rest_not_in_enum', message, data: null };
}

function outOfBounds(name: string, value: number, spec: ParamSpec): Problem | undefined {
  const { minimum, maximum } = spec;
  if (minimum === undefined || (value >= minimum && value <= (maximum ?? Infinity))) {
    return undefined;
  }
  const message =
    maximum === undefined
      ? `${name} must be greater than or equal to ${minimum}`
      : `${name} must be between ${minimum} (inclusive) and ${maximum} (inclusive)`;
  return { name, code: 'rest_out_of_bounds', message, data: null };
}

function badFormat(name: string, value: string, spec: ParamSpec): Problem | undefined {
  if (spec.format === 'date-time' && parseRestDate(value) === undefined) {
    return { name, code: 'rest_invalid_date', message: 'Invalid date.', data: null };
  }
  if (spec.format === 'email' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) {
    return { name, code: 'rest_invalid_email', message: 'Invalid email address.', data: null };
  }
  return undefined;
}
