import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { WooList } from '../../../src/ports/store.ts';
import { readTyped } from '../../../src/sync/read/read-typed.ts';
import { IdStore } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';

const pages = mappingTo('Page__c', { resource: 'content', contentType: 'page' });
const coupons = mappingTo('Coupon__c', { resource: 'coupon', reads: ['code'] });
const classes = mappingTo('Tax_Class__c', { resource: 'tax_class' });
const named = (...keys: readonly string[]) =>
  keys.map((key) => ({ resource: 'content' as const, key }));
const page = (id: number, more: WooRecord = {}) => ({ id, content_type: 'page', ...more });

/** Its lists leave out what visitors do not see. */
class Site extends IdStore {
  readonly hidden: readonly WooRecord[];

  constructor(
    lists: Readonly<Partial<Record<WooList, readonly WooRecord[]>>>,
    hidden: readonly WooRecord[] = [],
  ) {
    super(lists);
    this.hidden = hidden;
  }

  override each(list: WooList, ids: readonly number[]): ReturnType<IdStore['each']> {
    this.asked.push(`${list} each ${ids.join()}`);
    return Promise.resolve(ids.map((id) => this.hidden.find((one) => one['id'] === id) ?? null));
  }
}

describe('records of lists of their own', () => {
  it('are read a list at a time', async () => {
    const store = new Site({ 'content/page': [page(1)], coupons: [{ id: 1, code: 'ten' }] });
    const found = await readTyped(store, [pages, coupons], named('main:page:1', 'main:coupon:1'));
    expect(found).toMatchObject([
      { resource: 'content', there: [{ id: 1 }], away: [] },
      { resource: 'coupon', there: [{ code: 'ten' }], away: [] },
    ]);
    expect(store.asked).toEqual(['content/page 1', 'coupons 1']);
  });

  it('that are not listed are asked for by themselves, and gone where nothing is shown', async () => {
    const store = new Site({ 'content/page': [page(1)] }, [
      page(3, { status: 'trash' }),
      page(4, { status: 'draft' }),
      page(5, { status: 'publish' }),
    ]);
    const keys = [1, 2, 3, 4, 5].map((id) => `main:page:${id}`);
    const [found] = await readTyped(store, [pages], named(...keys));
    expect(found?.there.map(({ id }) => id)).toEqual([1, 5]);
    expect(found?.away.map(({ id }) => id)).toEqual([2, 3, 4]);
    expect(store.asked.at(-1)).toBe('content/page each 2,3,4,5');
  });

  it('are refused alone where one is too large to be handed over, and its neighbours arrive', async () => {
    const all = [1, 2, 3, 4, 5].map((id) => page(id));
    const store = new Site({ 'content/page': all });
    const lists = store.lists.bind(store);
    store.lists = async (reads) => {
      const isAsked = reads.some(({ params }) => params['include']?.split(',').includes('4'));
      if (isAsked) throw new CodedError('WOO_ANSWER_TOO_LARGE', 'It is larger.', 'Shorten it.');
      return lists(reads);
    };
    const found = await readTyped(store, [pages], named(...all.map(({ id }) => `main:page:${id}`)));
    const refused = found.filter((one) => one.refused !== null);
    expect(refused.map(({ keys }) => keys)).toEqual([['main:page:4']]);
    expect(found.flatMap(({ there }) => there.map(({ id }) => id))).toEqual([1, 2, 3, 5]);
    expect(found.flatMap(({ away }) => away)).toEqual([]);
  });

  it('with a status that the mapping wants stay', async () => {
    const store = new Site({ 'content/page': [] }, [page(4, { status: 'draft' })]);
    const drafts = { ...pages, view: { status: 'publish,draft' } };
    const [found] = await readTyped(store, [drafts], named('main:page:4'));
    expect([found?.there.length, found?.away.length]).toEqual([1, 0]);
  });

  it('have slugs where they have no ids', async () => {
    const list = [{ slug: 'standard', name: 'Standard' }];
    const store = new Site({});
    store.list = () =>
      Promise.resolve({ records: list, total: 1, pages: 1, storeTime: new Date(0) });
    const keys = ['main:tax_class:standard', 'main:tax_class:reduced-rate'];
    const [found] = await readTyped(store, [classes], named(...keys));
    expect(found?.there).toEqual(list);
    expect(found?.away).toEqual([{ slug: 'reduced-rate', content_type: 'tax_class' }]);
  });

  it('of a type that is not shown are said to be refused, and others are read', async () => {
    const store = new Site({ coupons: [{ id: 1 }] });
    const refused = new CodedError('CONTENT_REFUSED', 'Not for you.', 'Ask.');
    const coupon = { records: [{ id: 1 }], total: 1, pages: 1, storeTime: new Date(0) };
    store.list = (of) => (of === 'coupons' ? Promise.resolve(coupon) : Promise.reject(refused));
    const keys = ['main:page:1', 'main:page:2'];
    const found = await readTyped(store, [pages, coupons], named(...keys, 'main:coupon:1'));
    expect(found).toMatchObject([
      { keys, refused, there: [], away: [] },
      { keys: ['main:coupon:1'], refused: null, there: [{ id: 1 }] },
    ]);
  });

  it('that nothing maps are not read', async () => {
    const store = new Site({});
    expect(await readTyped(store, [pages], named('main:book:1'))).toEqual([]);
    expect(store.asked).toEqual([]);
  });
});
