import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { WooList } from '../../src/ports/store.ts';
import { walk } from '../../src/woo/pagination.ts';
import type { WooParams } from '../../src/woo/types.ts';
import { failureOf } from '../support/scripted-server.ts';
import { FakeShop, second } from './support/fake-shop.ts';

const RECORDS = 20;
const ids = fc.integer({ min: 1, max: RECORDS });

interface Walked {
  /** The version that was handed out last, by id. */
  readonly versions: ReadonlyMap<number, unknown>;
  readonly tooLarge: ReadonlySet<unknown>;
}

async function walkAll(
  lister: Parameters<typeof walk>[0],
  list: WooList,
  params: WooParams,
): Promise<Walked> {
  const versions = new Map<number, unknown>();
  const tooLarge = new Set<unknown>();
  const onTooLarge = ({ id }: { readonly id?: unknown }) => void tooLarge.add(id);
  for await (const { records } of walk(lister, list, { from: null, onTooLarge }, params))
    for (const { id, version } of records) versions.set(Number(id), version);
  return { versions, tooLarge };
}

it('a walk names what is too large and nothing else, and loses none, whatever is edited meanwhile', async () => {
  const edits = fc.record({
    read: fc.integer({ min: 1, max: 12 }),
    id: ids,
    later: fc.integer({ min: 0, max: 3 }),
    remove: fc.boolean(),
  });
  const property = fc.asyncProperty(
    fc.constantFrom<WooList>('orders', 'customers'),
    fc.integer({ min: 2, max: 9 }),
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: RECORDS, maxLength: RECORDS }),
    fc.array(edits, { maxLength: 6 }),
    fc.uniqueArray(ids, { maxLength: 5 }),
    async (list, perPage, seconds, changes, large) => {
      const shop = new FakeShop();
      for (let id = 1; id <= RECORDS; id += 1) shop.add(id, second(seconds[id - 1] ?? 1));
      let now = 5;
      shop.beforeRead = (read) => {
        expect(read).toBeLessThan(500);
        for (const change of changes.filter((one) => one.read === read)) {
          now += change.later;
          if (change.remove) shop.remove(change.id);
          else if (shop.entries.some(({ id }) => id === change.id))
            shop.edit(change.id, second(now));
        }
      };
      let listed: readonly { readonly id: number; readonly version: number }[] = [];
      const lister = {
        list: async (of: WooList, params: WooParams) => {
          const page = await shop.listThroughOrg(of, params, large);
          // What is edited while one record is asked for by itself, after the last page, is for the next walk.
          if (params['include'] === undefined) listed = shop.entries.map((entry) => ({ ...entry }));
          return page;
        },
      };
      const found = await walkAll(lister, list, { per_page: String(perPage) });
      for (const { id, version } of listed) {
        expect(found.tooLarge.has(id), `${id} is too large`).toBe(large.includes(id));
        if (large.includes(id)) continue;
        expect(found.versions.has(id), `${id} came`).toBe(true);
        if (list === 'orders') expect(found.versions.get(id)).toBe(version);
      }
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

it('a record that is too large ends a walk of which nobody takes such records', async () => {
  const shop = new FakeShop();
  for (const id of [1, 2, 3]) shop.add(id, second(1));
  const lister = { list: (of: WooList, params: WooParams) => shop.listThroughOrg(of, params, [2]) };
  const walked = (async () => {
    for await (const page of walk(lister, 'orders', { from: null }, { per_page: '2' })) void page;
  })();
  expect(await failureOf(walked)).toMatchObject({ code: 'WOO_ANSWER_TOO_LARGE' });
});

it('a store that refuses what it hands over alone ends the walk', async () => {
  const shop = new FakeShop();
  for (const id of [1, 2, 3]) shop.add(id, second(1));
  shop.beforeRead = (read) => {
    if (read > 500) throw new Error('The walk has no end.');
  };
  const lister = {
    list: (of: WooList, params: WooParams) =>
      shop.listThroughOrg(of, params, params['include'] === undefined ? [2] : []),
  };
  expect(await failureOf(walkAll(lister, 'orders', { per_page: '2' }))).toMatchObject({
    code: 'WOO_ANSWER_TOO_LARGE',
  });
});
