import { lineTaxes, plainTaxes, ratesAt, taxLines, taxOf } from '../../generate/taxes.ts';
import type { Tax } from '../../generate/taxes.ts';
import type { NewIds } from '../../shop/ids.ts';
import { cents, money } from '../../core/money.ts';
import type { OrderRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import { orderTotals } from '../../core/totals.ts';

const none: Tax = { parts: [], cents: 0 };

/**
 * Taxes and totals from the lines, as WooCommerce recalculates them: by the shipping address, else the billing
 * address, else at home. Taxes are rounded per line.
 */
export function recalculate(order: OrderRecord, shop: Shop, ids: NewIds): void {
  const at = order.shipping.country === '' ? order.billing : order.shipping;
  const rates = ratesAt(at.country, at.state);
  const taxOn = (amount: string, taxable: boolean): Tax =>
    taxable ? taxOf(cents(amount), rates) : none;
  const goods: Tax[] = [];
  for (const line of order.line_items) {
    const taxable = shop.products.get(line.product_id)?.read()['tax_status'] !== 'none';
    const [total, subtotal] = [taxOn(line.total, taxable), taxOn(line.subtotal, taxable)];
    line.taxes = lineTaxes(total, subtotal);
    line.total_tax = money(total.cents);
    line.subtotal_tax = money(subtotal.cents);
    goods.push(total);
  }
  for (const fee of order.fee_lines) {
    const total = taxOn(fee.total, fee.tax_status !== 'none');
    Object.assign(fee, { taxes: plainTaxes(total), total_tax: money(total.cents) });
    goods.push(total);
  }
  const shipping = order.shipping_lines.map((line) => {
    const total = taxOn(line.total, line.tax_status !== 'none');
    Object.assign(line, { taxes: plainTaxes(total), total_tax: money(total.cents) });
    return total;
  });
  const taxed = [...goods, ...shipping].some(({ parts }) => parts.length > 0);
  const known = new Map(order.tax_lines.map((line) => [line.rate_id, line.id]));
  order.tax_lines = taxLines(taxed ? rates : [], goods, shipping, () => ids.line()).map((line) => ({
    ...line,
    id: known.get(line.rate_id) ?? line.id,
  }));
  Object.assign(order, orderTotals(order));
}
