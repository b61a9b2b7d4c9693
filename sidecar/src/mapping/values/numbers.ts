import { Decimal } from 'decimal.js';
import { quoted, Refusal } from '../model/refusal.ts';
import type { FieldSchema } from '../model/schema.ts';
import { decimal } from './decimal.ts';

/** Digits that a JSON number carries exactly. */
const EXACT_DIGITS = 15;

/**
 * The conversion to a number field: rounded half up to its scale, away from zero, as Salesforce does, and
 * refused where it does not fit. A describe that states no precision limits nothing.
 */
export function toNumber({ precision, scale }: FieldSchema): (value: unknown) => number | Refusal {
  const whole = precision > 0 ? precision - scale : EXACT_DIGITS;
  const digits = Math.min(whole, EXACT_DIGITS - scale);
  const direct =
    scale > 0 && digits > 0 ? new RegExp(`^-?\\d{1,${digits}}(?:\\.\\d{1,${scale}})?$`) : null;
  const maximum = new Decimal(`1e${whole}`);
  const round = rounder(scale, whole);
  return (value) => {
    // Nearly all amounts fit as they are; reading them with decimals costs several times more.
    if (typeof value === 'string' && direct?.test(value)) return zero(Number(value));
    const near = typeof value === 'number' ? round(value) : null;
    if (near !== null) return near;
    const number = decimal(value);
    if (number === null) return notANumber(value);
    const rounded = number.toDecimalPlaces(scale, Decimal.ROUND_HALF_UP);
    if (rounded.abs().gte(maximum)) {
      return new Refusal(
        'VALUE_OUT_OF_RANGE',
        `is ${quoted(value)}, and the field takes ${whole} digits before the decimal point`,
      );
    }
    return exact(rounded, value);
  };
}

/** Up to here a number times a power of ten is off by less than a ten-thousandth. */
const SAFE = 1e9;

/** Rounds binary fractions such as a price by division; null where half a unit or the size decides. */
function rounder(scale: number, whole: number): (value: number) => number | null {
  const factor = 10 ** scale;
  const limit = Math.min(SAFE, 10 ** (whole + scale));
  return (value) => {
    const units = value * factor;
    const rounded = Math.round(units);
    const decided = Math.abs(Math.abs(units - rounded) - 0.5) > 1e-4;
    return decided && Math.abs(rounded) < limit ? zero(rounded / factor) : null;
  };
}

/** A whole number of 32 bits; decimals are rounded half up. */
export function toInteger(value: unknown): number | Refusal {
  const number = decimal(value)?.toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
  if (!number) return notANumber(value);
  if (number.lt(-(2 ** 31)) || number.gte(2 ** 31)) {
    return new Refusal('VALUE_OUT_OF_RANGE', `is ${quoted(value)}, beyond what the field takes`);
  }
  return zero(number.toNumber());
}

function exact(rounded: Decimal, value: unknown): number | Refusal {
  if (rounded.precision(true) <= EXACT_DIGITS) return zero(rounded.toNumber());
  const number = rounded.toNumber();
  if (new Decimal(number).eq(rounded)) return number;
  return new Refusal(
    'VALUE_OUT_OF_RANGE',
    `is ${quoted(value)}, which has more than ${EXACT_DIGITS} digits and would be changed on its way`,
  );
}

/** JSON has a negative zero, which no comparison should see. */
function zero(number: number): number {
  return number === 0 ? 0 : number;
}

function notANumber(value: unknown): Refusal {
  const comma = typeof value === 'string' && /^[\d.\s]*,[\d.,\s]*$/.test(value);
  const advice = comma
    ? 'write it with a point and without thousands separators, since a comma means different things in different countries'
    : 'map another attribute, or use the transform number for a number with a unit';
  return new Refusal('VALUE_NOT_NUMBER', `is ${quoted(value)}, which is not a number: ${advice}`);
}
