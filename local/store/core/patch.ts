import type { OrderRecord } from './records.ts';

/** Fields to change; objects (addresses) are merged, lists are replaced. */
export type Patch = Record<string, unknown>;

/** Lines of every kind. */
export function linesOf(order: OrderRecord): { id: number }[] {
  return [
    ...order.line_items,
    ...order.shipping_lines,
    ...order.fee_lines,
    ...order.tax_lines,
    ...order.coupon_lines,
  ];
}

/** @throws Error for a field that the record has not */
export function merged<R extends object>(record: R, patch: Patch, name: string): R {
  const copy = structuredClone(record) as R & Record<string, unknown>;
  for (const [field, value] of Object.entries(patch)) {
    if (!(field in copy) || field === 'id') {
      throw new Error(`${name} has no field "${field}" that can be changed.`);
    }
    const old: unknown = copy[field];
    const both = isObject(old) && isObject(value);
    Object.assign(copy, { [field]: both ? { ...old, ...value } : value });
  }
  return copy;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
