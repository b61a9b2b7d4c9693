import { text } from '../model/json-shape.ts';
import type { WooRecord } from '../model/record.ts';
import { quoted, Refusal } from '../model/refusal.ts';
import { decimal } from '../values/decimal.ts';

const PRICES = new Set(['regular_price', 'sale_price']);
const OF_EXTERNAL = new Set(['external_url', 'button_text']);

/**
 * Why a product cannot have a value that the attribute takes: the shop would leave it out without a word.
 * @param given what would be sent, not empty
 * @param record as it will be: with what else is sent
 */
export function refusedOf(attribute: string, given: unknown, record: WooRecord): Refusal | null {
  const type = text(record['type']);
  if (PRICES.has(attribute) && (type === 'variable' || type === 'grouped')) {
    const of = type === 'variable' ? 'variations' : 'products';
    return new Refusal(
      'TO_WOO_PRODUCT_TYPE',
      `cannot be set, since the price of a ${type} product is that of its ${of}: empty it, and set the prices of the ${of}`,
    );
  }
  if (OF_EXTERNAL.has(attribute) && type !== '' && type !== 'external') {
    return new Refusal(
      'TO_WOO_PRODUCT_TYPE',
      `cannot be set, since only external products have it, and this one is ${type}: empty it, or change the type in the shop`,
    );
  }
  return attribute === 'sale_price' ? saleAbove(given, record['regular_price']) : null;
}

/**
 * Why a product cannot have a regular price: WooCommerce removes a sale price that is not below it, and says nothing.
 * @param given what is sent; empty for none
 * @param record as it will be: with what else is sent. A sale price that it was read without says nothing
 */
export function salePriceLost(given: unknown, record: WooRecord): Refusal | null {
  const [sale, usual] = [decimal(record['sale_price']), decimal(given)];
  if (sale === null || (usual !== null && sale.lt(usual))) return null;
  const now = usual === null ? 'is empty' : `is ${quoted(given)}`;
  return new Refusal(
    'TO_WOO_REGULAR_PRICE',
    `${now} and the sale price is ${quoted(record['sale_price'])}, so the shop would remove the sale price: lower that first, or end the sale`,
  );
}

/**
 * A sale price that is not below the regular one is removed by the shop. A regular price that the record was read
 * without says nothing.
 */
function saleAbove(given: unknown, regular: unknown): Refusal | null {
  if (regular === undefined) return null;
  const [sale, usual] = [decimal(given), decimal(regular)];
  if (sale === null || (usual !== null && sale.lt(usual))) return null;
  const than =
    usual === null ? 'there is no regular price' : `the regular price is ${quoted(regular)}`;
  return new Refusal(
    'TO_WOO_SALE_PRICE',
    `is ${quoted(given)} and ${than}, so the shop would remove it: set a regular price above it`,
  );
}
