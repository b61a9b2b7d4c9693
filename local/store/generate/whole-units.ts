import { cents, money } from '../core/money.ts';
import type { LineTax } from '../core/records.ts';
import type { Lines } from './order-contents.ts';

/** Currencies of generated orders that have no decimals. */
const withoutDecimals = new Set(['JPY']);

/** The smallest amount of a currency, in the cents that all amounts are counted in. */
export const smallestOf = (currency: string): number => (withoutDecimals.has(currency) ? 100 : 1);

const converted = (amount: string): string => (amount === '' ? '' : money(cents(amount) * 100));

const convertedTaxes = (taxes: readonly LineTax[]): LineTax[] =>
  taxes.map((tax) => ({
    ...tax,
    total: converted(tax.total),
    subtotal: converted(tax.subtotal),
  }));

/**
 * The lines in a currency without decimals: one unit for each cent, as plugins that convert prices do it. All sums hold
 * as before, and none has a part of a unit.
 */
export function inWholeUnits(lines: Lines): Lines {
  return {
    line_items: lines.line_items.map((line) => {
      const total = converted(line.total);
      return {
        ...line,
        subtotal: converted(line.subtotal),
        subtotal_tax: converted(line.subtotal_tax),
        total,
        total_tax: converted(line.total_tax),
        taxes: convertedTaxes(line.taxes),
        price: Number(total) / line.quantity,
      };
    }),
    tax_lines: lines.tax_lines.map((line) => ({
      ...line,
      tax_total: converted(line.tax_total),
      shipping_tax_total: converted(line.shipping_tax_total),
    })),
    shipping_lines: lines.shipping_lines.map((line) => ({
      ...line,
      total: converted(line.total),
      total_tax: converted(line.total_tax),
      taxes: convertedTaxes(line.taxes),
    })),
    fee_lines: lines.fee_lines.map((line) => ({
      ...line,
      amount: converted(line.amount),
      total: converted(line.total),
      total_tax: converted(line.total_tax),
      taxes: convertedTaxes(line.taxes),
    })),
    coupon_lines: lines.coupon_lines.map((line) => ({
      ...line,
      discount: converted(line.discount),
      discount_tax: converted(line.discount_tax),
    })),
  };
}
