import type { OrderRecord } from '../../core/records.ts';
import { keyWith, secureHeaders } from '../client.ts';
import { images } from './image-story.ts';
import type { Replayer } from './replayer.ts';
import type { Story } from './story.ts';

/** A key of a customer, who may write nothing. */
export const buyerKey = keyWith(5, { role: 'customer' });
const asBuyer = secureHeaders(buyerKey.consumerKey, buyerKey.consumerSecret);

const numbered = 'the recorded shop had products of this name before, so its slug got a number';
const slugs = { 'body.slug': numbered, 'body.generated_slug': numbered };

async function aliasOrder(replayer: Replayer, recorded: number, body: object): Promise<number> {
  const { id } = await replayer.write<OrderRecord>('POST', 'orders', body);
  replayer.alias(recorded, id);
  return id;
}

const orders: Story = {
  title: 'an order is made, paid, refunded, trashed and deleted',
  steps: [
    'orders/create.json',
    'orders/put-status-processing.json',
    'orders/create-note.json',
    {
      path: 'refunds/create.json',
      but: {
        'body.line_items[0].meta_data[0].value': "it is the id of the order's line, as text",
        'body.line_items[0].meta_data[0].display_value':
          "it is the id of the order's line, as text",
      },
    },
    {
      path: 'orders/delete-trash.json',
      before: (replayer) => {
        const meta_data = [{ key: 'po_number', value: 'PO-2' }];
        const order = `orders/${replayer.own(3732)}`;
        return replayer.write('PUT', order, { status: 'completed', meta_data });
      },
    },
    {
      path: 'orders/delete-force.json',
      before: (replayer) =>
        replayer.write('PUT', `orders/${replayer.own(3732)}`, { status: 'completed' }),
    },
    'orders/sanitising-create.json',
    'errors/order-line-item-bad-id.json',
    'orders/put-meta-null.json',
    'errors/201-order-unknown-product.json',
    'errors/400-order-bad-customer.json',
    'errors/400-order-bad-email.json',
    'errors/400-order-bad-status.json',
    'errors/400-order-put-unknown-id.json',
    'errors/404-delete-unknown.json',
    {
      path: 'errors/delete-already-trashed.json',
      before: async (replayer) => {
        const id = await aliasOrder(replayer, 3802, {});
        return replayer.write('DELETE', `orders/${id}`);
      },
    },
    'batch/orders-mixed.json',
  ],
};

const refunds: Story = {
  title: 'refunds are made, listed, refused and deleted',
  prepare: async (replayer) => {
    const id = await aliasOrder(replayer, 3745, { line_items: [{ product_id: 15 }] });
    const refund = { amount: '1.00', api_refund: false };
    const { id: made } = await replayer.write<{ id: number }>(
      'POST',
      `orders/${id}/refunds`,
      refund,
    );
    replayer.alias(3746, made);
    await aliasOrder(replayer, 3748, { line_items: [{ product_id: 15 }] });
  },
  steps: [
    'refunds/delete.json',
    'errors/refund-too-large.json',
    'errors/refund-gateway-cannot.json',
    'refunds/create-full.json',
    'refunds/of-order.json',
  ],
};

const products: Story = {
  title: 'products are made, changed, trashed and deleted',
  steps: [
    'products/create.json',
    {
      path: 'products/delete-trash.json',
      before: (replayer) =>
        replayer.write('PUT', `products/${replayer.own(3736)}`, {
          description: '<p>x</p>',
          regular_price: '14',
          sale_price: '10',
          inventory_delta: -1,
          meta_data: [{ key: 'k1', value: 'v1795560524525' }],
        }),
    },
    {
      path: 'products/delete-force.json',
      before: (replayer) =>
        replayer.write('PUT', `products/${replayer.own(3736)}`, { status: 'publish' }),
    },
    { path: 'products/sanitising-create.json', but: slugs },
    { path: 'products/sanitising-get.json', but: { 'body.slug': numbered } },
    'errors/201-unknown-field-ignored.json',
    {
      path: 'errors/201-post-without-content-type.json',
      but: {
        'body.slug': 'the recordings already hold the product that this call made',
        'body.generated_slug': 'the recordings already hold the product that this call made',
      },
    },
    'errors/400-enum.json',
    'errors/400-param-type.json',
    'errors/400-json-broken.json',
    'errors/400-sku-duplicate.json',
    'errors/400-product-put-unknown-id.json',
    { path: 'errors/403-customer-role-key-create.json', headers: asBuyer },
    { path: 'batch/products-403.json', headers: asBuyer },
    'batch/products-empty.json',
    'batch/products-update-without-id.json',
    'batch/products-no-schema-validation.json',
  ],
};

const variations: Story = {
  title: 'variations are made and changed, one by one and in a batch',
  steps: [
    'products/variation-create.json',
    'errors/variation-wrong-parent.json',
    'batch/variations-mixed.json',
  ],
};

const customers: Story = {
  title: 'customers are made, changed and deleted',
  steps: [
    'customers/create.json',
    'errors/400-customer-email-exists.json',
    'errors/400-customer-missing-email.json',
    'errors/501-delete-customer-no-force.json',
    'batch/customers-mixed.json',
    {
      path: 'customers/delete.json',
      before: async (replayer) => {
        const id = replayer.own(205);
        const meta_data = [{ key: 'x', value: '1' }];
        await replayer.write('PUT', `customers/${id}`, { billing: { city: 'Paris' }, meta_data });
        await aliasOrder(replayer, 1, { customer_id: id, status: 'completed' });
      },
    },
  ],
};

const events = ['created', 'updated', 'deleted', 'restored'] as const;
const topics = ['order', 'product', 'customer', 'coupon'].flatMap((resource) =>
  events.map((event) => `${resource}.${event}`),
);

const webhooks: Story = {
  title: 'webhooks are made, read and deleted',
  steps: [
    'webhooks/api/create-order.created.json',
    'webhooks/api/get.json',
    {
      path: 'webhooks/api/create-customer.restored.json',
      before: async (replayer) => {
        for (const topic of topics.slice(1, topics.indexOf('customer.restored'))) {
          await labWebhook(replayer, topic);
        }
      },
    },
    {
      path: 'webhooks/api/list.json',
      before: async (replayer) => {
        for (const topic of topics.slice(topics.indexOf('customer.restored') + 1)) {
          await labWebhook(replayer, topic);
        }
      },
    },
    'webhooks/api/create-action-topic.json',
    'webhooks/api/delete-no-force.json',
    'webhooks/api/create-ping-fails-500.json',
    'webhooks/api/create-ping-closed.json',
    'webhooks/api/create-ping-204.json',
    'webhooks/api/create-no-secret.json',
    'webhooks/api/delete-force.json',
    'webhooks/api/create-bad-topic.json',
    'webhooks/api/create-variation-topic.json',
    'webhooks/api/create-bad-url.json',
    'webhooks/api/create-no-url.json',
    {
      path: 'webhooks/api/get-disabled-after-failures.json',
      before: async (replayer) => {
        const url = 'http://127.0.0.1:9001/status/500';
        const body = { topic: 'order.updated', delivery_url: url, name: `x ${url}` };
        const { id } = await replayer.write<{ id: number }>('POST', 'webhooks', body);
        replayer.alias(22, id);
        return replayer.write('PUT', `webhooks/${id}`, { status: 'disabled' });
      },
    },
  ],
};

function labWebhook(replayer: Replayer, topic: string): Promise<unknown> {
  const delivery_url = `http://127.0.0.1:9001/hook/${topic}`;
  return replayer.write('POST', 'webhooks', { name: `lab ${topic}`, topic, delivery_url });
}

export const stories: readonly Story[] = [
  orders,
  refunds,
  products,
  images,
  variations,
  customers,
  webhooks,
];
