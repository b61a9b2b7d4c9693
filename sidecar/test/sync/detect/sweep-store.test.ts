import { beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import { sweepStore } from '../../../src/sync/detect/sweep-store.ts';
import type { SweepOptions } from '../../../src/sync/detect/sweep-store.ts';
import { failureOf } from '../../support/scripted-server.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';
import { gmt, ChangeList, SweepShop } from '../../support/sweep-shop.ts';

const orders = mappingTo('Woo_Order__c', { resource: 'order', deleteRule: 'flag' });
const refunds = mappingTo('Woo_Refund__c', { resource: 'refund' });
const products = mappingTo('Product2', { resource: 'product', deleteRule: 'flag' });
const customers = mappingTo('Contact', { resource: 'customer' });

let shop = new SweepShop();
let state = new MemoryState();
let changes = new ChangeList();
beforeEach(() => {
  shop = new SweepShop();
  shop.now = 10_000;
  state = new MemoryState();
  changes = new ChangeList();
});

const partsOf = (mappings: readonly Mapping[]) => ({
  store: shop,
  state,
  queue: changes,
  mappings,
  clock: shop.clock,
});

async function sweep(
  mappings: readonly Mapping[] = [orders],
  resources: SweepOptions['resources'] = ['order', 'product'],
): Promise<string[]> {
  await sweepStore({ ...partsOf(mappings), resources });
  return changes.take();
}

describe('a sweep', () => {
  it('is one call of the store, with the trash where a delete rule waits for it', async () => {
    await sweep([orders, refunds, products, customers]);
    expect(shop.severalCalls).toBe(1);
    expect(shop.singles).toEqual([]);
    expect(shop.asked.map(({ list, params }) => [list, params['status'] ?? ''])).toEqual([
      ['orders', ''],
      ['orders', 'trash'],
      ['refunds', ''],
      ['products', ''],
      ['variations', ''],
      ['products', 'trash'],
      ['variations', 'trash'],
      ['customers', ''],
    ]);
    expect(new Set(shop.asked.map(({ params }) => params['_fields']))).toEqual(
      new Set(['id,date_modified_gmt', 'id,date_created_gmt,parent_id', 'id']),
    );
  });

  it('leaves out what is not due, and the trash of what is kept', async () => {
    await sweep([{ ...orders, deleteRule: 'keep' }, products], ['order']);
    expect(shop.asked.map(({ list }) => list)).toEqual(['orders']);
  });

  it('queues what changed since the last one, and nothing twice', async () => {
    shop.put('orders', 1);
    shop.put('products', 2);
    shop.now += 60;
    expect(await sweep([orders, products])).toEqual(['order main:1', 'product main:2']);
    expect(await sweep([orders, products])).toEqual([]);
    shop.put('orders', 1);
    shop.put('variations', 3);
    shop.put('products', 4, { trash: true });
    shop.now += 60;
    expect(await sweep([orders, products])).toEqual([
      'order main:1',
      'product main:3',
      'product main:4',
    ]);
  });

  it('queues the order of a refund', async () => {
    shop.put('refunds', 9, { parentId: 1 });
    shop.put('refunds', 10, { parentId: 1 });
    shop.now += 60;
    expect(await sweep([orders, refunds])).toEqual(['order main:1']);
    shop.now += 60;
    expect(await sweep([orders, refunds])).toEqual([]);
    shop.put('refunds', 11, { parentId: 2 });
    shop.now += 60;
    expect(await sweep([orders, refunds])).toEqual(['order main:2']);
  });

  it('finds all refunds, be their dates in the order of their ids or not', async () => {
    for (let id = 1; id <= 150; id += 1) {
      shop.put('refunds', id, { parentId: id, created: gmt(9000 - id) });
    }
    expect(await sweep([orders, refunds])).toHaveLength(150);
  });

  it('of 10,000 posts of which ten have changed is one request', async () => {
    const posts = mappingTo('Post__c', { resource: 'content', contentType: 'post' });
    for (let id = 1; id <= 10_000; id += 1) shop.put('content/post', id, { modified: gmt(id / 2) });
    await state.saveCursor('main', 'loaded', { at: `${gmt(9000)}.000Z` });
    for (let id = 1; id <= 10; id += 1) shop.put('content/post', id * 1000);
    shop.now += 60;
    expect(await sweep([posts], ['content'])).toEqual(
      Array.from({ length: 10 }, (_, at) => `content main:post:${(at + 1) * 1000}`),
    );
    expect(shop.asked).toHaveLength(1);
  });

  it('passes over content that is refused, and sweeps the rest', async () => {
    const pages = mappingTo('Page__c', { resource: 'content', contentType: 'page' });
    const refused = new CodedError('CONTENT_REFUSED', 'Not for you.', 'Ask.');
    shop.put('orders', 1);
    shop.isDated = () => Promise.reject(refused);
    const mappings = [orders, pages];
    const parts = partsOf(mappings);
    const result = await sweepStore({ ...parts, resources: ['order', 'content'] });
    expect(result).toMatchObject({
      changed: 1,
      failures: [{ list: 'content/page', error: refused }],
    });
  });

  it('is not ended by one list that breaks off, whose cursor stays', async () => {
    await sweep([orders, products, customers]);
    for (const list of ['orders', 'products', 'customers'] as const) shop.put(list, 5);
    shop.now += 60;
    const cause = new Error('of an order');
    changes.onAdd = ([first]) => {
      if (first?.resource === 'order') throw cause;
    };
    const parts = partsOf([orders, products, customers]);
    const { failures } = await sweepStore({ ...parts, resources: ['order', 'product'] });
    expect(failures).toMatchObject([{ list: 'orders', error: { code: 'LIST_BROKE', cause } }]);
    expect(failures[0]?.error.cure).toMatch(/log of the sidecar/);
    expect(changes.take()).toEqual(['product main:5', 'customer main:5']);
    changes.onAdd = () => undefined;
    expect(await sweep([orders, products, customers])).toEqual(['order main:5']);
  });

  it('reads the first pages one by one where one of them cannot be had', async () => {
    shop.put('orders', 1);
    shop.put('products', 2);
    const large = new CodedError('WOO_ANSWER_TOO_LARGE', 'Too large.', 'Look.');
    shop.beforeRead = (list) => {
      if (list === 'orders') throw large;
    };
    const parts = partsOf([orders, products]);
    const { failures } = await sweepStore({ ...parts, resources: ['order', 'product'] });
    expect(changes.take()).toEqual(['product main:2']);
    expect(failures).toContainEqual({ list: 'orders', error: large });
  });

  it('asks a shop that is out no more than once', async () => {
    const out = new CodedError('WOO_UNAVAILABLE', 'It does not answer.', 'Wait.');
    shop.lists = () => Promise.reject(out);
    expect(await failureOf(sweep([orders, products]))).toBe(out);
    expect(shop.asked).toEqual([]);
  });

  it('says by list what it found', async () => {
    shop.put('orders', 1);
    shop.put('orders', 2, { trash: true });
    const result = await sweepStore({ ...partsOf([orders]), resources: ['order'] });
    const lists = { orders: 1, 'orders:trash': 1 };
    const read = ['orders', 'orders:trash', 'customers'];
    expect(result).toEqual({ changed: 2, lists, read, failures: [] });
  });

  it('begins where the first backfill began', async () => {
    shop.put('orders', 1);
    shop.now += 1000;
    await state.saveCursor('main', 'loaded', { at: `${gmt(shop.now)}.500Z` });
    shop.put('orders', 2);
    shop.now += 60;
    expect(await sweep()).toEqual(['order main:2']);
    expect(shop.asked[0]?.params['modified_after']).toBe(gmt(10_880));
  });

  it('never goes back behind its beginning', async () => {
    await state.saveCursor('main', 'loaded', { at: `${gmt(shop.now)}.000Z` });
    shop.put('orders', 1, { modified: gmt(9800) });
    shop.put('orders', 2, { modified: gmt(9900) });
    expect(await sweep()).toEqual(['order main:2']);
    expect(await sweep()).toEqual([]);
  });

  it('without a backfill begins at the beginning, and queues records without a date once', async () => {
    shop.put('orders', 1, { modified: null });
    expect(await sweep()).toEqual(['order main:1']);
    expect(await sweep()).toEqual([]);
    shop.put('orders', 2);
    shop.now += 60;
    expect(await sweep()).toEqual(['order main:2']);
  });

  it('asks in seconds of GMT without a zone', async () => {
    shop.put('orders', 1);
    shop.put('refunds', 1, { parentId: 1 });
    await sweep([orders, refunds]);
    shop.asked.length = 0;
    await sweep([orders, refunds]);
    const bounds = shop.asked.map(
      ({ params }) => params['modified_after'] ?? params['after'] ?? '',
    );
    expect(bounds).toEqual([gmt(10_000 - 120), '', gmt(10_000 - 120)]);
  });

  it('keeps its cursors where the store fails, and those of lists that were done', async () => {
    for (let id = 1; id <= 150; id += 1) shop.put('products', id);
    shop.put('orders', 7);
    shop.now += 60;
    let reads = 0;
    const broken = new CodedError('WOO_UNAVAILABLE', 'no', 'wait');
    shop.beforeRead = () => {
      reads += 1;
      if (reads === 7) throw broken;
    };
    expect(await failureOf(sweep([orders, products]))).toBe(broken);
    expect(changes.take()).toHaveLength(1 + 100);
    expect(await sweep([orders, products])).toHaveLength(150);
  });

  it('moves no cursor before its change events are stored', async () => {
    shop.put('orders', 1);
    shop.now += 60;
    const full = new CodedError('STATE_FAILED', 'no', 'make room');
    changes.onAdd = () => {
      throw full;
    };
    expect(await failureOf(sweep())).toBe(full);
    changes.onAdd = () => undefined;
    expect(await sweep()).toEqual(['order main:1']);
  });
});

describe('the cursor of a sweep', () => {
  it('queues a record once more whose second was not over', async () => {
    shop.put('orders', 1);
    expect(await sweep()).toEqual(['order main:1']);
    shop.now += 1;
    expect(await sweep()).toEqual([]);
    shop.now += 1;
    expect(await sweep()).toEqual(['order main:1']);
    shop.now += 60;
    expect(await sweep()).toEqual([]);
  });

  it.each([0, 3600])(
    'finds a record that was written late, %i s behind the clock',
    async (skew) => {
      shop.skew = skew;
      shop.put('orders', 1);
      shop.now += 60;
      await sweep();
      shop.now += 50;
      shop.put('orders', 2, { modified: gmt(10_001) });
      expect(await sweep()).toEqual(['order main:2']);
      expect(await sweep()).toEqual([]);
    },
  );

  it('is not blinded by a date in the future, and queues that once now and once when it is past', async () => {
    shop.put('orders', 1, { modified: gmt(11_000) });
    expect(await sweep()).toEqual(['order main:1']);
    for (let minute = 0; minute < 16; minute += 1) {
      shop.now += 60;
      shop.put('orders', 2);
      shop.now += 2;
      expect(await sweep()).toEqual(['order main:2']);
    }
    shop.now = 11_002;
    expect(await sweep()).toEqual(['order main:1']);
    shop.now += 600;
    expect(await sweep()).toEqual([]);
  });

  it('reads nothing again in a shop that has been quiet', async () => {
    for (let id = 1; id <= 150; id += 1) shop.put('orders', id);
    shop.now += 60;
    expect(await sweep()).toHaveLength(150);
    shop.now += 600;
    await sweep();
    const before = shop.asked.length;
    expect(await sweep()).toEqual([]);
    // Orders and their trash: what was changed in the last minutes before the quiet is not walked any more.
    expect(shop.asked.length - before).toBe(2);
    shop.put('orders', 3);
    shop.now += 5;
    expect(await sweep()).toEqual(['order main:3']);
  });

  it('does not grow without bounds, and loses nothing beyond them', async () => {
    for (let id = 1; id <= 6000; id += 1) shop.put('orders', id);
    shop.now += 60;
    expect(await sweep()).toHaveLength(6000);
    const cursor = (await state.cursor('main', 'sweep:orders')) as { seen: unknown[] };
    expect(cursor.seen).toHaveLength(5000);
    const again = await sweep();
    expect(again.length).toBeGreaterThanOrEqual(1000);
    shop.now += 600;
    await sweep();
    expect(await sweep()).toEqual([]);
  });
});

describe('new customers', () => {
  const none: SweepOptions['resources'] = [];

  it('are those above the highest id of the last look; the first only remembers', async () => {
    for (const id of [3, 8]) shop.put('customers', id);
    expect(await sweep([customers], none)).toEqual([]);
    shop.put('customers', 9);
    expect(await sweep([customers], none)).toEqual(['customer main:9']);
    expect(await sweep([customers], none)).toEqual([]);
    shop.remove('customers', 9);
    shop.put('customers', 10);
    expect(await sweep([customers], none)).toEqual(['customer main:10']);
    expect(shop.singles).toEqual([]);
  });

  it('are all found where they fill more than a page', async () => {
    await sweep([customers], none);
    for (let id = 1; id <= 45; id += 1) shop.put('customers', id);
    expect(new Set(await sweep([customers], none)).size).toBe(45);
    expect(await sweep([customers], none)).toEqual([]);
  });
});

describe('faults', () => {
  it('fault 19: a webhook that was never sent is made up for by the next sweep', async () => {
    await sweep([orders, products, customers]);
    shop.put('orders', 5);
    shop.put('variations', 6);
    shop.put('customers', 7);
    shop.now += 900;
    const found = await sweep([orders, products, customers]);
    expect(found.sort()).toEqual(['customer main:7', 'order main:5', 'product main:6']);
  });

  it('fault 22: records that are edited, made and deleted between pages lose none', async () => {
    for (let id = 1; id <= 250; id += 1) shop.put('orders', id, { modified: gmt(9000) });
    let reads = 0;
    shop.beforeRead = () => {
      reads += 1;
      if (reads === 3) {
        for (const id of [1, 2, 99, 180]) shop.put('orders', id);
        for (const id of [50, 51, 101]) shop.remove('orders', id);
        shop.put('orders', 300);
      }
    };
    const found = new Set(await sweep());
    const gone = new Set([101]);
    for (let id = 1; id <= 250; id += 1) {
      expect(found.has(`order main:${id}`) || gone.has(id)).toBe(true);
    }
    for (const id of [300]) expect(found).toContain(`order main:${id}`);
  });

  it('fault 22: pages that end within one second lose none and double none', async () => {
    for (let id = 1; id <= 330; id += 1) {
      shop.put('orders', id, { modified: gmt(id <= 80 ? 9000 + id : 9100) });
    }
    const found = await sweep();
    expect(found).toHaveLength(330);
    expect(new Set(found).size).toBe(330);
  });

  it.each([
    ['five minutes ahead of', 300],
    ['five minutes behind', -300],
  ])(
    'fault 23: a Date header that is %s the clock of the shop loses nothing',
    async (_what, skew) => {
      shop.skew = skew;
      await sweep();
      for (let minute = 1; minute <= 30; minute += 1) {
        shop.put('orders', minute);
        shop.now += 60;
        expect(await sweep()).toContain(`order main:${minute}`);
      }
      shop.now += 900;
      await sweep();
      shop.now += 900;
      await sweep();
      expect(await sweep()).toEqual([]);
      shop.put('orders', 99);
      shop.now += 3;
      expect(await sweep()).toEqual(['order main:99']);
    },
  );

  it('fault 23: an hour that comes twice by the clock on the wall of the shop is two in GMT', async () => {
    // Where clocks go back, 01:30 comes twice: at 05:30 and at 06:30 GMT.
    shop.now = 5.5 * 3600;
    shop.put('orders', 1);
    shop.now += 60;
    expect(await sweep()).toEqual(['order main:1']);
    shop.now = 6.5 * 3600;
    shop.put('orders', 2);
    shop.now += 60;
    expect(await sweep()).toEqual(['order main:2']);
  });
});

describe("a shop's clock that was ahead", () => {
  /** Seconds between two sweeps. */
  const RHYTHM = 900;
  const HOUR = 3600;

  /** Sweeps while the clock is ahead, and has it set right in between two sweeps. */
  async function aheadBy(seconds: number): Promise<void> {
    shop.ahead = seconds;
    shop.put('orders', 1);
    for (let turn = 0; turn < 2; turn += 1) {
      shop.now += RHYTHM;
      await sweep();
    }
    shop.now += 60;
    shop.ahead = 0;
  }

  it.each([HOUR, 1000, 300, 86_400])(
    'by %i seconds hides no edit once it is right',
    async (seconds) => {
      await aheadBy(seconds);
      shop.put('orders', 2);
      shop.now += RHYTHM;
      // The cursor goes back, and what lies behind it is found by the next sweep.
      const found = [...(await sweep())];
      shop.put('orders', 3);
      shop.now += RHYTHM;
      found.push(...(await sweep()));
      expect(found).toEqual(expect.arrayContaining(['order main:2', 'order main:3']));
      shop.now += RHYTHM;
      await sweep();
      shop.put('orders', 2);
      shop.now += 5;
      expect(await sweep()).toEqual(['order main:2']);
      expect(await sweep()).toEqual([]);
    },
  );

  it('costs one sweep that goes back, and is read no more often after it', async () => {
    await aheadBy(HOUR);
    shop.now += RHYTHM;
    await sweep();
    const cursorOf = async () =>
      (await state.cursor('main', 'sweep:orders')) as { readonly after: string };
    const { after } = await cursorOf();
    expect(after < gmt(shop.now)).toBe(true);
    const calls = shop.severalCalls;
    const singles = shop.singles.length;
    for (let turn = 0; turn < 5; turn += 1) {
      shop.now += RHYTHM;
      await sweep();
    }
    expect(shop.severalCalls - calls).toBe(5);
    expect(shop.singles).toHaveLength(singles);
  });

  it.each([1, -1, 45, -45])('by %i seconds for a moment moves no cursor back', async (seconds) => {
    shop.put('orders', 1);
    shop.now += RHYTHM;
    await sweep();
    const afters: string[] = [];
    for (const ahead of [seconds, 0, seconds, 0]) {
      shop.ahead = ahead;
      shop.put('orders', 2);
      shop.now += RHYTHM;
      await sweep();
      afters.push(((await state.cursor('main', 'sweep:orders')) as { after: string }).after);
    }
    expect(afters).toEqual(afters.toSorted());
    expect(new Set(afters).size).toBe(4);
  });

  it('is not seen in the time that it takes to queue what another list has', async () => {
    const after = async () =>
      ((await state.cursor('main', 'sweep:products')) as { readonly after: string }).after;
    shop.put('products', 1);
    shop.now += RHYTHM;
    await sweep([orders, products]);
    const before = await after();
    shop.put('orders', 1);
    changes.onAdd = () => {
      shop.now += 300;
    };
    await sweep([orders, products]);
    expect(await after()).toBe(before);
  });

  it('is no reason to go back where it was set ahead, nor for a cursor of before this was kept', async () => {
    shop.put('orders', 1);
    shop.now += RHYTHM;
    await sweep();
    const cursor = (await state.cursor('main', 'sweep:orders')) as { readonly after: string };
    await state.saveCursor('main', 'sweep:orders', { ...cursor, ahead: undefined });
    shop.ahead = HOUR;
    shop.put('orders', 2);
    shop.now += RHYTHM;
    expect(await sweep()).toEqual(['order main:2']);
    const next = (await state.cursor('main', 'sweep:orders')) as { readonly after: string };
    expect(next.after > cursor.after).toBe(true);
  });
});
