import { describe, expect, it } from 'vitest';
import { describeEstimates } from '../../../src/cli/output/estimate.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { WooList, WooPage, WooStore } from '../../../src/ports/store.ts';
import { estimate } from '../../../src/sync/pipeline/estimate.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';
import { verified } from '../../support/links.ts';
import { listed } from '../../support/listed.ts';
import { shown } from '../../support/shown.ts';

/** A store of many records that are alike, newest first. */
class LargeStore extends IdStore {
  readonly #lists: Readonly<Partial<Record<WooList, readonly WooRecord[]>>>;

  constructor(lists: Readonly<Partial<Record<WooList, readonly WooRecord[]>>>) {
    super({});
    this.#lists = lists;
  }

  override list(list: WooList, params: Readonly<Record<string, string>>): Promise<WooPage> {
    listed(list, params);
    const all = this.#lists[list] ?? [];
    const from = Number(params['offset'] ?? 0);
    const some = all.slice(from, from + Number(params['per_page']));
    const records = some.map((record) => shown(record, params));
    return Promise.resolve({ records, total: all.length, pages: 1, storeTime: new Date(0) });
  }
}

const MAPPINGS = [
  mappingTo('Order', { meets: ({ status }) => status === 'completed' }),
  mappingTo('Item', { resource: 'order_item' }),
  mappingTo('Refund', { resource: 'refund' }),
  mappingTo('Contact', { resource: 'customer' }),
  mappingTo('Elsewhere', { resource: 'product', store: 'other' }),
];

function order(id: number): WooRecord {
  const line_items = [1, 2, 3].map((line) => ({ id: id * 10 + line }));
  const refunds = id % 10 === 0 ? [{ id }] : [];
  const billing = { email: `${id}@example.com` };
  // The newest half is not completed yet.
  const status = id <= 500 ? 'processing' : 'completed';
  return { id, status, customer_id: id % 2, line_items, refunds, billing };
}

const orders = Array.from({ length: 1000 }, (_, at) => order(at + 1));
const customers = Array.from({ length: 40 }, (_, at) => ({ id: at + 1 }));

function of(store: WooStore, state = new MemoryState(), org = { calls: 3 }) {
  return estimate({ org, store, state, mappings: MAPPINGS });
}

describe('estimate', () => {
  it('counts what the mappings want, from samples of the beginning and the middle', async () => {
    const found = await of(new LargeStore({ orders, customers }));
    expect(found.reads).toBe(1040);
    // 500 orders, 1500 items, 50 refunds, 250 guests and 40 customers, give or take the sample.
    expect(found.records).toBeGreaterThan(2340 * 0.4);
    expect(found.records).toBeLessThan(2340 * 1.6);
    expect(found.newRecords).toBe(found.records);
    expect(found.storageMb).toBe(Math.ceil((found.newRecords * 2) / 1024));
    expect(found.apiCalls).toBeGreaterThan(found.records / 1000);
  });

  it('asks for no storage for what is linked already', async () => {
    const state = new MemoryState();
    const links = customers.map(({ id }) => ({
      object: 'Contact',
      key: `main:${id}`,
      recordId: `c${id}`,
      ...verified('h'),
      parentKey: null,
      byId: false,
      readNumber: 0,
    }));
    await state.didWrite(links, []);
    const found = await of(new LargeStore({ customers }), state);
    expect(found).toMatchObject({ reads: 40, records: 40, newRecords: 0, storageMb: 0 });
  });

  it('counts reads as API calls where the store is reached through the org', async () => {
    const org = { calls: 3 };
    const through = new LargeStore({ orders, customers });
    const list = through.list.bind(through);
    through.list = (...asked) => {
      org.calls += 1;
      return list(...asked);
    };
    const straight = await of(new LargeStore({ orders, customers }));
    const found = await of(through, new MemoryState(), org);
    expect(found.apiCalls - straight.apiCalls).toBeGreaterThanOrEqual(10);
  });

  it('is nothing for an empty store', async () => {
    expect(await of(new LargeStore({}))).toMatchObject({ reads: 0, records: 0, storageMb: 0 });
  });

  it('leaves content out that the shop does not show, and says so', async () => {
    const store = new LargeStore({ orders });
    const list = store.list.bind(store);
    store.list = async (name, params) => {
      if (name === 'content/page')
        throw new CodedError('CONTENT_REFUSED', 'WordPress does not show it.', 'Give a password.');
      return list(name, params);
    };
    const page = mappingTo('Page__c', { resource: 'content', contentType: 'page' });
    const parts = { org: { calls: 3 }, store, state: new MemoryState() };
    const found = await estimate({ ...parts, mappings: [mappingTo('Order'), page] });
    expect(found).toMatchObject({ reads: 1000, records: 1000, notShown: ['content/page'] });
    const [line] = describeEstimates([found], { apiCalls: null, storageMb: null });
    expect(line).toMatch(/without content\/page, which the shop does not show\.$/);
  });
});
