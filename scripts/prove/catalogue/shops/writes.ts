import type { Assumption } from '../../model/assumption.ts';
import { eachObject, isJson } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';
import { shopProduct } from './routes.ts';

const NO_ID = 999_999_999;
const META = '_woo_prove';

export const WRITES: readonly Assumption[] = [
  {
    id: 'shop-batch-leniency',
    statement:
      'A batch is answered with 200 and an error in the place of each item that is refused; its neighbours are written',
    places: ['sidecar/src/woo/products/product-batches.ts'],
    calls: 0,
    probe: async (probing) => {
      const shop = probing.direct();
      const { id } = await shopProduct(shop, probing.name());
      const update = [
        { id: NO_ID, description: 'x' },
        { id, description: 'y' },
      ];
      const { status, body } = await shop.call('POST', 'products/batch', { update });
      const items = member(body, 'update');
      const [bad, good] = Array.isArray(items) ? (items as unknown[]) : [];
      const code = member(member(bad, 'error'), 'code');
      const isSo = status === 200 && typeof code === 'string' && member(good, 'id') === id;
      return verdict(isSo, `${status} ${shown(code)}`);
    },
    deviation: {
      says: 'the whole batch is refused',
      change: (exchange) => {
        if (exchange.side === 'shop' && exchange.path.endsWith('/batch')) exchange.status = 400;
      },
    },
  },
  {
    id: 'shop-hidden-custom-fields',
    statement:
      'A custom field whose key begins with `_` is in the `meta_data` that WooCommerce sends, unless a plugin hides it',
    places: ['sidecar/src/sync/to-woo/record-ids.ts'],
    calls: 0,
    probe: async (probing) => {
      const shop = probing.direct();
      const meta_data = [{ key: META, value: '1' }];
      const { id } = await shopProduct(shop, probing.name(), { meta_data });
      const { body } = await shop.call('GET', `products/${String(id)}`);
      const fields = member(body, 'meta_data');
      const keys = Array.isArray(fields) ? fields.map((field) => member(field, 'key')) : [];
      return verdict(keys.includes(META), keys);
    },
    deviation: {
      says: 'such fields are hidden',
      change: ({ side, method, body }) => {
        if (side !== 'shop' || method !== 'GET') return;
        eachObject(body, (one) => {
          const fields = one['meta_data'];
          if (!Array.isArray(fields)) return;
          one['meta_data'] = fields.filter((field) => member(field, 'key') !== META);
        });
      },
    },
  },
  {
    id: 'shop-sku-taken',
    statement:
      'A product whose SKU another one has is refused with `product_invalid_sku`, and `data.resource_id` names the other',
    places: ['sidecar/src/woo/products/product-error.ts'],
    calls: 0,
    probe: async (probing) => {
      const shop = probing.direct();
      const sku = probing.name();
      const { id } = await shopProduct(shop, probing.name(), { sku });
      const second = { name: probing.name(), status: 'draft', sku };
      const { status, body } = await shop.call('POST', 'products', second);
      const other = member(member(body, 'data'), 'resource_id');
      const isSo = status === 400 && member(body, 'code') === 'product_invalid_sku' && other === id;
      return verdict(isSo, `${status} ${shown(member(body, 'code'))}`);
    },
    deviation: {
      says: 'the other product is not named',
      change: ({ side, body }) => {
        const data = side === 'shop' ? member(body, 'data') : undefined;
        if (isJson(data)) delete data['resource_id'];
      },
    },
  },
  {
    id: 'shop-unknown-image',
    statement:
      'An unknown image of a product is refused with a code that ends in `_invalid_image_id`, and the message names it as `#id`',
    places: ['sidecar/src/sync/images/upload/product-upload.ts'],
    calls: 0,
    probe: async (probing) => {
      const shop = probing.direct();
      const { id } = await shopProduct(shop, probing.name());
      const images = [{ id: NO_ID }];
      const { status, body } = await shop.call('PUT', `products/${String(id)}`, { images });
      const code = String(member(body, 'code'));
      const names = String(member(body, 'message')).includes(`#${NO_ID}`);
      return verdict(status === 400 && code.endsWith('_invalid_image_id') && names, code);
    },
    deviation: {
      says: 'the code is another',
      change: ({ side, body }) => {
        if (side === 'shop' && isJson(body) && String(body['code']).endsWith('_invalid_image_id'))
          body['code'] = 'rest_invalid_param';
      },
    },
  },
  {
    id: 'shop-stock-by-delta',
    statement: '`inventory_delta` adds to the stock of a product',
    places: ['sidecar/src/mapping/to-woo/writable-attributes.ts'],
    calls: 0,
    probe: async (probing) => {
      const shop = probing.direct();
      const stock = { manage_stock: true, stock_quantity: 10 };
      const { id } = await shopProduct(shop, probing.name(), stock);
      const change = { inventory_delta: -3 };
      const { status, body } = await shop.call('PUT', `products/${String(id)}`, change);
      if (status !== 200) throw new CannotTell(`The product could not be changed: ${status}.`);
      return verdict(member(body, 'stock_quantity') === 7, member(body, 'stock_quantity'));
    },
    deviation: {
      says: 'it is passed over',
      change: ({ side, method, body }) => {
        if (side === 'shop' && method === 'PUT' && isJson(body) && body['stock_quantity'] === 7)
          body['stock_quantity'] = 10;
      },
    },
  },
];
