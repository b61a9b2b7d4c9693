/**
 * The records of a WooCommerce store as its REST API shows them (wc/v3, context view).
 * Money is a string with two decimals unless said otherwise; `date_x` is site time, `date_x_gmt` is UTC,
 * both `YYYY-MM-DDTHH:MM:SS`. Only the parts that the local store reads or writes are spelled out.
 */

export interface Meta {
  id: number;
  key: string;
  value: unknown;
  display_key?: unknown;
  display_value?: unknown;
}

export interface Address {
  first_name: string;
  last_name: string;
  company: string;
  address_1: string;
  address_2: string;
  city: string;
  state: string;
  postcode: string;
  country: string;
  email?: string;
  phone: string;
}

export interface LineTax {
  id: number;
  total: string;
  subtotal: string;
}

export interface LineItem {
  id: number;
  name: string;
  product_id: number;
  variation_id: number;
  quantity: number;
  tax_class: string;
  subtotal: string;
  subtotal_tax: string;
  total: string;
  total_tax: string;
  taxes: LineTax[];
  meta_data: Meta[];
  /** null when the product is gone */
  sku: string | null;
  global_unique_id: string | null;
  /** a JSON number: total ÷ quantity */
  price: number;
  /** the id is a number, a numeric string or "" */
  image: { id: number | string; src: string };
  parent_name: string | null;
}

export interface TaxLine {
  id: number;
  rate_code: string;
  rate_id: number;
  label: string;
  compound: boolean;
  tax_total: string;
  shipping_tax_total: string;
  rate_percent: number;
  meta_data: Meta[];
}

export interface ShippingLine {
  id: number;
  method_title: string;
  method_id: string;
  instance_id: string;
  total: string;
  total_tax: string;
  taxes: LineTax[];
  tax_status: string;
  meta_data: Meta[];
}

export interface FeeLine {
  id: number;
  name: string;
  tax_class: string;
  tax_status: string;
  amount: string;
  total: string;
  total_tax: string;
  taxes: LineTax[];
  meta_data: Meta[];
}

export interface CouponLine {
  id: number;
  code: string;
  discount: string;
  discount_tax: string;
  meta_data: Meta[];
  discount_type: string;
  nominal_amount: number;
  free_shipping: boolean;
}

export type Links = Record<string, { href: string; embeddable?: boolean; targetHints?: unknown }[]>;

export interface OrderRecord {
  id: number;
  parent_id: number;
  status: string;
  currency: string;
  version: string;
  prices_include_tax: boolean;
  date_created: string;
  date_modified: string;
  discount_total: string;
  discount_tax: string;
  shipping_total: string;
  shipping_tax: string;
  cart_tax: string;
  total: string;
  total_tax: string;
  customer_id: number;
  order_key: string;
  billing: Address;
  shipping: Address;
  payment_method: string;
  payment_method_title: string;
  transaction_id: string;
  customer_ip_address: string;
  customer_user_agent: string;
  created_via: string;
  customer_note: string;
  date_completed: string | null;
  date_paid: string | null;
  cart_hash: string;
  number: string;
  meta_data: Meta[];
  line_items: LineItem[];
  tax_lines: TaxLine[];
  shipping_lines: ShippingLine[];
  fee_lines: FeeLine[];
  coupon_lines: CouponLine[];
  /** `total` is negative */
  refunds: { id: number; reason: string; total: string }[];
  payment_url: string;
  is_editable: boolean;
  needs_payment: boolean;
  needs_processing: boolean;
  date_created_gmt: string;
  date_modified_gmt: string;
  date_completed_gmt: string | null;
  date_paid_gmt: string | null;
  currency_symbol: string;
  _links: Links;
}

export interface RefundRecord {
  id: number;
  /** the order; left out where the order is in the path */
  parent_id: number;
  date_created: string;
  date_created_gmt: string;
  /** positive */
  amount: string;
  reason: string;
  refunded_by: number;
  refunded_payment: boolean;
  meta_data: Meta[];
  line_items: LineItem[];
  shipping_lines: ShippingLine[];
  tax_lines: TaxLine[];
  fee_lines: FeeLine[];
  _links: Links;
}

export interface CustomerRecord {
  id: number;
  date_created: string;
  date_created_gmt: string;
  date_modified: string | null;
  date_modified_gmt: string | null;
  email: string;
  first_name: string;
  last_name: string;
  role: string;
  username: string;
  billing: Address;
  shipping: Address;
  is_paying_customer: boolean;
  avatar_url: string;
  meta_data: Meta[];
  _links: Links;
}

/** What products, variations and coupons share; their many other fields pass through untouched. */
export interface DatedRecord {
  id: number;
  status: string;
  date_created: string;
  date_created_gmt: string;
  date_modified: string;
  date_modified_gmt: string;
  meta_data: Meta[];
  _links: Links;
  [field: string]: unknown;
}

export interface ProductImage {
  id: number;
  src: string;
  [field: string]: unknown;
}

export interface ProductRecord extends DatedRecord {
  name: string;
  slug: string;
  permalink: string;
  type: string;
  description: string;
  short_description: string;
  sku: string;
  price: string;
  regular_price: string;
  sale_price: string;
  on_sale: boolean;
  virtual: boolean;
  downloadable: boolean;
  featured: boolean;
  manage_stock: boolean;
  stock_quantity: number | null;
  stock_status: string;
  total_sales: number | string;
  average_rating: string;
  tax_class: string;
  parent_id: number;
  menu_order: number;
  global_unique_id: string;
  categories: { id: number; slug: string }[];
  tags: { id: number; slug: string }[];
  images: ProductImage[];
  variations: number[];
  grouped_products: number[];
}

export interface VariationRecord extends DatedRecord {
  name: string;
  permalink: string;
  description: string;
  sku: string;
  global_unique_id: string;
  price: string;
  regular_price: string;
  sale_price: string;
  on_sale: boolean;
  virtual: boolean;
  downloadable: boolean;
  manage_stock: boolean | 'parent';
  stock_quantity: number | null;
  stock_status: string;
  tax_class: string;
  image: ProductImage | null;
  attributes: { id: number; name: string; slug: string; option: string }[];
  menu_order: number;
  parent_id: number;
}

export interface CouponRecord extends DatedRecord {
  code: string;
}
