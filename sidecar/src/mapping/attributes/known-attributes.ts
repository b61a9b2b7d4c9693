import type { Resource } from '../model/record.ts';

const ADDRESSED = 'billing shipping';
const DATED = 'date_created date_created_gmt date_modified date_modified_gmt';

/** First part of every attribute path that a record of the resource can have, derived ones included. */
export const ATTRIBUTES: Readonly<Record<Resource, ReadonlySet<string>>> = {
  order: words(
    `id parent_id number order_key created_via version status currency currency_symbol ${DATED}`,
    'discount_total discount_tax shipping_total shipping_tax cart_tax total total_tax prices_include_tax',
    `customer_id customer_ip_address customer_user_agent customer_note ${ADDRESSED}`,
    'payment_method payment_method_title transaction_id date_paid date_paid_gmt date_completed',
    'date_completed_gmt cart_hash meta_data line_items tax_lines shipping_lines fee_lines coupon_lines',
    'refunds payment_url is_editable needs_payment needs_processing acf',
    'store customer refunded_total subtotal admin_url is_sale',
  ),
  order_item: words(
    'id name parent_name product_id variation_id quantity tax_class tax_status subtotal subtotal_tax total',
    'total_tax taxes meta_data sku global_unique_id price image method_title method_id instance_id amount',
    'code discount discount_tax discount_type nominal_amount free_shipping rate_code rate_id label',
    'compound tax_total shipping_tax_total rate_percent type store order_id product',
  ),
  refund: words(
    'id parent_id date_created date_created_gmt amount reason refunded_by refunded_payment meta_data',
    'line_items tax_lines shipping_lines fee_lines store order_id',
  ),
  product: words(
    `id name slug permalink ${DATED} type status featured catalog_visibility description`,
    'short_description sku global_unique_id price regular_price sale_price date_on_sale_from',
    'date_on_sale_from_gmt date_on_sale_to date_on_sale_to_gmt price_html on_sale purchasable total_sales',
    'virtual downloadable downloads download_limit download_expiry external_url button_text tax_status',
    'tax_class manage_stock stock_quantity stock_status backorders backorders_allowed backordered',
    'low_stock_amount sold_individually weight dimensions shipping_required shipping_taxable',
    'shipping_class shipping_class_id reviews_allowed post_password average_rating rating_count',
    'related_ids upsell_ids cross_sell_ids parent_id parent_name purchase_note categories brands tags',
    'images image has_options attributes default_attributes variations grouped_products menu_order',
    'meta_data acf store parent display_name',
  ),
  customer: words(
    `id ${DATED} email first_name last_name role username ${ADDRESSED} is_paying_customer avatar_url`,
    'meta_data acf store customer display_name guest',
  ),
  product_category: words(
    'id name slug parent description display image menu_order count acf store',
  ),
  product_tag: words('id name slug description count acf store'),
  product_attribute: words('id name slug type order_by has_archives store'),
  tax_class: words('slug name store'),
  coupon: words(
    `id code amount status ${DATED} discount_type description date_expires date_expires_gmt usage_count`,
    'individual_use product_ids excluded_product_ids usage_limit usage_limit_per_user limit_usage_to_x_items',
    'free_shipping product_categories excluded_product_categories exclude_sale_items minimum_amount',
    'maximum_amount email_restrictions used_by meta_data acf store',
  ),
  product_review: words(
    'id date_created date_created_gmt product_id product_name product_permalink status reviewer',
    'reviewer_email review rating verified reviewer_avatar_urls store',
  ),
  // What else a record has, plugins and themes say: no name is unknown.
  content: words(
    'id slug status type link title content excerpt author featured_media parent menu_order sticky',
    'template format categories tags name description count taxonomy meta acf date modified date_gmt',
    'modified_gmt date_created_gmt date_modified_gmt email first_name last_name username roles',
    'registered_date url source_url media_type mime_type alt_text caption post content_type store',
  ),
};

/** Whether its records have attributes beyond those known here. */
export function hasOtherAttributes(resource: Resource): boolean {
  return resource === 'content';
}

/** Names that only a mapping towards WooCommerce can use. */
export const IMAGE_ATTRIBUTES: ReadonlySet<string> = new Set([
  'product_featured_image',
  'product_gallery_images',
]);

/** The same, of an order: a note that its buyer gets by mail, and one that only the shop's people see. */
export const NOTE_ATTRIBUTES: ReadonlySet<string> = new Set(['note_to_customer', 'note_private']);

const POST: Readonly<Record<string, string>> = {
  ID: 'id',
  post_id: 'id',
  post_date: 'date_created',
  post_date_gmt: 'date_created_gmt',
  post_modified: 'date_modified',
  post_modified_gmt: 'date_modified_gmt',
  post_status: 'status',
  post_parent: 'parent_id',
};

/** Where WooCommerce says that an order came from, by the ends of the keys of its custom fields. */
const ATTRIBUTION: Readonly<Record<string, string>> = {
  attribution_type: 'source_type',
  attribution_source: 'utm_source',
  attribution_medium: 'utm_medium',
  attribution_campaign: 'utm_campaign',
  attribution_term: 'utm_term',
  attribution_content: 'utm_content',
  attribution_referrer: 'referrer',
  attribution_landing_page: 'session_entry',
  attribution_pages: 'session_pages',
  attribution_visits: 'session_count',
  attribution_device: 'device_type',
};

const TERM: Readonly<Record<string, string>> = { term_id: 'id', ID: 'id' };

/** Attribute names of WordPress, which users of its plugins know, and what WooCommerce's API calls them. */
const ALIASES: Readonly<Record<Resource, Readonly<Record<string, string>>>> = {
  order: {
    ...POST,
    post_excerpt: 'customer_note',
    order_id: 'id',
    order_number: 'number',
    _order_number: 'number',
    order_status: 'status',
    order_date: 'date_created',
    order_total: 'total',
    _order_total: 'total',
    order_currency: 'currency',
    _order_currency: 'currency',
    _order_key: 'order_key',
    _order_shipping: 'shipping_total',
    _order_shipping_tax: 'shipping_tax',
    _order_tax: 'cart_tax',
    _cart_discount: 'discount_total',
    _cart_discount_tax: 'discount_tax',
    _prices_include_tax: 'prices_include_tax',
    _customer_user: 'customer_id',
    _customer_ip_address: 'customer_ip_address',
    _customer_user_agent: 'customer_user_agent',
    _created_via: 'created_via',
    _payment_method: 'payment_method',
    _payment_method_title: 'payment_method_title',
    _transaction_id: 'transaction_id',
    _paid_date: 'date_paid',
    _date_paid: 'date_paid',
    _completed_date: 'date_completed',
    _date_completed: 'date_completed',
    _shipping_method: 'shipping_lines.0.method_title',
    ...Object.fromEntries(
      Object.entries(ATTRIBUTION).map(([name, end]) => [
        name,
        `meta_data._wc_order_attribution_${end}`,
      ]),
    ),
  },
  order_item: {
    order_item_id: 'id',
    order_item_name: 'name',
    order_item_type: 'type',
    _qty: 'quantity',
    _product_id: 'product_id',
    _variation_id: 'variation_id',
    _sku: 'sku',
    _tax_class: 'tax_class',
    _line_subtotal: 'subtotal',
    _line_subtotal_tax: 'subtotal_tax',
    _line_total: 'total',
    _line_tax: 'total_tax',
  },
  refund: {
    ...POST,
    refund_amount: 'amount',
    _refund_amount: 'amount',
    refund_reason: 'reason',
    _refund_reason: 'reason',
    _refunded_by: 'refunded_by',
    _refunded_payment: 'refunded_payment',
  },
  product: {
    ...POST,
    // A variation's title in WordPress names its parent too; WooCommerce's `name` is only its options.
    post_title: 'display_name',
    post_name: 'slug',
    post_content: 'description',
    post_excerpt: 'short_description',
    guid: 'permalink',
    product_type: 'type',
    _sku: 'sku',
    _global_unique_id: 'global_unique_id',
    _stock: 'stock_quantity',
    _stock_status: 'stock_status',
    _manage_stock: 'manage_stock',
    _backorders: 'backorders',
    _low_stock_amount: 'low_stock_amount',
    _sold_individually: 'sold_individually',
    _price: 'price',
    _regular_price: 'regular_price',
    _sale_price: 'sale_price',
    _sale_price_dates_from: 'date_on_sale_from',
    _sale_price_dates_to: 'date_on_sale_to',
    _weight: 'weight',
    _length: 'dimensions.length',
    _width: 'dimensions.width',
    _height: 'dimensions.height',
    _virtual: 'virtual',
    _downloadable: 'downloadable',
    _tax_status: 'tax_status',
    _tax_class: 'tax_class',
    _featured: 'featured',
    _visibility: 'catalog_visibility',
    _purchase_note: 'purchase_note',
    _product_url: 'external_url',
    _button_text: 'button_text',
    _thumbnail_id: 'images.0.id',
    _product_attributes: 'attributes',
    _wc_average_rating: 'average_rating',
    _wc_review_count: 'rating_count',
    product_cat: 'categories.name',
    product_tag: 'tags.name',
    product_brand: 'brands.name',
  },
  customer: {
    ID: 'id',
    user_id: 'id',
    user_email: 'email',
    user_login: 'username',
    user_registered: 'date_created_gmt',
    user_firstname: 'first_name',
    user_lastname: 'last_name',
    user_role: 'role',
    paying_customer: 'is_paying_customer',
  },
  product_category: TERM,
  product_tag: TERM,
  product_attribute: { attribute_id: 'id', attribute_label: 'name', attribute_name: 'slug' },
  tax_class: {},
  coupon: {
    ...POST,
    post_title: 'code',
    post_excerpt: 'description',
    coupon_amount: 'amount',
    _coupon_amount: 'amount',
    expiry_date: 'date_expires',
  },
  product_review: {
    comment_ID: 'id',
    comment_post_ID: 'product_id',
    comment_author: 'reviewer',
    comment_author_email: 'reviewer_email',
    comment_content: 'review',
    comment_date_gmt: 'date_created_gmt',
  },
  content: {
    ID: 'id',
    post_id: 'id',
    term_id: 'id',
    user_id: 'id',
    post_type: 'content_type',
    post_title: 'title.rendered',
    post_content: 'content.rendered',
    post_excerpt: 'excerpt.rendered',
    post_name: 'slug',
    post_status: 'status',
    post_author: 'author',
    post_parent: 'parent',
    post_date: 'date',
    guid: 'guid.rendered',
    post_date_gmt: 'date_gmt',
    post_modified: 'modified',
    post_modified_gmt: 'modified_gmt',
    _thumbnail_id: 'featured_media',
    user_email: 'email',
    user_login: 'username',
    user_registered: 'registered_date',
    user_url: 'url',
  },
};

const ADDRESS =
  /^_?(billing|shipping)_(first_name|last_name|company|address_1|address_2|city|state|postcode|country|email|phone)$/;

/** WooCommerce's name of an attribute that was given by WordPress's; any other name as it is. */
export function resolveAlias(resource: Resource, attribute: string): string {
  const aliases = ALIASES[resource];
  if (Object.hasOwn(aliases, attribute)) return aliases[attribute] ?? attribute;
  const address = resource === 'order' || resource === 'customer' ? ADDRESS.exec(attribute) : null;
  return address ? `${address[1] ?? ''}.${address[2] ?? ''}` : attribute;
}

/** WordPress's names of an attribute that is given by WooCommerce's. */
export function aliasesOf(resource: Resource, canonical: string): readonly string[] {
  const names = Object.entries(ALIASES[resource]).flatMap(([alias, name]) =>
    name === canonical ? [alias] : [],
  );
  const [first = '', part] = canonical.split('.');
  const address = `_${first}_${part ?? ''}`;
  return resolveAlias(resource, address) === canonical ? [...names, address] : names;
}

/** All names that a path can start with, for suggestions. */
export function knownNames(resource: Resource): readonly string[] {
  return [...ATTRIBUTES[resource], ...Object.keys(ALIASES[resource])];
}

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.join(' ').split(' '));
}
