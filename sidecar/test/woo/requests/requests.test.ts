import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wooGateway } from '../../../../local/org/apex/woo-gateway.ts';
import {
  type Client,
  secureHeaders,
  startStore,
  testKey,
  testPassword,
} from '../../../../local/store/test/client.ts';
import { type Receiver, startReceiver } from '../../../../local/store/test/receiver.ts';
import { Secret } from '../../../src/lib/secret.ts';
import type { WooReports, WooStore, WooWebhooks } from '../../../src/ports/store.ts';
import { CONTENT_USER } from '../../../src/woo/content/content-user.ts';
import { ContentReads } from '../../../src/woo/content/content-store.ts';
import { RestStore } from '../../../src/woo/rest-store.ts';
import { kindOf, REQUESTS } from '../../../src/woo/requests.ts';
import type { HttpAnswer, SentRequest, WooParams } from '../../../src/woo/types.ts';
import { type Example, EXAMPLES, type Ids } from './examples.ts';

let client: Client;
let receiver: Receiver;
let known: Omit<Ids, 'webhook'>;

beforeAll(async () => {
  receiver = await startReceiver();
  client = await startStore({ orders: 40, allowHosts: [receiver.host], webhookDelayMs: 3_600_000 });
  const tags = [{ id: 900, name: 'Soft', slug: 'soft' }];
  await client.ask('/local/products/10', { method: 'PATCH', body: JSON.stringify({ tags }) });
  const { shop } = client.store;
  const products = shop.products.all().map((entry) => entry.read());
  const first = async (path: string) => (await ask('GET', path, { per_page: '1' })).id;
  const variation = (await ask('GET', 'variations', { per_page: '1' })) as unknown as {
    id: number;
    parent_id: number;
  };
  const placed = shop.orders.all().map((entry) => entry.read());
  known = {
    order: placed.find(({ status }) => status === 'processing')?.id ?? 0,
    product:
      products.find(({ type, status }) => type === 'simple' && status === 'publish')?.id ?? 0,
    ...{ variable: variation.parent_id, variation: variation.id },
    ...{ customer: await first('customers'), coupon: await first('coupons') },
    ...{ category: await first('products/categories'), tag: await first('products/tags') },
    ...{ review: await first('products/reviews'), post: await first('content/wp/v2/posts') },
  };
});
afterAll(async () => {
  await Promise.all([client.store.close(), receiver.close()]);
});

const hook = () => `${receiver.url}/woo/webhooks/main`;

/** Straight: with the keys, and for content with the application password. */
async function send(method: string, path: string, text: string, body: string | null) {
  const isContent = path.startsWith('content/');
  const below = isContent ? path.slice('content/'.length) : `wc/v3/${path}`;
  const { user, password } = testPassword;
  const headers = isContent
    ? secureHeaders(user, password)
    : secureHeaders(testKey.consumerKey, testKey.consumerSecret);
  // WordPress takes a key for a password of a user that it does not know.
  if (path === 'home') delete headers['authorization'];
  return fetch(
    `${client.url}/wp-json/${path === 'home' ? '' : below}${text === '' ? '' : `?${text}`}`,
    {
      ...{ method, headers: { ...headers, 'content-type': 'application/json' } },
      ...(body === null ? {} : { body }),
    },
  );
}

/** The first of what there is. */
async function ask(
  method: string,
  path: string,
  query: WooParams,
): Promise<{ readonly id: number }> {
  const response = await send(method, path, new URLSearchParams(query).toString(), null);
  const [one] = (await response.json()) as readonly { readonly id: number }[];
  if (one === undefined) throw new Error(`the shop has none of ${path}`);
  return one;
}

const ROWS: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  Woo_Mapping__mdt: [
    {
      ...{ Active__c: true, Woo_Resource__c: 'order', Direction__c: 'both' },
      ...{ Create_In_Woo__c: true, Woo_Meta_Key__c: null },
    },
  ],
  Woo_Order_Transition__mdt: [
    { From_Status__c: 'processing', To_Status__c: 'completed', Active__c: true },
    { From_Status__c: 'draft', To_Status__c: 'pending', Active__c: true },
  ],
  Woo_Field_Mapping__mdt: [
    { Direction__c: 'to_woo', Woo_Attribute__c: 'note_private', Active__c: true },
  ],
};

/** Through the class of the gateway: its refusal, else the status of the shop. */
async function throughGateway(
  method: string,
  { path, query = {}, body }: Example,
): Promise<string> {
  const stores = [
    {
      ...{ Key__c: 'main', Active__c: true, Named_Credential__c: 'Woo_Store' },
      Service_URL__c: receiver.url,
    },
  ];
  const {
    status,
    headers,
    body: said,
  } = await wooGateway(
    {
      ...{ method, uri: `/woo/main/${path}`, params: queryOf(method, query) },
      body: body === undefined ? null : Buffer.from(JSON.stringify(body)),
    },
    {
      rows: (object) => (object === 'Woo_Store__mdt' ? stores : (ROWS[object] ?? [])),
      now: () => 0,
      send: async (callout) => {
        const [, credential, rest = ''] =
          /^callout:(\w+)\/wp-json\/(.*)$/.exec(callout.endpoint) ?? [];
        const [below = '', text = ''] = rest.split('?');
        const own =
          credential === 'Woo_Store_Content' ? `content/${below}` : below.slice('wc/v3/'.length);
        const reply = await send(callout.method, below === '' ? 'home' : own, text, callout.body);
        return {
          ...{ status: reply.status, headers: new Map(reply.headers.entries()) },
          body: Buffer.from(await reply.arrayBuffer()),
        };
      },
    },
  );
  return status === 200 ? String(headers['Woo-Status']) : said.toString('utf8');
}

/** For good, without the trash. */
function queryOf(method: string, query: WooParams): WooParams {
  return method === 'DELETE' ? { force: 'true' } : query;
}

async function straight(method: string, { path, query = {}, body }: Example): Promise<string> {
  const text = new URLSearchParams(queryOf(method, query)).toString();
  const json = body === undefined ? null : JSON.stringify(body);
  return String((await send(method, path, text, json)).status);
}

type Name = keyof typeof REQUESTS;
const NAMES = Object.keys(REQUESTS) as readonly Name[];
const STRAIGHT = NAMES.filter((name) => !('isOfGateway' in REQUESTS[name]));

describe.each<[string, typeof straight, readonly Name[]]>([
  ['straight', straight, STRAIGHT],
  ['through the gateway', throughGateway, NAMES],
])('each request that is made of a shop, %s', (_route, send, names) => {
  it.each(names)('%s is answered', async (name) => {
    const { method } = REQUESTS[name];
    const made = await send('POST', hookOf());
    expect(made).toBe('201');
    const webhook = (await ask('GET', 'webhooks', { per_page: '1', orderby: 'id', order: 'desc' }))
      .id;
    const examples: readonly Example[] = EXAMPLES[name]({ ...known, webhook });
    for (const example of examples) {
      const { path, query = {} } = example;
      expect(kindOf({ method, path, query })).toBe(name);
      const asked =
        name.endsWith('Webhook') && method !== 'DELETE' ? { ...hookOf(), path } : example;
      expect(await send(method, asked), JSON.stringify(example)).toMatch(/^20[01]$/);
    }
  });
});

/** The example with the address of a receiver that answers. */
function hookOf(): Example {
  const body = EXAMPLES.makeWebhook().map((one) => one.body)[0];
  return { path: 'webhooks', body: { ...body, delivery_url: hook() } };
}

describe('what is on no list', () => {
  it.each<SentRequest>([
    { method: 'GET', path: 'customers', query: { role: 'all', include: '3', _fields: 'id,email' } },
    { method: 'GET', path: 'customers', query: { role: 'all', _fields: 'id' } },
    { method: 'GET', path: 'orders', query: { customer_ip: '1' } },
    { method: 'GET', path: 'orders/7/refunds', query: {} },
    { method: 'POST', path: 'orders', query: {} },
    { method: 'DELETE', path: 'orders/7', query: {} },
    { method: 'GET', path: 'settings/general', query: {} },
  ])('has no kind: $method $path', (sent) => {
    expect(kindOf(sent)).toBeNull();
  });
});

/** A store that notes what it is asked, and answers it all in the same way. */
class NotingStore extends RestStore {
  readonly sent: SentRequest[] = [];
  protected readonly access = { name: 'the key', wrongKey: '', wrongSecret: '' };
  protected readonly contentReads = new ContentReads(
    (reads) => Promise.all(reads.map(({ path, query }) => this.get(path, query))),
    { host: 'shop.example', url: 'https://shop.example', access: 'the password', cure: '' },
  );

  constructor() {
    const retry = { attempts: 1, firstWaitMs: 1, longestWaitMs: 1 };
    super({ key: 'main', url: 'https://shop.example' }, retry);
  }

  protected get(path: string, query: WooParams) {
    return this.#note('GET', path, query);
  }
  protected index() {
    return this.get('home', { _fields: 'home' });
  }
  protected post(path: string) {
    return this.#note('POST', path, {});
  }
  protected put(path: string) {
    return this.#note('PUT', path, {});
  }
  protected delete(path: string) {
    return this.#note('DELETE', path, {});
  }

  #note(method: SentRequest['method'], path: string, query: WooParams): Promise<HttpAnswer> {
    const sent = { method, path, query };
    this.sent.push(sent);
    const body = path.endsWith('types') ? '{"post":{"rest_base":"posts"}}' : '{}';
    const headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' };
    return Promise.resolve({ sent, status: 200, header: (name) => headers[name] ?? null, body });
  }
}

type Methods = Exclude<
  keyof (WooStore & WooWebhooks & WooReports),
  // Images are asked for at their own addresses.
  'key' | 'url' | 'paidStatuses' | 'media' | 'fetchImage'
>;
const HOOK = { name: 'n', topic: 't', deliveryUrl: 'https://x.example', secret: new Secret('s') };
const UPDATE = { id: 7, parentId: null, fields: { name: 'x' } };

/** Each way to ask a store; the compiler asks for those that come. */
const CALLS: Readonly<Record<Methods, (store: NotingStore) => Promise<unknown>>> = {
  list: (store) => store.list('orders', { modified_after: '2026-01-01T00:00:00' }),
  lists: (store) => store.lists([{ list: 'customers', params: { include: '3' } }]),
  walk: (store) => store.walk('products', null)[Symbol.asyncIterator]().next(),
  each: (store) => store.each('products/tags', [3]),
  isDated: (store) => store.isDated('content/post'),
  contentUser: (store) => store.contentUser(),
  orderStatuses: (store) => store.orderStatuses(),
  home: (store) => store.home(),
  writeMeta: (store) =>
    store.writeMeta('customers', '_sf', [{ id: 3, parentId: null, value: 'x' }]),
  updateProducts: (store) =>
    store.updateProducts([{ ...UPDATE, parentId: 3, seen: { name: 'y' } }]),
  updateOrders: (store) => store.updateOrders([{ ...UPDATE, seen: { status: 'pending' } }]),
  orderNotes: (store) => store.orderNotes(7),
  addOrderNote: (store) => store.addOrderNote(7, { text: 'x', toCustomer: false }),
  createProducts: (store) => store.createProducts([{}]),
  createOrders: (store) => store.createOrders([{}]),
  webhooks: (store) => store.webhooks(),
  createWebhook: (store) => store.createWebhook(HOOK),
  updateWebhook: (store) => store.updateWebhook(7, HOOK),
  deleteWebhook: (store) => store.deleteWebhook(7),
};

it.each(Object.entries(CALLS))('a store asks for nothing else by %s', async (_name, call) => {
  const store = new NotingStore();
  // Not every answer of this shop is one that is understood.
  await call(store).catch(() => undefined);
  expect(store.sent).not.toEqual([]);
  expect(store.sent.filter((sent) => kindOf(sent) === null)).toEqual([]);
});

it('reads as whom content is read by a request that is on the list', () => {
  expect(kindOf({ method: 'GET', ...CONTENT_USER })).toBe('contentUser');
});
