import { cents, money } from './money.ts';
import type { LineItem, OrderRecord } from './records.ts';

type Lines = Pick<OrderRecord, 'line_items' | 'shipping_lines' | 'fee_lines'>;
type Totals = Pick<
  OrderRecord,
  | 'discount_total'
  | 'discount_tax'
  | 'shipping_total'
  | 'shipping_tax'
  | 'cart_tax'
  | 'total'
  | 'total_tax'
>;

/**
 * The totals of an order from its lines: total = lines after discount + shipping + fees + all taxes. WooCommerce
 * rounds the sum once, so where prices have parts of a cent the lines, each rounded, may not add up to it.
 */
export function orderTotals({ line_items, shipping_lines, fee_lines }: Lines): Totals {
  const goods = sum(line_items, 'total');
  const exact = line_items.reduce((total, line) => total + exactTotal(line), 0);
  const goodsTax = sum(line_items, 'total_tax');
  const shipping = sum(shipping_lines, 'total');
  const shippingTax = sum(shipping_lines, 'total_tax');
  const cartTax = goodsTax + sum(fee_lines, 'total_tax');
  return {
    discount_total: money(sum(line_items, 'subtotal') - goods),
    discount_tax: money(sum(line_items, 'subtotal_tax') - goodsTax),
    shipping_total: money(shipping),
    shipping_tax: money(shippingTax),
    cart_tax: money(cartTax),
    total: money(exact + shipping + sum(fee_lines, 'total') + cartTax + shippingTax),
    total_tax: money(cartTax + shippingTax),
  };
}

/** A product line's total in cents, with the parts of a cent that its unit price keeps. */
export function exactTotal({ price, quantity, total }: LineItem): number {
  const exact = price * quantity * 100;
  return money(exact) === money(cents(total)) ? exact : cents(total);
}

/** The tax lines with sums that follow from the taxes of the other lines. */
export function taxLineTotals(
  order: Lines & Pick<OrderRecord, 'tax_lines'>,
): OrderRecord['tax_lines'] {
  const goods = [...order.line_items, ...order.fee_lines].flatMap(({ taxes }) => taxes);
  const shipping = order.shipping_lines.flatMap(({ taxes }) => taxes);
  return order.tax_lines.map((line) => ({
    ...line,
    tax_total: money(
      sum(
        goods.filter(({ id }) => id === line.rate_id),
        'total',
      ),
    ),
    shipping_tax_total: money(
      sum(
        shipping.filter(({ id }) => id === line.rate_id),
        'total',
      ),
    ),
  }));
}

function sum<K extends string>(lines: readonly Record<K, string>[], field: K): number {
  return lines.reduce((total, line) => total + cents(line[field]), 0);
}
