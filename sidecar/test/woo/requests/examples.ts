import type { REQUESTS } from '../../../src/woo/requests.ts';
import type { WooParams } from '../../../src/woo/types.ts';

/** Ids in the shop that answers. */
export interface Ids {
  readonly order: number;
  readonly product: number;
  readonly variable: number;
  readonly variation: number;
  readonly customer: number;
  readonly webhook: number;
  readonly coupon: number;
  readonly category: number;
  readonly tag: number;
  readonly review: number;
  readonly post: number;
}

export interface Example {
  /** As `SentRequest.path`. */
  readonly path: string;
  readonly query?: WooParams;
  readonly body?: object;
}

const PAGE = { per_page: '100' };
const BY_DATE = { ...PAGE, orderby: 'modified', order: 'asc', dates_are_gmt: 'true' };
const SWEPT = { ...BY_DATE, modified_after: '2020-01-01T00:00:00', offset: '1' };
const TRASH = { ...SWEPT, status: 'trash', _fields: 'id,date_modified_gmt' };
const COUNTED = {
  per_page: '1',
  _fields: 'id',
  before: '2030-01-01T00:00:00',
  dates_are_gmt: 'true',
  orderby: 'id',
  order: 'desc',
};
const LATEST = { per_page: '20', orderby: 'id', order: 'desc', page: '1', _fields: 'id' };
const BY_ID = { ...PAGE, orderby: 'id', order: 'asc', offset: '0' };
const META = [{ key: '_salesforce_id', value: 'a01000000000001AAA' }];
const HOOK = {
  name: 'Test',
  topic: 'order.updated',
  secret: 'a secret of the test',
  delivery_url: 'https://sync.example/woo/webhooks/main',
};
const TERMS = { ...BY_ID, _fields: 'id,name' };

/** Each kind of request as it is sent. The compiler asks for one of each. */
export const EXAMPLES = {
  ordersOfRecord: ({ customer, product }) => [
    { path: 'orders', query: { ...PAGE, customer: `${customer}`, _fields: 'id' } },
    {
      path: 'orders',
      query: { ...PAGE, page: '2', customer: `${customer}`, _fields: 'id,line_items' },
    },
    { path: 'orders', query: { ...PAGE, product: `${product}`, _fields: 'id,line_items' } },
  ],
  ordersOfAddress: () => [{ path: 'orders', query: { ...PAGE, search: 'a@b.example' } }],
  orders: ({ order }) => [
    { path: 'orders', query: SWEPT },
    { path: 'orders', query: TRASH },
    { path: 'orders', query: COUNTED },
    { path: 'orders', query: { ...PAGE, include: `${order}`, status: 'any', _fields: 'id,total' } },
  ],
  orderMeta: ({ order }) => [
    {
      path: 'orders',
      query: {
        _fields: 'id,meta_data',
        include_meta: '_salesforce_id',
        include: `${order}`,
        per_page: '1',
        status: 'any',
      },
    },
  ],
  products: ({ product }) => [
    { path: 'products', query: SWEPT },
    { path: 'products', query: TRASH },
    { path: 'products', query: { ...PAGE, include: `${product}`, status: 'any' } },
  ],
  productMeta: ({ product }) => [
    {
      path: 'products',
      query: {
        _fields: 'id,meta_data',
        include_meta: '_salesforce_id',
        include: `${product}`,
        per_page: '1',
        status: 'any',
      },
    },
  ],
  variations: ({ variation }) => [
    { path: 'variations', query: SWEPT },
    { path: 'variations', query: { ...PAGE, include: `${variation}`, status: 'any' } },
  ],
  customers: ({ customer }) => [
    { path: 'customers', query: LATEST },
    { path: 'customers', query: { ...PAGE, include: `${customer}`, _fields: 'id,email' } },
  ],
  peopleThere: ({ customer }) => [
    {
      path: 'customers',
      query: { ...PAGE, role: 'all', _fields: 'id', include: `${customer},1` },
    },
  ],
  buyers: ({ customer }) => [
    {
      path: 'customers',
      query: { ...PAGE, role: 'all', _fields: 'id,email,billing,shipping', include: `${customer}` },
    },
  ],
  refunds: () => [
    {
      path: 'refunds',
      query: { ...BY_ID, after: '2020-01-01T00:00:00', _fields: 'id,date_created_gmt,parent_id' },
    },
  ],
  coupons: () => [{ path: 'coupons', query: SWEPT }],
  coupon: ({ coupon }) => [{ path: `coupons/${coupon}` }],
  categories: () => [{ path: 'products/categories', query: TERMS }],
  category: ({ category }) => [{ path: `products/categories/${category}` }],
  tags: () => [{ path: 'products/tags', query: TERMS }],
  tag: ({ tag }) => [{ path: `products/tags/${tag}` }],
  reviews: () => [{ path: 'products/reviews', query: BY_ID }],
  review: ({ review }) => [{ path: `products/reviews/${review}` }],
  attributes: () => [{ path: 'products/attributes' }],
  taxClasses: () => [{ path: 'taxes/classes' }],
  linkedAddress: () => [{ path: 'taxes/classes', query: { _fields: '_links' } }],
  address: () => [{ path: 'home', query: { _fields: 'home' } }],
  statuses: () => [{ path: 'reports/orders/totals' }],
  notes: ({ order }) => [{ path: `orders/${order}/notes` }],
  addNote: ({ order }) => [
    { path: `orders/${order}/notes`, body: { note: 'Called.', customer_note: false } },
  ],
  writeOrders: ({ order, product, customer }) => [
    { path: 'orders/batch', body: { update: [{ id: order, meta_data: META }] } },
    { path: 'orders/batch', body: { update: [{ id: order, status: 'completed' }] } },
    {
      path: 'orders/batch',
      body: {
        create: [
          {
            status: 'pending',
            customer_id: customer,
            billing: { email: 'a@b.example' },
            line_items: [{ product_id: product, quantity: 1, meta_data: META }],
            meta_data: META,
          },
        ],
      },
    },
  ],
  writeProducts: ({ product }) => [
    { path: 'products/batch', body: { update: [{ id: product, name: 'Mug' }] } },
    { path: 'products/batch', body: { create: [{ name: 'New', status: 'draft' }] } },
  ],
  writeVariations: ({ variable, variation }) => [
    {
      path: `products/${variable}/variations/batch`,
      body: { update: [{ id: variation, regular_price: '9.90' }] },
    },
  ],
  variationsBefore: ({ variable, variation }) => [
    {
      path: `products/${variable}/variations`,
      query: { _fields: 'id,regular_price', include: `${variation}`, per_page: '1' },
    },
  ],
  writeUnchangedOrders: ({ order }) => [
    {
      path: 'unchanged/orders/batch',
      body: {
        update: [{ id: order, status: 'completed' }],
        seen: [{ id: order, values: { status: 'processing' } }],
      },
    },
  ],
  writeUnchangedProducts: ({ product }) => [
    {
      path: 'unchanged/products/batch',
      body: {
        update: [{ id: product, name: 'Mug' }],
        seen: [{ id: product, values: { name: 'Mug' } }],
      },
    },
  ],
  writeUnchangedVariations: ({ variable, variation }) => [
    {
      path: `unchanged/products/${variable}/variations/batch`,
      body: {
        update: [{ id: variation, regular_price: '9.90' }],
        seen: [{ id: variation, values: { regular_price: '9.90' } }],
      },
    },
  ],
  writeCustomers: ({ customer }) => [
    { path: 'customers/batch', body: { update: [{ id: customer, meta_data: META }] } },
  ],
  webhooks: () => [
    {
      path: 'webhooks',
      query: { ...BY_ID, page: '1', _fields: 'id,name,topic,status,delivery_url' },
    },
  ],
  makeWebhook: () => [{ path: 'webhooks', body: HOOK }],
  changeWebhook: ({ webhook }) => [{ path: `webhooks/${webhook}`, body: HOOK }],
  deleteWebhook: ({ webhook }) => [{ path: `webhooks/${webhook}` }],
  contentUser: () => [
    {
      path: 'content/wp/v2/users/me',
      query: { context: 'edit', _fields: 'roles,capabilities' },
    },
  ],
  content: () => [
    { path: 'content/wp/v2/types' },
    { path: 'content/wp/v2/taxonomies' },
    {
      path: 'content/wp/v2/posts',
      query: { ...PAGE, orderby: 'modified', order: 'asc', status: 'publish', _fields: 'id' },
    },
    { path: 'content/wp/v2/users', query: { ...BY_ID, context: 'edit' } },
  ],
  contentRecord: ({ post }) => [{ path: `content/wp/v2/posts/${post}` }],
} satisfies Readonly<Record<keyof typeof REQUESTS, (ids: Ids) => readonly Example[]>>;
