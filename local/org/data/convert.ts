import type { FieldDefinition } from '../model/schema.ts';
import type { SqlValue } from '../lib/database.ts';
import { notDeserializable, saveError, type SaveError } from '../model/errors.ts';
import { toId18 } from '../model/ids.ts';

/** The value for the column, or why the field refuses it. */
export type Converted = SqlValue | SaveError;

export const isRefused = (value: Converted): value is SaveError =>
  typeof value === 'object' && value !== null;

const emailPattern =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const dateTimePattern =
  /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Salesforce trims text, and keeps no empty text: it is null. */
function trimmed(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function tooLong(field: FieldDefinition, value: string): SaveError {
  return saveError(
    'STRING_TOO_LONG',
    `${field.label}: data value too large: ${value} (max length=${field.length})`,
    field.name,
  );
}

function convertText(field: FieldDefinition, value: unknown): Converted {
  const text = trimmed(value);
  if (text === undefined) return notDeserializable(field.type, value);
  if (text === '') return null;
  return field.length > 0 && text.length > field.length ? tooLong(field, text) : text;
}

function convertEmail(field: FieldDefinition, value: unknown): Converted {
  const text = convertText(field, value);
  if (typeof text !== 'string' || emailPattern.test(text)) return text;
  return saveError(
    'INVALID_EMAIL_ADDRESS',
    `${field.label}: invalid email address: ${text}`,
    field.name,
  );
}

function convertBoolean(field: FieldDefinition, value: unknown): Converted {
  if (value === true || value === 'true') return 1;
  if (value === false || value === 'false') return 0;
  return notDeserializable(field.type, value);
}

/** Rounds half away from zero on the decimal digits, not on the binary fraction. */
function roundTo(value: number, scale: number): number {
  const shifted = Math.round(Number(`${Math.abs(value)}e${scale}`));
  // Beyond the digits that a double holds there is nothing to round.
  if (!Number.isSafeInteger(shifted)) return value;
  return Math.sign(value) * Number(`${shifted}e-${scale}`);
}

function convertNumber(field: FieldDefinition, value: unknown): Converted {
  const isText =
    typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value.trim());
  if (value === '') return null;
  if (typeof value !== 'number' && !isText) return notDeserializable(field.type, value);
  const number = Number(value);
  if (field.type === 'int' && !Number.isInteger(number)) return notDeserializable('int', value);
  const rounded = roundTo(number, field.scale);
  if (Math.abs(rounded) < 10 ** (field.precision - field.scale)) return rounded;
  return saveError(
    'NUMBER_OUTSIDE_VALID_RANGE',
    `${field.label}: value outside of valid range on numeric field: ${number}`,
    field.name,
  );
}

/** Whether the day is in the calendar and in the years that Salesforce keeps. */
function isDay(text: string): boolean {
  const [, year = '', month = '', day = ''] = datePattern.exec(text) ?? [];
  const time = new Date(`${text}T00:00:00Z`);
  return (
    !Number.isNaN(time.getTime()) &&
    time.getUTCMonth() + 1 === Number(month) &&
    time.getUTCDate() === Number(day) &&
    Number(year) >= 1700 &&
    Number(year) <= 4000
  );
}

function convertDate(field: FieldDefinition, value: unknown): Converted {
  if (value === '') return null;
  const good = typeof value === 'string' && datePattern.test(value) && isDay(value);
  return good ? value : notDeserializable(field.type, value);
}

/** Kept in UTC, whole seconds, in the form in which it is given out. */
function convertDateTime(field: FieldDefinition, value: unknown): Converted {
  if (value === '') return null;
  const day = typeof value === 'string' ? dateTimePattern.exec(value)?.[1] : undefined;
  if (typeof value !== 'string' || day === undefined || !isDay(day)) {
    return notDeserializable(field.type, value);
  }
  const time = new Date(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(time.getTime())) return notDeserializable(field.type, value);
  return `${time.toISOString().slice(0, 19)}.000+0000`;
}

function badPicklistValue(field: FieldDefinition, value: string): SaveError {
  return saveError(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `${field.label}: bad value for restricted picklist field: ${value}`,
    field.name,
  );
}

function picklistConverter(field: FieldDefinition): (value: unknown) => Converted {
  const allowed = new Set(field.picklistValues.filter((one) => one.active).map((one) => one.value));
  const length = field.length > 0 ? field.length : 255;
  return (value) => {
    const text = convertText({ ...field, length }, value);
    if (typeof text !== 'string' || !field.restrictedPicklist) return text;
    const chosen = field.type === 'multipicklist' ? text.split(';') : [text];
    const bad = chosen.find((one) => !allowed.has(one));
    return bad === undefined ? text : badPicklistValue(field, bad);
  };
}

function convertId(field: FieldDefinition, value: unknown): Converted {
  const text = trimmed(value);
  if (typeof value !== 'string' || text === undefined) return notDeserializable(field.type, value);
  if (text === '') return null;
  return (
    toId18(text) ??
    saveError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${text}`, field.name)
  );
}

/** What turns a JSON value into the field's column value, or refuses it. */
export function converterOf(field: FieldDefinition): (value: unknown) => Converted {
  const nullable = (convert: (field: FieldDefinition, value: unknown) => Converted) => {
    return (value: unknown): Converted => (value === null ? null : convert(field, value));
  };
  switch (field.type) {
    case 'boolean':
      return (value) => convertBoolean(field, value);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return nullable(convertNumber);
    case 'date':
      return nullable(convertDate);
    case 'datetime':
      return nullable(convertDateTime);
    case 'email':
      return nullable(convertEmail);
    case 'id':
    case 'reference':
      return nullable(convertId);
    case 'picklist':
    case 'multipicklist': {
      const convert = picklistConverter(field);
      return (value) => (value === null ? null : convert(value));
    }
    default:
      return nullable(convertText);
  }
}
