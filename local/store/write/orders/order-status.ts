import { stateFlags } from '../../generate/order.ts';
import type { EditOptions, Ledger } from '../../shop/ledger.ts';
import type { LineItem, OrderRecord, ProductRecord, VariationRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import { cents } from '../../core/money.ts';
import { settleStock } from '../products/stock.ts';

const REDUCED = '_reduced_stock';

/** Statuses in which the goods are taken from stock and counted as sold. */
const takesStock = new Set(['processing', 'completed', 'on-hold']);
const givesBack = new Set(['pending', 'cancelled']);

/** Cash on delivery is paid when the order is completed, everything else when it is in processing. */
function isPaid({ status, payment_method }: OrderRecord): boolean {
  return status === 'completed' || (status === 'processing' && payment_method !== 'cod');
}

/** What follows from an order's new status: dates, flags, stock, sales, and that its customer pays. */
export function settleStatus(order: OrderRecord, before: string | undefined, ledger: Ledger): void {
  const { shop } = ledger;
  Object.assign(order, orderFlags(order, shop));
  if (order.status === before) {
    return;
  }
  const { site, gmt } = ledger.instant();
  if (isPaid(order) && order.date_paid === null) {
    Object.assign(order, { date_paid: site, date_paid_gmt: gmt });
  }
  if (order.status === 'completed') {
    Object.assign(order, { date_completed: site, date_completed_gmt: gmt });
    markPaying(order.customer_id, ledger);
  }
  if (takesStock.has(order.status)) {
    order.line_items = order.line_items.map((line) => takeStock(line, ledger));
    if (before === undefined || !takesStock.has(before)) {
      countSales(order, ledger);
    }
  } else if (givesBack.has(order.status)) {
    order.line_items = order.line_items.map((line) => giveBack(line, ledger));
  }
}

/** What WooCommerce derives from status, total and goods. */
function orderFlags(order: OrderRecord, shop: Shop): Partial<OrderRecord> {
  const flags = stateFlags(order.status);
  const goods = order.line_items.flatMap(
    ({ product_id }) => shop.products.get(product_id)?.read() ?? [],
  );
  return {
    ...flags,
    needs_payment: flags.needs_payment && cents(order.total) > 0,
    needs_processing: goods.some(({ virtual, downloadable }) => !(virtual && downloadable)),
  };
}

/** The record that keeps the stock of what a line sold, when anybody does. */
function stockHolder(line: LineItem, shop: Shop): ProductRecord | VariationRecord | undefined {
  const variation = shop.variations.get(line.variation_id)?.read();
  if (variation?.manage_stock === true) {
    return variation;
  }
  const product = shop.products.get(line.product_id)?.read();
  return product?.manage_stock === true ? product : undefined;
}

function takeStock(line: LineItem, ledger: Ledger): LineItem {
  const holder = stockHolder(line, ledger.shop);
  if (holder === undefined || line.meta_data.some(({ key }) => key === REDUCED)) {
    return line;
  }
  changeStock(holder, -line.quantity, ledger);
  const value = String(line.quantity);
  const meta = {
    id: ledger.ids.meta(),
    key: REDUCED,
    value,
    display_key: REDUCED,
    display_value: value,
  };
  return { ...line, meta_data: [...line.meta_data, meta] };
}

/** Puts back what a line took, or `quantity` of it; the line remembers what is still taken. */
export function giveBack(line: LineItem, ledger: Ledger, quantity = Infinity): LineItem {
  const taken = line.meta_data.find(({ key }) => key === REDUCED);
  const holder = stockHolder(line, ledger.shop);
  if (taken === undefined || holder === undefined || quantity === 0) {
    return line;
  }
  const back = Math.min(quantity, Number(taken.value));
  const left = String(Number(taken.value) - back);
  changeStock(holder, back, ledger);
  const others = line.meta_data.filter((meta) => meta !== taken);
  if (left === '0') {
    return { ...line, meta_data: others };
  }
  const rest = { ...taken, value: left, display_value: left };
  return { ...line, meta_data: [...others, rest] };
}

/** A sale moves the product's modified date; of a variation, its parent's too. Older shops move none. */
function changeStock(holder: ProductRecord | VariationRecord, by: number, ledger: Ledger): void {
  const next = structuredClone(holder);
  next.stock_quantity = (next.stock_quantity ?? 0) + by;
  settleStock(next);
  const options: EditOptions = ledger.oldStock ? { modified: null } : {};
  if (!ledger.oldStock) {
    ledger.tell('product.updated', next.id);
  }
  if (isVariation(next)) {
    ledger.saveVariation(next, options);
    const parent = ledger.shop.products.get(next.parent_id)?.read();
    if (parent !== undefined) {
      ledger.saveProduct(structuredClone(parent), options);
    }
  } else {
    ledger.saveProduct(next, options);
  }
}

function isVariation(item: ProductRecord | VariationRecord): item is VariationRecord {
  return 'image' in item;
}

/** Counting sales is a number of its own: no date moves. */
function countSales(order: OrderRecord, ledger: Ledger): void {
  for (const { product_id, quantity } of order.line_items) {
    const product = ledger.shop.products.get(product_id)?.read();
    if (product !== undefined) {
      const total_sales = Number(product.total_sales) + quantity;
      ledger.saveProduct({ ...structuredClone(product), total_sales }, { modified: null });
    }
  }
}

function markPaying(id: number, ledger: Ledger): void {
  const customer = ledger.shop.customers.get(id)?.read();
  if (customer?.is_paying_customer === false) {
    ledger.saveCustomer({ ...structuredClone(customer), is_paying_customer: true });
    ledger.tell('customer.updated', id);
  }
}
