import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import type { BackfillProgress } from '../../../src/sync/report/backfill-progress.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { PagedStore, type Place } from '../../support/paged-store.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';
import { SilentOrg } from '../../support/silent-org.ts';
import { verified } from '../../support/links.ts';

const misfit = { code: 'VALUE_TOO_LONG', field: 'Name', attribute: 'name', message: 'is too long' };

const products: Mapping = mappingTo('Product2', {
  resource: 'product',
  reads: ['name'],
  build: ({ id, name }) =>
    name === 'misfit'
      ? { problems: [misfit] }
      : { row: rowOf(`main:${String(id)}`, { Name: String(name) }) },
});

function product(id: number): WooRecord {
  return { id, name: `Product ${id}` };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
}

function away(): never {
  throw new CodedError('WOO_UNAVAILABLE', 'The shop cannot answer.', 'Wait.');
}

function placeIn(state: MemoryState): unknown {
  const saved = state.cursors.get('main backfill:products') as { cursor: Place } | null | undefined;
  return saved?.cursor ?? null;
}

/** Ids from 1, in pages of 100. */
function pagesOf(count: number): WooRecord[][] {
  return Array.from({ length: count }, (_, page) =>
    Array.from({ length: 100 }, (_unused, at) => product(page * 100 + at + 1)),
  );
}

function world(...pages: readonly (readonly WooRecord[])[]) {
  const [org, state, store] = [new SilentOrg(), new MemoryState(), new PagedStore(...pages)];
  const seen: BackfillProgress[] = [];
  const run = () =>
    backfill({
      org: org.asOrg,
      state,
      store,
      mappings: [products],
      onProgress: (progress) => seen.push(progress),
    });
  return { org, state, store, run, seen };
}

describe('backfill', () => {
  it('writes what was read before a list failed, and says which list', async () => {
    const { org, state, store, run } = world([product(1)], [product(2)], [product(3)]);
    store.onPage = (page) => {
      if (page === 2) away();
    };
    const { lists, mappings } = await run();
    expect(lists.map(({ list, code }) => [list, code])).toEqual([['products', 'WOO_UNAVAILABLE']]);
    expect(org.of('Product2').map(({ Woo_Key__c }) => Woo_Key__c)).toEqual(['main:1', 'main:2']);
    expect(mappings).toMatchObject([{ wanted: 2, created: 2 }]);
    expect(placeIn(state)).toMatchObject({ after: 1 });
  });

  it('goes on behind the last page that was written, and then starts anew', async () => {
    const { org, state, store, run, seen } = world([product(1)], [product(2)], [product(3)]);
    store.onPage = (page) => {
      if (page === 1) away();
    };
    await run();
    store.onPage = () => undefined;
    seen.length = 0;
    await run();
    expect(org.of('Product2')).toHaveLength(3);
    expect(placeIn(state)).toBeNull();
    expect(seen.filter(({ list }) => list === 'products')).toMatchObject([
      { read: 2, total: 3, resumed: true },
      { read: 3, total: 3, resumed: true },
    ]);
  });

  it('never saves a place behind rows that are not written yet', async () => {
    const { org, state, run } = world(...pagesOf(25));
    const save = state.saveCursor.bind(state);
    const ahead: unknown[] = [];
    state.saveCursor = async (store, name, value) => {
      const isPlace = name === 'backfill:products' && value !== null;
      const last = !isPlace ? 0 : ((value as { cursor: Place }).cursor.after + 1) * 100;
      for (let id = 1; id <= last; id += 1) {
        if (!state.saved.has(`Product2 main:${id}`)) ahead.push([value, id]);
      }
      await save(store, name, value);
    };
    // A call of rows ends while the rows of the next page are being planned.
    const write = org.write.bind(org);
    org.write = (collections) => turns(20).then(() => write(collections));
    const links = state.links.bind(state);
    state.links = (...asked) => turns(50).then(() => links(...asked));
    await run();
    expect(ahead).toEqual([]);
    expect(org.of('Product2')).toHaveLength(2500);
  });

  it('does not pass for complete where records failed before it was stopped', async () => {
    const { store, run } = world([{ id: 1, name: 'misfit' }], [product(2)], [product(3)]);
    store.onPage = (page) => {
      if (page === 2) away();
    };
    expect((await run()).mappings).toMatchObject([{ failed: 1 }]);
    store.onPage = () => undefined;
    const resumed = await run();
    expect(resumed.mappings).toMatchObject([{ failed: 0, created: 1 }]);
    expect(resumed.lists).toMatchObject([{ list: 'products', code: 'FAILED_BEFORE' }]);
    const anew = await run();
    expect(anew.mappings).toMatchObject([{ failed: 1, unchanged: 2 }]);
    expect(anew.lists).toEqual([]);
  });

  it('as a dry run finds and counts everything, and writes nothing anywhere', async () => {
    const org = new HoldingOrg();
    const known = org.add('Product2', { Name: 'Tea', Code: 'product 1' });
    org.add('Product2', { Code: 'product 2' });
    org.add('Product2', { Code: 'product 2' });
    const synced = org.add('Product2', { Woo_Key__c: 'main:3' });
    const state = new MemoryState();
    const link = { object: 'Product2', key: 'main:3', recordId: synced, ...verified('old') };
    await state.didWrite([{ ...link, parentKey: null, byId: false, readNumber: 0 }], []);
    await state.saveCursor('main', 'backfill:products', { cursor: { by: 'id', after: 0 } });
    const before = JSON.stringify([[...state.saved], [...state.cursors]]);
    const matched: Mapping = {
      ...products,
      matchFields: [
        {
          name: 'Code',
          object: 'Product2',
          field: 'Code',
          caseSensitive: false,
          through: null,
          value: ({ name }) => name as string,
        },
      ],
    };
    const pages = [
      [product(1), product(2)],
      [product(3), product(4), { id: 5, name: 'misfit' }],
    ];
    const given = { org: org.asOrg, state, store: new PagedStore(...pages) };
    const { mappings } = await backfill({ ...given, mappings: [matched], dry: true });
    expect(mappings).toMatchObject([
      { read: 5, created: 1, adopted: 1, updated: 1, ambiguous: 1, failed: 2, unchanged: 0 },
    ]);
    expect(mappings[0]?.adoptions).toEqual([{ key: 'main:1', recordId: known, byId: false }]);
    expect(JSON.stringify([[...state.saved], [...state.cursors]])).toBe(before);
    expect(org.written).toEqual([]);
  });

  it('ends with the newest form of a record that is read twice, be it what the org held before', async () => {
    const [org, state] = [new HoldingOrg(), new MemoryState()];
    const recordId = org.add('Product2', { Woo_Key__c: 'main:1', Name: 'Tea' });
    const link = { object: 'Product2', key: 'main:1', recordId, parentKey: null } as const;
    const rest = { state: 'unverified', hash: null, byId: false, readNumber: 0 } as const;
    await state.didWrite([{ ...link, ...rest }], []);
    const store = new PagedStore([{ id: 1, name: 'Mug' }], [{ id: 1, name: 'Tea' }]);
    await backfill({ org: org.asOrg, state, store, mappings: [products] });
    expect(org.get('Product2', recordId)).toMatchObject({ Name: 'Tea' });
  });

  it('takes no page before the number of the one behind it has come', async () => {
    const { state, store, run } = world(...pagesOf(4));
    let pending = 0;
    state.beginRead = async () => {
      pending += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      pending -= 1;
      return 7;
    };
    const taken: number[] = [];
    store.onPage = () => void taken.push(pending);
    await run();
    expect(taken).toEqual([0, 0, 0, 0]);
  });

  it('remembers its place also where nothing had to be written', async () => {
    const { state, store, run } = world([product(1)], [product(2)], [product(3)]);
    await run();
    store.onPage = (page) => {
      if (page === 2) away();
    };
    await run();
    expect(placeIn(state)).toMatchObject({ after: 1 });
  });
});
