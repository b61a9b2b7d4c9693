import { describe, expect, it } from 'vitest';
import { isSafeUrl } from '../core/safe-url.ts';
import { secureHeaders, startStore, testKey } from './client.ts';

const site = 'http://127.0.0.1:8095';
const rules = (...allowHosts: string[]): Parameters<typeof isSafeUrl>[1] => ({
  siteUrl: () => site,
  allowHosts,
});

describe('where WordPress sends requests', () => {
  it.each([
    'https://93.184.215.14/a.png',
    'http://93.184.215.14:8080/',
    'http://93.184.215.14:443/',
    `${site}/wp-content/uploads/a.png`,
    'http://127.0.0.1/',
  ])('to %s: a public host or its own, on a usual port', async (url) => {
    expect(await isSafeUrl(url, rules())).toBe(true);
  });

  it.each([
    'http://10.1.2.3/x.png',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.1.1/',
    'http://0.0.0.0/',
    'http://127.0.0.2/',
    'http://localhost/',
    'http://[::1]/',
    'http://no-such-host.invalid/',
    'http://127.0.0.1:9001/',
    'http://93.184.215.14:3000/',
    'http://user:password@93.184.215.14/',
    'ftp://93.184.215.14/',
    'data:image/png;base64,iVBORw0KGgo=',
    'not a url',
    '',
  ])('not to %s', async (url) => {
    expect(await isSafeUrl(url, rules())).toBe(false);
  });

  it('to what the owner allows: a host on every port, or on one', async () => {
    expect(await isSafeUrl('http://192.168.1.1:9001/', rules('192.168.1.1'))).toBe(true);
    expect(await isSafeUrl('http://192.168.1.1:9001/', rules('192.168.1.1:9001'))).toBe(true);
    expect(await isSafeUrl('http://192.168.1.1:9002/', rules('192.168.1.1:9001'))).toBe(false);
    expect(await isSafeUrl('http://192.168.1.2:9001/', rules('192.168.1.1'))).toBe(false);
    expect(await isSafeUrl('ftp://192.168.1.1/', rules('192.168.1.1'))).toBe(false);
  });
});

describe('a shop behind a TLS proxy', () => {
  it.each([
    ['believed', true, 201, 'https:'],
    ['not believed without --tls-proxy', false, 401, undefined],
  ] as const)('X-Forwarded-Proto is %s', async (_, tlsProxy, status, scheme) => {
    const { store, ask } = await startStore({ orders: 0, tlsProxy });
    const answer = await ask('/wp-json/wc/v3/products', {
      method: 'POST',
      headers: {
        ...secureHeaders(testKey.consumerKey, testKey.consumerSecret),
        'content-type': 'application/json',
      },
      body: '{"name":"x"}',
    });
    await store.close();
    const location = answer.headers.get('location');
    expect(answer.status).toBe(status);
    expect(location === null ? undefined : new URL(location).protocol).toBe(scheme);
  });

  it('images from local hosts are refused, and with --allow-host no more', async () => {
    const answers = [];
    for (const allowHosts of [[], ['127.0.0.1:1']]) {
      const { store, ask } = await startStore({ orders: 0, allowHosts });
      const answer = await ask<{ message: string }>('/wp-json/wc/v3/products/10', {
        method: 'PUT',
        headers: {
          ...secureHeaders(testKey.consumerKey, testKey.consumerSecret),
          'content-type': 'application/json',
        },
        body: '{"images":[{"src":"http://127.0.0.1:1/x.png"}]}',
      });
      await store.close();
      answers.push(answer.body.message.replace(/^.* Error: /, ''));
    }
    expect(answers).toStrictEqual([
      'A valid URL was not provided.',
      expect.stringContaining('cURL error 7: Failed to connect to 127.0.0.1 port 1 '),
    ]);
  });
});
