import type { Random } from '../core/random.ts';
import type { OrderRecord } from '../core/records.ts';
import type { Catalogue } from './catalogue.ts';
import { addOnMeta, couponLine, coupons, feeLine, pickGoods } from './order-lines.ts';
import { productLine, shippingLine, spreadDiscount } from './order-lines.ts';
import type { Ids } from './order-lines.ts';
import type { OrderPlan } from './order-plan.ts';
import type { Person } from './people.ts';
import { taxLines } from './taxes.ts';

export type Lines = Pick<
  OrderRecord,
  'line_items' | 'tax_lines' | 'shipping_lines' | 'fee_lines' | 'coupon_lines'
>;

/** What the order is of: goods, shipping, fees and coupons, with their taxes. */
export function buildLines(
  random: Random,
  plan: OrderPlan,
  buyer: Person,
  catalogue: Catalogue,
  ids: Ids,
  bench: boolean,
): Lines {
  const { rates } = buyer.place;
  const draft = plan.status === 'checkout-draft';
  const goods = pickGoods(random, catalogue, lineCount(random, plan.index, bench), !bench);
  const coupon = !bench && random.chance(0.12) ? random.pick(coupons) : undefined;
  const discounts = spreadDiscount(
    coupon,
    goods.map(({ sold, quantity }) => sold.price * quantity),
  );
  const priced = goods.map(({ sold, quantity }, at) =>
    productLine(sold, quantity, discounts[at] ?? 0, rates, ids),
  );
  if (!bench && random.chance(0.03)) {
    priced[0]?.line.meta_data.push(...addOnMeta(ids));
  }
  const shipping = draft ? [] : [shippingLine(750, buyer.place.country === 'US', rates, ids)];
  const fees = !bench && random.chance(0.06) ? [feeLine(300, rates, ids)] : [];
  const tax = taxLines(
    rates,
    [...priced, ...fees].map((line) => line.tax),
    shipping.map((line) => line.tax),
    ids.line,
  );
  const discountTax = priced.reduce(
    (sum, line) => sum + line.subtotalTax.cents - line.tax.cents,
    0,
  );
  const discount = discounts.reduce((sum, part) => sum + part, 0);
  return {
    line_items: priced.map(({ line }) => line),
    tax_lines: tax,
    shipping_lines: shipping.map(({ line }) => line),
    fee_lines: fees.map(({ line }) => line),
    coupon_lines: coupon === undefined ? [] : [couponLine(coupon, discount, discountTax, ids)],
  };
}

function lineCount(random: Random, index: number, bench: boolean): number {
  if (bench) {
    return 3;
  }
  return index % 211 === 5 ? 25 : random.below(4) + 1;
}
