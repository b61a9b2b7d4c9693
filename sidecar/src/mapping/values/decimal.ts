import { Decimal } from 'decimal.js';

/** A plain decimal number, as WooCommerce writes amounts. */
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/** The number that a JSON number or a text holds; null for anything but a plain decimal number. */
export function decimal(value: unknown): Decimal | null {
  if (typeof value === 'number') return Number.isFinite(value) ? new Decimal(value) : null;
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return PLAIN.test(trimmed) ? new Decimal(trimmed) : null;
}

/** Amounts of any shop: in millionths they are whole numbers that JavaScript's numbers hold exactly. */
const USUAL = /^-?\d{1,9}(?:\.\d{1,6})?$/;
const MILLION = 1e6;
const EXACT = 1e15;

/** The sum as plain text, without binary rounding. What is no number counts as nothing. */
export function sum(values: readonly unknown[]): string {
  let millionths = 0;
  for (const value of values) {
    if (typeof value !== 'string' || !USUAL.test(value)) return decimalSum(values);
    millionths += Math.round(Number(value) * MILLION);
  }
  return Math.abs(millionths) < EXACT ? String(millionths / MILLION) : decimalSum(values);
}

/** The same for any numbers, several times slower. */
function decimalSum(values: readonly unknown[]): string {
  return values
    .reduce<Decimal>((total, value) => total.plus(decimal(value) ?? 0), new Decimal(0))
    .toFixed();
}

/** The number with the other sign, as plain text; '0' for what is no number. */
export function negative(value: unknown): string {
  const number = decimal(value);
  return number === null || number.isZero() ? '0' : number.negated().toFixed();
}
