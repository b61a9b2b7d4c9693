import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderRecord, ProductRecord, VariationRecord } from '../core/records.ts';
import { secureHeaders, startStore, testKey } from './client.ts';
import type { Answer, Client } from './client.ts';

/* What a real WooCommerce 10.5.0 answered, request for request. */

let client: Client;

beforeAll(async () => {
  client = await startStore({ orders: 20 });
});
afterAll(() => client.store.close());

const headers = secureHeaders(testKey.consumerKey, testKey.consumerSecret);

function send<T = ProductRecord>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  return client.ask<T>(`/wp-json/wc/v3/${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function newProduct(body: object = {}): Promise<ProductRecord> {
  return (await send('POST', 'products', { name: 'x', regular_price: '20', ...body })).body;
}

describe('a sale price', () => {
  it.each([
    ['a regular price below it', { regular_price: '9' }],
    ['a regular price equal to it', { regular_price: '10' }],
    ['no regular price', { regular_price: '' }],
    ['one equal to the regular price', { sale_price: '20' }],
    ['one above the regular price', { sale_price: '9999' }],
  ])('is forgotten without a word: %s', async (_what, body) => {
    const { id } = await newProduct({ sale_price: '10' });
    const { status, body: product } = await send('PUT', `products/${id}`, body);
    expect([status, product.sale_price, product.on_sale]).toEqual([200, '', false]);
    const batch = await send<{ update: ProductRecord[] }>('POST', 'products/batch', {
      update: [{ id, regular_price: '20', sale_price: '10', ...body }],
    });
    expect(batch.body.update[0]?.sale_price).toBe('');
  });

  it('of a variation too, and below the regular one it stays', async () => {
    const [variation] = client.store.shop.variations.all();
    const path = `products/${variation?.owner}/variations/${variation?.id}`;
    const prices = { regular_price: '20', sale_price: '10' };
    expect((await send('PUT', path, prices)).body).toMatchObject({ ...prices, on_sale: true });
    expect((await send('PUT', path, { regular_price: '9' })).body.sale_price).toBe('');
  });
});

describe('stock that the product keeps for its variations', () => {
  it('is shown by each that keeps none, and sold from', async () => {
    const product = await newProduct({ type: 'variable', manage_stock: true, stock_quantity: 26 });
    const make = async (body: object) =>
      (
        await send<VariationRecord>('POST', `products/${product.id}/variations`, {
          regular_price: '5',
          ...body,
        })
      ).body;
    const [one, two] = [await make({}), await make({ manage_stock: 'parent' })];
    const own = await make({ manage_stock: true, stock_quantity: 3 });
    expect(one).toMatchObject({ manage_stock: 'parent', stock_quantity: 26 });
    const modified = client.store.shop.variations.get(two.id)?.read().date_modified_gmt;
    const sold = await client.ask(`/local/products/${one.id}/buy`, {
      method: 'POST',
      body: '{"quantity":2}',
    });
    expect(sold.status).toBe(200);
    const list = `variations?include=${one.id},${two.id},${own.id}&orderby=id&order=asc`;
    expect((await client.get<VariationRecord[]>(list)).body).toMatchObject([
      { manage_stock: 'parent', stock_quantity: 24, stock_status: 'instock' },
      { manage_stock: 'parent', stock_quantity: 24, date_modified_gmt: modified },
      { manage_stock: true, stock_quantity: 3 },
    ]);
    const asProduct = await client.get<ProductRecord>(`products/${two.id}`);
    expect(asProduct.body).toMatchObject({ manage_stock: 'parent', stock_quantity: 24 });
    const tooMany = await client.ask<{ message: string }>(`/local/products/${two.id}/buy`, {
      method: 'POST',
      body: '{"quantity":25}',
    });
    expect(tooMany.text).toContain('Only 24');
  });

  it('is shown by the recorded variations too, and sold from', async () => {
    const shown = () =>
      client.get<VariationRecord[]>('products/129/variations?_fields=stock_quantity,manage_stock');
    const stock = (stock_quantity: number) => ({ stock_quantity, manage_stock: 'parent' });
    expect((await shown()).body).toEqual(Array(6).fill(stock(9999)));
    await client.ask('/local/products/130/buy', { method: 'POST', body: '{"quantity":2}' });
    expect((await shown()).body).toEqual(Array(6).fill(stock(9997)));
  });

  it('is 0 where null is given', async () => {
    const { id } = await newProduct({ manage_stock: true, stock_quantity: 5 });
    const { body } = await send('PUT', `products/${id}`, { stock_quantity: null });
    expect(body).toMatchObject({ stock_quantity: 0, stock_status: 'outofstock' });
  });
});

it('a customer with a bad e-mail address is refused by WooCommerce, and a change by WordPress', async () => {
  const made = await send<{ code: string }>('POST', 'customers', { email: 'bad' });
  expect([made.status, made.body.code]).toEqual([400, 'customer_invalid_email']);
  const [known] = client.store.shop.customers.all();
  const changed = await send<{ code: string }>('PUT', `customers/${known?.id}`, { email: 'bad' });
  expect([changed.status, changed.body.code]).toEqual([400, 'rest_invalid_param']);
});

it('OPTIONS says what a route takes, to anybody', async () => {
  const answer = await client.ask<{ methods: string[] }>('/wp-json/wc/v3/orders', {
    method: 'OPTIONS',
  });
  expect([answer.status, answer.body.methods]).toEqual([200, ['GET', 'POST']]);
  const unknown = await client.ask('/wp-json/wc/v3/nothing', { method: 'OPTIONS' });
  expect(unknown.status).toBe(404);
});

it("a line's image goes by a text, and by a number where the product lends it to a variation", async () => {
  const { shop } = client.store;
  const parent = shop.products.all().find((entry) => {
    const { type, images } = entry.read();
    return type === 'variable' && images.length > 0;
  });
  const variation = shop.variations.all().find(({ owner }) => owner === parent?.id);
  const order = async () => {
    const line_items = [{ product_id: variation?.id, quantity: 1 }];
    return (await send<OrderRecord>('POST', 'orders', { line_items })).body.line_items[0]?.image.id;
  };
  expect(await order()).toBe(parent?.read().images[0]?.id);
  const other = [...shop.media.all.all()].find(({ id }) => id !== parent?.read().images[0]?.id);
  const path = `products/${parent?.id}/variations/${variation?.id}`;
  await send('PUT', path, { image: { id: other?.id } });
  expect(await order()).toBe(String(other?.id));
});
