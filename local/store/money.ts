/** Whole cents as WooCommerce writes money: `"12.30"`, `"-0.05"`. */
export function money(cents: number): string {
  const size = Math.abs(cents);
  const text = `${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
  return cents < 0 ? `-${text}` : text;
}

/** Money text in whole cents; more than two decimals are rounded. `""` is 0. */
export function cents(text: string): number {
  return Math.round(Number(text) * 100);
}
