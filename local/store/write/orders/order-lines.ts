import { sellableProduct, sellableVariation } from '../../generate/catalogue.ts';
import type { Sellable } from '../../generate/catalogue.ts';
import { productLine } from '../../generate/order-lines.ts';
import type { BodyFields } from '../../rest/request/body.ts';
import { isObject } from '../../rest/request/body.ts';
import { notEmulated, ReplyError, wpError } from '../../rest/response/reply.ts';
import type { NewIds } from '../../shop/ids.ts';
import { exactCents, money } from '../../core/money.ts';
import type { FeeLine, LineItem, OrderRecord, ShippingLine } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import { exactTotal } from '../../core/totals.ts';
import { changedMeta, shownMeta } from '../meta.ts';
import { holderOf } from '../products/sku.ts';
import { plainLine } from '../../core/text.ts';
import { centsOf, decimalOf, listOf, objectOf, textOf, wholeOf } from '../../core/values.ts';

/** What marks an item of a list for removal when it is null. */
const removers = ['product_id', 'method_id', 'method_title', 'name', 'code'];

const nothing: Sellable = {
  productId: 0,
  variationId: 0,
  name: '',
  sku: null,
  globalUniqueId: null,
  price: 0,
  image: { id: 0, src: '' },
  parentName: null,
  attributes: [],
};

/**
 * Puts the lines of a body into an order: with an id they change, without they are added.
 * @throws ReplyError where a line is bad; the order must then be thrown away.
 */
export function applyLines(order: OrderRecord, body: BodyFields, shop: Shop, ids: NewIds): void {
  if (listOf(body['coupon_lines']).length > 0) {
    throw new ReplyError(notEmulated('coupons in the body of an order'));
  }
  const context = { shop, ids };
  order.line_items = changed(order.line_items, body['line_items'], (given, line) =>
    line === undefined ? newProductLine(given, context) : changedProductLine(line, given, context),
  );
  order.shipping_lines = changed(order.shipping_lines, body['shipping_lines'], (given, line) =>
    shippingLine(given, line, ids),
  );
  order.fee_lines = changed(order.fee_lines, body['fee_lines'], (given, line) =>
    feeLine(given, line, ids),
  );
}

interface Context {
  shop: Shop;
  ids: NewIds;
}

function changed<L extends { id: number }>(
  lines: L[],
  given: unknown,
  make: (item: Record<string, unknown>, line: L | undefined) => L,
): L[] {
  let result = lines;
  for (const item of listOf(given).filter(isObject)) {
    const id = wholeOf(item['id']);
    if (id === 0) {
      result = [...result, make(item, undefined)];
      continue;
    }
    const line = result.find((candidate) => candidate.id === id);
    if (line === undefined) {
      const message = 'Order item ID provided is not associated with order.';
      throw new ReplyError(wpError(400, 'woocommerce_rest_invalid_item_id', message));
    }
    result = isRemoval(item)
      ? result.filter((candidate) => candidate !== line)
      : result.map((candidate) => (candidate === line ? make(item, line) : candidate));
  }
  return result;
}

function isRemoval(item: Record<string, unknown>): boolean {
  return removers.some((name) => name in item && item[name] === null) || item['quantity'] === 0;
}

function newProductLine(given: Record<string, unknown>, { shop, ids }: Context): LineItem {
  const sold = soldItem(given, shop);
  const quantity = given['quantity'] === undefined ? 1 : wholeOf(given['quantity']);
  const { line } = productLine(sold, quantity, 0, [], ids);
  const { subtotal, total, name } = given;
  line.subtotal = money(subtotal === undefined ? sold.price * quantity : centsOf(subtotal));
  line.total = total === undefined ? line.subtotal : money(centsOf(total));
  const paid = total === undefined ? subtotal : total;
  line.price = unitPrice(quantity, paid === undefined ? sold.price * quantity : centsIn(paid));
  line.name = name === undefined ? line.name : textOf(name);
  line.meta_data = shownMeta(changedMeta(line.meta_data, given['meta_data'], () => ids.meta()));
  return line;
}

/** The unit price is of the total as given, not as rounded. `total` is in cents. */
function unitPrice(quantity: number, total: number): number {
  return quantity === 0 ? 0 : total / 100 / quantity;
}

function centsIn(total: unknown): number {
  return exactCents(decimalOf(total));
}

/** Changing a quantity leaves the totals. */
function changedProductLine(
  line: LineItem,
  given: Record<string, unknown>,
  { ids }: Context,
): LineItem {
  const quantity = given['quantity'] === undefined ? line.quantity : wholeOf(given['quantity']);
  const { subtotal, total, name } = given;
  const next = {
    ...line,
    quantity,
    ...(subtotal === undefined ? {} : { subtotal: money(centsOf(subtotal)) }),
    ...(total === undefined ? {} : { total: money(centsOf(total)) }),
    ...(name === undefined ? {} : { name: textOf(name) }),
    meta_data: shownMeta(changedMeta(line.meta_data, given['meta_data'], () => ids.meta())),
  };
  return {
    ...next,
    price: unitPrice(quantity, total === undefined ? exactTotal(line) : centsIn(total)),
  };
}

/** What a line sells: an unknown id is kept as nothing, but some reference there must be. */
function soldItem(given: Record<string, unknown>, shop: Shop): Sellable {
  const sku = textOf(given['sku']);
  const bySku = sku === '' ? undefined : holderOf(shop, sku);
  const id = wholeOf(given['variation_id']) || wholeOf(given['product_id']) || bySku || 0;
  if (id === 0) {
    const message = 'Product ID or SKU is required.';
    throw new ReplyError(wpError(400, 'woocommerce_rest_required_product_reference', message));
  }
  const variation = shop.variations.get(id)?.read();
  const product = shop.products.get(variation?.parent_id ?? id)?.read();
  if (product === undefined) {
    return nothing;
  }
  return variation === undefined ? sellableProduct(product) : sellableVariation(variation, product);
}

function shippingLine(
  given: Record<string, unknown>,
  line: ShippingLine | undefined,
  ids: NewIds,
): ShippingLine {
  const { method_id, method_title, instance_id, total, meta_data } = given;
  const before = line ?? {
    id: ids.line(),
    method_title: '',
    method_id: '',
    instance_id: '',
    total: '0.00',
    total_tax: '0.00',
    taxes: [],
    tax_status: 'taxable',
    meta_data: [],
  };
  return {
    ...before,
    ...(method_title === undefined ? {} : { method_title: plainLine(textOf(method_title)) }),
    ...(method_id === undefined ? {} : { method_id: plainLine(textOf(method_id)) }),
    ...(instance_id === undefined ? {} : { instance_id: textOf(instance_id) }),
    ...(total === undefined ? {} : { total: money(centsOf(total)) }),
    meta_data: shownMeta(changedMeta(before.meta_data, meta_data, () => ids.meta())),
  };
}

function feeLine(given: Record<string, unknown>, line: FeeLine | undefined, ids: NewIds): FeeLine {
  const { name, total, tax_status, meta_data } = objectOf(given);
  const before = line ?? {
    id: ids.line(),
    name: '',
    tax_class: '',
    tax_status: 'taxable',
    amount: '',
    total: '0.00',
    total_tax: '0.00',
    taxes: [],
    meta_data: [],
  };
  return {
    ...before,
    ...(name === undefined ? {} : { name: textOf(name) }),
    ...(total === undefined ? {} : { total: money(centsOf(total)) }),
    ...(tax_status === 'none' ? { tax_status: 'none' } : {}),
    meta_data: shownMeta(changedMeta(before.meta_data, meta_data, () => ids.meta())),
  };
}
