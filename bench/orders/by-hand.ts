import type { Row } from '../../sidecar/src/mapping/model/record.ts';
import { decodeEntities } from '../../sidecar/src/mapping/values/html-text.ts';

/** An order of the store, as far as the default mappings read it. */
export interface Order {
  readonly [name: string]: unknown;
  readonly id: number;
  readonly customer_id: number;
  readonly billing: Address;
  readonly shipping: Address;
  readonly line_items: readonly Line[];
  readonly shipping_lines: readonly Line[];
  readonly tax_lines: readonly Line[];
  readonly refunds: readonly { readonly total: string }[];
}

type Address = Readonly<Record<string, string>>;

interface Line {
  readonly [name: string]: unknown;
  readonly id: number;
}

type Value = string | number | boolean | null;

const PAID: ReadonlySet<unknown> = new Set(['processing', 'completed']);

/**
 * What somebody would write who needs the default mappings of orders and their items and nothing else: no
 * settings, no checks of what cannot be in such an order, no reasons where a value does not fit.
 * @returns the order's row, and one for each product, shipping and tax line
 */
export function rowsByHand(order: Order, store: string, url: string): Row[] {
  const { id, line_items, shipping_lines, tax_lines } = order;
  return [
    orderRow(order, store, url),
    ...line_items.map((line) => productRow(line, id, store)),
    ...shipping_lines.map((line) => shippingRow(line, id, store)),
    ...tax_lines.map((line) => taxRow(line, id, store)),
  ];
}

function orderRow(order: Order, store: string, url: string): Row {
  const { id, billing, shipping, line_items, refunds } = order;
  const email = billing['email']?.trim().toLowerCase() ?? '';
  const customer = order.customer_id || (email === '' ? null : `guest:${email}`);
  const key = customer === null ? null : `${store}:${customer}`;
  return {
    key: `${store}:${id}`,
    fields: {
      Admin_URL__c: `${url}/wp-admin/admin.php?page=wc-orders&action=edit&id=${id}`,
      ...billingFields(billing),
      Completed_In_Woo__c: date(order['date_completed_gmt']),
      Counts_As_Sale__c: PAID.has(order['status']) ? 'true' : 'false',
      Created_In_Woo__c: date(order['date_created_gmt']),
      Currency_Code__c: cut(order['currency'], 3),
      Customer_Note__c: cut(order['customer_note'], 32_768),
      Deleted_In_Woo__c: false,
      Discount_Total__c: Number(order['discount_total']),
      Modified_In_Woo__c: date(order['date_modified_gmt']),
      Name: cut(order['number'], 80),
      Paid_In_Woo__c: date(order['date_paid_gmt']),
      Payment_Method__c: cut(order['payment_method_title'], 255),
      Refunded_Total__c: total(refunds.map((refund) => refund.total.replace('-', ''))),
      ...shippingFields(shipping),
      Shipping_Total__c: Number(order['shipping_total']),
      Status__c: cut(order['status'], 255),
      Store__c: store,
      Subtotal__c: total(line_items.map(({ subtotal }) => subtotal)),
      Tax_Total__c: Number(order['total_tax']),
      Total__c: Number(order['total']),
    },
    onCreate: {},
    whenEmpty: {},
    lookups: [reference('Account', key), reference('Contact', key)],
  };
}

function billingFields(billing: Address): Record<string, Value> {
  return {
    Billing_City__c: plain(billing['city'], 255),
    Billing_Company__c: plain(billing['company'], 255),
    Billing_Country__c: plain(billing['country'], 255),
    Billing_Email__c: plain(billing['email'], 80),
    Billing_First_Name__c: plain(billing['first_name'], 255),
    Billing_Last_Name__c: plain(billing['last_name'], 255),
    Billing_Phone__c: plain(billing['phone'], 40),
    Billing_Postal_Code__c: plain(billing['postcode'], 255),
    Billing_State__c: plain(billing['state'], 255),
    Billing_Street__c: street(billing),
  };
}

function shippingFields(shipping: Address): Record<string, Value> {
  return {
    Shipping_City__c: plain(shipping['city'], 255),
    Shipping_Company__c: plain(shipping['company'], 255),
    Shipping_Country__c: plain(shipping['country'], 255),
    Shipping_First_Name__c: plain(shipping['first_name'], 255),
    Shipping_Last_Name__c: plain(shipping['last_name'], 255),
    Shipping_Phone__c: plain(shipping['phone'], 40),
    Shipping_Postal_Code__c: plain(shipping['postcode'], 255),
    Shipping_State__c: plain(shipping['state'], 255),
    Shipping_Street__c: street(shipping),
  };
}

function productRow(line: Line, order: number, store: string): Row {
  const product = Number(line['variation_id'] || line['product_id']);
  const { quantity, price, subtotal, total, total_tax, sku, name } = line;
  const amounts = { quantity, price, subtotal, total, tax: total_tax };
  const fields = itemFields('product', plain(name, 255) ?? 'Product', amounts, cut(sku, 255), null);
  const lookups = [
    { ...reference('Order', `${store}:${order}`, 'Woo_Order__c'), required: true },
    ...(product > 0 ? [reference('Product', `${store}:${product}`, 'Product2')] : []),
  ];
  return { key: `${store}:${line.id}`, fields, onCreate: {}, whenEmpty: {}, lookups };
}

function shippingRow(line: Line, order: number, store: string): Row {
  const { total, total_tax, method_id, method_title } = line;
  const amounts = { subtotal: total, total, tax: total_tax };
  const name = plain(method_title, 255) ?? 'Shipping';
  return partRow(line, order, store, itemFields('shipping', name, amounts, null, method_id));
}

function taxRow(line: Line, order: number, store: string): Row {
  const whole = total([line['tax_total'], line['shipping_tax_total']]);
  const name = plain(line['label'], 255) ?? 'Tax';
  const amounts = { subtotal: whole, total: whole };
  return partRow(line, order, store, itemFields('tax', name, amounts, null, line['rate_code']));
}

function partRow(line: Line, order: number, store: string, fields: Row['fields']): Row {
  const lookup = { ...reference('Order', `${store}:${order}`, 'Woo_Order__c'), required: true };
  return { key: `${store}:${line.id}`, fields, onCreate: {}, whenEmpty: {}, lookups: [lookup] };
}

interface Amounts {
  readonly quantity?: unknown;
  readonly price?: unknown;
  readonly subtotal?: unknown;
  readonly total?: unknown;
  readonly tax?: unknown;
}

function itemFields(
  type: string,
  name: string,
  { quantity, price, subtotal, total, tax }: Amounts,
  sku: string | null,
  code: unknown,
): Record<string, Value> {
  return {
    Code__c: cut(code, 255),
    Item_Name__c: name,
    Name: cut(name, 80),
    Price__c: price === undefined ? null : Math.round(Number(price) * 10_000) / 10_000,
    Quantity__c: amount(quantity),
    SKU__c: sku,
    Subtotal__c: amount(subtotal),
    Tax__c: amount(tax),
    Total__c: amount(total),
    Type__c: type,
  };
}

function reference(name: string, key: string | null, object = name): Row['lookups'][number] {
  const [field, relationshipName] = [`${name}__c`, `${name}__r`];
  return { field, relationshipName, object, keyField: 'Woo_Key__c', key, required: false };
}

function cut(value: unknown, length: number): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text.slice(0, length).trimEnd();
}

function plain(value: unknown, length: number): string | null {
  return typeof value === 'string' ? cut(decodeEntities(value), length) : null;
}

function street({ address_1 = '', address_2 = '' }: Address): string | null {
  const lines = [address_1.trim(), address_2.trim()].filter((line) => line !== '');
  return plain(lines.join('\n'), 255);
}

function date(value: unknown): string | null {
  return typeof value === 'string' ? `${value}Z` : null;
}

function amount(value: unknown): number | null {
  return value === undefined || value === null ? null : Number(value);
}

/** In whole cents, since binary fractions do not add up. */
function total(values: readonly unknown[]): number {
  const cents = values.reduce<number>((sum, value) => sum + Math.round(Number(value) * 100), 0);
  return cents / 100;
}
