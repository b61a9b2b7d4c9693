import { beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import { sweepWholeLists } from '../../../src/sync/reconcile/whole-lists.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';
import { ChangeList, SweepShop } from '../../support/sweep-shop.ts';

const categories = mappingTo('Category__c', { resource: 'product_category' });
const coupons = mappingTo('Coupon__c', { resource: 'coupon' });
const pages = mappingTo('Page__c', { resource: 'content', contentType: 'page' });
const users = mappingTo('User__c', { resource: 'content', contentType: 'user' });

let shop = new SweepShop();
let state = new MemoryState();
let changes = new ChangeList();
let now = new Date('2026-03-01T10:00:00Z');

beforeEach(async () => {
  shop = new SweepShop();
  shop.undated.add('content/user');
  state = new MemoryState();
  await state.saveCursor('main', 'loaded', { at: '2026-03-01T00:00:00Z' });
  changes = new ChangeList();
  now = new Date('2026-03-01T10:00:00Z');
});

async function sweep(mappings: readonly Mapping[], which?: 'due' | 'all') {
  const parts = { store: shop, state, queue: changes, mappings };
  const swept = await sweepWholeLists(parts, now, which);
  return { ...swept, queued: changes.take() };
}

describe('a list without dates', () => {
  it('is queued where it differs from what it was, and where something is gone', async () => {
    for (const id of [1, 2, 3]) shop.put('products/categories', id);
    expect((await sweep([categories])).queued).toHaveLength(3);
    expect((await sweep([categories])).queued).toEqual([]);
    shop.now += 1;
    shop.put('products/categories', 2);
    shop.put('products/categories', 4);
    shop.remove('products/categories', 3);
    expect(await sweep([categories])).toMatchObject({
      listed: 3,
      changed: 2,
      missing: 1,
      queued: [2, 4, 3].map((id) => `content main:product_category:${id}`),
    });
  });

  it('is read again when its time has come', async () => {
    shop.put('products/categories', 1);
    await sweep([categories], 'due');
    shop.put('products/categories', 2);
    now = new Date('2026-03-01T10:59:00Z');
    expect((await sweep([categories], 'due')).queued).toEqual([]);
    expect((await sweep([{ ...categories, sweepMinutes: 15 }], 'due')).queued).toHaveLength(1);
  });

  it('takes one call of the store for a thousand', async () => {
    for (let id = 1; id <= 1000; id += 1) shop.put('products/categories', id);
    await sweep([categories]);
    expect(shop.severalCalls).toBe(1);
  });

  it('leaves a store that was not loaded to its backfill', async () => {
    await state.saveCursor('main', 'loaded', null);
    shop.put('products/categories', 1);
    expect((await sweep([categories])).queued).toEqual([]);
    expect((await sweep([categories])).queued).toEqual([]);
  });
});

describe('a list with dates', () => {
  it('is read at night alone, by ids, for what is new or gone', async () => {
    shop.put('coupons', 7);
    shop.put('content/page', 9);
    expect((await sweep([coupons, pages], 'due')).listed).toBe(0);
    expect((await sweep([coupons, pages])).queued).toEqual([
      'content main:coupon:7',
      'content main:page:9',
    ]);
    const ofPages = shop.asked.filter(({ list }) => list === 'content/page');
    expect(new Set(ofPages.map(({ params }) => params['_fields']))).toEqual(
      new Set(['id,date_modified_gmt']),
    );
    shop.remove('content/page', 9);
    expect((await sweep([coupons, pages])).queued).toEqual(['content main:page:9']);
  });

  it('tells a coupon that was used, which moves no date', async () => {
    const counted = { ...coupons, reads: ['usage_count'] };
    let uses = 0;
    const lists = shop.lists.bind(shop);
    shop.lists = async (reads) =>
      (await lists(reads)).map((page, at) => ({
        ...page,
        records: page.records.map((record) =>
          reads[at]?.params['_fields']?.includes('usage_count') === true
            ? { ...record, usage_count: uses }
            : record,
        ),
      }));
    shop.put('coupons', 7);
    await sweep([counted]);
    expect((await sweep([counted])).queued).toEqual([]);
    uses = 1;
    expect((await sweep([counted])).queued).toEqual(['content main:coupon:7']);
  });

  it('asks for what is linked and not listed, also after the loss of what was seen', async () => {
    await state.didWrite(
      [
        {
          object: 'Page__c',
          key: 'main:page:5',
          recordId: 'a00000000000001AAA',
          state: 'verified',
          hash: 'h',
          parentKey: null,
          byId: false,
          readNumber: 0,
        },
      ],
      [],
    );
    expect((await sweep([pages])).queued).toEqual(['content main:page:5']);
  });
});

it('passes over content that the shop does not show, and goes on', async () => {
  shop.put('content/page', 9);
  const unknown = new CodedError('CONTENT_TYPE_UNKNOWN', 'There is none.', 'Correct it.');
  shop.isDated = (list) =>
    list === 'content/user' ? Promise.reject(unknown) : Promise.resolve(true);
  const { failures, queued } = await sweep([users, pages]);
  expect(failures).toEqual([{ list: 'content/user', error: unknown }]);
  expect(queued).toEqual(['content main:page:9']);
});

it('passes over a list that breaks off for no reason that is known, and begins anew there', async () => {
  shop.put('products/categories', 1);
  shop.put('content/user', 7);
  changes.onAdd = ([first]) => {
    if (first?.key.includes('category') === true) throw new Error('of a category');
  };
  const broken = await sweep([categories, users]);
  expect(broken.queued).toEqual(['content main:user:7']);
  expect(broken.failures).toMatchObject([
    { list: 'products/categories', error: { code: 'LIST_BROKE' } },
  ]);
  changes.onAdd = () => undefined;
  const { queued, failures } = await sweep([categories, users]);
  expect([queued, failures]).toEqual([['content main:product_category:1'], []]);
});
