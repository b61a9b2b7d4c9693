import { describe, expect, it } from 'vitest';
import type { CodedError } from '../../../src/errors/coded-error.ts';
import type { WooStore } from '../../../src/ports/store.ts';
import { counts, passed, storeThat } from '../support/gateway-shop.ts';
import { failureOf } from '../../support/scripted-server.ts';

describe('a custom field through the gateway', () => {
  it('is one call of the Apex class per batch', async () => {
    const update = [{ id: 3, meta_data: [{ key: '_sf', value: '801' }] }];
    const { store, asked } = storeThat(() => passed({ update }));
    const writes = [{ id: 3, parentId: null, value: '801' }];
    expect(await store.writeMeta('orders', '_sf', writes)).toEqual([]);
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/woo/main/orders/batch',
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

  it('has the statuses of orders, which come without counts', async () => {
    const rows = [{ slug: 'packed', name: 'Packed by us', total: 3 }, { slug: 7 }];
    const { store, asked } = storeThat(() => passed(rows));
    expect(await store.orderStatuses()).toEqual([{ slug: 'packed', name: 'Packed by us' }]);
    expect(asked.map(({ path }) => path)).toEqual(['/woo/main/reports/orders/totals?per_page=10']);
  });

  it('says under which address the shop answers people, by the index of its API', async () => {
    const { store, asked } = storeThat(() => passed({ home: 'https://shop.example' }));
    expect(await store.home()).toBe('https://shop.example');
    expect(asked.map(({ path }) => path)).toEqual(['/woo/main/home?_fields=home&per_page=10']);
    const { store: silent } = storeThat(() => passed({ name: 'Shop' }));
    await expect(silent.home()).rejects.toMatchObject({ code: 'WOO_UNEXPECTED_ANSWER' });
  });

  it('that has moved names the named credential, whose address is the one that is asked', async () => {
    const moved = passed('', { 'woo-status': '301', 'woo-location': 'https://new.example/x' });
    const { store } = storeThat(() => moved);
    const credential = 'the URL of the named credential Woo_Store (Setup › Named Credentials)';
    const home = (await failureOf(store.home())) as CodedError;
    expect(home.message).toBe(
      `What answers at ${credential} does not say by GET /wp-json/ which shop it is (HTTP 301, a redirect to https://new.example).`,
    );
    expect(home.cure).toContain(`Check ${credential}`);
    const list = (await failureOf(store.list('orders', {}))) as CodedError;
    expect(list.cure).toBe(
      `Put the shop's final address into ${credential}, and into the store's URL (Setup › Custom Metadata Types › Woo Store).`,
    );
  });

  it('says it by the links of a list, where WordPress takes the key for a password and refuses its index', async () => {
    const links = { collection: [{ href: 'https://shop.example/de/wp-json/wc/v3/taxes/classes' }] };
    const { store, asked } = storeThat(({ path }) =>
      path.includes('/home?')
        ? passed({ code: 'invalid_username' }, { 'woo-status': '401' })
        : passed([{ _links: links }]),
    );
    expect(await store.home()).toBe('https://shop.example/de');
    expect(asked.map(({ path }) => path)).toEqual([
      '/woo/main/home?_fields=home&per_page=10',
      '/woo/main/taxes/classes?_fields=_links&per_page=10',
    ]);
    const { store: other } = storeThat(({ path }) =>
      path.includes('/home?') ? passed({}, { 'woo-status': '401' }) : passed([]),
    );
    await expect(other.home()).rejects.toMatchObject({ code: 'WOO_UNEXPECTED_ANSWER' });
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
