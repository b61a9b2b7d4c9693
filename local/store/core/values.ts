/**
 * How WooCommerce turns what a write gives into what it stores. Items of a batch reach these unchecked,
 * so each takes any JSON value and makes the best of it, as PHP does.
 */

/** PHP's string of a value: true is `1`, false and null are empty. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number') {
    return String(value);
  }
  return value === true ? '1' : '';
}

/** The whole number that a value starts with; 0 where there is none. */
export function wholeOf(value: unknown): number {
  const match = /^\s*([+-]?\d+)/.exec(textOf(value));
  const number = typeof value === 'number' ? Math.trunc(value) : Number(match?.[1] ?? 0);
  return Number.isFinite(number) ? number : 0;
}

/** WooCommerce's yes: true, 1, "1", "yes", "true", "on". Everything else is no. */
export function flagOf(value: unknown): boolean {
  return value === true || value === 1 || /^(1|yes|true|on)$/i.test(textOf(value));
}

/**
 * A price or an amount: every sign but digits, minus and the last point is dropped, so `"10,50"` is
 * 1050, `"1e3"` is 13 and `"abc"` is nothing.
 */
export function decimalOf(value: unknown): string {
  return textOf(value)
    .trim()
    .replace(/[^0-9.-]/g, '')
    .replace(/\.(?=[^.]*\.)/g, '');
}

/** An amount in cents, rounded half away from zero as PHP rounds: `10.005` is 1001. */
export function centsOf(value: unknown): number {
  const exact = Number((Number(decimalOf(value)) * 100).toFixed(6));
  return Math.sign(exact) * Math.round(Math.abs(exact));
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** Ids in a list; what is no id is left out. */
export function idsOf(value: unknown): number[] {
  return listOf(value)
    .map(wholeOf)
    .filter((id) => id > 0);
}
