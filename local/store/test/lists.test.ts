import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderRecord, ProductRecord } from '../core/records.ts';
import { startStore } from './client.ts';
import type { Client } from './client.ts';

let client: Client;

beforeAll(async () => {
  client = await startStore({ orders: 1200, products: 30 });
});
afterAll(() => client.store.close());

type Row = Pick<OrderRecord, 'id' | 'status' | 'date_modified_gmt' | 'date_created_gmt'>;

const few = '_fields=id,status,date_modified_gmt,date_created_gmt';

async function pages(query: string, perPage: number): Promise<{ rows: Row[]; total: number }> {
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const { body, headers } = await client.get<Row[]>(
      `${query}&${few}&per_page=${perPage}&page=${page}`,
    );
    rows.push(...body);
    if (page >= Number(headers.get('x-wp-totalpages'))) {
      return { rows, total: Number(headers.get('x-wp-total')) };
    }
  }
}

describe('paging', () => {
  it.each(['modified', 'date', 'id'])(
    'by %s gives every record once, in order',
    async (orderby) => {
      for (const order of ['asc', 'desc']) {
        const { rows, total } = await pages(`orders?orderby=${orderby}&order=${order}`, 100);
        expect(rows).toHaveLength(total);
        expect(new Set(rows.map(({ id }) => id)).size).toBe(total);
        const key = ({ id, date_created_gmt, date_modified_gmt }: Row): [string, number] => [
          { modified: date_modified_gmt, date: date_created_gmt }[orderby] ?? '',
          id,
        ];
        const keys = rows.map(key);
        const sign = order === 'asc' ? 1 : -1;
        const sorted = keys.toSorted(([a, x], [b, y]) => sign * (a < b ? -1 : a > b ? 1 : x - y));
        expect(keys).toStrictEqual(sorted);
      }
    },
  );

  it('holds many orders of one second, more than a page', async () => {
    const { rows } = await pages('orders?orderby=modified&order=asc', 100);
    const perSecond = Map.groupBy(rows, ({ date_modified_gmt }) => date_modified_gmt);
    expect(Math.max(...[...perSecond.values()].map(({ length }) => length))).toBeGreaterThan(100);
  });

  it('cuts the same list the same way whatever the page size', async () => {
    const { rows: whole } = await pages('orders?orderby=modified&order=asc', 100);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 1300 }),
        async (perPage, offset) => {
          const { body } = await client.get<Row[]>(
            `orders?orderby=modified&order=asc&${few}&per_page=${perPage}&offset=${offset}`,
          );
          expect(body).toStrictEqual(whole.slice(offset, offset + perPage));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('includes, excludes and keeps the given order', async () => {
    const { body } = await client.get<Row[]>('orders?include=224,206,100003&orderby=include');
    expect(body.map(({ id }) => id)).toStrictEqual([224, 206, 100_003]);
    const rest = await client.get<Row[]>('orders?include[]=224&include[]=206&exclude=206');
    expect(rest.body.map(({ id }) => id)).toStrictEqual([224]);
  });
});

describe('keyset reading while orders change', () => {
  it('loses nothing and stops', async () => {
    const own = await startStore({ orders: 400, now: () => Date.UTC(2026, 11, 1) / 1000 });
    const seen = new Map<number, string>();
    const expected = new Set(
      own.store.shop.orders
        .all()
        .filter(({ status }) => status !== 'trash')
        .map(({ id }) => id),
    );
    let after = '2000-01-01T00:00:00';
    let page = 1;
    for (let turn = 0; turn < 200; turn += 1) {
      const { body } = await own.get<Row[]>(
        `orders?orderby=modified&order=asc&dates_are_gmt=true&${few}` +
          `&modified_after=${after}&per_page=50&page=${page}`,
      );
      for (const { id, date_modified_gmt } of body) {
        seen.set(id, date_modified_gmt);
      }
      const last = body.at(-1)?.date_modified_gmt;
      if (body.length < 50 || last === undefined) {
        break;
      }
      // Somebody edits the first two orders of this page before the next one is read.
      if (turn < 3) {
        own.store.edits.updateOrder(body[0]?.id ?? 0, { customer_note: `turn ${turn}` });
        own.store.edits.updateOrder(body[1]?.id ?? 0, { customer_note: `turn ${turn}` });
      }
      const before = new Date(Date.parse(`${last}Z`) - 1000).toISOString().slice(0, 19);
      page = before === after ? page + 1 : 1;
      after = before;
    }
    await own.store.close();
    expect(new Set(seen.keys())).toStrictEqual(expected);
    for (const [id, modified] of seen) {
      expect(own.store.shop.orders.get(id)?.read().date_modified_gmt).toBe(modified);
    }
  });

  it('skips records when read by page number, as the real store does', async () => {
    const own = await startStore({ orders: 60, now: () => Date.UTC(2026, 11, 1) / 1000 });
    const query = `orders?orderby=modified&order=asc&${few}&per_page=20`;
    const first = await own.get<Row[]>(`${query}&page=1`);
    const second = await own.get<Row[]>(`${query}&page=2`);
    own.store.edits.updateOrder(first.body[0]?.id ?? 0, {});
    own.store.edits.updateOrder(first.body[1]?.id ?? 0, {});
    const again = await own.get<Row[]>(`${query}&page=2`);
    await own.store.close();
    expect(again.body[0]).toStrictEqual(second.body[2]);
  });
});

describe('filters', () => {
  it('status: any leaves out the trash and keeps drafts; the trash has its own query', async () => {
    const all = await pages('orders?status=any', 100);
    const statuses = new Set(all.rows.map(({ status }) => status));
    expect(statuses).toContain('checkout-draft');
    expect(statuses).toContain('awaiting-pickup');
    expect(statuses).not.toContain('trash');
    const both = await pages('orders?status=any,trash', 100);
    expect(both.total).toBe(all.total);
    const trash = await pages('orders?status=trash', 100);
    expect(trash.total).toBeGreaterThan(5);
    expect(all.total + trash.total).toBe(client.store.shop.orders.size);
  });

  it('takes lists with commas, with brackets and with indexes', async () => {
    const totals = await Promise.all(
      [
        'status=failed,pending',
        'status[]=failed&status[]=pending',
        'status[0]=failed&status[1]=pending',
      ].map(async (status) => (await pages(`orders?${status}`, 100)).total),
    );
    expect(totals[0]).toBeGreaterThan(0);
    expect(new Set(totals).size).toBe(1);
  });

  it('orders by customer, product, e-mail and id', async () => {
    const { body } = await client.get<OrderRecord[]>('orders?customer=10000&per_page=100');
    expect(body.length).toBeGreaterThan(1);
    expect(new Set(body.map(({ customer_id }) => customer_id))).toStrictEqual(new Set([10_000]));
    const email = body[0]?.billing.email ?? '';
    const byMail = await client.get<OrderRecord[]>(`orders?search=${email}&per_page=100`);
    expect(byMail.body.map(({ id }) => id)).toStrictEqual(body.map(({ id }) => id));
    const bought = await client.get<OrderRecord[]>('orders?product=15&per_page=100');
    expect(bought.body.length).toBeGreaterThan(0);
    for (const { line_items } of bought.body) {
      expect(line_items.map(({ product_id }) => product_id)).toContain(15);
    }
    expect((await client.get<Row[]>('orders?search=206')).body.map(({ id }) => id)).toContain(206);
  });

  it('products by SKU list, type, status and stock; never variations', async () => {
    const bySku = await client.get<ProductRecord[]>('products?sku=LAB-0002,GEN-0001,nope');
    expect(bySku.body.map(({ sku }) => sku).toSorted()).toStrictEqual(['GEN-0001', 'LAB-0002']);
    const variable = await client.get<ProductRecord[]>('products?type=variable&per_page=100');
    expect(variable.body.length).toBeGreaterThan(10);
    expect(new Set(variable.body.map(({ type }) => type))).toStrictEqual(new Set(['variable']));
    const drafts = await client.get<ProductRecord[]>('products?status=draft&per_page=100');
    expect(new Set(drafts.body.map(({ status }) => status))).toStrictEqual(new Set(['draft']));
    const out = await client.get<ProductRecord[]>('products?stock_status=outofstock');
    expect(out.body.length).toBeGreaterThan(0);
    expect((await client.get<unknown[]>('products?include=115')).body).toStrictEqual([]);
    expect((await client.get<unknown[]>('variations?include=115')).body).toHaveLength(1);
  });

  it('sorts products by price and title', async () => {
    const { body } = await client.get<ProductRecord[]>(
      'products?orderby=price&order=asc&per_page=100',
    );
    const prices = body.map(({ price }) => Number(price));
    expect(prices).toStrictEqual(prices.toSorted((a, b) => a - b));
  });

  it('customers by e-mail in any case, and by role', async () => {
    const { body } = await client.get<{ id: number }[]>('customers?email=CUSTOMER1@store.example');
    expect(body.map(({ id }) => id)).toStrictEqual([5]);
    const managers = await client.get<{ id: number }[]>('customers?role=shop_manager');
    expect(managers.body.map(({ id }) => id)).toStrictEqual([3]);
  });

  it('refuses loudly what it does not emulate', async () => {
    const { status, body } = await client.get<{ message: string }>('products?attribute=pa_color');
    expect(status).toBe(501);
    expect(body.message).toContain('"attribute"');
  });
});

describe('what an answer shows', () => {
  it('keeps the links of a single record, and drops parts of what is built whole', async () => {
    const { body } = await client.get<object>('orders/206?_fields=id,billing.email,line_items.sku');
    expect(Object.keys(body)).toStrictEqual(['id', 'billing', '_links']);
  });

  it('shows descriptions as typed in edit context', async () => {
    const view = await client.get<ProductRecord>('products/10');
    const edit = await client.get<ProductRecord>('products/10?context=edit');
    expect(view.body.short_description).toBe('<p>Short &#038; sweet — Classic Tee</p>\n');
    expect(edit.body.short_description).toBe('Short & sweet — Classic Tee');
  });

  it('gives other decimals on request, in lines too', async () => {
    const { body } = await client.get<OrderRecord>('orders/219?dp=4');
    expect(body.total).toBe('76.5000');
    expect(body.line_items[0]?.subtotal).toBe('66.0000');
  });

  it('escapes slashes and everything beyond ASCII on the wire', async () => {
    const { text } = await client.get('orders/206');
    expect(text).toContain('https:\\/\\/127.0.0.1');
    expect(/^[ -~]*$/.test(text)).toBe(true);
  });

  it('checks lists of ids and flags like WordPress', async () => {
    const { status, body } = await client.get<{ data: { params: object } }>(
      'orders?include=1,x&dates_are_gmt=maybe&page=0&per_page=ten',
    );
    expect(status).toBe(400);
    expect(body.data.params).toStrictEqual({
      page: 'page must be greater than or equal to 1',
      per_page: 'per_page is not of type integer.',
      dates_are_gmt: 'dates_are_gmt is not of type boolean.',
      include: 'include[1] is not of type integer.',
    });
  });
});
