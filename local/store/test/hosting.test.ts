import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import type { Hosting } from '../core/hosting.ts';
import type { StoreOptions } from '../options.ts';
import { secureHeaders, startStore, testKey } from './client.ts';
import type { Client } from './client.ts';

let client: Client | undefined;
afterEach(() => client?.store.close());

async function started(options: Partial<StoreOptions> = {}): Promise<Client> {
  client = await startStore({ orders: 3, ...options });
  return client;
}

const headers = secureHeaders(testKey.consumerKey, testKey.consumerSecret);
const LIST = '/wp-json/wc/v3/orders?per_page=1';

/** Names of an answer's headers as they came: fetch writes them all in lower case. */
function namesAt(url: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.rawHeaders.filter((_, at) => at % 2 === 0));
    })
      .on('error', reject)
      .end();
  });
}

function host({ ask }: Client, hosting: Partial<Hosting>) {
  return ask('/local/hosting', { method: 'PATCH', body: JSON.stringify(hosting) });
}

it('names headers as WordPress does, and as LiteSpeed does', async () => {
  const shop = await started();
  const usual = await namesAt(shop.url + LIST);
  expect(usual).toEqual(
    expect.arrayContaining(['X-WP-Total', 'X-WP-TotalPages', 'Content-Type', 'Date', 'Link']),
  );
  await host(shop, { lower_case_headers: true });
  const lower = await namesAt(shop.url + LIST);
  const sent = lower.filter((name) => !['Connection', 'Keep-Alive'].includes(name));
  expect(sent).toEqual(sent.map((name) => name.toLowerCase()));
  expect(sent).toContain('x-wp-total');
});

it('has no API with plain permalinks, neither below /wp-json nor for keys elsewhere', async () => {
  const shop = await started({ hosting: { plain_permalinks: true } });
  const answer = await fetch(shop.url + LIST, { headers, redirect: 'manual' });
  const secure = shop.url.replace('http:', 'https:');
  expect([answer.status, answer.headers.get('location')]).toEqual([
    301,
    `${secure}/wp-json/wc/v3/orders/?per_page=1`,
  ]);
  const other = await fetch(`${shop.url}/?rest_route=/wc/v3/orders`, { headers });
  expect(other.status).toBe(401);
  await host(shop, { plain_permalinks: false });
  expect((await fetch(shop.url + LIST, { headers })).status).toBe(200);
});

it('lies in a folder of its address, and nowhere else', async () => {
  const shop = await started({ folder: '/shop' });
  expect(shop.url).toMatch(/\/shop$/);
  const { status, headers: answered } = await shop.ask(LIST, { headers });
  expect(status).toBe(200);
  expect(answered.get('link')).toContain(`${new URL(shop.url).host}/shop/wp-json/`);
  const { origin } = new URL(shop.url);
  expect((await fetch(origin + LIST, { headers })).status).toBe(404);
  expect((await fetch(`${origin}/local/totals`)).status).toBe(200);
});

it('prints notices in front of its answers', async () => {
  const shop = await started({ hosting: { php_notices: true } });
  const text = await (await fetch(shop.url + LIST, { headers })).text();
  expect(text).toMatch(/^<br \/>\n<b>Deprecated<\/b>.*\n\[\{/);
});

it('refuses a setting that it does not know', async () => {
  const shop = await started();
  const answer = await shop.ask<{ message: string }>('/local/hosting', {
    method: 'PATCH',
    body: '{"http3":true}',
  });
  expect([answer.status, answer.body.message]).toEqual([
    400,
    expect.stringContaining('lower_case_headers, plain_permalinks, php_notices'),
  ]);
});

it('saves the orders that are read where a plugin does, which moves their dates', async () => {
  const shop = await started();
  const saved = async () => {
    const list = await shop.get<{ date_modified_gmt: string }[]>('orders');
    return (
      list.body
        .map((one) => one.date_modified_gmt)
        .toSorted()
        .at(-1) ?? ''
    );
  };
  const before = await saved();
  expect(await saved()).toBe(before);
  await host(shop, { reads_save_orders: true });
  await saved();
  await host(shop, { reads_save_orders: false });
  expect((await saved()) > before).toBe(true);
});
