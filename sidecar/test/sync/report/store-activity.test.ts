import { beforeEach, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import { reconcile } from '../../../src/sync/reconcile/reconcile.ts';
import { noteLists, readActivity } from '../../../src/sync/report/store-activity.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';
import { ChangeList, SweepShop } from '../../support/sweep-shop.ts';

const pages = mappingTo('Page__c', { resource: 'content', contentType: 'page' });
const customers = mappingTo('Contact', { resource: 'customer' });
const coupons = mappingTo('Coupon__c', { resource: 'coupon' });
const mappings = [pages, coupons];
const refused = new CodedError('CONTENT_REFUSED', 'Not for you.', 'Ask.');
const broken = new CodedError('LIST_BROKE', 'It broke off.', 'See the log.');

let state = new MemoryState();
beforeEach(() => {
  state = new MemoryState();
});

const problems = async () => (await readActivity(state, 'main')).lists;

const ofPage = (error: CodedError) => [{ list: 'content/page', error }];

it('counts how often a list fails in the same way, until it is read', async () => {
  const note = (read: string[], failures: ReturnType<typeof ofPage>) =>
    noteLists(state, 'main', mappings, { read, failures });
  await note([], ofPage(broken));
  await note(['coupons'], ofPage(broken));
  const page = { list: 'content/page', code: 'LIST_BROKE', cure: 'See the log.', times: 2 };
  expect(await problems()).toEqual([page]);
  await note(['coupons'], []);
  expect(await problems()).toEqual([page]);
  await note([], ofPage(refused));
  expect(await problems()).toMatchObject([{ code: 'CONTENT_REFUSED', times: 1 }]);
  await note(['content/page'], []);
  expect(await problems()).toEqual([]);
});

it('forgets a list that nobody maps any more', async () => {
  await noteLists(state, 'main', mappings, { read: [], failures: ofPage(refused) });
  await noteLists(state, 'main', [coupons], { read: [], failures: [] });
  expect(await problems()).toEqual([]);
});

/** A shop that was loaded, with a page and a customer since, and its comparison with an org without records. */
async function compared(of: readonly Mapping[]) {
  const shop = new SweepShop();
  const changes = new ChangeList();
  await state.saveCursor('main', 'loaded', { at: '2026-03-01T00:00:00Z' });
  shop.put('content/page', 9);
  shop.put('customers', 3);
  const nothing = { queriesAll: () => Promise.resolve([]), queries: () => Promise.resolve([]) };
  const org = { ...nothing, userId: () => Promise.resolve('005000000000001AAA') };
  const run = (
    found: Promise<unknown[]> = Promise.resolve([]),
    causes: readonly unknown[] = [],
  ) => {
    const issues = {
      queueAll: () => Promise.resolve(),
      find: () => found,
      causes: () => Promise.resolve(causes),
    };
    const parts = { org, store: shop, state, queue: changes, issues, mappings: of, held: [] };
    return reconcile({ ...parts, now: new Date() } as unknown as Parameters<typeof reconcile>[0]);
  };
  return { changes, run };
}

it('is kept by the comparison, which covers lists of content and heals by itself', async () => {
  const { changes, run } = await compared([pages]);
  changes.onAdd = () => {
    throw new Error('of a page');
  };
  await run();
  await run();
  expect(await problems()).toMatchObject([
    { list: 'content/page', code: 'LIST_BROKE', times: 2 },
    { list: 'reconcile', code: 'LIST_BROKE', times: 2 },
  ]);
  changes.onAdd = () => undefined;
  expect((await run()).content).toMatchObject({ listed: 1, changed: 1 });
  expect(changes.take()).toEqual(['content main:page:9']);
  expect(await problems()).toEqual([]);
  const broke = run(Promise.reject(new Error('of an issue')));
  await expect(broke).rejects.toThrow('of an issue');
  expect(await problems()).toMatchObject([{ list: 'reconcile', code: 'LIST_BROKE', times: 1 }]);
});

it('says that customers could not be compared, and the other lists are', async () => {
  const { changes, run } = await compared([customers, pages]);
  changes.onAdd = ([first]) => {
    if (first?.resource === 'customer') throw new Error('of a customer');
  };
  const { customers: none, content, failures } = await run();
  expect([none.listed, content.changed, changes.take()]).toEqual([0, 1, ['content main:page:9']]);
  expect(failures).toMatchObject([{ list: 'customers:all', error: { code: 'LIST_BROKE' } }]);
  // Sweeps read the newest customers alone.
  const read = ['customers', 'content/page'];
  await noteLists(state, 'main', [customers, pages], { read, failures: [] });
  expect((await problems()).map(({ list }) => list)).toEqual(['customers:all', 'reconcile']);
  changes.onAdd = () => undefined;
  expect((await run()).customers).toMatchObject({ listed: 1, changed: 1 });
  expect(await problems()).toEqual([]);
});

it('counts records of the store that open issues say are not in step, without their parts', async () => {
  const { run } = await compared([customers]);
  const cause = { store: 'main', resource: 'order', count: 5 };
  const others = [{ resource: 'order_item' }, { resource: null }, { store: 'outlet' }];
  const causes = [cause, { ...cause, resource: 'customer', count: 2 }];
  const all = [...causes, ...others.map((one) => ({ ...cause, ...one }))];
  expect(await run(undefined, all)).toMatchObject({ failing: 7 });
});
