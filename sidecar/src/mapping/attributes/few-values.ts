import type { Resource } from '../model/record.ts';

const ADDRESSED = [
  'billing.country',
  'billing.state',
  'shipping.country',
  'shipping.state',
] as const;

/** Attributes that have few values, none of which tells of a person. */
export const FEW_VALUES: Readonly<Record<Resource, readonly string[]>> = {
  order: ['currency', 'created_via', 'payment_method', 'payment_method_title', ...ADDRESSED],
  order_item: [
    'type',
    'tax_status',
    'tax_class',
    'method_id',
    'method_title',
    'rate_code',
    'discount_type',
  ],
  refund: [],
  product: [
    'type',
    'status',
    'catalog_visibility',
    'tax_status',
    'tax_class',
    'stock_status',
    'backorders',
    'shipping_class',
    'categories.0.name',
    'brands.0.name',
    'tags.0.name',
  ],
  customer: ['role', ...ADDRESSED],
  product_category: ['display'],
  product_tag: [],
  product_attribute: ['type', 'order_by'],
  tax_class: ['slug', 'name'],
  coupon: ['discount_type', 'status'],
  product_review: ['status', 'rating'],
  content: ['status', 'type', 'content_type', 'format', 'media_type', 'mime_type', 'taxonomy'],
};
