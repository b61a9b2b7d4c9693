import { describe, expect, it } from 'vitest';
import { sideOf } from '../../../src/errors/catalogue.ts';
import type { CodedError } from '../../../src/errors/coded-error.ts';
import type { ApexCall } from '../../../src/ports/apex-rest.ts';
import {
  type Scripted,
  counts,
  passed,
  refused,
  storeThat,
  failure,
} from '../support/gateway-shop.ts';
import { failureOf } from '../../support/scripted-server.ts';

/** What WooCommerce answers to a batch that it has carried out. */
function updated(json: string): Scripted {
  const { update } = JSON.parse(json) as { update: unknown };
  return passed({ update });
}

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

  it('a refusal names what the store cannot live without, and stops no store for anything else', async () => {
    const { store } = storeThat(() => refused(403, 'GATEWAY_PATH_REFUSED'));
    const vital = await failureOf(store.list('orders', { modified_after: '2026-01-01T00:00:00' }));
    expect(vital).toMatchObject({ code: 'WOO_GATEWAY_REFUSED' });
    expect((vital as Error).message).toContain(
      'It was asked to list orders (GET orders by dates_are_gmt, modified_after).',
    );
    expect(sideOf(vital as CodedError)).toBe('store');
    const others = [
      store.list('orders', { customer: '3', _fields: 'id' }),
      store.list('coupons', {}),
      store.orderNotes(7),
      store.orderStatuses(),
      store.webhooks(),
    ];
    for (const other of others) {
      const error = (await failureOf(other)) as CodedError;
      expect(error.code).toBe('WOO_REQUEST_REFUSED');
      expect(error.message).not.toMatch(/\d{1,3}\/notes/);
      expect(sideOf(error)).toBeNull();
    }
  });

  it('a write that is refused is said of each record in it, of one where one is at fault', async () => {
    const { store, asked } = storeThat(({ json = '' }) =>
      json.includes('bad') ? refused(403, 'GATEWAY_FIELD_REFUSED') : updated(json),
    );
    const updates = ['good', 'bad', 'fine', 'well'].map((status, at) => ({
      id: at + 1,
      parentId: null,
      fields: { status },
    }));
    expect(await store.updateOrders(updates)).toMatchObject([
      { record: { id: 1 } },
      { error: { code: 'WOO_REQUEST_REFUSED' } },
      { record: { id: 3 } },
      { record: { id: 4 } },
    ]);
    expect(asked).toHaveLength(5);
    const closed = storeThat(() => refused(403, 'GATEWAY_PATH_REFUSED'));
    const all = await closed.store.updateOrders(updates);
    expect(all.map((one) => 'error' in one && one.error.code)).toEqual(
      updates.map(() => 'WOO_REQUEST_REFUSED'),
    );
    expect(closed.asked).toHaveLength(1);
    const note = { text: 'x', toCustomer: false };
    expect(await closed.store.addOrderNote(7, note)).toMatchObject({
      error: { code: 'WOO_REQUEST_REFUSED' },
    });
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
