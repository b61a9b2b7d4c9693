/** Cents as WooCommerce writes money: `"12.30"`, `"-0.05"`. Parts of a cent are rounded, half away from zero. */
export function money(cents: number): string {
  // What is beyond the twelfth digit is noise of the arithmetic: 101.49999999999999 is 101.5.
  const size = Math.round(Number(Math.abs(cents).toPrecision(12)));
  const text = `${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
  return cents < 0 && size > 0 ? `-${text}` : text;
}

/** Money text in whole cents; more than two decimals are rounded. `""` is 0. */
export function cents(text: string): number {
  return Math.round(Number(text) * 100);
}

/** A price in cents, with the parts of a cent that some plugins give it: `"12.3456"` is 1234.56. */
export function exactCents(price: string): number {
  return Number((Number(price) * 100).toPrecision(12));
}
