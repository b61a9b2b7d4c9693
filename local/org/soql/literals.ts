import { converterOf, isRefused } from '../data/convert.ts';
import type { SqlValue } from '../lib/database.ts';
import { ApiError } from '../model/errors.ts';
import { toId18 } from '../model/ids.ts';
import type { FieldDefinition } from '../model/schema.ts';
import { problemAt } from './problem.ts';

type FieldType = FieldDefinition['type'];

export interface Literal {
  readonly type: string;
  readonly text: string;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The text between the quotes; for LIKE, `\%` and `\_` stay escaped. */
export function unquote(literal: string, forLike = false): string {
  return literal.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|.)/g, (whole, one: string) => {
    if (one.length === 5) return String.fromCharCode(Number.parseInt(one.slice(1), 16));
    if (forLike && (one === '%' || one === '_' || one === '\\')) return whole;
    return escapes[one] ?? one;
  });
}

const numberTypes = new Set<FieldType>(['int', 'double', 'currency', 'percent']);

/** The literal type that a field is compared with, and how Salesforce calls the field's type. */
function expected(type: FieldType): readonly [kinds: readonly string[], name: string] {
  if (numberTypes.has(type)) return [['INTEGER', 'DECIMAL'], type];
  if (type === 'boolean') return [['BOOLEAN'], 'boolean'];
  if (type === 'date') return [['DATE'], 'date'];
  if (type === 'datetime') return [['DATETIME'], 'dateTime'];
  return [['STRING'], 'string'];
}

/** `main_key` compared with a field of that type, as the column holds it; null for NULL. */
export function literalValue(
  soql: string,
  word: string,
  field: Pick<FieldDefinition, 'name' | 'type'>,
  literal: Literal,
): SqlValue {
  if (literal.type === 'NULL') return null;
  const [kinds, name] = expected(field.type);
  if (!kinds.includes(literal.type)) {
    const quotes = kinds[0] === 'STRING' ? 'should' : 'should not';
    throw problemAt(
      soql,
      word,
      'INVALID_FIELD',
      `value of filter criterion for field '${field.name}' must be of type ${name} and ${quotes} be enclosed in quotes`,
    );
  }
  switch (kinds[0]) {
    case 'BOOLEAN':
      return literal.text.toUpperCase() === 'TRUE' ? 1 : 0;
    case 'INTEGER':
      return Number(literal.text);
    case 'STRING':
      return textValue(field, unquote(literal.text));
    default:
      return timeValue(field, literal.text);
  }
}

function textValue(field: Pick<FieldDefinition, 'name' | 'type'>, text: string): SqlValue {
  if (field.type !== 'id' && field.type !== 'reference') return text === '' ? null : text;
  const id = toId18(text);
  if (id !== undefined || text === '') return id ?? null;
  throw new ApiError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
}

function timeValue(field: Pick<FieldDefinition, 'name' | 'type'>, text: string): SqlValue {
  const value = converterOf({ ...field } as FieldDefinition)(text);
  if (isRefused(value)) throw new ApiError(400, 'MALFORMED_QUERY', `invalid value: ${text}`);
  return value;
}
