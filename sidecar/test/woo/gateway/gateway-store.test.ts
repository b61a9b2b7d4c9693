import { describe, expect, it } from 'vitest';
import { sideOf } from '../../../src/errors/catalogue.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { ApexAnswer, ApexCall } from '../../../src/ports/apex-rest.ts';
import type { WooStore } from '../../../src/ports/store.ts';
import { GatewayStore } from '../../../src/woo/gateway/gateway-store.ts';
import { failureOf } from '../../support/scripted-server.ts';

interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const retry = { attempts: 3, firstWaitMs: 1, longestWaitMs: 5 };
const counts = { 'woo-total': '1', 'woo-total-pages': '1', 'woo-content-type': 'application/json' };

const passed = (
  records: unknown,
  headers: Readonly<Record<string, string>> = counts,
): Scripted => ({
  headers: { 'woo-status': '200', ...headers },
  body: records,
});

const refused = (status: number, errorCode: string): Scripted => ({
  status,
  body: [{ errorCode, message: `Said by ${errorCode}.` }],
});

function storeThat(answer: (call: ApexCall, asked: readonly ApexCall[]) => Scripted) {
  const asked: ApexCall[] = [];
  const store = new GatewayStore(
    { key: 'main', url: 'https://shop.example', namedCredential: 'Woo_Store' },
    {
      apexRest: (call): Promise<ApexAnswer> => {
        asked.push(call);
        const { status = 200, headers = {}, body } = answer(call, asked);
        return Promise.resolve({
          status,
          header: (name) => headers[name] ?? null,
          body: typeof body === 'string' ? body : JSON.stringify(body),
        });
      },
    },
    { retry },
  );
  return { store, asked };
}

async function failure(answer: Scripted): Promise<{ error: CodedError; calls: number }> {
  const { store, asked } = storeThat(() => answer);
  const error = await failureOf(store.list('orders', {}));
  if (!(error instanceof CodedError)) throw error;
  return { error, calls: asked.length };
}

describe('a custom field through the gateway', () => {
  it('is one call of the Apex class per batch', async () => {
    const update = [{ id: 3, meta_data: [{ key: '_sf', value: '801' }] }];
    const { store, asked } = storeThat(() => passed({ update }));
    const writes = [{ id: 3, parentId: null, value: '801' }];
    expect(await store.writeMeta('orders', '_sf', writes)).toEqual([]);
    expect(asked).toEqual([
      {
        ...{ method: 'POST', path: '/woo/main/orders/batch' },
        json: '{"update":[{"id":3,"meta_data":[{"key":"_sf","value":"801"}]}]}',
      },
    ]);
  });
});

describe('a list through the gateway', () => {
  it('is one call of the Apex class, and the page that the shop sent', async () => {
    const { store, asked } = storeThat(() =>
      passed([{ id: 7 }], {
        ...counts,
        'woo-total': '203',
        'woo-total-pages': '3',
        'woo-date': 'Fri, 20 Mar 2026 12:00:00 GMT',
      }),
    );
    expect(store satisfies WooStore).toMatchObject({ key: 'main', url: 'https://shop.example' });
    expect(await store.list('orders', { per_page: '100', status: 'a,b' })).toEqual({
      records: [{ id: 7 }],
      total: 203,
      pages: 3,
      storeTime: new Date('2026-03-20T12:00:00Z'),
    });
    expect(asked).toEqual([{ method: 'GET', path: '/woo/main/orders?per_page=100&status=a%2Cb' }]);
  });

  it('asks for dates in GMT, as on the direct route', async () => {
    const { store, asked } = storeThat(() => passed([{ id: 7 }]));
    await store.list('customers', {});
    await store.list('orders', { modified_after: '2026-03-20T11:59:59' });
    expect(asked.map(({ path }) => path)).toEqual([
      '/woo/main/customers?per_page=10',
      '/woo/main/orders?dates_are_gmt=true&modified_after=2026-03-20T11%3A59%3A59&per_page=10',
    ]);
  });
});

describe('several reads through the gateway', () => {
  const readsIn = ({ json = '{}' }: ApexCall) => (JSON.parse(json) as { reads: string[] }).reads;
  const answers = (...ids: readonly number[]): Scripted => ({
    body: {
      answers: ids.map((id) => ({
        headers: {
          ...{ 'Woo-Status': '200', 'Woo-Content-Type': 'application/json' },
          ...{
            'Woo-Total': '1',
            'Woo-Total-Pages': '1',
            'Woo-Date': 'Fri, 20 Mar 2026 12:00:00 GMT',
          },
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

describe('a page that is too large', () => {
  const perPage = ({ path }: ApexCall): number => Number(/per_page=(\d+)/.exec(path)?.[1]);

  it('is asked for again with half as many records, and grows again behind them', async () => {
    const { store, asked } = storeThat((call, all) =>
      perPage(call) > 30 && all.length < 6
        ? refused(413, 'GATEWAY_ANSWER_TOO_LARGE')
        : passed([{ id: 7 }]),
    );
    for (let read = 0; read < 5; read += 1) await store.list('orders', { per_page: '100' });
    expect(asked.map(perPage)).toEqual([100, 50, 25, 50, 25, 50, 100, 100]);
    await store.list('products', { per_page: '100' });
    expect(asked.map(perPage).at(-1)).toBe(100);
  });

  it('leaves small reads alone', async () => {
    const { store, asked } = storeThat(() => passed([{ id: 7 }]));
    await store.list('orders', { per_page: '1' });
    await store.list('orders', { per_page: '100' });
    expect(asked.map(perPage)).toEqual([1, 100]);
  });

  it('ends with the record that alone is too large', async () => {
    const { error, calls } = await failure(refused(413, 'GATEWAY_ANSWER_TOO_LARGE'));
    expect(error.code).toBe('WOO_ANSWER_TOO_LARGE');
    expect(calls).toBe(5);
  });

  it('hands every record of a walk out, however small its pages become', async () => {
    const orders = Array.from({ length: 60 }, (_, at) => ({
      id: at + 1,
      date_modified_gmt: `2026-03-01T00:00:${String(Math.floor(at / 7)).padStart(2, '0')}`,
      size: at === 33 ? 90 : 1,
    }));
    const { store } = storeThat(({ path }) => {
      const query = new URLSearchParams(path.split('?')[1]);
      const after = query.get('modified_after') ?? '';
      const match = orders.filter((one) => one.date_modified_gmt > after);
      const from = Number(query.get('offset') ?? 0);
      const page = match.slice(from, from + Number(query.get('per_page')));
      const bytes = page.reduce((sum, { size }) => sum + size, 0);
      if (bytes > 95) return refused(413, 'GATEWAY_ANSWER_TOO_LARGE');
      return passed(page, { ...counts, 'woo-total': String(match.length), 'woo-total-pages': '1' });
    });
    const ids: unknown[] = [];
    for await (const { records } of store.walk('orders', null))
      ids.push(...records.map(({ id }) => id));
    expect(ids).toEqual(orders.map(({ id }) => id));
  });
});

describe('a fault of the Apex class', () => {
  const apexError = (message: string): Scripted => ({
    status: 500,
    body: [{ errorCode: 'APEX_ERROR', message }],
  });
  const perPage = ({ path }: ApexCall): number => Number(/per_page=(\d+)/.exec(path)?.[1]);

  it.each([
    'System.LimitException: Apex heap size too large: 7123456',
    'System.LimitException: Regex too complicated',
    'System.LimitException: Apex CPU time limit exceeded',
  ])('that fewer records avoid is met with fewer records: %s', async (message) => {
    const { store, asked } = storeThat((call) =>
      call.method === 'POST' || perPage(call) > 50 ? apexError(message) : passed([{ id: 7 }]),
    );
    await store.lists([
      { list: 'orders', params: { per_page: '100' } },
      { list: 'products', params: { per_page: '20' } },
    ]);
    expect(asked.map((call) => (call.method === 'POST' ? 'reads' : perPage(call)))).toEqual([
      'reads',
      100,
      50,
      20,
    ]);
  });

  it.each([
    [
      apexError(
        'System.NullPointerException: jane@example.com\n\nClass.WooGatewayReads.run: line 42, column 1\nClass.WooGateway.respond: line 37, column 1',
      ),
      'System.NullPointerException at Class.WooGatewayReads.run: line 42.',
    ],
    [apexError('odd'), 'an exception of Apex.'],
    [refused(500, 'GATEWAY_FAILED'), 'Said by GATEWAY_FAILED.'],
  ])(
    'that is none of a limit lasts, is asked once and names type and place',
    async (said, what) => {
      const { error, calls } = await failure(said);
      expect([error.code, calls]).toEqual(['WOO_GATEWAY_FAILED', 1]);
      expect(error.message).toContain(what);
      expect(error.message).not.toContain('jane');
      expect(sideOf(error)).toBeNull();
    },
  );
});

describe('a fault says on which side it is', () => {
  it.each([
    [404, 'GATEWAY_STORE_UNKNOWN', 'WOO_STORE_NOT_SET_UP', 'Woo Store', 1],
    [400, 'GATEWAY_STORE_WITHOUT_CREDENTIAL', 'WOO_STORE_NOT_SET_UP', 'Named Credential', 1],
    [403, 'GATEWAY_CREDENTIAL_REFUSED', 'WOO_CREDENTIAL_REFUSED', 'Woo_Store_Keys', 1],
    [503, 'GATEWAY_STORE_SLOW', 'WOO_UNREACHABLE', 'the shop is up', 3],
    [503, 'GATEWAY_STORE_UNREACHABLE', 'WOO_UNREACHABLE', 'https address', 3],
    [403, 'GATEWAY_PATH_REFUSED', 'WOO_GATEWAY_REFUSED', 'Deploy force-app', 1],
    [403, 'GATEWAY_WEBHOOK_REFUSED', 'WOO_GATEWAY_REFUSED', 'Service URL', 1],
    [413, 'GATEWAY_BODY_TOO_LARGE', 'WOO_BODY_TOO_LARGE', 'Shorten', 1],
  ])('HTTP %i %s is %s', async (status, theirs, ours, cure, calls) => {
    const told = await failure(refused(status, theirs));
    expect(told.error.code).toBe(ours);
    expect(told.error.cure).toContain(cure);
    expect(told.calls).toBe(calls);
  });

  it('a wrong key of the shop is one call, and the cure is the external credential', async () => {
    const { error, calls } = await failure({
      headers: { 'woo-status': '401', 'woo-content-type': 'application/json' },
      body: { code: 'woocommerce_rest_authentication_error', message: 'secret cs_x', data: {} },
    });
    expect(error.code).toBe('WOO_KEY_REFUSED');
    expect(`${error.message} ${error.cure}`).toMatch(/named credential Woo_Store.*setup-org/);
    expect(`${error.message} ${error.cure}`).not.toContain('cs_x');
    expect(calls).toBe(1);
  });

  it('a page instead of JSON is the shop, and an answer without the gateway’s headers is the gateway', async () => {
    const page = await failure(
      passed('<html>down</html>', { ...counts, 'woo-content-type': 'text/html' }),
    );
    expect(page.error.message).toContain('text/html instead of JSON');
    const strange = await failure({ body: [] });
    expect(strange.error.code).toBe('WOO_GATEWAY_UNEXPECTED');
  });

  it('a busy shop is asked again when it says', async () => {
    const { store, asked } = storeThat((_call, all) =>
      all.length === 1
        ? { headers: { 'woo-status': '429', 'woo-retry-after': '0' }, body: 'busy' }
        : passed([{ id: 7 }]),
    );
    expect((await store.list('orders', {})).records).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });
});
