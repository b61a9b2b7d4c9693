import type { CouponLine, FeeLine, LineItem, Meta, ShippingLine } from '../core/records.ts';
import { money } from '../core/money.ts';
import type { Catalogue, Sellable } from './catalogue.ts';
import type { Random } from '../core/random.ts';
import { lineTaxes, plainTaxes, taxOf } from './taxes.ts';
import type { Tax } from './taxes.ts';

/** Counters for the ids inside one order; lines of all kinds share one id space, meta rows another. */
export interface Ids {
  line: () => number;
  meta: () => number;
}

/** A product line with the amounts it was computed from, in cents, not rounded. */
export interface PricedLine {
  line: LineItem;
  subtotal: number;
  total: number;
  subtotalTax: Tax;
  tax: Tax;
}

/** Prices one product line; `discount` is the part of the coupon that falls on it, in cents. */
export function productLine(
  sold: Sellable,
  quantity: number,
  discount: number,
  rates: readonly number[],
  ids: Ids,
): PricedLine {
  const subtotal = sold.price * quantity;
  const total = subtotal - discount;
  const [subtotalTax, tax] = [taxOf(subtotal, rates), taxOf(total, rates)];
  const line: LineItem = {
    id: ids.line(),
    name: sold.name,
    product_id: sold.productId,
    variation_id: sold.variationId,
    quantity,
    tax_class: '',
    subtotal: money(subtotal),
    subtotal_tax: money(subtotalTax.cents),
    total: money(total),
    total_tax: money(tax.cents),
    taxes: lineTaxes(tax, subtotalTax),
    meta_data: sold.attributes.map(({ key, value, label, shown }) => ({
      id: ids.meta(),
      key,
      value,
      display_key: label,
      display_value: shown,
    })),
    sku: sold.sku,
    global_unique_id: sold.globalUniqueId,
    price: total / 100 / quantity,
    image: sold.image,
    parent_name: sold.parentName,
  };
  return { line, subtotal, total, subtotalTax, tax };
}

/** Which products an order holds, and how many of each. */
export function pickGoods(
  random: Random,
  catalogue: Catalogue,
  lines: number,
  odd: boolean,
): { sold: Sellable; quantity: number }[] {
  return Array.from({ length: lines }, () => {
    const quantity = random.below(3) + 1;
    const draw = odd ? random.next() : 1;
    if (draw < 0.03) {
      return { sold: catalogue.deleted, quantity };
    }
    if (draw < 0.05 && catalogue.trashed.length > 0) {
      return { sold: random.pick(catalogue.trashed), quantity };
    }
    return { sold: random.pick(catalogue.onSale), quantity };
  });
}

/** What the buyer chose for a line, as product add-on plugins save it. */
export function addOnMeta(ids: Ids): Meta[] {
  return [
    {
      id: ids.meta(),
      key: 'Engraving',
      value: 'To "Ann" & Bob 🎁',
      display_key: 'Engraving',
      display_value: 'To &quot;Ann&quot; &amp; Bob 🎁',
    },
    {
      id: ids.meta(),
      key: '_hidden_opt',
      value: { a: 1, b: [true, null] },
      display_key: '_hidden_opt',
      display_value: { a: 1, b: [true, null] },
    },
  ];
}

export interface Charge<L> {
  line: L;
  cents: number;
  tax: Tax;
}

export function shippingLine(
  cents: number,
  domestic: boolean,
  rates: readonly number[],
  ids: Ids,
): Charge<ShippingLine> {
  const tax = taxOf(cents, rates);
  const line = {
    id: ids.line(),
    method_title: domestic ? 'Flat rate' : 'International & Express',
    method_id: 'flat_rate',
    instance_id: '1',
    total: money(cents),
    total_tax: money(tax.cents),
    taxes: plainTaxes(tax),
    tax_status: 'taxable',
    meta_data: [],
  };
  return { line, cents, tax };
}

export function feeLine(cents: number, rates: readonly number[], ids: Ids): Charge<FeeLine> {
  const tax = taxOf(cents, rates);
  const line = {
    id: ids.line(),
    name: 'Gift wrap & card',
    tax_class: '',
    tax_status: 'taxable',
    amount: money(cents),
    total: money(cents),
    total_tax: money(tax.cents),
    taxes: plainTaxes(tax),
    meta_data: [],
  };
  return { line, cents, tax };
}

export interface Coupon {
  id: number;
  code: string;
  type: 'percent' | 'fixed_cart';
  amount: number;
}

/** The recorded coupons that generated orders use. */
export const coupons: readonly Coupon[] = [
  { id: 202, code: 'tenoff', type: 'percent', amount: 10 },
  { id: 203, code: 'fiver', type: 'fixed_cart', amount: 5 },
  { id: 205, code: 'ñ-code 日本', type: 'percent', amount: 15 },
];

/** How a coupon falls on the lines, in cents per line; never more than the line costs. */
export function spreadDiscount(coupon: Coupon | undefined, subtotals: readonly number[]): number[] {
  if (coupon === undefined) {
    return subtotals.map(() => 0);
  }
  if (coupon.type === 'percent') {
    return subtotals.map((subtotal) => Math.round((subtotal * coupon.amount) / 100));
  }
  let left = coupon.amount * 100;
  return subtotals.map((subtotal) => {
    const part = Math.min(left, subtotal);
    left -= part;
    return part;
  });
}

export function couponLine(
  coupon: Coupon,
  discount: number,
  discountTax: number,
  ids: Ids,
): CouponLine {
  // PHP writes this JSON with escapes, as the shop does with all text.
  const info = JSON.stringify([coupon.id, coupon.code, coupon.type, coupon.amount]).replace(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return {
    id: ids.line(),
    code: coupon.code,
    discount: money(discount),
    discount_tax: money(discountTax),
    meta_data: [
      {
        id: ids.meta(),
        key: 'coupon_info',
        value: info,
        display_key: 'coupon_info',
        display_value: info,
      },
    ],
    discount_type: coupon.type,
    nominal_amount: coupon.amount,
    free_shipping: false,
  };
}
