import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CustomerRecord,
  Meta,
  OrderRecord,
  ProductRecord,
  VariationRecord,
} from '../core/records.ts';
import { secureHeaders, startStore, testKey } from './client.ts';
import type { Answer, Client } from './client.ts';

let client: Client;
let now = Date.parse('2026-12-01T10:00:00Z') / 1000;

beforeAll(async () => {
  client = await startStore({ orders: 20, now: () => now });
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
  return (await send('POST', 'products', { name: 'x', regular_price: '8', ...body })).body;
}

async function newOrder(body: object = {}): Promise<OrderRecord> {
  return (await send<OrderRecord>('POST', 'orders', body)).body;
}

const read = async <T>(path: string): Promise<T> => (await client.get<T>(path)).body;
const codeOf = ({ status, body }: Answer<unknown>): [number, string] => [
  status,
  (body as { code: string }).code,
];

describe('an empty PUT', () => {
  const undated = (record: object): object =>
    Object.fromEntries(Object.entries(record).filter(([field]) => !field.startsWith('date_mod')));

  it('changes nothing but the modified date, whatever the record', async () => {
    const { shop } = client.store;
    const paths = [
      ...shop.products.all().map(({ id }) => `products/${id}`),
      ...shop.variations.all().map(({ id, owner }) => `products/${owner}/variations/${id}`),
      ...shop.orders.all().map(({ id }) => `orders/${id}`),
      ...shop.customers.all().map(({ id }) => `customers/${id}`),
    ].filter((_path, at) => at % 3 === 0);
    for (const path of paths) {
      const before = await read<object>(path);
      await send('PUT', path, {});
      const after = await read<object>(path);
      expect(undated(after), path).toStrictEqual(undated(before));
    }
    expect(paths.length).toBeGreaterThan(100);
  });
});

describe('prices', () => {
  it.each([
    ['12.3456789', '12.3456789'],
    ['abc', ''],
    ['1e3', '13'],
    ['10,50', '1050'],
    ['1,234.50', '1234.50'],
    ['-5', '-5'],
  ])('"%s" is stored as "%s"', async (given, stored) => {
    const product = await newProduct({ regular_price: given });
    expect((await read<ProductRecord>(`products/${product.id}`)).regular_price).toBe(stored);
  });

  it('a number is refused alone, and taken in a batch', async () => {
    const { id } = await newProduct();
    const alone = await send('PUT', `products/${id}`, { regular_price: 12.5 });
    expect(codeOf(alone)).toStrictEqual([400, 'rest_invalid_param']);
    await send('POST', 'products/batch', { update: [{ id, regular_price: 12.5 }] });
    expect((await read<ProductRecord>(`products/${id}`)).price).toBe('12.5');
  });

  it('a sale price counts only below the regular one, within its dates', async () => {
    const sale = (more: object): Promise<ProductRecord> =>
      newProduct({ regular_price: '10', sale_price: '9', ...more });
    expect((await sale({})).price).toBe('9');
    expect((await sale({ sale_price: '11' })).price).toBe('10');
    expect((await sale({ date_on_sale_from_gmt: '2027-01-01T00:00:00' })).price).toBe('10');
    expect((await sale({ date_on_sale_to_gmt: '2026-01-01T00:00:00' })).on_sale).toBe(false);
  });
});

describe('stock', () => {
  it('moves by a delta, alone and in a batch, and 0 is out of stock', async () => {
    const { id } = await newProduct({ manage_stock: true, stock_quantity: 10 });
    await send('PUT', `products/${id}`, { inventory_delta: -4, name: 'y' });
    await send('POST', 'products/batch', { update: [{ id, inventory_delta: -1 }] });
    expect((await read<ProductRecord>(`products/${id}`)).stock_quantity).toBe(5);
    const { body } = await send('PUT', `products/${id}`, { stock_quantity: 0 });
    expect([body.stock_quantity, body.stock_status]).toStrictEqual([0, 'outofstock']);
  });

  it('the same product twice in a batch is written twice, in order', async () => {
    const { id } = await newProduct();
    await send('POST', 'products/batch', {
      update: [
        { id, name: 'first' },
        { id, name: 'second' },
      ],
    });
    expect((await read<ProductRecord>(`products/${id}`)).name).toBe('second');
  });

  it('buying four of sixteen leaves twelve, and the product has changed', async () => {
    const { id } = await newProduct({ manage_stock: true, stock_quantity: 16 });
    now += 60;
    const { body: order } = await client.ask<OrderRecord>(`/local/products/${id}/buy`, {
      method: 'POST',
      body: JSON.stringify({ quantity: 4, billing: { email: 'ann@store.example' } }),
    });
    expect([order.status, order.total]).toStrictEqual(['processing', '34.68']);
    const product = await read<ProductRecord>(`products/${id}`);
    expect([product.stock_quantity, product.total_sales]).toStrictEqual([12, 4]);
    expect(product.date_modified_gmt).toBe(new Date(now * 1000).toISOString().slice(0, 19));
    await send('PUT', `orders/${order.id}`, { status: 'completed' });
    expect((await read<ProductRecord>(`products/${id}`)).stock_quantity).toBe(12);
    await send('PUT', `orders/${order.id}`, { status: 'cancelled' });
    expect((await read<ProductRecord>(`products/${id}`)).stock_quantity).toBe(16);
    const again = { method: 'POST', body: '{"quantity":17}' };
    const refused = await client.ask<{ message: string }>(`/local/products/${id}/buy`, again);
    expect(refused.body.message).toBe(`Only 16 of product ${id} are left.`);
  });
});

describe('meta data', () => {
  it('changes by key or id, deletes with null, keeps types inside objects only', async () => {
    const meta = (rows: Meta[]): [string, unknown][] => rows.map(({ key, value }) => [key, value]);
    const value = { n: 1, t: true, none: null };
    const { id, meta_data } = await newProduct({
      meta_data: [
        { key: 'a', value: 7 },
        { key: 'b', value: true },
        { key: 'c', value },
        { key: 'd', value: null },
      ],
    });
    expect(meta(meta_data)).toStrictEqual([
      ['a', '7'],
      ['b', '1'],
      ['c', value],
    ]);
    const { body } = await send('PUT', `products/${id}`, {
      meta_data: [
        { key: 'a', value: 'new' },
        { id: meta_data[1]?.id, value: null },
        { key: 'c', value: null },
        { id: meta_data[0]?.id, key: 'renamed', value: '8' },
      ],
    });
    expect(meta(body.meta_data)).toStrictEqual([['renamed', '8']]);
    expect(body.meta_data[0]?.id).toBe(meta_data[0]?.id);
  });

  it('of an order and of a customer, in batches', async () => {
    const update = [{ id: 206, meta_data: [{ key: '_salesforce_id', value: 'a00' }] }];
    await send('POST', 'orders/batch', { update });
    const customer = [{ id: 18, meta_data: [{ key: '_salesforce_id', value: '003' }] }];
    await send('POST', 'customers/batch', { update: customer });
    const order = await read<OrderRecord>('orders/206');
    const buyer = await read<CustomerRecord>('customers/18');
    const valueIn = ({ meta_data }: { meta_data: Meta[] }): unknown =>
      meta_data.find(({ key }) => key === '_salesforce_id')?.value;
    expect([valueIn(order), valueIn(buyer)]).toStrictEqual(['a00', '003']);
  });
});

describe('bodies', () => {
  it('may be forms, also with nested fields', async () => {
    const { body } = await client.ask<ProductRecord>('/wp-json/wc/v3/products', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'name=From+a+form&regular_price=5&manage_stock=1&stock_quantity=3&dimensions[length]=2&meta_data[0][key]=k&meta_data[0][value]=v',
    });
    expect([body.name, body.price, body.stock_quantity]).toStrictEqual(['From a form', '5', 3]);
    expect(body['dimensions']).toStrictEqual({ length: '2', width: '', height: '' });
    expect(body.meta_data[0]?.value).toBe('v');
  });

  it('of more than 512 levels or 10 MB are refused', async () => {
    const deep = `{"name":${'['.repeat(600)}${']'.repeat(600)}}`;
    const put = (body: string): Promise<Answer<{ code: string }>> =>
      client.ask('/wp-json/wc/v3/products/10', {
        method: 'PUT',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      });
    expect(codeOf(await put(deep))).toStrictEqual([400, 'rest_invalid_json']);
    const long = await put(JSON.stringify({ name: 'x'.repeat(10_000_001) }));
    expect(long.status).toBe(501);
  });

  it('a wrong type deep inside is named with its place', async () => {
    const answer = await send<{ data: { params: object } }>('POST', 'orders', {
      line_items: [{ product_id: 10, quantity: 1.5 }],
    });
    expect(answer.body.data.params).toStrictEqual({
      line_items: 'line_items[0][quantity] is not of type integer.',
    });
  });

  it.each(['downloads', 'brands'])('%s would be lost, so it is said', async (field) => {
    const answer = await send('POST', 'products', { name: 'x', [field]: [{ name: 'y' }] });
    expect(codeOf(answer)).toStrictEqual([501, 'local_store_not_emulated']);
  });
});

describe('trash', () => {
  it('a product stays readable, is found by its date, and comes back by its status', async () => {
    const { id, slug } = await newProduct({ name: 'Going away' });
    now += 60;
    const after = new Date((now - 1) * 1000).toISOString().slice(0, 19);
    await send('DELETE', `products/${id}`);
    const list = await read<ProductRecord[]>(
      `products?status=trash&modified_after=${after}&dates_are_gmt=true`,
    );
    expect(list.map((product) => [product.id, product.slug])).toStrictEqual([
      [id, `${slug}__trashed`],
    ]);
    const twice = await send('DELETE', `products/${id}`);
    expect(codeOf(twice)).toStrictEqual([410, 'woocommerce_rest_already_trashed']);
    const { body } = await send('PUT', `products/${id}`, { status: 'publish' });
    expect([body.status, body.slug]).toStrictEqual(['publish', slug]);
    await send('DELETE', `products/${id}?force=true`);
    expect((await client.get(`products/${id}`)).status).toBe(404);
  });

  it('a SKU in the trash is free again', async () => {
    const first = await newProduct({ sku: 'ONCE' });
    const taken = await send('POST', 'products', { sku: 'once' });
    expect(codeOf(taken)).toStrictEqual([400, 'product_invalid_sku']);
    await send('DELETE', `products/${first.id}`);
    expect((await send('POST', 'products', { sku: 'ONCE' })).status).toBe(201);
  });
});

describe('variations', () => {
  it('are not written through the route of products', async () => {
    const put = await send('PUT', 'products/150', { regular_price: '1' });
    expect(codeOf(put)).toStrictEqual([404, 'woocommerce_rest_invalid_product_id']);
    const { body } = await send<{ update: { error: { code: string } }[] }>(
      'POST',
      'products/batch',
      {
        update: [{ id: 150, regular_price: '1' }],
      },
    );
    expect(body.update[0]?.error.code).toBe('woocommerce_rest_invalid_product_id');
  });

  it('bring the lowest price and the date of their parent along', async () => {
    now += 60;
    await send('PUT', 'products/144/variations/150', { regular_price: '1.50' });
    const parent = await read<ProductRecord>('products/144');
    expect(parent.price).toBe('1.50');
    expect(parent.date_modified_gmt).toBe(new Date(now * 1000).toISOString().slice(0, 19));
    await send('DELETE', 'products/144/variations/150?force=true');
    expect((await read<ProductRecord>('products/144')).variations).not.toContain(150);
    expect((await client.get('products/144/variations/150')).status).toBe(404);
  });

  it('are sold from their own stock', async () => {
    const before = await read<VariationRecord>('products/121/variations/127');
    const line_items = [{ product_id: 121, variation_id: 127, quantity: 2 }];
    const order = await newOrder({ status: 'processing', line_items });
    const after = await read<VariationRecord>('products/121/variations/127');
    expect((before.stock_quantity ?? 0) - (after.stock_quantity ?? 0)).toBe(2);
    expect(order.line_items[0]?.parent_name).toBe('Variable Shirt 1');
  });
});

describe('orders', () => {
  it('change with any PUT, even an empty one', async () => {
    now += 60;
    const { body } = await send<OrderRecord>('PUT', 'orders/224', {});
    expect(body.date_modified_gmt).toBe(new Date(now * 1000).toISOString().slice(0, 19));
  });

  it('lines: without id added, with id changed but not its totals, null removed', async () => {
    const order = await newOrder({ line_items: [{ product_id: 10, quantity: 2 }] });
    const first = order.line_items[0];
    const put = async (line: object): Promise<OrderRecord> =>
      (await send<OrderRecord>('PUT', `orders/${order.id}`, { line_items: [line] })).body;
    const added = await put({ product_id: 12 });
    expect(added.line_items).toHaveLength(2);
    const changed = await put({ id: first?.id, quantity: 3 });
    expect([changed.line_items[0]?.quantity, changed.line_items[0]?.total]).toStrictEqual([
      3,
      first?.total,
    ]);
    expect((await put({ id: first?.id, product_id: null })).line_items).toHaveLength(1);
    const none = await send('PUT', `orders/${order.id}`, { line_items: [{ quantity: 1 }] });
    expect(codeOf(none)).toStrictEqual([400, 'woocommerce_rest_required_product_reference']);
  });

  it('in a batch: an unknown status is pending, one and a half is one', async () => {
    const line_items = [{ product_id: 10, quantity: 1.5 }];
    const { body } = await send<{ create: OrderRecord[] }>('POST', 'orders/batch', {
      create: [{ status: 'nope', line_items }],
    });
    expect(body.create[0]?.status).toBe('pending');
    expect(body.create[0]?.line_items[0]?.quantity).toBe(1);
  });

  it('become a guest order when the customer goes, and their date moves', async () => {
    const buyer = await send<CustomerRecord>('POST', 'customers', { email: 'Gone@store.example' });
    const order = await newOrder({ customer_id: buyer.body.id });
    expect(order._links['customer']).toHaveLength(1);
    now += 60;
    await send('DELETE', `customers/${buyer.body.id}?force=true`);
    const after = await read<OrderRecord>(`orders/${order.id}`);
    expect(after.customer_id).toBe(0);
    expect(after.date_modified_gmt).not.toBe(order.date_modified_gmt);
  });

  it('have line ids that no other order has', async () => {
    const made = await newOrder({ line_items: [{ product_id: 10 }] });
    const lines = client.store.shop.orders
      .all()
      .flatMap((entry) => entry.read().line_items.map(({ id }) => id));
    expect(lines.filter((id) => id === made.line_items[0]?.id)).toHaveLength(1);
  });

  it('are taxed by where they go', async () => {
    const line_items = [{ product_id: 10, quantity: 1, total: '100.00' }];
    const taxTo = async (country: string, state = ''): Promise<string> =>
      (await newOrder({ shipping: { country, state }, line_items })).total_tax;
    expect(await taxTo('DE')).toBe('19.00');
    expect(await taxTo('US', 'CA')).toBe('8.32');
    expect(await taxTo('GB')).toBe('0.00');
    expect(await taxTo('')).toBe('8.38');
  });
});

describe('customers', () => {
  it('an e-mail address is taken whatever its case; user names get a number', async () => {
    const first = await send<CustomerRecord>('POST', 'customers', { email: 'sam@one.example' });
    const second = await send<CustomerRecord>('POST', 'customers', { email: 'sam@two.example' });
    expect([first.body.username, second.body.username]).toStrictEqual(['sam', 'sam1']);
    const taken = await send('POST', 'customers', { email: 'SAM@one.example' });
    expect(codeOf(taken)).toStrictEqual([400, 'registration-error-email-exists']);
    const moved = await send('PUT', `customers/${second.body.id}`, { email: 'sam@one.example' });
    expect(codeOf(moved)).toStrictEqual([400, 'woocommerce_rest_customer_invalid_email']);
  });

  it('pay once an order of theirs is completed', async () => {
    const { body } = await send<CustomerRecord>('POST', 'customers', { email: 'p@store.example' });
    const paying = async (): Promise<boolean> =>
      (await read<CustomerRecord>(`customers/${body.id}`)).is_paying_customer;
    expect(await paying()).toBe(false);
    await newOrder({ customer_id: body.id, status: 'completed' });
    expect(await paying()).toBe(true);
    // Who pays already is not saved again, so that no webhook tells of it.
    const saved = async () => (await read<CustomerRecord>(`customers/${body.id}`)).date_modified;
    const before = await saved();
    now += 60;
    await newOrder({ customer_id: body.id, status: 'completed' });
    expect(await saved()).toBe(before);
  });
});

describe('images', () => {
  it('a new name shows in every product that has the image', async () => {
    const first = await read<ProductRecord>('products/15');
    const id = first.images[0]?.id;
    const other = await newProduct({ images: [{ id }] });
    await send('PUT', `products/${other.id}`, { images: [{ id, name: 'A & B', alt: 'new' }] });
    const after = await read<ProductRecord>('products/15');
    expect([after.images[0]?.['name'], after.images[0]?.['alt']]).toStrictEqual([
      'A &#038; B',
      'new',
    ]);
    expect(after.date_modified_gmt).toBe(first.date_modified_gmt);
  });

  it('one bad image undoes the whole write', async () => {
    const { id, name } = await newProduct();
    const bad = { name: 'half', images: [{ id: 999_999_999 }] };
    const put = await send('PUT', `products/${id}`, bad);
    expect(codeOf(put)).toStrictEqual([400, 'woocommerce_product_invalid_image_id']);
    expect((await read<ProductRecord>(`products/${id}`)).name).toBe(name);
  });
});
