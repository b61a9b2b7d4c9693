import type { Resource } from '../../mapping/model/record.ts';

const STATUS_OF_POSTS = 'draft pending private publish future auto-draft trash';

/** The words that WooCommerce itself uses; plugins add to statuses, types and roles. */
const WORDS: Readonly<Record<Resource, Readonly<Record<string, string>>>> = {
  order: {
    status:
      'pending processing on-hold completed cancelled refunded failed checkout-draft auto-draft draft trash',
  },
  order_item: { type: 'product shipping fee coupon tax' },
  refund: {},
  product: {
    status: STATUS_OF_POSTS,
    type: 'simple grouped external variable variation',
    stock_status: 'instock outofstock onbackorder',
    backorders: 'no notify yes',
    catalog_visibility: 'visible catalog search hidden',
    tax_status: 'taxable shipping none',
  },
  customer: {
    // Nobody else is read from a shop.
    role: 'customer guest',
  },
  product_category: { display: 'default products subcategories both' },
  product_tag: {},
  product_attribute: { order_by: 'menu_order name name_num id' },
  tax_class: {},
  coupon: { discount_type: 'percent fixed_cart fixed_product', status: STATUS_OF_POSTS },
  product_review: { status: 'hold approved spam unspam trash untrash' },
  content: {},
};

/** The words of an attribute; null for one that has others, or none. */
export function knownWords(resource: Resource, attribute: string): readonly string[] | null {
  return WORDS[resource][attribute]?.split(' ') ?? null;
}
