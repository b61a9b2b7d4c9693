import { describe, expect, it } from 'vitest';
import type { ApexCall } from '../../../src/ports/apex-rest.ts';
import { failureOf } from '../../support/scripted-server.ts';
import { type Scripted, passed, refused, storeThat } from '../support/gateway-shop.ts';

describe('several reads through the gateway', () => {
  const readsIn = ({ json = '{}' }: ApexCall) => (JSON.parse(json) as { reads: string[] }).reads;
  const answers = (...ids: readonly number[]): Scripted => ({
    body: {
      answers: ids.map((id) => ({
        headers: {
          'Woo-Status': '200',
          'Woo-Content-Type': 'application/json',
          'Woo-Total': '1',
          'Woo-Total-Pages': '1',
          'Woo-Date': 'Fri, 20 Mar 2026 12:00:00 GMT',
        },
        body: JSON.stringify([{ id }]),
      })),
      left: 0,
    },
  });
  const reads = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      list: 'products' as const,
      params: { include: `${at}`, per_page: '100' },
    }));
  const idsOf = (pages: readonly { readonly records: readonly unknown[] }[]) =>
    pages.map(({ records }) => (records[0] as { id: number }).id);

  it('are one call, with the defaults of single ones', async () => {
    const { store, asked } = storeThat(() => answers(3, 7));
    const pages = await store.lists([
      { list: 'customers', params: { include: '3', _fields: 'id,email' } },
      { list: 'products', params: { include: '7,8' } },
    ]);
    expect(pages).toEqual([
      { records: [{ id: 3 }], total: 1, pages: 1, storeTime: new Date('2026-03-20T12:00:00Z') },
      { records: [{ id: 7 }], total: 1, pages: 1, storeTime: new Date('2026-03-20T12:00:00Z') },
    ]);
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /woo/main/reads']);
    expect(asked.flatMap(readsIn)).toEqual([
      'customers?include=3&_fields=id%2Cemail',
      'products?include=7%2C8',
    ]);
  });

  it('go ten at a time, and those that were left are asked again', async () => {
    const { store, asked } = storeThat((call, all) => {
      if (call.method === 'GET') return passed([{ id: 10 }]);
      const ids = readsIn(call).map((read) => Number(/include=(\d+)/.exec(read)?.[1]));
      return answers(...ids.slice(0, all.length === 1 ? 4 : 6));
    });
    expect(idsOf(await store.lists(reads(11)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(asked.map((call) => (call.json ? readsIn(call).length : call.path))).toEqual([
      10,
      7,
      '/woo/main/products?include=10&per_page=100',
    ]);
  });

  it('are single ones where one of them is refused, so that no other is held up by it', async () => {
    const { store, asked } = storeThat(({ method, path }) =>
      method === 'POST' || path.includes('role=')
        ? refused(400, 'GATEWAY_PARAMETER_REFUSED')
        : passed([{ id: Number(/include=(\d+)/.exec(path)?.[1]) }]),
    );
    expect(idsOf(await store.lists(reads(3)))).toEqual([0, 1, 2]);
    const buyers = { role: 'all', include: '14', _fields: 'id,email,billing,shipping' };
    const error = await failureOf(
      store.lists([...reads(1), { list: 'customers', params: buyers }]),
    );
    expect(error).toMatchObject({ code: 'WOO_REQUEST_REFUSED' });
    expect((error as Error).message).toContain(
      'It was asked to read who buys by a draft order (GET customers by role, include, _fields).',
    );
    expect(asked.map(({ method }) => method).join()).toBe('POST,GET,GET,GET,POST,GET,GET');
  });

  it('are single ones where an answer is too large for several', async () => {
    const { store, asked } = storeThat(({ method, path }) =>
      method === 'POST'
        ? refused(413, 'GATEWAY_ANSWER_TOO_LARGE')
        : passed([{ id: Number(/include=(\d+)/.exec(path)?.[1]) }]),
    );
    expect(idsOf(await store.lists(reads(3)))).toEqual([0, 1, 2]);
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET']);
  });

  it.each([
    ['is busy', { 'Woo-Status': '503' }, 'WOO_UNAVAILABLE', 3],
    ['refuses the key', { 'Woo-Status': '401' }, 'WOO_KEY_REFUSED', 1],
  ])('fail where the shop %s at one of them', async (_what, headers, code, calls) => {
    const { store, asked } = storeThat(() => ({
      body: { answers: [{ headers, body: '{"code":"woocommerce_rest_cannot_view"}' }], left: 1 },
    }));
    expect(await failureOf(store.lists(reads(2)))).toMatchObject({ code });
    expect(asked).toHaveLength(calls);
  });

  it.each([
    ['no answers at all', { body: { answers: [], left: 2 } }],
    ['more answers than reads', answers(1, 2, 3)],
    ['no JSON', { body: '<html>' }],
  ])('take no %s', async (_what, answer: Scripted) => {
    const { store, asked } = storeThat(() => answer);
    expect(await failureOf(store.lists(reads(2)))).toMatchObject({
      code: 'WOO_GATEWAY_UNEXPECTED',
    });
    expect(asked).toHaveLength(1);
  });

  it('ask nothing where there are none', async () => {
    const { store, asked } = storeThat(() => answers());
    expect(await store.lists([])).toEqual([]);
    expect(asked).toEqual([]);
  });
});
