import type { OrderRecord } from '../../../local/store/core/records.ts';
import type { Store } from '../../../local/store/store.ts';
import { during } from '../preload/clock.ts';
import type { Row } from '../world/person.ts';
import type { StoreKey } from '../world/places.ts';
import type { Simulation } from '../world/simulation.ts';

/** A field of which the two sides hold something else. */
export interface Difference {
  /** Such as `order main:12`. */
  readonly record: string;
  /** Of the org, as issues name it; `Id` where a side lacks the record. */
  readonly field: string;
  readonly shop: unknown;
  readonly org: unknown;
}

const COLUMNS = {
  Product2:
    'Name, StockKeepingUnit, Woo_Regular_Price__c, Woo_Stock__c, Woo_Status__c, IsActive, Woo_Type__c',
  Woo_Order__c:
    'Status__c, Total__c, Tax_Total__c, Refunded_Total__c, Billing_City__c, Deleted_In_Woo__c, Tracking_Number__c, Store__c, Contact__r.Woo_Key__c, Contact__r.Email',
  Woo_Order_Item__c: 'Total__c, Quantity__c, Type__c, Order__r.Woo_Key__c',
  Woo_Refund__c: 'Amount__c, Order__r.Woo_Key__c',
  Contact: 'Email, MailingCity, Phone, LastName, Woo_Orders__c, Woo_Spent__c',
  Account: 'Name, BillingCity, Phone, Woo_Orders__c, Woo_Spent__c',
} as const;
type Named = keyof typeof COLUMNS;

/** What the org holds, read as its administrator does. */
export interface OrgSide {
  readonly rows: Readonly<Record<Named, readonly Row[]>>;
  readonly issues: readonly Row[];
}

export async function readOrg({ admin }: Simulation): Promise<OrgSide> {
  const rows: Partial<Record<Named, readonly Row[]>> = {};
  for (const [object, columns] of Object.entries(COLUMNS)) {
    const soql = `SELECT Id, Woo_Key__c, ${columns} FROM ${object} WHERE Woo_Key__c != null`;
    rows[object as Named] = await during(admin.query(soql));
  }
  const soql =
    'SELECT Id, Code__c, Kind__c, State__c, Store__c, Resource__c, Woo_Id__c, Record_Id__c, Field__c, Reason__c, First_Seen__c, Last_Seen__c, Salesforce_Object__c FROM Woo_Sync_Issue__c';
  const issues = await during(admin.query(soql));
  return { rows: rows as OrgSide['rows'], issues };
}

/** Records that a key stands for twice. */
export function doubles({ rows }: OrgSide): readonly string[] {
  return Object.entries(rows).flatMap(([object, list]) => {
    const keys = list.map((row) => String(row['Woo_Key__c']));
    return keys.filter((key, at) => keys.indexOf(key) !== at).map((key) => `${object} ${key}`);
  });
}

const cents = (value: unknown): number => Math.round(Number(value ?? 0) * 100);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** As WordPress shows names: it keeps them escaped. */
export function plain(name: string): string {
  return name
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#039;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

type Differs = (field: string, shop: unknown, org: unknown) => void;

/**
 * What differs between a shop and the org.
 * @param touched customers whom people have changed in Salesforce, where what they typed stays
 * @param others addresses, in small letters, of customers of the other shops
 */
export function differencesOf(
  key: StoreKey,
  store: Store,
  side: OrgSide,
  touched: ReadonlySet<string>,
  others: ReadonlySet<string>,
): readonly Difference[] {
  const found: Difference[] = [];
  const of =
    (record: string): Differs =>
    (field, shop, org) => {
      if (JSON.stringify(shop) !== JSON.stringify(org)) found.push({ record, field, shop, org });
    };
  compareProducts(key, store, side, of);
  compareOrders(key, store, side, of);
  compareBuyers(key, store, side, of, { touched, others });
  comparePeople(key, store, side, of, others);
  return found.filter(({ record }) => !touched.has(record));
}

/** Customers of the shop, as contacts and their accounts. */
function comparePeople(
  key: StoreKey,
  { shop }: Store,
  { rows }: OrgSide,
  of: (record: string) => Differs,
  others: ReadonlySet<string>,
): void {
  const inOrg = byKey(rows.Contact, key);
  const accounts = byKey(rows.Account, key);
  const addresses = new Set(rows.Contact.map((row) => text(row['Email']).toLowerCase()));
  for (const entry of shop.customers.all()) {
    const person = entry.read();
    if (person.role !== 'customer') continue;
    const differs = of(`customer ${key}:${person.id}`);
    const row = inOrg.get(person.id);
    const email = person.email.toLowerCase();
    if (row === undefined) {
      // Who shops in both is one contact, with the key of the store that came first, which people may have merged.
      if (key === 'main' && !addresses.has(email)) differs('Id', person.id, undefined);
      continue;
    }
    differs('Email', email, text(row['Email']).toLowerCase());
    differs('MailingCity', person.billing.city, text(row['MailingCity']));
    differs('Phone', person.billing.phone, text(row['Phone']));
    const account = accounts.get(person.id);
    if (account === undefined) {
      // An account may be that of the same address in another shop.
      if (!others.has(email)) differs('AccountId', person.id, undefined);
    } else {
      differs('BillingCity', person.billing.city, text(account['BillingCity']));
      differs('Phone', person.billing.phone, text(account['Phone']));
    }
    // Who shops in both has the orders of both.
    if (others.has(email)) continue;
    const { count, spent } = boughtBy(person.id, shop);
    differs('Woo_Orders__c', count, Number(row['Woo_Orders__c'] ?? 0));
    differs('Woo_Spent__c', spent, cents(row['Woo_Spent__c']));
  }
}

/** Whom an order names, but for those whose records people have changed or who shop elsewhere too. */
function compareBuyers(
  key: StoreKey,
  { shop }: Store,
  { rows }: OrgSide,
  of: (record: string) => Differs,
  { touched, others }: Readonly<Record<'touched' | 'others', ReadonlySet<string>>>,
): void {
  const inOrg = byKey(rows.Woo_Order__c, key);
  for (const entry of shop.orders.all()) {
    const order = entry.read();
    const row = inOrg.get(order.id);
    const person = shop.customers.get(order.customer_id)?.read();
    if (row === undefined || order.status === 'trash' || person?.role !== 'customer') continue;
    const wanted = `${key}:${person.id}`;
    if (touched.has(`customer ${wanted}`) || others.has(person.email.toLowerCase())) continue;
    const held = row['Contact__r'] as Row | null;
    // The contact may have the key of another shop, also where that shop has forgotten the customer since.
    if (text(held?.['Email']).toLowerCase() === person.email.toLowerCase()) continue;
    of(`order ${key}:${order.id}`)('Contact__c', wanted, held?.['Woo_Key__c']);
  }
}

/** What WooCommerce takes for paid. */
const PAID = ['processing', 'completed'];

/** Paid orders of an account of the shop, and what they came to less refunds, in cents of the currency with the most. */
function boughtBy(
  customer: number,
  { orders }: Store['shop'],
): { readonly count: number; readonly spent: number } {
  const paid = orders
    .all()
    .map((entry) => entry.read())
    .filter((order) => order.customer_id === customer && PAID.includes(order.status));
  const sums = new Map<string, number>();
  for (const { currency, total, refunds } of paid) {
    const refunded = refunds.reduce((sum, refund) => sum + cents(refund.total), 0);
    sums.set(currency, (sums.get(currency) ?? 0) + cents(total) + refunded);
  }
  return { count: paid.length, spent: sums.size === 0 ? 0 : Math.max(...sums.values()) };
}

function byKey(rows: readonly Row[], store: StoreKey): ReadonlyMap<number, Row> {
  const own = rows.filter((row) => String(row['Woo_Key__c']).startsWith(`${store}:`));
  return new Map(own.map((row) => [Number(String(row['Woo_Key__c']).split(':')[1]), row]));
}

function compareProducts(
  key: StoreKey,
  { shop }: Store,
  { rows }: OrgSide,
  of: (record: string) => Differs,
): void {
  const inOrg = byKey(rows.Product2, key);
  const skus = new Set(
    rows.Product2.filter((row) => !String(row['Woo_Key__c']).startsWith(`${key}:`)).map((row) =>
      text(row['StockKeepingUnit']),
    ),
  );
  const products = shop.products.all().map((entry) => entry.read());
  for (const product of products) {
    const row = inOrg.get(product.id);
    const differs = of(`product ${key}:${product.id}`);
    if (product.status === 'trash') {
      if (row) differs('IsActive', false, row['IsActive']);
      continue;
    }
    if (product.status === 'auto-draft') continue;
    if (row === undefined) {
      // One that another store shows too belongs to that one.
      if (product.sku === '' || !skus.has(product.sku)) differs('Id', product.id, undefined);
      continue;
    }
    differs('Name', plain(product.name), row['Name']);
    differs('Woo_Status__c', product.status, row['Woo_Status__c']);
    differs('StockKeepingUnit', product.sku, text(row['StockKeepingUnit']));
    if (product.type === 'simple' && key === 'main')
      differs(
        'Woo_Regular_Price__c',
        cents(product.regular_price),
        cents(row['Woo_Regular_Price__c']),
      );
    if (product.manage_stock)
      differs('Woo_Stock__c', Number(product.stock_quantity), Number(row['Woo_Stock__c'] ?? 0));
  }
  const there = new Set([
    ...products.map(({ id }) => id),
    ...shop.variations.all().map(({ id }) => id),
  ]);
  for (const [id, row] of inOrg)
    if (!there.has(id)) of(`product ${key}:${id}`)('IsActive', false, row['IsActive']);
  compareVariations(key, shop, inOrg, of);
}

function compareVariations(
  key: StoreKey,
  shop: Store['shop'],
  inOrg: ReadonlyMap<number, Row>,
  of: (record: string) => Differs,
): void {
  for (const entry of shop.variations.all()) {
    const variation = entry.read();
    const row = inOrg.get(variation.id);
    if (variation.status === 'trash' || row === undefined) continue;
    const differs = of(`product ${key}:${variation.id}`);
    if (variation.manage_stock === true)
      differs('Woo_Stock__c', Number(variation.stock_quantity), Number(row['Woo_Stock__c'] ?? 0));
    if (key === 'main')
      differs(
        'Woo_Regular_Price__c',
        cents(variation.regular_price),
        cents(row['Woo_Regular_Price__c']),
      );
  }
}

export function tracking({ meta_data }: OrderRecord): string {
  return text(meta_data.find(({ key }) => key === 'tracking_number')?.value);
}

function grouped(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, (row) =>
    String((row['Order__r'] as { readonly Woo_Key__c?: string } | null)?.Woo_Key__c),
  );
}

function compareOrders(
  key: StoreKey,
  { shop }: Store,
  { rows }: OrgSide,
  of: (record: string) => Differs,
): void {
  const inOrg = byKey(rows.Woo_Order__c, key);
  const items = grouped(rows.Woo_Order_Item__c);
  const refunds = grouped(rows.Woo_Refund__c);
  const orders = shop.orders.all().map((entry) => entry.read());
  for (const order of orders) {
    const row = inOrg.get(order.id);
    const differs = of(`order ${key}:${order.id}`);
    const isThere = order.status !== 'trash';
    if (row === undefined) {
      if (isThere && order.status !== 'checkout-draft') differs('Id', order.id, undefined);
      continue;
    }
    differs('Deleted_In_Woo__c', !isThere, row['Deleted_In_Woo__c']);
    if (!isThere) continue;
    differs('Status__c', order.status, row['Status__c']);
    differs('Total__c', cents(order.total), cents(row['Total__c']));
    differs('Tax_Total__c', cents(order.total_tax), cents(row['Tax_Total__c']));
    const refunded = order.refunds.reduce((sum, { total }) => sum - cents(total), 0);
    differs('Refunded_Total__c', refunded, cents(row['Refunded_Total__c']));
    if (key === 'main') {
      differs('Billing_City__c', order.billing.city, text(row['Billing_City__c']));
      differs('Tracking_Number__c', tracking(order), text(row['Tracking_Number__c']));
    }
    const place = `${key}:${order.id}`;
    const amounts = (refunds.get(place) ?? []).map((one) => cents(one['Amount__c'])).toSorted();
    differs('refunds', order.refunds.map(({ total }) => -cents(total)).toSorted(), amounts);
    const lines = order.line_items
      .map((line) => `${line.quantity} ${cents(line.total)}`)
      .toSorted();
    const products = (items.get(place) ?? []).filter((one) => one['Type__c'] === 'product');
    const held = products.map((one) => `${Number(one['Quantity__c'])} ${cents(one['Total__c'])}`);
    differs('items', lines, held.toSorted());
  }
  const there = new Set(orders.map(({ id }) => id));
  for (const [id, row] of inOrg)
    if (!there.has(id))
      of(`order ${key}:${id}`)('Deleted_In_Woo__c', true, row['Deleted_In_Woo__c']);
}
