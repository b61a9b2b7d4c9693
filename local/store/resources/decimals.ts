const moneyFields = new Set([
  'amount',
  'cart_tax',
  'discount',
  'discount_tax',
  'discount_total',
  'shipping_tax',
  'shipping_tax_total',
  'shipping_total',
  'subtotal',
  'subtotal_tax',
  'tax_total',
  'total',
  'total_tax',
]);

/** Money with `dp` decimals instead of two, in the record and its lines. */
export function withDecimals<T>(value: T, dp: number): T {
  return dp === 2 ? value : (convert(value, dp) as T);
}

function convert(value: unknown, dp: number): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => convert(item, dp));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]: [string, unknown]) => {
      const isMoney = moneyFields.has(field) && typeof inner === 'string' && inner !== '';
      return [field, isMoney ? Number(inner).toFixed(dp) : keepMeta(field, inner, dp)];
    }),
  );
}

/** Meta is the plugins' own: nothing in it is money to WooCommerce. */
function keepMeta(field: string, inner: unknown, dp: number): unknown {
  return field === 'meta_data' ? inner : convert(inner, dp);
}
