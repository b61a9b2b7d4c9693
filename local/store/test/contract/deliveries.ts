import type { Replayer } from './replayer.ts';

const order = {
  status: 'pending',
  billing: { country: 'US', state: 'NY', email: 'hook@store.example' },
  line_items: [{ product_id: 15, quantity: 2 }],
  shipping_lines: [{ method_id: 'flat_rate', method_title: 'Flat', total: '5.00' }],
  meta_data: [{ key: 'po_number', value: 'PO' }],
};

async function newOrder(replayer: Replayer, more: object = {}): Promise<string> {
  const { id } = await replayer.write<{ id: number }>('POST', 'orders', { ...order, ...more });
  return `orders/${id}`;
}

async function newProduct(replayer: Replayer): Promise<string> {
  const stock = { manage_stock: true, stock_quantity: 5 };
  const body = { name: 'Hook', regular_price: '12.5', sale_price: '10', ...stock };
  const { id } = await replayer.write<{ id: number }>('POST', 'products', body);
  return `products/${id}`;
}

async function newCustomer(replayer: Replayer): Promise<string> {
  const body = { email: `hook${Date.now()}@store.example`, billing: { phone: '1' } };
  const { id } = await replayer.write<{ id: number }>('POST', 'customers', body);
  return `customers/${id}`;
}

/** What is done in the shop so that the last delivery of the topic is like the recorded one. */
export const causes: Record<string, (replayer: Replayer) => Promise<unknown>> = {
  'customer.created': newCustomer,
  'customer.updated': async (replayer) =>
    replayer.write('PUT', await newCustomer(replayer), { first_name: 'Ann' }),
  'customer.deleted': async (replayer) =>
    replayer.write('DELETE', `${await newCustomer(replayer)}?force=true`),
  'order.created': newOrder,
  'order.created-store-checkout': (replayer) =>
    replayer.client.ask('/local/products/10/buy', { method: 'POST', body: '{"quantity":2}' }),
  'order.updated-after-create': newOrder,
  'order.updated': async (replayer) =>
    replayer.write('PUT', await newOrder(replayer), { status: 'processing' }),
  'order.updated-by-refund': async (replayer) => {
    const path = await newOrder(replayer, { status: 'processing' });
    return replayer.write('POST', `${path}/refunds`, { amount: '3.00', api_refund: false });
  },
  'order.updated-checkout-draft': ({ client }) =>
    client.ask('/local/products/10/checkout', { method: 'POST', body: '{"quantity":2}' }),
  'order.updated-full-refund': async (replayer) => {
    const path = await newOrder(replayer, { status: 'completed', shipping_lines: [] });
    return replayer.write('POST', `${path}/refunds`, { amount: '16.69', api_refund: false });
  },
  'order.deleted': async (replayer) => replayer.write('DELETE', await newOrder(replayer)),
  'order.restored': async (replayer) => {
    const path = await newOrder(replayer, { status: 'completed' });
    await replayer.write('DELETE', path);
    return replayer.client.ask(`/local/${path}/restore`, { method: 'POST' });
  },
  'product.created': newProduct,
  'product.created-variation': (replayer) =>
    replayer.write('POST', 'products/121/variations', {
      regular_price: '9',
      attributes: [
        { id: 1, option: 'Blue' },
        { id: 2, option: 'XL' },
      ],
    }),
  'product.updated': async (replayer) =>
    replayer.write('PUT', await newProduct(replayer), { meta_data: [{ key: 'k', value: 'v' }] }),
  'product.updated-by-stock-reduction': (replayer) => newOrder(replayer, { status: 'processing' }),
  'product.updated-variation': (replayer) =>
    replayer.write('PUT', 'products/121/variations/127', { regular_price: '31' }),
  'product.deleted': async (replayer) => replayer.write('DELETE', await newProduct(replayer)),
  'product.deleted-for-a-blog-post': ({ client }) =>
    client.ask('/local/posts/9999/trash', { method: 'POST' }),
  'product.restored': async (replayer) => {
    const path = await newProduct(replayer);
    await replayer.write('DELETE', path);
    return replayer.client.ask(`/local/${path}/restore`, { method: 'POST' });
  },
};
