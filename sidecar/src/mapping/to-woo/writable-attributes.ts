import { isDerived } from '../attributes/derived-attributes.ts';
import { resolveAlias } from '../attributes/known-attributes.ts';
import { NUMBERED } from '../attributes/read-steps.ts';
import { wooId } from '../keys/keys.ts';
import type { WooRecord } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import { formed, HTML, line, NAME, TAX_CLASS, word } from './text-types.ts';
import { AMOUNT, count, CUSTOM, moment, YES_NO } from './value-types.ts';
import type { WooType } from './woo-type.ts';

/** An attribute of the shop's records that can be written. */
export interface WooAttribute {
  /** In WooCommerce's words; of a custom field `meta_data.` and its key. */
  readonly name: string;
  readonly type: WooType;
  /** Whether variations have it too. */
  readonly ofVariations: boolean;
  /** Why a record cannot have a value that the type gives; absent for what is checked of products. */
  readonly refuses?: (given: unknown, record: WooRecord) => Refusal | null;
  /** As OutgoingField.revertsIfRefused. */
  readonly reverts?: boolean;
}

/** Of the column that the shop looks up SKUs and GTINs in. */
const LONGEST_CODE = 100;

const SLUG = formed(
  /^(?:[a-z\d_-]|%[a-f\d]{2})+$/,
  200,
  new Refusal(
    'TO_WOO_EMPTY',
    'is empty, and each page of the shop has an address: enter a name for it',
  ),
  'write it as it stands in addresses, with small letters a to z, digits and hyphens',
);
const GTIN = formed(/^[\d-]+$/, LONGEST_CODE, '', 'the shop takes digits and hyphens only');
const LINK = formed(
  /^https?:\/\/[^\s<>"]+$/i,
  2000,
  '',
  'write an address that starts with https://',
);

const OF_PRODUCTS: Readonly<Record<string, WooType>> = {
  name: NAME,
  short_description: HTML,
  purchase_note: HTML,
  slug: SLUG,
  external_url: LINK,
  button_text: line(200),
  featured: YES_NO,
  sold_individually: YES_NO,
  reviews_allowed: YES_NO,
  catalog_visibility: word('visible', 'catalog', 'search', 'hidden'),
};

const OF_VARIATIONS_TOO: Readonly<Record<string, WooType>> = {
  description: HTML,
  sku: line(LONGEST_CODE),
  global_unique_id: GTIN,
  tax_class: TAX_CLASS,
  regular_price: AMOUNT,
  sale_price: AMOUNT,
  weight: AMOUNT,
  'dimensions.length': AMOUNT,
  'dimensions.width': AMOUNT,
  'dimensions.height': AMOUNT,
  date_on_sale_from: moment('00:00:00'),
  date_on_sale_from_gmt: moment('00:00:00'),
  date_on_sale_to: moment('23:59:59'),
  date_on_sale_to_gmt: moment('23:59:59'),
  virtual: YES_NO,
  downloadable: YES_NO,
  manage_stock: YES_NO,
  download_limit: count(-1, -1),
  download_expiry: count(-1, -1),
  menu_order: count(-(2 ** 31), 0),
  low_stock_amount: count(0, null),
  status: word('draft', 'pending', 'private', 'publish'),
  tax_status: word('taxable', 'shipping', 'none'),
  backorders: word('no', 'notify', 'yes'),
};

/** The attribute of a product that a path writes to; undefined where it cannot be written. */
export function writableAttribute(canonical: string): WooAttribute | undefined {
  // A product's name is its own; only that of a variation is made, and variations have none to write.
  const name = canonical === 'display_name' ? 'name' : canonical;
  if (Object.hasOwn(OF_VARIATIONS_TOO, name)) return found(name, OF_VARIATIONS_TOO[name], true);
  if (Object.hasOwn(OF_PRODUCTS, name)) return found(name, OF_PRODUCTS[name], false);
  const isCustom = /^meta_data\../.test(name) && !isKnown(name) && !isNumbered(name);
  return isCustom ? found(name, CUSTOM, true) : undefined;
}

function found(
  name: string,
  type: WooType | undefined,
  ofVariations: boolean,
): WooAttribute | undefined {
  return type && { name, type, ofVariations };
}

/** Whether a custom field is where WooCommerce keeps an attribute: it does not let that be written past it. */
function isKnown(name: string): boolean {
  const key = name.slice('meta_data.'.length);
  return key.startsWith('_') && resolveAlias('product', key) !== key;
}

/** Whether a path names one of several custom fields of a key. */
function isNumbered(name: string): boolean {
  return name.split('.').some((segment) => NUMBERED.test(segment));
}

/** Whether the record is one of a product's variations. */
export function isVariation({ type, parent_id }: WooRecord): boolean {
  return typeof type === 'string' ? type === 'variation' : wooId(parent_id) !== null;
}

const STOCK = new Set(['stock_quantity', 'stock_status']);
const LISTS = new Set([
  'categories',
  'tags',
  'brands',
  'attributes',
  'default_attributes',
  'downloads',
  'upsell_ids',
  'cross_sell_ids',
  'grouped_products',
  'shipping_class',
]);
const ONE_WAY = 'Set the direction of the field mapping to to_salesforce';

/** Why an attribute that nothing writes cannot be written, as the rest of a sentence, and what to do. */
export function whyNotWritable(canonical: string): { readonly why: string; readonly cure: string } {
  const [first = ''] = canonical.split('.');
  if (STOCK.has(first)) {
    const why =
      'the sales of the shop decide: a stock sent from here could undo a sale of the same minute';
    return { why, cure: `${ONE_WAY}; stock is counted in the shop.` };
  }
  if (first === 'images' || first === 'image') {
    const cure = 'Map text fields to product_featured_image and product_gallery_images.';
    return { why: 'images go there by the ids of files', cure };
  }
  if (LISTS.has(first)) {
    return { why: 'lists and classes of the shop cannot be written yet', cure: `${ONE_WAY}.` };
  }
  if (first === 'dimensions') {
    const cure = 'Name one of dimensions.length, dimensions.width and dimensions.height.';
    return { why: 'it is a group of values', cure };
  }
  if (first === 'meta_data' && isKnown(canonical)) {
    const own = resolveAlias('product', canonical.slice('meta_data.'.length));
    return { why: `it is where WooCommerce keeps ${own} itself`, cure: `Map ${own} in its place.` };
  }
  if (first === 'meta_data' && isNumbered(canonical)) {
    const cure = `${ONE_WAY}, or leave out the # and its number.`;
    return { why: 'only the first custom field of a key can be written', cure };
  }
  if (first === 'meta_data' || first === 'acf') {
    return {
      why: 'it does not name a custom field',
      cure: 'Write meta_data. and the key of the field.',
    };
  }
  const why = isDerived('product', canonical)
    ? 'it is made of other attributes'
    : 'WooCommerce makes it itself, or does not let it be changed';
  return { why, cure: `${ONE_WAY}.` };
}
