import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rows, shippedGateway } from '../local/org/apex/test/shipped-gateway.ts';
import {
  type Client,
  secureHeaders,
  startStore,
  testKey,
  testPassword,
} from '../local/store/test/client.ts';
import { type Receiver, startReceiver } from '../local/store/test/receiver.ts';
import { kindOf, REQUESTS } from '../sidecar/src/woo/requests.ts';
import type { WooParams } from '../sidecar/src/woo/types.ts';
import { type Example, EXAMPLES, type Ids } from '../sidecar/test/woo/requests/examples.ts';

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
    variable: variation.parent_id,
    variation: variation.id,
    customer: await first('customers'),
    coupon: await first('coupons'),
    category: await first('products/categories'),
    tag: await first('products/tags'),
    review: await first('products/reviews'),
    post: await first('content/wp/v2/posts'),
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
      method,
      headers: { ...headers, 'content-type': 'application/json' },
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

const ROWS: Rows = {
  Woo_Mapping__mdt: [
    {
      Active__c: true,
      Woo_Resource__c: 'order',
      Direction__c: 'both',
      Create_In_Woo__c: true,
      Woo_Meta_Key__c: null,
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

let gateway: ReturnType<typeof shippedGateway>;
beforeAll(() => {
  gateway = shippedGateway({
    ...ROWS,
    Woo_Store__mdt: [
      {
        Key__c: 'main',
        Active__c: true,
        Named_Credential__c: 'Woo_Store',
        Service_URL__c: receiver.url,
      },
    ],
  });
});

/** Through the class of the gateway: its refusal, else the status of the shop. */
async function throughGateway(
  method: string,
  { path, query = {}, body }: Example,
): Promise<string> {
  const {
    status,
    headers,
    body: said,
  } = await gateway(
    {
      method,
      uri: `/woo/main/${path}`,
      params: queryOf(method, query),
      body: body === undefined ? null : Buffer.from(JSON.stringify(body)),
    },
    async (callout) => {
      const [, credential, rest = ''] =
        /^callout:(\w+)\/wp-json\/(.*)$/.exec(callout.endpoint) ?? [];
      const [below = '', text = ''] = rest.split('?');
      const own =
        credential === 'Woo_Store_Content' ? `content/${below}` : below.slice('wc/v3/'.length);
      const reply = await send(callout.method, below === '' ? 'home' : own, text, callout.body);
      return {
        status: reply.status,
        headers: new Map(reply.headers.entries()),
        body: Buffer.from(await reply.arrayBuffer()),
      };
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
