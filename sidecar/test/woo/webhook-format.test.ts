import { afterEach, describe, expect, it } from 'vitest';
import { CodedError } from '../../src/errors/coded-error.ts';
import { Secret } from '../../src/lib/secret.ts';
import type { ApexCall } from '../../src/ports/apex-rest.ts';
import type { WooWebhooks } from '../../src/ports/store.ts';
import { DirectStore } from '../../src/woo/direct-store.ts';
import { GatewayStore } from '../../src/woo/gateway/gateway-store.ts';
import {
  type Answer,
  failureOf,
  html,
  json,
  type ScriptedServer,
  serve,
} from '../support/scripted-server.ts';

const retry = { attempts: 3, firstWaitMs: 1, longestWaitMs: 5 };
const webhook = {
  name: 'Salesforce sync (ab12)',
  topic: 'order.updated',
  deliveryUrl: 'https://sync.example/woo/webhooks/main',
};
const fields = { ...webhook, secret: new Secret('s3cretOfTheHook') };
const sent = {
  name: webhook.name,
  topic: webhook.topic,
  delivery_url: webhook.deliveryUrl,
  secret: 's3cretOfTheHook',
};
/** As WooCommerce shows it; the secret is not among it. */
const shown = {
  id: 7,
  name: webhook.name,
  topic: webhook.topic,
  status: 'active',
  delivery_url: webhook.deliveryUrl,
  hooks: ['woocommerce_update_order'],
};

let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function directTo(answer: Answer): Promise<{ store: DirectStore; server: ScriptedServer }> {
  server = await serve(answer);
  const keys = {
    consumerKey: new Secret('ck_0123'),
    consumerSecret: new Secret('cs_fedc'),
    keyVariable: 'WOO_MAIN_KEY',
    secretVariable: 'WOO_MAIN_SECRET',
  };
  const store = new DirectStore({ key: 'main', url: server.url }, keys, { retry });
  return { store, server };
}

function gatewayTo(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): { store: GatewayStore; asked: ApexCall[] } {
  const asked: ApexCall[] = [];
  const all: Readonly<Record<string, string>> = {
    'woo-status': `${status}`,
    'woo-content-type': 'application/json',
    'woo-total': '1',
    'woo-total-pages': '1',
    ...headers,
  };
  const org = {
    apexRest: (call: ApexCall) => {
      asked.push(call);
      const header = (name: string) => all[name] ?? null;
      return Promise.resolve({ status: 200, header, body: JSON.stringify(body) });
    },
  };
  const store = { key: 'main', url: 'https://shop.example', namedCredential: 'Woo_Store' };
  return { store: new GatewayStore(store, org, { retry }), asked };
}

async function failure(promise: Promise<unknown>): Promise<CodedError> {
  const error = await failureOf(promise);
  if (!(error instanceof CodedError)) throw error;
  expect(`${error.message} ${error.cure}`).not.toMatch(/s3cret|ck_0123|cs_fedc/);
  return error;
}

describe('webhooks on the direct route', () => {
  it('are listed, all pages, without what nobody needs', async () => {
    const { store, server } = await directTo(({ query }, response) => {
      const page = Number(query.get('page'));
      const all = Array.from({ length: 103 }, (_, at) => ({ ...shown, id: at + 1 }));
      const some = all.slice((page - 1) * 100, page * 100);
      json(response, 200, some, { 'x-wp-total': '103', 'x-wp-totalpages': '2' });
    });
    const found = await (store satisfies WooWebhooks).webhooks();
    expect(found).toHaveLength(103);
    expect(found[0]).toEqual({ id: 1, status: 'active', ...webhook });
    expect(server.received.map(({ query }) => query.get('page'))).toEqual(['1', '2']);
    expect(server.received[0]?.query.get('_fields')).toBe('id,name,topic,status,delivery_url');
  });

  it('are made, changed and removed for good', async () => {
    const { store, server } = await directTo(({ method }, response) => {
      json(response, method === 'POST' ? 201 : 200, shown);
    });
    expect(await store.createWebhook(fields)).toEqual({ id: 7, status: 'active', ...webhook });
    await store.updateWebhook(7, fields);
    await store.deleteWebhook(7);
    expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /wp-json/wc/v3/webhooks',
      'PUT /wp-json/wc/v3/webhooks/7',
      'DELETE /wp-json/wc/v3/webhooks/7',
    ]);
    expect(server.received.slice(0, 2).map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      sent,
      sent,
    ]);
    expect(server.received[0]?.headers['content-type']).toContain('application/json');
    expect(server.received[2]?.query.get('force')).toBe('true');
    expect(server.received.map(({ query }) => String(query)).join(' ')).not.toContain('s3cret');
  });

  it('are not made a second time where the shop did not say what became of the first', async () => {
    const { store, server } = await directTo((_request, response) => {
      response.destroy();
    });
    expect((await failure(store.createWebhook(fields))).code).toBe('WOO_UNREACHABLE');
    expect(server.received).toHaveLength(1);
    await failure(store.updateWebhook(7, fields));
    await failure(store.deleteWebhook(7));
    expect(server.received).toHaveLength(3);
    await failure(store.webhooks());
    expect(server.received).toHaveLength(3 + retry.attempts);
  });

  it('that are gone already are removed', async () => {
    const { store } = await directTo((_request, response) => {
      json(response, 404, { code: 'woocommerce_rest_shop_webhook_invalid_id', data: {} });
    });
    await expect(store.deleteWebhook(7)).resolves.toBeUndefined();
    expect((await failure(store.updateWebhook(7, fields))).code).toBe('WOO_REQUEST_REFUSED');
  });

  it.each([
    [
      400,
      'woocommerce_rest_shop_webhook_invalid_delivery_url',
      'WOO_REQUEST_REFUSED',
      'PUBLIC_URL',
    ],
    [401, 'woocommerce_rest_authentication_error', 'WOO_KEY_REFUSED', 'unset PUBLIC_URL'],
    [403, 'woocommerce_rest_cannot_create', 'WOO_KEY_REFUSED', 'Shop manager'],
  ])('HTTP %i %s says what to do', async (status, code, ours, cure) => {
    const { store } = await directTo((_request, response) => {
      json(response, status, { code, message: 's3cretOfTheHook' });
    });
    const error = await failure(store.createWebhook(fields));
    expect(error.code).toBe(ours);
    expect(error.cure).toContain(cure);
  });

  it('are not there because a maintenance page said 200', async () => {
    const { store } = await directTo((_request, response) => {
      html(response, 200);
    });
    for (const call of [store.createWebhook(fields), store.deleteWebhook(7), store.webhooks()])
      expect((await failure(call)).code).toBe('WOO_UNEXPECTED_ANSWER');
  });

  it('are understood, or it is said that they are not', async () => {
    const { store } = await directTo((_request, response) => {
      json(response, 200, [{ id: 7 }], { 'x-wp-total': '1', 'x-wp-totalpages': '1' });
    });
    expect((await failure(store.webhooks())).message).toContain('not a webhook');
  });
});

describe('webhooks through the gateway', () => {
  it('are one call of the Apex class each', async () => {
    const list = gatewayTo(200, [shown]);
    expect(await (list.store satisfies WooWebhooks).webhooks()).toEqual([
      { id: 7, status: 'active', ...webhook },
    ]);
    expect(list.asked.map(({ method, path }) => [method, path.split('?')[0]])).toEqual([
      ['GET', '/woo/main/webhooks'],
    ]);
    const { store, asked } = gatewayTo(201, shown);
    await store.createWebhook(fields);
    await store.updateWebhook(7, fields);
    await store.deleteWebhook(7);
    expect(asked).toEqual([
      { method: 'POST', path: '/woo/main/webhooks', json: JSON.stringify(sent), once: true },
      { method: 'PUT', path: '/woo/main/webhooks/7', json: JSON.stringify(sent) },
      { method: 'DELETE', path: '/woo/main/webhooks/7?force=true' },
    ]);
  });

  it('are tried once', async () => {
    const { store, asked } = gatewayTo(503, {});
    expect((await failure(store.createWebhook(fields))).code).toBe('WOO_UNAVAILABLE');
    expect(asked).toHaveLength(1);
  });
});
