import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/lib/secret.ts';
import type { WooReports, WooStore, WooWebhooks } from '../../../src/ports/store.ts';
import { CONTENT_USER } from '../../../src/woo/content/content-user.ts';
import { ContentReads } from '../../../src/woo/content/content-store.ts';
import { kindOf } from '../../../src/woo/requests.ts';
import { RestStore } from '../../../src/woo/rest-store.ts';
import type { HttpAnswer, SentRequest, WooParams } from '../../../src/woo/types.ts';

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
