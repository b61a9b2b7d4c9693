import { recording, recordingsIn } from '../../core/recordings.ts';

/** Calls whose answer does not hang on data that only the recorded store had. */
export const exact = [
  ...recordingsIn('errors').filter((path) => {
    const { method } = recording(path).request;
    return method === 'GET' && !/oauth|page-beyond|200-/.test(path);
  }),
  'errors/401-write-with-read-key.json',
  'auth/http-basic-key.json',
  'auth/http-query-keys.json',
  'auth/https-key-on-wp-v2-media.json',
  'products/list-100.json',
  'products/variations-all.json',
  'products/variations-of-one.json',
  'products/attribute-terms.json',
  'products/attributes.json',
  'products/categories.json',
  'coupons/list.json',
  'orders/include-meta.json',
  'orders/get-trashed.json',
  'settings/general.json',
  'settings/products.json',
  'settings/tax.json',
  'settings/currency-current.json',
  'settings/payment-gateways.json',
  'settings/shipping-zones.json',
  'settings/taxes.json',
  'settings/wp-json-root.json',
  'settings/system-status-trimmed.json',
  ...recordingsIn('orders').filter((path) => path.includes('/one-')),
];

/** Lists whose totals were others in the recorded shop: reads.test.ts compares what is left. */
export const lists = [
  'auth/http-application-password-on-wc.json',
  'auth/https-application-password-on-wc.json',
  'auth/https-basic-key.json',
  'auth/https-query-keys.json',
  'customers/list-100.json',
  'customers/list-after.json',
  'customers/list-modified_after.json',
  'customers/list-orderby.json',
  'customers/list-role-all-tail.json',
  'errors/200-shop-manager-key.json',
  'errors/page-beyond-end-customers.json',
  'errors/page-beyond-end-orders.json',
  'errors/page-beyond-end-products.json',
  'orders/list-100.json',
  'orders/list-fields.json',
  'orders/list-page2-headers.json',
  'orders/list-trash-modified-after.json',
  'products/get-variation-through-products.json',
  'refunds/list-50.json',
  'settings/orders-totals-report.json',
];
