import { FormulaFault } from './problem.ts';
import type { FieldDefinition } from '../model/schema.ts';
import type { FormulaType, Value } from './types.ts';

export const dayLength = 86_400_000;

/** Double arithmetic without its noise: 0.1 + 0.2 is 0.3. The platform computes in decimals. */
export function tidy(value: number): number {
  if (!Number.isFinite(value)) throw new FormulaFault('Numeric overflow');
  return Number(value.toPrecision(15));
}

const [firstMoment, lastMoment] = [
  Date.parse('0001-01-01'),
  Date.parse('9999-12-31T23:59:59.999Z'),
];

/** @throws FormulaFault outside the years 1 to 9999 */
export function inCalendar(moment: number): number {
  if (moment >= firstMoment && moment <= lastMoment) return moment;
  throw new FormulaFault('Invalid date');
}

/** Rounds half away from zero, as the platform does. */
export function roundTo(value: number, digits: number): number {
  const factor = 10 ** Math.trunc(digits);
  const scaled = tidy(Math.abs(value) * factor);
  return tidy((Math.sign(value) * Math.round(scaled)) / factor);
}

/** Text without the state "empty", which the platform does not have. */
export const textOrNull = (text: string): string | null => (text === '' ? null : text);

export const textOf = (value: Value): string => (value === null ? '' : String(value));

/** Milliseconds of an API date or date-time. */
function timeOf(text: string): number {
  const time = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(time)) throw new Error(`The record holds a date that is none: ${text}`);
  return time;
}

/** A value of the REST API, or of a table with its checkboxes as 0 and 1, as formulas compute with it. */
export function fromApi(value: unknown, field: FieldDefinition): Value {
  if (field.type === 'boolean') return value === true || value === 1;
  if (value === null || value === undefined || value === '') return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  switch (field.type) {
    case 'int':
    case 'double':
    case 'currency':
      return Number(text);
    case 'percent':
      return tidy(Number(text) / 100);
    case 'date':
    case 'datetime':
      return timeOf(text);
    case 'id':
    case 'reference':
      // Formulas see the short form of ids; CASESAFEID gives the long one.
      return text.slice(0, 15);
    default:
      return text;
  }
}

/** The computed value of a formula field, as the REST API gives it. */
export function toApi(value: Value, type: FormulaType, field: FieldDefinition): Value {
  if (field.type === 'boolean') return value === true;
  if (value === null) return null;
  switch (type) {
    case 'Number':
      return roundTo(Number(value) * (field.type === 'percent' ? 100 : 1), field.scale);
    case 'Date':
      return new Date(Number(value)).toISOString().slice(0, 10);
    case 'Date/Time':
      return `${new Date(Number(value)).toISOString().slice(0, 19)}.000+0000`;
    case 'Text':
    case 'Lookup':
      return String(value).slice(0, 1300);
    default:
      return value;
  }
}
