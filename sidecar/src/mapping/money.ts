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

/** The sum as plain text, without binary rounding. What is no number counts as nothing. */
export function sum(values: readonly unknown[]): string {
  return values
    .reduce<Decimal>((total, value) => total.plus(decimal(value) ?? 0), new Decimal(0))
    .toFixed();
}

/** The number with the other sign, as plain text; '0' for what is no number. */
export function negative(value: unknown): string {
  const number = decimal(value);
  return number === null || number.isZero() ? '0' : number.negated().toFixed();
}
