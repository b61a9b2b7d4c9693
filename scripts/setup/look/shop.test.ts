import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { recording } from '../../../local/store/core/recordings.ts';
import { newKey, type StoreOptions } from '../../../local/store/options.ts';
import { createStore, type Store } from '../../../local/store/store.ts';
import { lookAtShop, shopAt, type AskShop } from './shop.ts';

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  asked.length = 0;
  await Promise.all(open.splice(0).map((close) => close()));
});

async function shop(options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = createStore({ orders: 1, products: 1, tlsProxy: true, ...options });
  open.push(() => store.close());
  await store.listen(0);
  return store;
}

const lookAt = (url: string, keys: Parameters<typeof shopAt>[1]) =>
  lookAtShop(url, shopAt(url, keys));

/** Addresses that were asked for, of servers that answer all with the same. */
const asked: (string | undefined)[] = [];

/** Such a server. */
async function answering(
  status: number,
  headers: Record<string, string>,
  body = '',
): Promise<string> {
  const server: Server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(status, headers).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(async () => {
    server.close();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const HTML = { 'content-type': 'text/html; charset=UTF-8' };
const KEYS = { consumerKey: 'ck_0', consumerSecret: 'cs_0' };

describe('a shop that is as the sync needs it', () => {
  it('lacks nothing, and is told when it does its jobs by visits', async () => {
    const store = await shop();
    const { missing, notes } = await lookAt(store.url, store);
    expect(missing).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('when somebody visits it (WP-Cron)')]);
  });

  it('lies below a folder of its address', async () => {
    const store = await shop({ folder: '/shop' });
    expect((await lookAt(store.url, store)).missing).toEqual([]);
  });

  it('writes nothing', async () => {
    const store = await shop();
    const before = store.shop.products.all().map((entry) => entry.read());
    await lookAt(store.url, store);
    expect(store.shop.products.all().map((entry) => entry.read())).toEqual(before);
  });
});

describe('a key', () => {
  const ofRole = async (change: object) => {
    const key = { ...newKey(), ...change };
    const store = await shop({ credentials: { keys: [key], applicationPasswords: [] } });
    return lookAt(store.url, key);
  };

  it('that may only read', async () => {
    const { missing } = await ofRole({ permissions: 'read' });
    expect(missing).toEqual([expect.stringMatching(/may only read: edit it .* Read\/Write/)]);
  });

  it('that may only write', async () => {
    const { missing } = await ofRole({ permissions: 'write' });
    expect(missing).toEqual([expect.stringMatching(/may not read: edit it .* Read\/Write/)]);
  });

  it('of a user who is a customer', async () => {
    const { missing } = await ofRole({ role: 'customer' });
    expect(missing).toEqual([expect.stringContaining('role Shop manager or Administrator')]);
  });

  it('of a shop manager', async () => {
    expect((await ofRole({ role: 'shop_manager' })).missing).toEqual([]);
  });

  it('that the shop does not know', async () => {
    const { url } = await shop();
    const { missing } = await lookAt(url, newKey());
    expect(missing).toEqual([expect.stringContaining('knows no such key')]);
    expect(missing.join()).not.toMatch(/ck_\w/);
  });

  it('with the secret of another', async () => {
    const store = await shop();
    const { missing } = await lookAt(store.url, { ...newKey(), consumerKey: store.consumerKey });
    expect(missing).toEqual([expect.stringContaining('The secret is not that of the key')]);
  });
});

describe('an address', () => {
  it('where the permalinks are plain', async () => {
    const store = await shop({ hosting: { plain_permalinks: true } });
    const { missing } = await lookAt(store.url, store);
    expect(missing).toEqual([
      expect.stringContaining('is "Plain", with which WooCommerce takes no'),
    ]);
  });

  it('where PHP prints its warnings', async () => {
    const store = await shop({ hosting: { php_notices: true } });
    const { missing } = await lookAt(store.url, store);
    expect(missing).toEqual([expect.stringContaining('WP_DEBUG_DISPLAY')]);
  });

  it('that leads to another', async () => {
    const url = await answering(301, { location: 'https://www.shop.example.com/wp-json/' });
    const { missing } = await lookAt(url, KEYS);
    expect(missing).toEqual([
      expect.stringContaining('redirects to https://www.shop.example.com: give that address'),
    ]);
  });

  it('that leads to a sign-in', async () => {
    const url = await answering(302, { location: '/wp-login.php?redirect_to=secret' });
    const { missing } = await lookAt(url, KEYS);
    expect(missing).toEqual([
      expect.stringMatching(/on to http:\S+\/wp-login\.php: let \/wp-json/),
    ]);
    expect(missing.join()).not.toContain('secret');
  });

  it.each([200, 403, 503])('of a firewall, with a page and %i', async (status) => {
    const { missing } = await lookAt(await answering(status, HTML, '<html>Checking</html>'), KEYS);
    expect(missing).toEqual([
      expect.stringContaining(`(HTTP ${status}): let this machine and Salesforce through`),
    ]);
    // No key is sent there.
    expect(asked).toEqual(['/wp-json/']);
  });

  it('of something else', async () => {
    const { missing } = await lookAt(await answering(404, HTML, '<html>No</html>'), KEYS);
    expect(missing).toEqual([expect.stringContaining('has no API of WordPress (HTTP 404)')]);
  });

  it('of WordPress without WooCommerce', async () => {
    const body = JSON.stringify({ namespaces: ['oembed/1.0', 'wp/v2'] });
    const url = await answering(200, { 'content-type': 'application/json' }, body);
    const { missing } = await lookAt(url, KEYS);
    expect(missing).toEqual([expect.stringContaining('without WooCommerce: activate it')]);
  });

  it('where nothing listens', async () => {
    const url = await answering(200, {});
    await open.pop()?.();
    const { missing } = await lookAt(url, KEYS);
    expect(missing).toEqual([expect.stringContaining('cannot be reached: nothing listens')]);
  });
});

/** What a real shop answered, and otherwise only where a case says so. */
function recorded(over: Readonly<Record<string, object>> = {}): AskShop {
  const files: Readonly<Record<string, string>> = {
    '/wp-json/': 'settings/wp-json-root.json',
    '/wp-json/wc/v3/orders': 'errors/200-shop-manager-key.json',
    '/wp-json/wc/v3/products/batch': 'batch/products-empty.json',
    '/wp-json/wc/v3/system_status': 'settings/system-status-trimmed.json',
  };
  return (_method, path) => {
    const [name = ''] = path.split('?');
    const { status, body, headers } = { ...recording(files[name] ?? '').response, ...over[name] };
    return Promise.resolve({ status, body, header: (one) => headers[one] ?? null });
  };
}

describe('the answers of a real shop', () => {
  const URL = 'https://shop.example.com';

  it('are those of one that lacks nothing', async () => {
    expect((await lookAtShop(URL, recorded())).missing).toEqual([]);
  });

  it('from before WooCommerce 8', async () => {
    const body = { environment: { version: '7.9.1', wp_cron: false } };
    const ask = recorded({ '/wp-json/wc/v3/system_status': { body } });
    expect(await lookAtShop(URL, ask)).toEqual({
      missing: ['shop.example.com runs WooCommerce 7.9.1: update it to 8 or later.'],
      notes: [],
    });
  });

  it('without the state of the system, which a shop manager may not see, lack nothing', async () => {
    const ask = recorded({ '/wp-json/wc/v3/system_status': { status: 403, body: {} } });
    expect(await lookAtShop(URL, ask)).toEqual({ missing: [], notes: [] });
  });

  it('through a cache that drops the number of records', async () => {
    const ask = recorded({ '/wp-json/wc/v3/orders': { headers: {} } });
    expect((await lookAtShop(URL, ask)).missing).toEqual([
      expect.stringContaining('without the header X-WP-Total'),
    ]);
  });

  it('with an index that strangers may not see lack nothing: the key opens the rest', async () => {
    const closed = { status: 401, body: { code: 'rest_not_logged_in', message: 'No.' } };
    expect((await lookAtShop(URL, recorded({ '/wp-json/': closed }))).missing).toEqual([]);
  });

  it('behind a proxy that hides https', async () => {
    const headers = { location: `http://shop.example.com/wp-json/` };
    const ask = recorded({ '/wp-json/': { status: 301, body: '', headers } });
    expect((await lookAtShop(URL, ask)).missing).toEqual([
      expect.stringContaining('send X-Forwarded-Proto: https'),
    ]);
  });

  it('with a firewall that lets nobody write', async () => {
    const page = { status: 403, body: '<html>Blocked</html>', headers: HTML };
    const ask = recorded({ '/wp-json/wc/v3/products/batch': page });
    expect((await lookAtShop(URL, ask)).missing).toEqual([
      expect.stringContaining('lets the key read and not write (HTTP 403)'),
    ]);
  });

  it('that stop in between', async () => {
    const ask = recorded();
    const cut: AskShop = (method, path) =>
      method === 'POST' ? Promise.resolve({ reason: 'the connection was cut' }) : ask(method, path);
    expect((await lookAtShop(URL, cut)).missing).toEqual([
      expect.stringContaining('cannot be reached: the connection was cut'),
    ]);
  });
});
