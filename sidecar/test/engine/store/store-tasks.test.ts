import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { StoreParts } from '../../../src/engine/store/store-parts.ts';
import { sweepTasks, webhookTasks } from '../../../src/engine/store/store-tasks.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { StoreSetup } from '../../../src/ports/setup.ts';
import { readActivity } from '../../../src/sync/report/store-activity.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo } from '../../support/rows.ts';
import { ChangeList, SweepShop } from '../../support/sweep-shop.ts';

it('sweeps of one store that end together keep the failed lists of each other', async () => {
  const state = new MemoryState();
  const cursor = state.cursor.bind(state);
  // Both have read what was noted before either notes its own.
  state.cursor = async (store, name) => {
    const saved = await cursor(store, name);
    if (name === 'standing:lists') await turn();
    return saved;
  };
  const shop = new SweepShop();
  const refused = new CodedError('CONTENT_REFUSED', 'Not for you.', 'Ask.');
  const unknown = new CodedError('CONTENT_TYPE_UNKNOWN', 'There is none.', 'Choose another.');
  let posts = 0;
  shop.isDated = (list) =>
    Promise.reject(list === 'content/post' && posts++ === 0 ? unknown : refused);
  shop.beforeRead = (list) => {
    if (list === 'orders' || list === 'products') throw refused;
  };
  const mappings = [
    mappingTo('Woo_Order__c', { resource: 'order', sweepMinutes: 15 }),
    mappingTo('Product2', { resource: 'product', sweepMinutes: 15 }),
    mappingTo('Post__c', { resource: 'content', contentType: 'post', sweepMinutes: 60 }),
    mappingTo('Page__c', { resource: 'content', contentType: 'page', sweepMinutes: 60 }),
  ];
  const warned: unknown[] = [];
  const warn = (what: object) => {
    warned.push(what);
  };
  const log = { info: () => undefined, warn };
  const clock = { now: () => new Date() };
  const parts = {
    state,
    queue: new ChangeList(),
    clock,
    log,
    publicUrl: 'https://sync.example',
    sweepSeconds: 900,
  };
  const setup = { store: shop, mappings } as unknown as StoreSetup;
  const tasks = sweepTasks(setup, parts as unknown as StoreParts);
  expect(tasks).toHaveLength(2);
  await Promise.all(tasks.map((task) => task.run()));
  const { lists } = await readActivity(state, 'main');
  const failed = ['content/page', 'content/post', 'orders', 'products'];
  expect([...new Set(lists.map(({ list }) => list))].sort()).toEqual(failed);
  // Content is asked for by date and whole: the log says once what both are refused for.
  const said = warned.map((one) => (one as { readonly list: string }).list);
  expect(said.sort()).toEqual([...failed, 'content/post'].sort());
});

it('a sweep queues records whose lookups are due', async () => {
  const state = new MemoryState();
  const link = { state: 'verified', hash: 'x', parentKey: null, byId: false } as const;
  const [object, key] = ['Category__c', 'main:product_category:1'];
  await state.didWrite([{ ...link, object, key, recordId: 'c1', readNumber: 0 }], []);
  await state.waiting.save([{ object, key, change: { resource: 'product', key: 'main:5' } }]);
  const queue = new ChangeList();
  const said: unknown[] = [];
  const log = { info: (what: unknown) => said.push(what) };
  const parts = { state, queue, log, clock: { now: () => new Date() }, publicUrl: null };
  const mappings = [mappingTo('Woo_Order__c', { resource: 'order' })];
  const setup = { store: new SweepShop(), mappings } as unknown as StoreSetup;
  const [task] = sweepTasks(setup, { ...parts, sweepSeconds: 60 } as unknown as StoreParts);
  await task?.run();
  expect(queue.take()).toEqual(['product main:5']);
  expect(said).toEqual([{ store: 'main', hinted: 1 }]);
});

it('what a process may have missed is looked for as each of them starts, whoever has done it before', () => {
  const mappings = [mappingTo('Woo_Order__c', { resource: 'order' })];
  const setup = { store: new SweepShop(), mappings } as unknown as StoreSetup;
  const parts = { publicUrl: 'https://sync.example', secrets: {}, sweepSeconds: 900 };
  const hears = { hears: () => undefined };
  const tasks = [
    ...sweepTasks(setup, parts as unknown as StoreParts),
    ...webhookTasks(setup, parts as unknown as StoreParts, hears, () => undefined),
  ];
  expect(tasks.map(({ purpose, atEachStart }) => [purpose, atEachStart])).toEqual([
    ['sweep', true],
    ['webhooks', true],
  ]);
});
