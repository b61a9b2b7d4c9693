import {
  CURRENCY_FIELDS,
  currencyObject,
  TOTALS_FIELDS,
} from '../../mapping/attributes/customer-totals.ts';
import type { CurrencyTotals, Totals } from '../../ports/totals/totals-state.ts';
import { digest } from '../model/digest.ts';

type Value = string | number | boolean | null;

/** Fields of one record, and what stands for them where only equality is asked for. */
export interface TotalsRow {
  readonly fields: Readonly<Record<string, Value>>;
  readonly digest: string;
}

/** The totals of a customer as the org holds them. */
export interface TotalsRows {
  readonly own: TotalsRow;
  /** Of the other currencies, by code. */
  readonly others: ReadonlyMap<string, TotalsRow>;
  /** There is nothing to say of a customer who was never counted. */
  readonly isEmpty: boolean;
}

export function rowsOf(totals: Totals): TotalsRows {
  const { currencies, guestOrders } = totals;
  const [main, ...others] = currencies.toSorted(mostFirst);
  const orders = ordersIn(currencies);
  const own = [
    orders,
    main?.spent ?? null,
    main?.refunded ?? null,
    main?.average ?? null,
    main?.currency ?? null,
    firstOf(currencies),
    lastOf(currencies),
    others.length > 0,
    guestOrders,
  ];
  return {
    own: rowOf(TOTALS_FIELDS, own),
    others: new Map(others.map((one) => [one.currency, currencyRow(one)])),
    isEmpty: isEmpty(totals),
  };
}

/** Whether there is nothing to say of a customer who was never counted. */
export function isEmpty({ currencies, guestOrders }: Totals): boolean {
  return ordersIn(currencies) + guestOrders === 0;
}

function ordersIn(currencies: readonly CurrencyTotals[]): number {
  return currencies.reduce((sum, { orders }) => sum + orders, 0);
}

/** Numbers are compared as they are: no rate is known. */
function mostFirst(a: CurrencyTotals, b: CurrencyTotals): number {
  return b.spent - a.spent || b.orders - a.orders || (a.currency < b.currency ? -1 : 1);
}

function currencyRow({ orders, spent, refunded, average, first, last }: CurrencyTotals): TotalsRow {
  return rowOf(CURRENCY_FIELDS, [orders, spent, refunded, average, first, last]);
}

function firstOf(currencies: readonly CurrencyTotals[]): string | null {
  return currencies.flatMap(({ first }) => first ?? []).toSorted()[0] ?? null;
}

function lastOf(currencies: readonly CurrencyTotals[]): string | null {
  return (
    currencies
      .flatMap(({ last }) => last ?? [])
      .toSorted()
      .at(-1) ?? null
  );
}

function rowOf(names: readonly string[], values: readonly Value[]): TotalsRow {
  const fields = Object.fromEntries(names.map((name, at) => [name, values[at] ?? null]));
  return { fields, digest: digest(JSON.stringify(values)) };
}

/** The digest of what the org answers; null where it holds nothing of it. */
export function digestOfHeld(
  row: Readonly<Record<string, unknown>>,
  names: readonly string[],
): string | null {
  const values = names.map((name) => plain(row[name]));
  if (values.every((value) => value === null || value === false)) return null;
  // A person may have emptied a count, and orders that are none are counted all the same.
  return digest(JSON.stringify(values));
}

/** A date of the org has thousandths and an offset. */
function plain(value: unknown): Value {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  const time = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value.replace('+0000', 'Z')) : NaN;
  return Number.isNaN(time) ? value : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** What is written of a currency's record: it is found by its key, which names the customer. */
export function currencyRecord(
  object: string,
  recordId: string,
  currency: string,
  { fields }: TotalsRow,
): string {
  const { parent } = childOf(object);
  const key = `${recordId}:${currency}`;
  return JSON.stringify({ Woo_Key__c: key, Name: currency, [parent]: recordId, ...fields });
}

export function childOf(object: string): { readonly child: string; readonly parent: string } {
  const found = currencyObject(object);
  if (found === null) throw new Error(`${object} is no customer at a glance`);
  return found;
}
