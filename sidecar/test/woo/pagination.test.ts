import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../src/errors/coded-error.ts';
import type { WalkPage, WooList } from '../../src/ports/store.ts';
import { walk } from '../../src/woo/pagination.ts';
import type { WooParams } from '../../src/woo/types.ts';
import { failureOf } from '../support/scripted-server.ts';
import { FakeShop, second } from './support/fake-shop.ts';

async function collect(
  shop: Parameters<typeof walk>[0],
  list: WooList = 'orders',
  params: WooParams = { per_page: '10' },
  from: unknown = null,
): Promise<WalkPage[]> {
  const pages: WalkPage[] = [];
  for await (const page of walk(shop, list, { from }, params)) pages.push(page);
  return pages;
}

const idsOf = (pages: readonly WalkPage[]): unknown[] =>
  pages.flatMap((page) => page.records.map((record) => record['id']));

function shopOf(count: number, modified: (id: number) => string | null): FakeShop {
  const shop = new FakeShop();
  for (let id = 1; id <= count; id += 1) shop.add(id, modified(id));
  return shop;
}

describe('a walk by modification', () => {
  it('hands out every record once, oldest first, with a total that stays', async () => {
    const shop = shopOf(35, (id) => second(100 - id));
    const pages = await collect(shop);
    expect(idsOf(pages)).toEqual(Array.from({ length: 35 }, (_, index) => 35 - index));
    expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([35]));
    expect(pages[0]?.pages).toBe(4);
  });

  it('asks in GMT seconds without a zone, one second before the last seen', async () => {
    const shop = shopOf(15, (id) => second(id));
    await collect(shop, 'products', { per_page: '10', status: 'any', modified_after: second(0) });
    expect(shop.asked).toEqual([
      {
        per_page: '10',
        status: 'any',
        orderby: 'modified',
        order: 'asc',
        modified_after: second(0),
      },
      {
        per_page: '10',
        status: 'any',
        orderby: 'modified',
        order: 'asc',
        modified_after: second(9),
      },
    ]);
  });

  it('gets through more records in one second than a page holds', async () => {
    const shop = shopOf(57, (id) => (id <= 50 ? second(1) : second(2)));
    expect(idsOf(await collect(shop))).toEqual(Array.from({ length: 57 }, (_, index) => index + 1));
    const pages = Math.ceil(57 / 9);
    expect(shop.asked.length).toBeLessThanOrEqual(pages + 1);
  });

  it('hands out records without a date too', async () => {
    const shop = shopOf(25, (id) => (id <= 13 ? null : second(id)));
    expect(idsOf(await collect(shop))).toHaveLength(25);
  });

  it('loses none when records of a read page are edited before the next is read', async () => {
    const shop = shopOf(40, (id) => second(id));
    shop.beforeRead = (read) => {
      if (read === 2) for (const id of [1, 2, 11]) shop.edit(id, second(1000 + id));
    };
    const ids = idsOf(await collect(shop));
    expect(new Set(ids).size).toBe(40);
    expect(ids.filter((id) => id === 1)).toHaveLength(2);
    expect(ids.filter((id) => id === 11)).toHaveLength(1);
  });

  it('loses none when records leave a second that it is in the middle of', async () => {
    const shop = shopOf(60, () => second(5));
    shop.beforeRead = (read) => {
      if (read === 3) for (const id of [1, 2, 3, 15, 19]) shop.edit(id, second(900));
    };
    const ids = idsOf(await collect(shop));
    expect(new Set(ids).size).toBe(60);
  });

  it('hands out a record again that was edited within its second', async () => {
    const shop = shopOf(20, (id) => second(Math.ceil(id / 10)));
    shop.beforeRead = (read) => {
      if (read === 2) shop.edit(10, second(1));
    };
    const ids = idsOf(await collect(shop));
    expect(ids.filter((id) => id === 10)).toHaveLength(2);
    expect(ids.filter((id) => id === 9)).toHaveLength(1);
  });

  it('gives one empty page for an empty list', async () => {
    const pages = await collect(new FakeShop());
    expect(pages.map(({ records, total }) => [records.length, total])).toEqual([[0, 0]]);
  });

  it('goes on from any cursor that went through JSON, repeating nothing', async () => {
    const shop = shopOf(57, (id) => (id <= 30 ? second(1) : second(id)));
    const whole = await collect(shop);
    for (const [index, page] of whole.entries()) {
      const cursor: unknown = JSON.parse(JSON.stringify(page.cursor));
      const rest = idsOf(await collect(shop, 'orders', { per_page: '10' }, cursor));
      expect(rest).toEqual(idsOf(whole.slice(index + 1)));
    }
  });

  it('starts anew from a cursor that it did not write', async () => {
    const shop = shopOf(3, second);
    for (const cursor of [{ by: 'id', page: 3 }, 'orders', 7, { by: 'modified', second: 5 }])
      expect(idsOf(await collect(shop, 'orders', {}, cursor))).toEqual([1, 2, 3]);
  });

  it('says so when the store ignores the order or the offset', async () => {
    const shop = shopOf(40, () => second(1));
    const deaf = {
      list: (list: WooList, params: WooParams) => shop.list(list, { ...params, offset: '0' }),
    };
    expect(await failureOf(collect(deaf))).toMatchObject({ code: 'WOO_UNEXPECTED_ANSWER' });
    const ordered = shopOf(40, (id) => second(id));
    const backwards = {
      list: async (list: WooList, params: WooParams) => {
        const page = await ordered.list(list, { per_page: '40', orderby: 'modified' });
        const from = Number(params['modified_after'] === undefined);
        return { ...page, records: page.records.slice(from * 20, from * 20 + 10) };
      },
    };
    expect(await failureOf(collect(backwards))).toMatchObject({
      message: 'A list of the store is not in the order of modification.',
    });
  });
});

describe('a walk by id', () => {
  it('asks by id, and loses none when low ids are deleted and high ones added', async () => {
    const shop = shopOf(45, () => null);
    shop.beforeRead = (read) => {
      if (read === 3) {
        for (const id of [2, 3, 10]) shop.remove(id);
        for (const id of [90, 91, 92]) shop.add(id, null);
      }
    };
    const ids = new Set(idsOf(await collect(shop, 'customers')));
    expect(shop.asked[0]).toEqual({ per_page: '10', orderby: 'id', order: 'asc' });
    for (let id = 1; id <= 45; id += 1) expect(ids).toContain(id);
    for (const id of [90, 91, 92]) expect(ids).toContain(id);
  });

  it('ends when everything was deleted under it', async () => {
    const shop = shopOf(45, () => null);
    shop.beforeRead = (read) => {
      if (read === 3) shop.entries.length = 0;
    };
    expect(idsOf(await collect(shop, 'customers')).length).toBeGreaterThanOrEqual(10);
  });
});

describe('any walk', () => {
  it('hands out the last state of every record that is there from beginning to end', async () => {
    const edits = fc.record({
      read: fc.integer({ min: 1, max: 12 }),
      id: fc.integer({ min: 1, max: 40 }),
      later: fc.integer({ min: 0, max: 3 }),
      remove: fc.boolean(),
    });
    const property = fc.asyncProperty(
      fc.constantFrom<WooList>('orders', 'customers'),
      fc.integer({ min: 2, max: 9 }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 40, maxLength: 40 }),
      fc.array(edits, { maxLength: 15 }),
      async (list, perPage, seconds, changes) => {
        const shop = shopOf(40, (id) => second(seconds[id - 1] ?? 1));
        // Edits happen at the present second, which is behind every second read so far.
        let now = 5;
        shop.beforeRead = (read) => {
          for (const change of changes.filter((one) => one.read === read)) {
            now += change.later;
            if (change.remove) shop.remove(change.id);
            else if (shop.entries.some(({ id }) => id === change.id))
              shop.edit(change.id, second(now));
          }
        };
        const pages = await collect(shop, list, { per_page: String(perPage) });
        const last = new Map(
          pages.flatMap(({ records }) => records).map((one) => [one['id'], one]),
        );
        for (const { id, version } of shop.entries) {
          expect(last.has(id)).toBe(true);
          if (list === 'orders') expect(last.get(id)?.['version']).toBe(version);
        }
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  it('reads one page ahead of its consumer and no more', async () => {
    const shop = shopOf(60, (id) => second(id));
    let handled = 0;
    for await (const page of walk(shop, 'orders', { from: null }, { per_page: '10' })) {
      expect(page.records.length).toBeGreaterThan(0);
      handled += 1;
      expect(shop.asked.length).toBeLessThanOrEqual(handled + 1);
    }
    expect(handled).toBeGreaterThanOrEqual(6);
  });

  it('throws what the store throws, after the pages before it', async () => {
    const shop = shopOf(40, (id) => second(id));
    const broken = new CodedError('WOO_UNAVAILABLE', 'no', 'wait');
    shop.beforeRead = (read) => {
      if (read === 3) throw broken;
    };
    const failing = {
      list: async (list: WooList, params: WooParams) => shop.list(list, params),
    };
    const pages: WalkPage[] = [];
    const walking = (async () => {
      for await (const page of walk(failing, 'orders', { from: null }, { per_page: '10' }))
        pages.push(page);
    })();
    expect(await failureOf(walking)).toBe(broken);
    expect(pages).toHaveLength(2);
  });

  it('leaves no failure behind when its consumer stops early', async () => {
    const shop = shopOf(40, (id) => second(id));
    const failing = {
      list: async (list: WooList, params: WooParams) => {
        if (shop.asked.length === 1) throw new Error('too late');
        return shop.list(list, params);
      },
    };
    for await (const page of walk(failing, 'orders', { from: null }, { per_page: '10' })) {
      expect(page.records).toHaveLength(10);
      break;
    }
  });
});

it('a list that knows no pages is one, with ids or without', async () => {
  const list = () =>
    Promise.resolve({ records: [{ slug: 'a' }], total: 1, pages: 1, storeTime: new Date(0) });
  const pages = await collect({ list }, 'taxes/classes');
  expect(pages.map(({ records, read }) => [records, read])).toEqual([[[{ slug: 'a' }], 1]]);
});

describe('a walk past records that are too large', () => {
  it('ends where the shop counts records that it does not show', async () => {
    const shop = shopOf(15, (id) => second(id));
    let asked = 0;
    const counting = {
      list: async (list: WooList, params: WooParams) => {
        asked += 1;
        if (asked > 20) throw new Error('The walk has no end.');
        const page = await shop.list(list, params);
        return { ...page, total: page.total + 1 };
      },
    };
    expect(idsOf(await collect(counting, 'customers', { per_page: '5' }))).toHaveLength(15);
  });

  it('passes over none that the shop refuses for another reason', async () => {
    const shop = shopOf(15, (id) => second(id));
    const refusing = {
      list: (list: WooList, params: WooParams) =>
        params['_fields'] === undefined
          ? Promise.reject(new CodedError('WOO_REFUSED', 'No right.', 'Give it.'))
          : shop.list(list, params),
    };
    const walked = (async () => {
      const walking = { from: null, onTooLarge: () => undefined };
      for await (const page of walk(refusing, 'orders', walking)) void page;
    })();
    await expect(walked).rejects.toMatchObject({ code: 'WOO_REFUSED' });
    expect(shop.asked).toEqual([]);
  });
});
