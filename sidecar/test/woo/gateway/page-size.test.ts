import { describe, expect, it } from 'vitest';
import type { ApexCall } from '../../../src/ports/apex-rest.ts';
import { counts, passed, refused, storeThat, failure } from '../support/gateway-shop.ts';

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

  /** The last of them alone does not fit beside what precedes it. */
  const sizes = { 1: 200, 34: 200, 35: 200, 47: 60, 48: 60, 60: 200 } as Record<number, number>;

  it.each(['orders', 'customers'] as const)(
    'passes over each record of %s that alone is too large, names it once and hands out the rest',
    async (list) => {
      const records = Array.from({ length: 60 }, (_, at) => ({
        id: at + 1,
        date_modified_gmt: `2026-03-01T00:00:${String(Math.floor(at / 7)).padStart(2, '0')}`,
        name: 'One',
      }));
      const { store } = storeThat(({ path }) => {
        const query = new URLSearchParams(path.split('?')[1]);
        const after = query.get('modified_after') ?? '';
        const fields = query.get('_fields')?.split(',');
        const match = records.filter((one) => one.date_modified_gmt > after);
        const from = Number(query.get('offset') ?? 0);
        const page = match.slice(from, from + Number(query.get('per_page')));
        const bytes = page.reduce(
          (sum, { id }) => sum + (fields === undefined ? (sizes[id] ?? 1) : 0),
          0,
        );
        if (bytes > 95) return refused(413, 'GATEWAY_ANSWER_TOO_LARGE');
        const shown = page.map((one) =>
          Object.fromEntries(
            Object.entries(one).filter(([name]) => fields?.includes(name) ?? true),
          ),
        );
        return passed(shown, {
          ...counts,
          'woo-total': String(match.length),
          'woo-total-pages': '1',
        });
      });
      const [ids, large]: [unknown[], unknown[]] = [[], []];
      let read = { read: 0, total: 0 };
      const pages = store.walk(list, null, {}, ({ id }, { code }) => {
        large.push(id);
        expect(code).toBe('WOO_ANSWER_TOO_LARGE');
      });
      for await (const page of pages) {
        ids.push(...page.records.map(({ id }) => id));
        read = page;
      }
      const tooLarge = [1, 34, 35, 60];
      expect(large).toEqual(tooLarge);
      expect(ids).toEqual(records.map(({ id }) => id).filter((id) => !tooLarge.includes(id)));
      expect(read).toMatchObject({ read: 60, total: 60 });
    },
  );

  it('ends a walk where nobody takes what is too large, behind its first page too', async () => {
    const { store } = storeThat(({ path }) => {
      const query = new URLSearchParams(path.split('?')[1]);
      const from = Number(query.get('offset') ?? 0);
      const ids = Array.from({ length: 150 }, (_, at) => at + 1);
      const page = ids.slice(from, from + Number(query.get('per_page')));
      const isRefused = query.get('_fields') === null && page.includes(120);
      if (isRefused) return refused(413, 'GATEWAY_ANSWER_TOO_LARGE');
      const records = page.map((id) => ({ id }));
      return passed(records, { ...counts, 'woo-total': '150', 'woo-total-pages': '2' });
    });
    const walked = (async () => {
      for await (const page of store.walk('customers', null)) void page;
    })();
    await expect(walked).rejects.toMatchObject({ code: 'WOO_ANSWER_TOO_LARGE' });
  });
});
