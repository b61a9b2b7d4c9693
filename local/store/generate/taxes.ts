import type { LineTax, TaxLine } from '../core/records.ts';
import { money } from '../core/money.ts';

interface Rate {
  id: number;
  code: string;
  label: string;
  percent: number;
  compound: boolean;
}

/** The store's tax table, as recorded. */
const rates: readonly Rate[] = [
  { id: 1, code: 'US-NY-NY SALES TAX-1', label: 'NY Sales Tax', percent: 8.375, compound: false },
  { id: 2, code: 'US-CA-CA SALES TAX-1', label: 'CA Sales Tax', percent: 7.25, compound: false },
  { id: 3, code: 'US-CA-DISTRICT TAX-2', label: 'District Tax', percent: 1, compound: true },
  { id: 4, code: 'JP-消費税-1', label: '消費税', percent: 10, compound: false },
  { id: 5, code: 'DE-MWST & ABGABEN-1', label: 'MwSt & Abgaben', percent: 19, compound: false },
];

const byPlace: Record<string, readonly number[]> = {
  'US NY': [1],
  'US CA': [2, 3],
  JP: [4],
  DE: [5],
};

/** The rates that apply at a place; without a country it is the shop's own, New York. */
export function ratesAt(country: string, state: string): readonly number[] {
  if (country === '') {
    return [1];
  }
  return byPlace[`${country} ${state}`] ?? byPlace[country] ?? [];
}

/** The tax of one amount: cents per rate id, rounded per line as the store is set to do. */
export interface Tax {
  parts: { rate: number; cents: number }[];
  cents: number;
}

/** A compound rate is taken of the amount and the taxes before it. */
export function taxOf(amount: number, rateIds: readonly number[]): Tax {
  const parts: Tax['parts'] = [];
  let total = 0;
  for (const id of rateIds) {
    const rate = rateOf(id);
    const part = Math.round(((amount + (rate.compound ? total : 0)) * rate.percent) / 100);
    parts.push({ rate: id, cents: part });
    total += part;
  }
  return { parts, cents: total };
}

/** The `taxes` of a product line. */
export function lineTaxes(total: Tax, subtotal: Tax): LineTax[] {
  return total.parts.map((part, at) => ({
    id: part.rate,
    total: money(part.cents),
    subtotal: money(subtotal.parts[at]?.cents ?? 0),
  }));
}

/** The `taxes` of a shipping or fee line, which have no subtotal. */
export function plainTaxes(tax: Tax): LineTax[] {
  return tax.parts.map((part) => ({ id: part.rate, total: money(part.cents), subtotal: '' }));
}

/** One tax line per rate with the sums over goods (lines and fees) and over shipping. */
export function taxLines(
  rateIds: readonly number[],
  goods: readonly Tax[],
  shipping: readonly Tax[],
  nextId: () => number,
): TaxLine[] {
  return rateIds.map((id) => {
    const rate = rateOf(id);
    return {
      id: nextId(),
      rate_code: rate.code,
      rate_id: id,
      label: rate.label,
      compound: rate.compound,
      tax_total: money(sumOf(goods, id)),
      shipping_tax_total: money(sumOf(shipping, id)),
      rate_percent: rate.percent,
      meta_data: [],
    };
  });
}

function sumOf(taxes: readonly Tax[], rate: number): number {
  return taxes
    .flatMap(({ parts }) => parts)
    .reduce((sum, part) => sum + (part.rate === rate ? part.cents : 0), 0);
}

function rateOf(id: number): Rate {
  const rate = rates.find((candidate) => candidate.id === id);
  if (rate === undefined) {
    throw new Error(`The tax table has no rate ${id}.`);
  }
  return rate;
}
