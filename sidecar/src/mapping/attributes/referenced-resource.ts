import { kindOf } from '../model/attribute-kinds.ts';
import type { Resource } from '../model/record.ts';

/** A resource; of WordPress's content, the type. */
type Ids = Readonly<Record<string, Resource | WordPressType>>;

/** Types of WordPress itself whose ids its records name. */
type WordPressType = 'user' | 'attachment' | 'category' | 'post_tag';

/** Whose id an attribute is, by its path without list positions. */
const REFERS_TO: Readonly<Record<Resource, Ids>> = {
  order: {
    customer: 'customer',
    customer_id: 'customer',
    id: 'order',
    parent_id: 'order',
    'line_items.product_id': 'product',
    'line_items.variation_id': 'product',
    ...ofEach('line_items shipping_lines fee_lines coupon_lines tax_lines', 'order_item'),
    'refunds.id': 'refund',
  },
  order_item: {
    product: 'product',
    product_id: 'product',
    variation_id: 'product',
    order_id: 'order',
    id: 'order_item',
  },
  refund: {
    order_id: 'order',
    parent_id: 'order',
    id: 'refund',
    'line_items.product_id': 'product',
    'line_items.variation_id': 'product',
  },
  product: {
    parent: 'product',
    parent_id: 'product',
    id: 'product',
    related_ids: 'product',
    upsell_ids: 'product',
    cross_sell_ids: 'product',
    grouped_products: 'product',
    variations: 'product',
    'categories.id': 'product_category',
    'tags.id': 'product_tag',
    'attributes.id': 'product_attribute',
    tax_class: 'tax_class',
  },
  customer: { customer: 'customer', id: 'customer' },
  product_category: { id: 'product_category', parent: 'product_category' },
  product_tag: { id: 'product_tag' },
  product_attribute: { id: 'product_attribute' },
  tax_class: { slug: 'tax_class' },
  coupon: {
    id: 'coupon',
    product_ids: 'product',
    excluded_product_ids: 'product',
    product_categories: 'product_category',
    excluded_product_categories: 'product_category',
  },
  product_review: { id: 'product_review', product_id: 'product' },
  content: {
    id: 'content',
    parent: 'content',
    author: 'user',
    featured_media: 'attachment',
    categories: 'category',
    tags: 'post_tag',
    product_cat: 'product_category',
    product_tag: 'product_tag',
  },
};

function ofEach(lists: string, resource: Resource): Ids {
  return Object.fromEntries(lists.split(' ').map((list) => [`${list}.id`, resource]));
}

/** Parts of these lists are as WooCommerce's schema has them, but for custom fields. */
const KNOWN_LISTS =
  /^(?:line_items|(?:shipping|fee|coupon|tax)_lines|refunds|taxes|downloads|categories|brands|tags|images?|(?:default_)?attributes)\.(?!meta_data)/;

/** A resource, `content` of the record's own type; `list` of several ids; `none` for what is no id of a record; `unknown` where it cannot be known. */
export type Referenced = Resource | WordPressType | 'list' | 'none' | 'unknown';

/**
 * Whose id the attribute is, by its path in WooCommerce's words. Records of different resources have the same
 * numbers, so an id of the wrong one would link a stranger. Custom fields may hold an id of anything.
 */
export function referencedResource(resource: Resource, canonical: string): Referenced {
  const kind = kindOf(resource, canonical);
  if (kind === 'list') return 'list';
  const name = canonical.replace(/\.\d+(?=\.|$)/g, '');
  const found = REFERS_TO[resource][name];
  if (found !== undefined) return found;
  return kind === null && !KNOWN_LISTS.test(name) ? 'unknown' : 'none';
}

/** The attributes that are ids, of one resource or of any. */
export function idsOf(resource: Resource, of?: string): string[] {
  const ids = Object.entries(REFERS_TO[resource]);
  return ids
    .filter(([, owner]) => of === undefined || owner === of)
    .map(([name]) => withIndex(name));
}

/** An element of a list is named by its position. */
function withIndex(name: string): string {
  const [first = '', ...rest] = name.split('.');
  return rest.length === 0 && !/(?:_ids|[^s]s)$/.test(first)
    ? name
    : [first, '0', ...rest].join('.');
}
