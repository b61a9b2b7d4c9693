import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { SavedLink } from '../../../src/ports/link.ts';
import type { PipelineRun } from '../../../src/sync/pipeline/pipeline-run.ts';
import { MatchBuffer, flushMatchBuffer } from '../../../src/sync/pipeline/match-buffer.ts';
import { pullOrders } from '../../../src/sync/pipeline/orders.ts';
import { bothWays } from '../../../src/sync/pipeline/push-to-woo.ts';
import { Report } from '../../../src/sync/report/run-report.ts';
import { Writer } from '../../../src/sync/to-salesforce/writer.ts';
import { applyDeleteRules, deletionsOf } from '../../../src/sync/transform/deletions.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { CountingPage, mappingTo, rowOf } from '../../support/rows.ts';
import { SilentOrg } from '../../support/silent-org.ts';
import { verified } from '../../support/links.ts';

const ALL = { create: true, update: true, delete: true };
const FLAG = { deleteRule: 'flag', deleteFlag: { field: 'Deleted__c', value: true } } as const;

function orderMapping(over: Partial<Mapping> = {}): Mapping {
  return mappingTo('Order', {
    meets: ({ status }) => status === 'completed',
    build: ({ id, status }) => ({
      row: rowOf(`main:${String(id)}`, { Status__c: String(status) }),
    }),
    ...over,
  });
}

const items = mappingTo('Item', {
  resource: 'order_item',
  build: ({ id }) => ({ row: rowOf(`main:${String(id)}`) }),
});

const order = (id: number, status: string): WooRecord => ({
  id,
  status,
  line_items: [{ id: id * 10 }],
});

function world(orders: Mapping) {
  const [org, state, store] = [new SilentOrg(), new MemoryState(), new IdStore({})];
  const mappings = [orders, items];
  const page = new CountingPage();
  const read = { readNumber: 0, readAt: new Date(0), page };
  const within = async (work: (run: PipelineRun) => Promise<void>) => {
    const report = new Report(mappings);
    const onWritten = () => Promise.resolve();
    const writer = new Writer({ org: org.asOrg, state, report, onWritten });
    const given = {
      org: org.asOrg,
      store,
      state,
      mappings,
      report,
      writer,
      requestedParents: new Set<string>(),
    };
    const run: PipelineRun = {
      ...given,
      ...bothWays(new Map(), null),
      matchBuffer: new MatchBuffer(),
      dry: false,
    };
    await work(run);
    await flushMatchBuffer(run);
    await writer.flush();
    return report.of(orders);
  };
  const pull = (...records: WooRecord[]) => within((run) => pullOrders(run, records, read));
  const trash = (...records: WooRecord[]) =>
    within(async (run) => {
      await applyDeleteRules(run, await deletionsOf(run, 'order', records), read);
    });
  const link = (key: string, over: Partial<SavedLink> = {}) => {
    const ids = { object: 'Order', key, recordId: `id:${key}`, ...verified('h'), parentKey: null };
    return state.didWrite([{ ...ids, byId: false, readNumber: 0, ...over }], []);
  };
  return { org, state, pull, trash, link, page };
}

describe('events', () => {
  it('On Create off: what is not in Salesforce stays out, what is there is updated', async () => {
    const { org, pull, link } = world(orderMapping({ events: { ...ALL, create: false } }));
    await link('main:2');
    const report = await pull(order(1, 'completed'), order(2, 'completed'));
    expect(org.of('Order')).toMatchObject([{ id: 'id:main:2', Status__c: 'completed' }]);
    expect(report).toMatchObject({ read: 2, wanted: 1, updated: 1, created: 0 });
  });

  it('On Update off: what is in Salesforce is left alone', async () => {
    const { org, pull, link } = world(orderMapping({ events: { ...ALL, update: false } }));
    await link('main:2');
    const report = await pull(order(1, 'completed'), order(2, 'completed'));
    expect(org.of('Order')).toMatchObject([{ Woo_Key__c: 'main:1' }]);
    expect(report).toMatchObject({ created: 1, updated: 0 });
  });

  it('On Delete off: the delete rule is not applied', async () => {
    const events = { ...ALL, delete: false };
    const { org, trash, link } = world(orderMapping({ deleteRule: 'delete', events }));
    await link('main:1');
    await trash(order(1, 'trash'));
    expect(org.calls).toBe(0);
  });
});

describe('when the condition is no longer met', () => {
  it('keep: the record stays in step', async () => {
    const { org, pull, link } = world(orderMapping());
    await link('main:1');
    await pull(order(1, 'refunded'));
    expect(org.of('Order')).toMatchObject([{ Status__c: 'refunded' }]);
  });

  it('stop: it stays as it is', async () => {
    const { org, pull, link } = world(orderMapping({ whenUnmet: 'stop' }));
    await link('main:1');
    await pull(order(1, 'refunded'));
    expect(org.calls).toBe(0);
  });

  it('delete: the delete rule is applied to it, and to none that never came', async () => {
    const { org, state, pull, link } = world(
      orderMapping({ whenUnmet: 'delete', deleteRule: 'delete' }),
    );
    await link('main:1');
    const report = await pull(order(1, 'refunded'), order(2, 'refunded'));
    expect(org.deleted).toEqual(['id:main:1']);
    expect(report).toMatchObject({ removed: 1, wanted: 0 });
    expect(state.saved.has('Order main:1')).toBe(false);
  });

  it('delete with the rule keep: nothing happens', async () => {
    const { org, pull, link } = world(orderMapping({ whenUnmet: 'delete' }));
    await link('main:1');
    await pull(order(1, 'refunded'));
    expect(org.calls).toBe(0);
  });
});

describe('the delete rule', () => {
  it('delete: the record goes with its details, and so do their links', async () => {
    const { org, state, pull, trash, page } = world(orderMapping({ deleteRule: 'delete' }));
    await pull(order(1, 'completed'), order(2, 'completed'));
    const report = await trash(order(1, 'trash'));
    expect(org.deleted.sort()).toEqual(['id:main:1', 'id:main:10']);
    expect([...state.saved.keys()].sort()).toEqual(['Item main:20', 'Order main:2']);
    expect(report.removed).toBe(1);
    expect(page.open).toBe(0);
  });

  it('delete: a record that comes back is made anew', async () => {
    const { org, pull, trash } = world(orderMapping({ deleteRule: 'delete' }));
    await pull(order(1, 'completed'));
    await trash(order(1, 'trash'));
    expect(await pull(order(1, 'completed'))).toMatchObject({ created: 1 });
    expect(org.of('Item')).toHaveLength(2);
  });

  it('flag: one field is written, once', async () => {
    const { org, state, pull, trash } = world(orderMapping(FLAG));
    await pull(order(1, 'completed'));
    const sent = org.of('Order').length;
    expect(await trash(order(1, 'trash'))).toMatchObject({ removed: 1, updated: 0 });
    expect(org.of('Order').slice(sent)).toEqual([
      { id: 'id:main:1', Woo_Key__c: 'main:1', Deleted__c: true },
    ]);
    expect(state.saved.get('Order main:1')?.state).toBe('soft_deleted');
    const { calls } = org;
    expect(await trash(order(1, 'trash'))).toMatchObject({ removed: 0 });
    expect(org.calls).toBe(calls);
  });

  it.each([
    [true, false],
    ['gone', null],
  ])('flag: one that comes back loses its flag %j, once', async (value, taken) => {
    const deleteFlag = { field: 'Deleted__c', value };
    const { org, pull, trash } = world(orderMapping({ ...FLAG, deleteFlag }));
    await pull(order(1, 'completed'));
    await trash(order(1, 'trash'));
    await pull(order(1, 'completed'));
    expect(org.of('Order').at(-1)).toMatchObject({ Deleted__c: taken, Status__c: 'completed' });
    expect(await pull(order(1, 'completed'))).toMatchObject({ unchanged: 1 });
  });

  it('flag: the flag goes though updates are off, and by its own field mapping where it has one', async () => {
    const mapping = orderMapping({
      ...FLAG,
      events: { ...ALL, update: false },
      build: () => ({ row: rowOf('main:1', { Deleted__c: false, Status__c: 'completed' }) }),
    });
    const { org, pull, trash } = world(mapping);
    await pull(order(1, 'completed'));
    await trash(order(1, 'trash'));
    await pull(order(1, 'completed'));
    expect(org.of('Order').at(-1)).toMatchObject({ Deleted__c: false });
  });

  it('flag: that a record was flagged is known until the flag is gone', async () => {
    const { org, state, pull, trash } = world(orderMapping(FLAG));
    await pull(order(1, 'completed'));
    await trash(order(1, 'trash'));
    const write = org.write.bind(org);
    org.write = () => Promise.reject(new Error('the process ends here'));
    await expect(pull(order(1, 'completed'))).rejects.toThrow('ends here');
    expect(state.saved.get('Order main:1')?.state).toBe('soft_deleted');
    org.write = write;
    await pull(order(1, 'completed'));
    expect(org.of('Order').at(-1)).toMatchObject({ Deleted__c: false });
  });

  it('flag: one that was deleted in Salesforce is not made anew for it', async () => {
    const { org, state, trash, link } = world(orderMapping(FLAG));
    await link('main:1');
    const error = {
      code: 'ENTITY_IS_DELETED',
      kind: 'reference',
      message: 'gone',
      fields: [],
    } as const;
    org.write = () => Promise.resolve([[{ id: null, created: false, errors: [error] }]]);
    Object.assign(org, {
      recordStates: () => Promise.resolve(new Map([['id:main:1', { kind: 'gone' }]])),
    });
    expect(await trash(order(1, 'trash'))).toMatchObject({ removed: 0, failed: 0 });
    expect(state.saved.has('Order main:1')).toBe(false);
  });

  it('lets a record go that carries another key, and does nothing to it', async () => {
    for (const rule of [{ deleteRule: 'delete' } as const, FLAG]) {
      const { org, state, trash, link } = world(orderMapping(rule));
      await link('main:1', { byId: true });
      await trash(order(1, 'trash'));
      expect(org.calls).toBe(0);
      expect(state.saved.size).toBe(0);
    }
  });
});

describe('what is in the trash', () => {
  const linked = async (...keys: string[]) => {
    const state = new MemoryState();
    const of = { object: 'Product2', ...verified('h'), parentKey: null, byId: false };
    for (const key of keys)
      await state.didWrite([{ ...of, key, recordId: key, readNumber: 0 }], []);
    return state;
  };
  const runOf = (state: MemoryState, ...mappings: Mapping[]) =>
    ({ state, store: new IdStore({}), mappings }) as unknown as PipelineRun;

  it('is a product with its variations', async () => {
    const products = mappingTo('Product2', { resource: 'product', deleteRule: 'delete' });
    const run = runOf(await linked('main:7', 'main:8', 'main:9'), products);
    const leaving = await deletionsOf(run, 'product', [{ id: 7, variations: [8, 12] }]);
    expect(leaving.map(({ link }) => link.key)).toEqual(['main:7', 'main:8']);
  });

  it('goes by the rule of its own type, where several types are mapped to one object', async () => {
    const typed = (contentType: string, over: Partial<Mapping>) =>
      mappingTo('Product2', { resource: 'content', contentType, ...over });
    const events = typed('event', { deleteRule: 'keep' });
    const pages = typed('page', { deleteRule: 'delete' });
    const run = runOf(await linked('main:event:7', 'main:page:7'), events, pages);
    const leaving = await deletionsOf(run, 'content', [
      { id: 7, content_type: 'event' },
      { id: 7, content_type: 'page' },
    ]);
    expect(leaving.map(({ mapping, link }) => [mapping.contentType, link.key])).toEqual([
      ['event', 'main:event:7'],
      ['page', 'main:page:7'],
    ]);
  });
});
