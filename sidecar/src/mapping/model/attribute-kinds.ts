import type { Resource } from './record.ts';

/**
 * What values an attribute holds: `word`: one of few words, never a number, date, yes or no; `text`: anything that
 * people type; `email`; `number`, also as text; `date`; `yes_no`; `list`; `object`.
 */
export type AttributeKind =
  | 'word'
  | 'text'
  | 'email'
  | 'number'
  | 'date'
  | 'yes_no'
  | 'list'
  | 'object';

type Kinds = Readonly<Partial<Record<AttributeKind, string>>>;

const LISTS =
  'line_items tax_lines shipping_lines fee_lines coupon_lines refunds taxes downloads related_ids upsell_ids ' +
  'cross_sell_ids categories brands tags images attributes default_attributes variations grouped_products ' +
  'meta_data';

/** As the recorded schema of WooCommerce 10.5 has it, and our own derived attributes. */
const SAME_EVERYWHERE: Kinds = {
  date:
    'date_created date_created_gmt date_modified date_modified_gmt date_paid date_paid_gmt date_completed ' +
    'date_completed_gmt date_on_sale_from date_on_sale_from_gmt date_on_sale_to date_on_sale_to_gmt',
  list: LISTS,
  object: 'billing shipping dimensions image acf',
  number: 'id parent_id',
  word: 'store',
};

const TERM: Kinds = {
  number: 'parent count menu_order',
  word: 'display',
  text: 'name slug description',
};

const KINDS: Readonly<Record<Resource, Kinds>> = {
  order: {
    number:
      'discount_total discount_tax shipping_total shipping_tax cart_tax total total_tax customer_id ' +
      'refunded_total subtotal',
    word: 'order_key created_via version status currency currency_symbol payment_url admin_url',
    text: 'number customer customer_note payment_method payment_method_title transaction_id cart_hash',
    yes_no: 'prices_include_tax is_editable needs_payment needs_processing is_sale',
  },
  order_item: {
    number:
      'product_id variation_id quantity subtotal subtotal_tax total total_tax price amount discount ' +
      'discount_tax nominal_amount rate_id tax_total shipping_tax_total rate_percent order_id product',
    word: 'tax_status type discount_type rate_code',
    text: 'name parent_name tax_class sku global_unique_id method_title method_id code label',
    yes_no: 'compound free_shipping',
  },
  refund: {
    number: 'amount refunded_by order_id',
    text: 'reason',
    yes_no: 'refunded_payment',
  },
  product: {
    number:
      'price regular_price sale_price total_sales download_limit download_expiry stock_quantity ' +
      'low_stock_amount weight shipping_class_id average_rating rating_count menu_order parent',
    word: 'permalink type status catalog_visibility tax_status stock_status price_html',
    text:
      'name slug description short_description sku global_unique_id external_url button_text tax_class ' +
      'shipping_class purchase_note parent_name display_name post_password backorders manage_stock',
    yes_no:
      'featured on_sale purchasable virtual downloadable backorders_allowed backordered sold_individually ' +
      'shipping_required shipping_taxable reviews_allowed has_options',
  },
  customer: {
    word: 'role avatar_url',
    text: 'first_name last_name username customer display_name',
    email: 'email',
    yes_no: 'is_paying_customer guest',
  },
  product_category: TERM,
  product_tag: TERM,
  product_attribute: { word: 'type order_by', text: 'name slug', yes_no: 'has_archives' },
  tax_class: { text: 'slug name' },
  coupon: {
    number:
      'amount usage_count usage_limit usage_limit_per_user limit_usage_to_x_items minimum_amount maximum_amount',
    word: 'status discount_type',
    text: 'code description',
    date: 'date_expires date_expires_gmt',
    yes_no: 'individual_use free_shipping exclude_sale_items',
    list: 'product_ids excluded_product_ids product_categories excluded_product_categories email_restrictions used_by',
  },
  product_review: {
    number: 'product_id rating',
    word: 'status product_permalink',
    text: 'product_name reviewer review',
    email: 'reviewer_email',
    yes_no: 'verified',
    object: 'reviewer_avatar_urls',
  },
  content: {
    number: 'author featured_media menu_order parent post count',
    word: 'status type content_type link media_type mime_type taxonomy format template source_url',
    text: 'slug name description username first_name last_name url alt_text',
    email: 'email',
    date: 'date date_gmt modified modified_gmt registered_date',
    yes_no: 'sticky',
    list: 'categories tags roles',
    object: 'title content excerpt guid caption meta',
  },
};

/** By resource and name: each configuration asks for thousands of them. */
const BY_NAME: ReadonlyMap<string, ReadonlyMap<string, AttributeKind>> = new Map(
  Object.entries(KINDS).map(([resource, own]) => [
    resource,
    // A resource's own kind takes the place of what the name is elsewhere.
    new Map([...named(SAME_EVERYWHERE), ...named(own)]),
  ]),
);

function named(kinds: Kinds): readonly (readonly [string, AttributeKind])[] {
  const entries = Object.entries(kinds) as [AttributeKind, string][];
  return entries.flatMap(([kind, names]) => words(names).map((name) => [name, kind] as const));
}

/** What WooCommerce does not let anybody write; of variations and products alike. */
const READ_ONLY = new Set(
  words(
    'id number order_key version date_created date_created_gmt date_modified date_modified_gmt discount_total',
    'discount_tax shipping_total shipping_tax cart_tax total total_tax prices_include_tax customer_ip_address',
    'customer_user_agent date_paid date_paid_gmt date_completed date_completed_gmt cart_hash tax_lines refunds',
    'payment_url is_editable needs_payment needs_processing permalink price price_html on_sale purchasable',
    'total_sales backorders_allowed backordered shipping_required shipping_taxable shipping_class_id',
    'average_rating rating_count related_ids has_options variations role is_paying_customer avatar_url',
  ),
);

/**
 * The kind of an attribute, by its path in WooCommerce's words; null where it cannot be known, as of custom
 * fields and of parts of lists.
 */
export function kindOf(resource: Resource, canonical: string): AttributeKind | null {
  const [first = '', second] = canonical.split('.');
  if (resource === 'content' && second === 'rendered') return 'text';
  const kind = BY_NAME.get(resource)?.get(first) ?? null;
  if (second === undefined) return kind;
  if (first === 'meta_data') return null;
  if (kind === 'list') return /^\d+$/.test(second) ? null : 'list';
  if (first === 'billing' || first === 'shipping') return second === 'email' ? 'email' : 'text';
  return first === 'dimensions' ? 'number' : null;
}

/** Whether WooCommerce ignores what is written to the attribute. */
export function isReadOnly(canonical: string): boolean {
  return READ_ONLY.has(canonical.split('.')[0] ?? '');
}

function words(...lines: readonly string[]): string[] {
  return lines.join(' ').split(' ');
}
