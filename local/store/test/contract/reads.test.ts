import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recording } from '../../core/recordings.ts';
import { shapeDifferences } from './differences.ts';
import { exact, lists } from './reads.ts';
import type { Recording } from '../../core/recordings.ts';
import { basic, keyWith, secureHeaders, startStore, testKey } from '../client.ts';
import type { Answer, Client } from '../client.ts';

const readKey = keyWith(3, { permissions: 'read' });
const writeKey = keyWith(4, { permissions: 'write' });
const buyerKey = keyWith(5, { role: 'customer' });
const managerKey = keyWith(6, { role: 'shop_manager' });

let client: Client;

beforeAll(async () => {
  client = await startStore({
    orders: 0,
    products: 0,
    customStatuses: [],
    credentials: {
      keys: [testKey, readKey, writeKey, buyerKey, managerKey],
      applicationPasswords: [{ user: 'admin', password: 'abcd efgh ijkl mnop' }],
    },
  });
});
afterAll(() => client.store.close());

/** Which credentials the note of a recording means; the usual ones are an administrator's key over https. */
function headersFor(path: string): Record<string, string> {
  const secure = { 'x-forwarded-proto': 'https' };
  const { consumerKey, consumerSecret } = testKey;
  const special: Record<string, Record<string, string>> = {
    'auth/http-application-password-on-wc.json': basic('admin', 'abcd efgh ijkl mnop'),
    'auth/https-application-password-on-wc.json': secureHeaders('admin', 'abcd efgh ijkl mnop'),
    'auth/http-basic-key.json': basic(consumerKey, consumerSecret),
    'auth/http-query-keys.json': {},
    'auth/https-query-keys.json': secure,
    'errors/200-shop-manager-key.json': secureHeaders(managerKey.consumerKey, consumerSecret),
    'settings/wp-json-root.json': secure,
    'errors/401-no-auth.json': secure,
    'errors/401-read-with-write-key.json': secureHeaders(writeKey.consumerKey, consumerSecret),
    'errors/401-write-with-read-key.json': secureHeaders(readKey.consumerKey, consumerSecret),
    'errors/401-wrong-application-password.json': secureHeaders('admin', 'wrong'),
    'errors/401-wrong-consumer-key.json': secureHeaders(`ck_${'9'.repeat(40)}`, consumerSecret),
    'errors/401-wrong-consumer-secret.json': secureHeaders(consumerKey, 'cs_wrong'),
    'errors/403-customer-role-key-list.json': secureHeaders(buyerKey.consumerKey, consumerSecret),
  };
  return special[path] ?? secureHeaders(consumerKey, consumerSecret);
}

async function replay(path: string): Promise<{ asked: Recording; answer: Answer<unknown> }> {
  const asked = recording(path);
  const { method, path: route, query, body } = asked.request;
  const keys = query
    .replace('ck_EXAMPLEKEY', testKey.consumerKey)
    .replace('cs_EXAMPLESECRET', testKey.consumerSecret);
  const answer = await client.ask(keys === '' ? route : `${route}?${keys}`, {
    method,
    headers: headersFor(path),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { asked, answer };
}

/** An answer's text with this store's address and key as the recordings write them. */
function asRecorded(text: string): string {
  return text
    .replaceAll(client.url.replace('http://', ''), '127.0.0.1:8088')
    .replaceAll(testKey.consumerKey, 'ck_EXAMPLEKEY')
    .replaceAll(testKey.consumerSecret, 'cs_EXAMPLESECRET');
}

function body(answer: Answer<unknown>): unknown {
  return JSON.parse(asRecorded(JSON.stringify(answer.body)));
}

const compared = ['content-type', 'allow', 'cache-control', 'x-robots-tag', 'link'];

function headers(answer: Answer<unknown>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, asRecorded(value)]];
    }),
  );
}

function recordedHeaders({ response }: Recording, names: readonly string[]): object {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = response.headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

describe('recorded calls answered in the same words', () => {
  it.each(exact)('%s', async (path) => {
    const { asked, answer } = await replay(path);
    expect(answer.status).toBe(asked.response.status);
    expect(body(answer)).toStrictEqual(asked.response.body);
    const names = [...compared, 'x-wp-total', 'x-wp-totalpages'];
    expect(headers(answer, names)).toStrictEqual(recordedHeaders(asked, names));
  });

  it('covers all the folders it should', () => {
    expect(exact.length).toBeGreaterThan(45);
    expect(exact.filter((path) => lists.includes(path))).toStrictEqual([]);
  });
});

describe('recorded lists, with other totals than the recorded store had', () => {
  it('gives the 100 recorded orders in the recorded order of modification', async () => {
    const recorded = recording('orders/list-100.json').response.body as { id: number }[];
    const ids = recorded.map(({ id }) => id).toSorted((a, b) => a - b);
    const answer = await client.get(
      `orders?per_page=100&orderby=modified&order=asc&include=${ids.join(',')}`,
    );
    expect(body(answer)).toStrictEqual(recorded);
  });

  it('gives the recorded customers, and the rest on the next page', async () => {
    const { asked, answer } = await replay('customers/list-100.json');
    expect(body(answer)).toStrictEqual(asked.response.body);
    expect(headers(answer, compared)).toStrictEqual(recordedHeaders(asked, compared));
  });

  it.each(['customers/list-after.json', 'customers/list-modified_after.json'])(
    'ignores what customers do not know: %s',
    async (path) => {
      const { asked, answer } = await replay(path);
      expect(answer.body).toHaveLength(2);
      expect(headers(answer, compared)).toStrictEqual(recordedHeaders(asked, compared));
    },
  );

  it('shows other roles only with role=all', async () => {
    const { asked, answer } = await replay('customers/list-role-all-tail.json');
    expect(body(answer)).toStrictEqual(asked.response.body);
  });

  it.each([
    'auth/http-application-password-on-wc.json',
    'auth/https-application-password-on-wc.json',
    'auth/https-basic-key.json',
    'auth/https-query-keys.json',
    'errors/200-shop-manager-key.json',
  ])('lets in: %s', async (path) => {
    const { asked, answer } = await replay(path);
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(1);
    expect(headers(answer, compared)).toStrictEqual(recordedHeaders(asked, compared));
  });

  it.each([
    'errors/page-beyond-end-orders.json',
    'errors/page-beyond-end-products.json',
    'errors/page-beyond-end-customers.json',
  ])('answers a page past the end with an empty list: %s', async (path) => {
    const { asked, answer } = await replay(path);
    expect(answer.status).toBe(200);
    expect(answer.body).toStrictEqual([]);
    const link = headers(answer, ['link'])['link'] ?? '';
    const recorded = asked.response.headers['link'] ?? '';
    const pages = answer.headers.get('x-wp-totalpages') ?? '';
    expect(link).toBe(recorded.replace(/\bpage=\d+/, `page=${pages}`));
    if (path.includes('orders')) {
      expect(answer.headers.get('x-wp-total')).toBe('0');
    }
  });

  it('cuts orders to the wanted fields as recorded', async () => {
    const { asked, answer } = await replay('orders/list-fields.json');
    const [recorded] = asked.response.body as object[];
    for (const order of answer.body as object[]) {
      expect(Object.keys(order)).toStrictEqual(Object.keys(recorded ?? {}));
    }
    expect(headers(answer, ['link'])).toStrictEqual(recordedHeaders(asked, ['link']));
  });

  it('repeats the statuses of a comma list in links', async () => {
    const answer = await client.get(
      'orders?per_page=10&page=2&_fields=id&status=processing,on-hold',
    );
    const link = headers(answer, ['link'])['link'] ?? '';
    expect(link.replaceAll('per_page=10', 'per_page=100')).toBe(
      recording('orders/list-page2-headers.json').response.headers['link'],
    );
  });

  it('pages customers by id, and those never edited have no date', async () => {
    const { asked, answer } = await replay('customers/list-orderby.json');
    expect(shapeDifferences([asked.response.body], [answer.body])).toStrictEqual([]);
    expect(headers(answer, compared)).toStrictEqual(recordedHeaders(asked, compared));
  });

  it('finds the trash by its modified date', async () => {
    client.store.edits.updateOrder(206, {}, { modified: '2026-11-24T22:57:54' });
    client.store.edits.trashOrder(206);
    const { asked, answer } = await replay('orders/list-trash-modified-after.json');
    expect(shapeDifferences(asked.response.body, answer.body)).toStrictEqual([]);
    expect(answer.body).toHaveLength(1);
    const names = [...compared, 'x-wp-total', 'x-wp-totalpages'];
    expect(headers(answer, names)).toStrictEqual(recordedHeaders(asked, names));
  });

  it('lists the refunds of all orders in the recorded shape', async () => {
    const { asked, answer } = await replay('refunds/list-50.json');
    const [first] = answer.body as object[];
    const plain = (asked.response.body as { line_items: unknown[] }[]).find(
      ({ line_items }) => line_items.length === 0,
    );
    expect(shapeDifferences(plain, first)).toStrictEqual([]);
    expect(headers(answer, ['allow'])).toStrictEqual(recordedHeaders(asked, ['allow']));
  });

  it('counts its own orders by the recorded statuses', async () => {
    const { asked, answer } = await replay('settings/orders-totals-report.json');
    const recorded = asked.response.body as { slug: string; name: string; total: number }[];
    const held = client.store.shop.orders.all().map(({ status }) => status);
    expect(answer.body).toStrictEqual(
      recorded.map((row) => ({ ...row, total: held.filter((one) => one === row.slug).length })),
    );
    expect(held).toContain('completed');
    expect(headers(answer, compared)).toStrictEqual(recordedHeaders(asked, compared));
  });

  it.each([
    'taxes?class=standard',
    'taxes?per_page=2',
    'products/attributes/2/terms',
    'products/categories?product=10',
    'products/reviews?orderby=product',
  ])('answers 501 where the recordings tell nothing: %s', async (path) => {
    expect((await client.get(path)).status).toBe(501);
  });

  it('shows a variation through the products route as recorded', async () => {
    const { asked, answer } = await replay('products/get-variation-through-products.json');
    expect(body(answer)).toStrictEqual(asked.response.body);
  });
});
