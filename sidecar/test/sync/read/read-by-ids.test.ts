import { describe, expect, it } from 'vitest';

import type { WooList, WooPage } from '../../../src/ports/store.ts';
import { readAllByIds, readByIds } from '../../../src/sync/read/read-by-ids.ts';
import { IdStore } from '../../support/memory-state.ts';

const records = (count: number) => Array.from({ length: count }, (_, at) => ({ id: at + 1 }));
const ids = (count: number) => records(count).map(({ id }) => id);

/** A store whose pages hold fewer records than asked for, as the gateway's where they are large. */
class ShortStore extends IdStore {
  most = 40;

  override async list(list: WooList, params: Readonly<Record<string, string>>): Promise<WooPage> {
    const page = await super.list(list, params);
    return { ...page, records: page.records.slice(0, this.most) };
  }
}

describe('reading by id', () => {
  it('asks for what a short page left out until all is there', async () => {
    const store = new ShortStore({ products: records(100) });
    expect(await readByIds(store, 'products', ids(100))).toEqual(records(100));
    expect(store.asked.map((asked) => asked.split(',').length)).toEqual([100, 60, 20]);
  });

  it('does not ask again for what the shop does not show', async () => {
    const store = new IdStore({ products: records(3) });
    expect(await readByIds(store, 'products', [2, 3, 4])).toEqual([{ id: 2 }, { id: 3 }]);
    expect(store.asked).toHaveLength(1);
  });

  it('gives up where the shop counts records that it never shows', async () => {
    const store = new ShortStore({ products: records(3) });
    store.most = 0;
    expect(await readByIds(store, 'products', ids(3))).toEqual([]);
    expect(store.asked).toHaveLength(1);
  });

  it('reads several lists, and more than a page of each, in one call', async () => {
    const store = new IdStore({ products: records(250), customers: records(2) });
    const found = await readAllByIds(store, [
      { list: 'products', ids: ids(250) },
      { list: 'variations', ids: [] },
      { list: 'customers', ids: [2] },
    ]);
    expect(found).toEqual([
      { records: records(250), readAt: new Date(0) },
      { records: [], readAt: null },
      { records: [{ id: 2 }], readAt: new Date(0) },
    ]);
    expect(store.asked).toHaveLength(4);
    expect(store.callsForSeveral).toBe(1);
  });

  it('asks nothing for no ids', async () => {
    const store = new IdStore({});
    expect(await readByIds(store, 'products', [])).toEqual([]);
    expect(store.callsForSeveral).toBe(0);
  });
});
