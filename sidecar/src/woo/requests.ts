import type { SentRequest } from './types.ts';

/** A kind of request to a shop. */
export interface ShopRequest {
  /** What it is for, as the rest of "to". */
  readonly what: string;
  readonly method: SentRequest['method'];
  /** Below `/wp-json/wc/v3/`, or `content/` and one below `/wp-json/`; `{id}` is a number, `{route}` one of WordPress. */
  readonly path: string;
  /** Parameters without which it is another kind. */
  readonly has?: Readonly<Record<string, RegExp>>;
  /** Those that it may have besides. Pages are of any size. */
  readonly may?: readonly string[];
  /** Only the gateway knows it: straight it takes two requests. */
  readonly isOfGateway?: true;
  /** Without it nothing of the store can be kept in step; any other is for some records, or one list, alone. */
  readonly isVital?: true;
}

/** Of lists. */
const USUAL = [
  '_fields',
  'include',
  'page',
  'offset',
  'orderby',
  'order',
  'status',
  'dates_are_gmt',
  'modified_after',
  'before',
  'after',
];
const BY_IDS = { include: /^\d+(?:,\d+)*$/ };

/**
 * Every request that is made of a shop's REST API, on both routes; the first that fits tells what one is. Only the
 * library of images is asked besides, which the gateway does not lead to. Tests run each through the gateway and
 * straight, and refuse what is not here.
 */
export const REQUESTS = {
  ordersOfRecord: {
    what: 'find the orders of a customer or a product',
    method: 'GET',
    path: 'orders',
    has: { _fields: /^id(?:,line_items)?$/ },
    may: ['customer', 'page', 'product'],
  },
  ordersOfAddress: {
    what: 'find the orders of an address',
    method: 'GET',
    path: 'orders',
    has: { search: /./ },
  },
  orders: { what: 'list orders', method: 'GET', path: 'orders', may: USUAL, isVital: true },
  orderMeta: {
    what: 'read a custom field of an order',
    method: 'GET',
    path: 'orders',
    has: { ...BY_IDS, include_meta: /./ },
    may: USUAL,
  },
  products: { what: 'list products', method: 'GET', path: 'products', may: USUAL, isVital: true },
  productMeta: {
    what: 'read a custom field of a product',
    method: 'GET',
    path: 'products',
    has: { ...BY_IDS, include_meta: /./ },
    may: USUAL,
  },
  variations: {
    what: 'list variations',
    method: 'GET',
    path: 'variations',
    may: USUAL,
    isVital: true,
  },
  customers: {
    what: 'list customers',
    method: 'GET',
    path: 'customers',
    may: USUAL,
    isVital: true,
  },
  peopleThere: {
    what: 'see whether customers are still there',
    method: 'GET',
    path: 'customers',
    has: { ...BY_IDS, role: /^all$/, _fields: /^id$/ },
  },
  buyers: {
    what: 'read who buys by a draft order',
    method: 'GET',
    path: 'customers',
    has: { ...BY_IDS, role: /^all$/, _fields: /^id,email,billing,shipping$/ },
  },
  refunds: { what: 'list refunds', method: 'GET', path: 'refunds', may: USUAL },
  coupons: { what: 'list coupons', method: 'GET', path: 'coupons', may: USUAL },
  coupon: { what: 'read a coupon', method: 'GET', path: 'coupons/{id}' },
  categories: { what: 'list categories', method: 'GET', path: 'products/categories', may: USUAL },
  category: { what: 'read a category', method: 'GET', path: 'products/categories/{id}' },
  tags: { what: 'list tags', method: 'GET', path: 'products/tags', may: USUAL },
  tag: { what: 'read a tag', method: 'GET', path: 'products/tags/{id}' },
  reviews: { what: 'list reviews', method: 'GET', path: 'products/reviews', may: USUAL },
  review: { what: 'read a review', method: 'GET', path: 'products/reviews/{id}' },
  attributes: { what: 'list attributes', method: 'GET', path: 'products/attributes' },
  taxClasses: { what: 'list tax classes', method: 'GET', path: 'taxes/classes' },
  linkedAddress: {
    what: 'learn the address of the shop',
    method: 'GET',
    path: 'taxes/classes',
    has: { _fields: /^_links$/ },
  },
  address: {
    what: 'learn the address of the shop',
    method: 'GET',
    path: 'home',
    has: { _fields: /^home$/ },
  },
  statuses: { what: 'list statuses of orders', method: 'GET', path: 'reports/orders/totals' },
  notes: { what: 'read the notes of an order', method: 'GET', path: 'orders/{id}/notes' },
  addNote: { what: 'add a note to an order', method: 'POST', path: 'orders/{id}/notes' },
  writeOrders: { what: 'change or make orders', method: 'POST', path: 'orders/batch' },
  writeProducts: { what: 'change or make products', method: 'POST', path: 'products/batch' },
  writeVariations: {
    what: 'change variations',
    method: 'POST',
    path: 'products/{id}/variations/batch',
  },
  variationsBefore: {
    what: 'read variations before they are changed',
    method: 'GET',
    path: 'products/{id}/variations',
    has: { ...BY_IDS, _fields: /./ },
  },
  writeUnchangedOrders: {
    what: 'change orders as they were seen',
    method: 'POST',
    isOfGateway: true,
    path: 'unchanged/orders/batch',
  },
  writeUnchangedProducts: {
    what: 'change products as they were seen',
    method: 'POST',
    isOfGateway: true,
    path: 'unchanged/products/batch',
  },
  writeUnchangedVariations: {
    what: 'change variations as they were seen',
    method: 'POST',
    isOfGateway: true,
    path: 'unchanged/products/{id}/variations/batch',
  },
  writeCustomers: { what: 'write ids to customers', method: 'POST', path: 'customers/batch' },
  webhooks: { what: 'list webhooks', method: 'GET', path: 'webhooks', may: USUAL },
  makeWebhook: { what: 'make a webhook', method: 'POST', path: 'webhooks' },
  changeWebhook: { what: 'change a webhook', method: 'PUT', path: 'webhooks/{id}' },
  deleteWebhook: { what: 'delete a webhook', method: 'DELETE', path: 'webhooks/{id}' },
  contentUser: {
    what: 'see who reads content',
    method: 'GET',
    path: 'content/wp/v2/users/me',
    has: { context: /^edit$/, _fields: /./ },
  },
  contentRecord: {
    what: 'read content',
    method: 'GET',
    path: 'content/{route}/{id}',
    may: ['context'],
  },
  content: {
    what: 'list content',
    method: 'GET',
    path: 'content/{route}',
    may: [...USUAL, 'context'],
  },
} as const satisfies Readonly<Record<string, ShopRequest>>;

const KINDS = Object.entries(REQUESTS).map(([name, request]: [string, ShopRequest]) => ({
  name: name as keyof typeof REQUESTS,
  request,
  path: new RegExp(
    `^${request.path.replaceAll('{id}', String.raw`\d+`).replaceAll('{route}', '[A-Za-z0-9_/-]+?')}$`,
  ),
}));

/** The kind of a request; null for one that is not on the list. */
export function kindOf(sent: SentRequest): keyof typeof REQUESTS | null {
  const { per_page: _, ...query } = sent.query;
  const found = KINDS.find(({ request: { method, has = {}, may = [] }, path }) => {
    if (method !== sent.method || !path.test(sent.path)) return false;
    const fits = Object.entries(has).every(([name, value]) => value.test(query[name] ?? ''));
    return fits && Object.keys(query).every((name) => name in has || may.includes(name));
  });
  return found?.name ?? null;
}
