import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isUncertain } from '../../src/ports/link.ts';
import type { State } from '../../src/ports/state.ts';
import { DurableCallLedger } from '../../src/state/call-ledger.ts';
import { type DurableState, openState, type SavedLink } from '../../src/state/state.ts';
import { MemoryState } from '../support/memory-state.ts';
import { type Engine, engines } from './support/engines.ts';
import { places } from './support/places.ts';
import { verified } from '../support/links.ts';

function link(object: string, key: string, more: Partial<SavedLink> = {}): SavedLink {
  const known = {
    recordId: `id-${key}`,
    ...verified('h1'),
    parentKey: null,
    byId: false,
    readNumber: 5,
  };
  return { object, key, ...known, ...more };
}

describe.each(engines)('state on $name', ({ start }) => {
  let engine: Engine;
  let state: DurableState;

  beforeAll(async () => {
    engine = await start();
    state = await openState(engine.location);
  });
  afterAll(async () => {
    await state.close();
    await engine.stop();
  });

  it('is what the engine asks for', async () => {
    const port = state satisfies State;
    expect(await port.links('Nothing__c', ['main:1'])).toEqual(new Map());
  });

  it('adds up the API calls of a day, of several processes, and forgets the days before', async () => {
    const ledgers = [1, 2].map(() => new DurableCallLedger(state.database));
    const [one, two] = ledgers;
    await one?.add('2026-11-27', new Map([['main', 9]]));
    await one?.add(
      '2026-11-28',
      new Map([
        ['main', 30],
        ['', 4],
      ]),
    );
    const sums = new Map([
      ['', 4],
      ['main', 42],
    ]);
    const found = await two?.add('2026-11-28', new Map([['main', 12]]));
    expect(new Map([...(found ?? [])].sort())).toEqual(sums);
    expect(new Map([...((await one?.add('2026-11-28', new Map())) ?? [])].sort())).toEqual(sums);
    expect(await one?.add('2026-11-29', new Map())).toEqual(new Map());
  });

  it('finds the links it saved, by key and by owner, case-sensitively', async () => {
    await state.didWrite(
      [
        link('Item__c', 'main:1', { parentKey: 'main:10' }),
        link('Item__c', 'main:2', { parentKey: 'main:10', ...verified(null) }),
        link('Item__c', 'main:3', { parentKey: 'main:11' }),
        link('Item__c', 'main:guest:a'),
        link('Other__c', 'main:1'),
      ],
      [],
    );
    const found = await state.links('Item__c', ['main:1', 'main:2', 'main:guest:A', 'main:9']);
    expect([...found.keys()].sort()).toEqual(['main:1', 'main:2']);
    expect(found.get('main:1')).toEqual({
      object: 'Item__c',
      key: 'main:1',
      recordId: 'id-main:1',
      ...verified('h1'),
      parentKey: 'main:10',
      byId: false,
    });
    expect(found.get('main:2')?.hash).toBeNull();
    const children = await state.children('Item__c', ['main:10', 'main:12']);
    expect([...children.keys()]).toEqual(['main:10']);
    expect(
      children
        .get('main:10')
        ?.map(({ key }) => key)
        .sort(),
    ).toEqual(['main:1', 'main:2']);
  });

  it('forgets the hash before a write, and only of the named keys', async () => {
    await state.didWrite([link('Ahead__c', 'main:1'), link('Ahead__c', 'main:2')], []);
    await state.willWrite('Ahead__c', ['main:1', 'main:unknown']);
    const found = await state.links('Ahead__c', ['main:1', 'main:2', 'main:unknown']);
    expect(found.get('main:1')?.hash).toBeNull();
    expect(found.get('main:2')?.hash).toBe('h1');
    expect(found.size).toBe(2);
  });

  it.each(['unverified', 'soft_deleted'] as const)(
    'keeps a link as %s until what its record holds is not known any more',
    async (kept) => {
      const object = `As_${kept}__c`;
      const keys = ['main:1', 'main:2', 'main:3', 'main:4', 'main:5'];
      const links = keys.map((key) => link(object, key, { state: kept, hash: null }));
      await state.didWrite(links, []);
      const before = [...(await state.links(object, keys)).values()];
      expect(before).toHaveLength(5);
      expect(before.every((one) => one.state === kept && !isUncertain(one))).toBe(true);

      await state.willWrite(object, ['main:1']);
      // What is known by its key alone stays so until it is written.
      if (kept === 'unverified')
        await state.didWrite([link(object, 'main:2', { ...verified('h1'), readNumber: 0 })], []);
      await state.clearHashes(['main:2'], [object]);
      await state.relink([{ object, key: 'main:3', recordId: 'survivor', byId: true }]);
      const older = { state: kept, hash: null, readNumber: 4 };
      await state.didWrite([link(object, 'main:4', older)], []);

      const found = await state.links(object, keys);
      expect(keys.filter((key) => found.get(key)?.state === kept)).toEqual(['main:5']);
      expect([...found.values()].filter(isUncertain)).toHaveLength(4);
    },
  );

  it('replaces, removes and takes the last of two with one key', async () => {
    await state.didWrite([link('Again__c', 'main:1'), link('Again__c', 'main:2')], []);
    await state.didWrite(
      [
        link('Again__c', 'main:1', verified('h2')),
        link('Again__c', 'main:1', { ...verified('h3'), recordId: 'new' }),
      ],
      [{ object: 'Again__c', key: 'main:2' }],
    );
    const found = await state.links('Again__c', ['main:1', 'main:2']);
    expect([...found.values()]).toEqual([
      {
        object: 'Again__c',
        key: 'main:1',
        recordId: 'new',
        ...verified('h3'),
        parentKey: null,
        byId: false,
      },
    ]);
  });

  it('does not let an older reading pass for the newest', async () => {
    await state.didWrite([link('Late__c', 'main:1', verified('new'))], []);
    await state.didWrite([link('Late__c', 'main:1', { ...verified('old'), readNumber: 4 })], []);
    expect((await state.links('Late__c', ['main:1'])).get('main:1')?.hash).toBeNull();
    await state.didWrite([link('Late__c', 'main:1', verified('newest'))], []);
    expect((await state.links('Late__c', ['main:1'])).get('main:1')?.hash).toBe('newest');
  });

  it('remembers that a record carries another key, until it does not', async () => {
    await state.didWrite([link('Shared__c', 'b:1', { byId: true }), link('Shared__c', 'b:2')], []);
    const before = await state.links('Shared__c', ['b:1', 'b:2']);
    expect(before.get('b:1')?.byId).toBe(true);
    expect(before.get('b:2')?.byId).toBe(false);
    await state.didWrite([link('Shared__c', 'b:1')], []);
    expect((await state.links('Shared__c', ['b:1'])).get('b:1')?.byId).toBe(false);
  });

  it('points links to other records and forgets what those hold', async () => {
    const owned = { parentKey: 'main:9' };
    await state.didWrite([link('Moved__c', 'main:1', owned), link('Moved__c', 'main:2')], []);
    await state.relink([
      { object: 'Moved__c', key: 'main:1', recordId: 'survivor', byId: true },
      { object: 'Moved__c', key: 'main:unknown', recordId: 'survivor', byId: true },
    ]);
    const found = await state.links('Moved__c', ['main:1', 'main:2', 'main:unknown']);
    const moved = { recordId: 'survivor', byId: true, ...verified(null), parentKey: 'main:9' };
    expect(found.get('main:1')).toMatchObject(moved);
    expect(found.get('main:2')).toMatchObject({ recordId: 'id-main:2', hash: 'h1', byId: false });
    expect(found.size).toBe(2);
  });

  it('points all links of a merged record to what is left of it', async () => {
    const [object, recordId] = ['Merged__c', 'lost'];
    const shared = { recordId, byId: true };
    const links = [link(object, 'a:1', { recordId }), link(object, 'b:1', shared)];
    await state.didWrite([...links, link(object, 'b:2'), link(object, 'b:3', shared)], []);
    const merged = { lostId: recordId, recordId: 'kept', key: 'b:3' };
    expect([...(await state.followMerged([merged]))].sort()).toEqual(['a:1', 'b:1', 'b:3']);
    const found = await state.links(object, ['a:1', 'b:1', 'b:2', 'b:3']);
    const to = { recordId: 'kept', ...verified(null) };
    expect(found.get('a:1')).toMatchObject({ ...to, byId: true });
    expect(found.get('b:1')).toMatchObject({ ...to, byId: true });
    expect(found.get('b:2')).toMatchObject({ recordId: 'id-b:2', hash: 'h1' });
    expect(found.get('b:3')).toMatchObject({ ...to, byId: false });
  });

  it('names the other links to a record that one owns', async () => {
    const [object, recordId] = ['Shared__c', 'one'];
    const links = [
      link(object, 'a:1', { recordId }),
      link(object, 'b:1', { recordId, byId: true }),
      link(object, 'b:2'),
      link('Other__c', 'b:3', { recordId }),
    ];
    await state.didWrite(links, []);
    expect(await state.sharing([{ object, key: 'a:1' }])).toEqual([{ object, key: 'b:1' }]);
    // The record is another store's to make anew.
    expect(await state.sharing([{ object, key: 'b:1' }])).toEqual([]);
    expect(await state.sharing([{ object, key: 'b:2' }])).toEqual([]);
    expect(await state.sharing([])).toEqual([]);
  });

  it('keeps which link owns a merged record where what is left of it carries no key', async () => {
    const [object, recordId] = ['Keyless__c', 'lost-too'];
    const links = [
      link(object, 'a:1', { recordId }),
      link(object, 'b:1', { recordId, byId: true }),
    ];
    await state.didWrite(links, []);
    await state.followMerged([{ lostId: recordId, recordId: 'kept', key: null }]);
    const found = await state.links(object, ['a:1', 'b:1']);
    expect([...found.values()].map((one) => [one.recordId, one.byId])).toEqual([
      ['kept', false],
      ['kept', true],
    ]);
  });

  it('counts the links of a store', async () => {
    const keys = ['shop:1', 'shop:guest:a@example.com', 'shop2:1'];
    await state.didWrite(
      keys.map((key) => link('Counted__c', key)),
      [],
    );
    expect((await state.counts('shop')).get('Counted__c')).toBe(2);
    expect((await state.counts('sho')).size).toBe(0);
  });

  it('saves all of a batch or nothing', async () => {
    const broken = link('Whole__c', 'main:2');
    const bad = { ...broken, recordId: 'nul \u0000 character' };
    await expect(state.didWrite([link('Whole__c', 'main:1'), bad], [])).rejects.toThrow();
    expect((await state.links('Whole__c', ['main:1', 'main:2'])).size).toBe(0);
  });

  it('removes nothing when the same batch cannot be saved', async () => {
    await state.didWrite([link('Undo__c', 'main:1')], []);
    const bad = link('Undo__c', 'main:2', { recordId: '\u0000' });
    await expect(state.didWrite([bad], [{ object: 'Undo__c', key: 'main:1' }])).rejects.toThrow();
    expect((await state.links('Undo__c', ['main:1', 'main:2'])).size).toBe(1);
  });

  it('tells keys apart by case, accents and store', async () => {
    const keys = ['main:1', 'main2:1', 'mai:1', 'MAIN:1', 'main:guest:é@example.com'];
    await state.didWrite(
      keys.map((key) => link('Apart__c', key)),
      [],
    );
    expect([...(await state.links('Apart__c', keys)).keys()].sort()).toEqual([...keys].sort());
    expect((await state.links('Apart__c', ['main:guest:e@example.com'])).size).toBe(0);
  });

  it('keeps a cursor as it was given, replaces and forgets it', async () => {
    const cursor = { by: 'modified', second: '2026-03-01T10:00:00', seen: [[7, 'x/y+z=']], n: 1.5 };
    await state.saveCursor('main', 'backfill:orders', cursor);
    expect(await state.cursor('main', 'backfill:orders')).toEqual(cursor);
    expect(await state.cursor('other', 'backfill:orders')).toBeNull();
    await state.saveCursor('main', 'backfill:orders', 'plain text');
    expect(await state.cursor('main', 'backfill:orders')).toBe('plain text');
    await state.saveCursor('main', 'backfill:orders', null);
    expect(await state.cursor('main', 'backfill:orders')).toBeNull();
  });

  it('does nothing for nothing', async () => {
    await state.willWrite('Empty__c', []);
    await state.didWrite([], []);
    expect((await state.children('Empty__c', [])).size).toBe(0);
  });

  it('takes batches from many callers at once, in any order', async () => {
    const links = Array.from({ length: 300 }, (_, index) => link('Many__c', `main:${index}`));
    await Promise.all(
      Array.from({ length: 8 }, (_, caller) =>
        state.didWrite(caller % 2 === 0 ? links : [...links].reverse(), []),
      ),
    );
    const keys = links.map(({ key }) => key);
    expect((await state.links('Many__c', keys)).size).toBe(300);
  });
});

describe.each(places)('what the engine asks of links in $name', ({ open }) => {
  let state: State;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ state, close } = await open());
  });
  afterAll(() => close());

  const hashes = async (object: string, keys: readonly string[]) => {
    const found = await state.links(object, keys);
    return keys.map((key) => found.get(key)?.hash);
  };

  it('names those whose source was read later, and keeps them to be read again', async () => {
    const owned = { parentKey: 'main:9' };
    const now = [link('Stale__c', 'main:1', owned), link('Stale__c', 'main:2')];
    expect(await state.didWrite(now, [])).toEqual([]);
    expect(await state.didWrite(now, [])).toEqual([]);
    const readNumber = 4;
    const older = [
      link('Stale__c', 'main:1', { ...owned, readNumber, ...verified('h0') }),
      link('Stale__c', 'main:3', { readNumber, ...verified('h0') }),
    ];
    const gone = [{ object: 'Stale__c', key: 'main:2' }];
    const stale = [{ object: 'Stale__c', key: 'main:1', parentKey: 'main:9' }];
    expect(await state.didWrite(older, gone)).toEqual(stale);
    expect(await hashes('Stale__c', ['main:1', 'main:2', 'main:3'])).toEqual([
      null,
      undefined,
      'h0',
    ]);
    expect(await state.didWrite(older.slice(0, 1), [])).toEqual(stale);
  });

  it('forgets the hashes of a key and of what belongs to it, in some objects', async () => {
    const links = [
      link('A__c', 'main:1'),
      link('Other__c', 'main:1'),
      link('Other__c', 'main:5', { parentKey: 'main:1' }),
      link('B__c', 'main:1'),
      link('B__c', 'main:5', { parentKey: 'main:1' }),
      link('B__c', 'main:2', { parentKey: 'main:3' }),
      link('B__c', 'main:11'),
    ];
    await state.didWrite(links, []);
    await state.clearHashes([], ['A__c']);
    await state.clearHashes(['main:1'], []);
    expect(await hashes('A__c', ['main:1'])).toEqual(['h1']);
    await state.clearHashes(['main:1', 'main:unknown'], ['A__c', 'B__c']);
    expect(await hashes('A__c', ['main:1'])).toEqual([null]);
    const all = ['main:1', 'main:5', 'main:2', 'main:11'];
    expect(await hashes('B__c', all)).toEqual([null, null, 'h1', 'h1']);
    expect(await hashes('Other__c', ['main:1', 'main:5'])).toEqual(['h1', 'h1']);
  });

  it('keeps that a record is known by its key alone', async () => {
    const found = { state: 'unverified', hash: null } as const;
    await state.didWrite([link('Found__c', 'main:1', found)], []);
    await state.clearHashes(['main:1'], ['Found__c']);
    const links = await state.links('Found__c', ['main:1']);
    expect(links.get('main:1')).toMatchObject(found);
  });

  it('walks the linked records of a store by their ids, guests left out', async () => {
    const others = ['walk:guest:a@b.example', 'walk:guest:7', 'walk2:3', 'wal:k', 'walk:7:line'];
    const keys = [10, 9, 100, 1, 2].map((id) => `walk:${id}`);
    await state.didWrite(
      [...keys, ...others].map((key) => link('Walk__c', key)),
      [],
    );
    await state.didWrite([link('Else__c', 'walk:5')], []);
    expect(await state.linked('walk', 'Walk__c', 0, 3)).toEqual([1, 2, 9]);
    expect(await state.linked('walk', 'Walk__c', 9, 3)).toEqual([10, 100]);
    expect(await state.linked('walk', 'Walk__c', 100, 3)).toEqual([]);
    expect(await state.linked('none', 'Walk__c', 0, 3)).toEqual([]);
  });

  it('cuts the linked records into parts that are the same each time and everywhere', async () => {
    const keys = Array.from({ length: 200 }, (_, n) => `cut:${n + 1}`);
    const guest = 'cut:guest:a@b.example';
    await state.didWrite(
      [...keys, guest].map((key) => link('Cut__c', key)),
      [],
    );
    const parts = await Promise.all([0, 1, 2, 3].map((n) => state.slice('cut', 'Cut__c', 4, n)));
    expect(parts.flat().sort()).toEqual(keys.sort());
    expect(Math.min(...parts.map(({ length }) => length))).toBeGreaterThan(30);
    const memory = new MemoryState();
    await memory.didWrite(
      keys.map((key) => link('Cut__c', key)),
      [],
    );
    expect(parts[0]).toEqual(await memory.slice('cut', 'Cut__c', 4, 0));
  });
});
