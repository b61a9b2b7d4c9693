import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { State } from '../../src/ports/state.ts';
import { openDatabase } from '../../src/state/db/database.ts';
import { migrate, migrations } from '../../src/state/db/migrations.ts';
import { openState } from '../../src/state/state.ts';
import { engines } from './support/engines.ts';
import { places } from './support/places.ts';
import { verified } from '../support/links.ts';

const pair = (object: string, key = 'main:1', recordId = 'id-1') => ({ object, key, recordId });

describe.each(places)('what is known of records that go both ways, in $name', ({ open }) => {
  let state: State;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ state, close } = await open());
  });
  afterAll(() => close());

  const known = async (object: string, key = 'main:1') =>
    (await state.twoWay.syncBases(object, [key])).get(key);

  it('tells which records of other stores a store is linked to, and not those of a colleague', async () => {
    const known = { object: 'Shared__c', ...verified(null), parentKey: null, readNumber: 1 };
    await state.didWrite(
      [
        { ...known, key: 'main:5', recordId: 's0t5', byId: false },
        { ...known, key: 'outlet:6', recordId: 's0t5', byId: true },
        { ...known, key: 'outlet:7', recordId: 's0t5', byId: true },
        // As a guest whose contact was in the org before: it belongs to no store.
        { ...known, key: 'outlet:guest:a@shop.example', recordId: 's0t7', byId: true },
        { ...known, key: 'outlet:8', recordId: 's0t8', byId: false },
        { ...known, key: 'outlet:9', recordId: 's0t8', byId: true },
        { ...known, key: 'outlet2:6', recordId: 's0t5', byId: true },
      ],
      [],
    );
    expect(await state.twoWay.shared('outlet', 1)).toEqual({
      count: 2,
      first: [{ object: 'Shared__c', key: 'outlet:6', recordId: 's0t5', owner: 'main:5' }],
    });
    expect((await state.twoWay.shared('outlet', 5)).first).toMatchObject([
      { key: 'outlet:6' },
      { key: 'outlet:7', owner: 'main:5' },
    ]);
    expect(await state.twoWay.shared('main', 5)).toEqual({ count: 0, first: [] });
  });

  it('keeps what was saved of records ahead once they are there, but where something else is known', async () => {
    const ahead = ['made:1', 'made:2', 'made:3'].map((key) => pair('Made__c', key, 'coming'));
    const base = { N: ['a', 'a'] } as const;
    await state.twoWay.saveBase(ahead.map((one) => ({ ...one, base })));
    const other = { ...pair('Made__c', 'made:2', 'id-9'), base: { P: ['b', 'b'] } } as const;
    await state.twoWay.saveBase([other]);
    const made = ['made:1', 'made:2', 'made:4'].map((key, at) => pair('Made__c', key, `id-${at}`));
    expect(await state.twoWay.saveMade('coming', made)).toEqual(made.slice(1));
    expect(await known('Made__c', 'made:1')).toEqual({ ...made[0], base, pending: {} });
    expect(await known('Made__c', 'made:2')).toEqual({ ...other, pending: {} });
    expect(await known('Made__c', 'made:3')).toMatchObject({ recordId: 'coming', base });
    expect(await known('Made__c', 'made:4')).toBeUndefined();
    expect(await state.twoWay.saveMade('coming', [])).toEqual([]);
  });

  it('tells which records of a store and an object were reported', async () => {
    const known = { ...verified(null), parentKey: null, readNumber: 1, byId: false };
    const link = (object: string, key: string) => ({
      ...known,
      object,
      key,
      recordId: `of ${key}`,
    });
    await state.didWrite(
      [
        link('Told__c', 'told:2'),
        link('Told__c', 'told:1'),
        link('Told__c', 'told:3'),
        link('Other__c', 'told:4'),
        link('Told__c', 'told2:5'),
      ],
      [],
    );
    await state.twoWay.markDirty(['told:2', 'told:1', 'told:4', 'told2:5', 'told:6']);
    expect(await state.twoWay.reportedOf('told', 'Told__c')).toEqual(['told:1', 'told:2']);
    await state.twoWay.clearDirty(new Map([['told:1', 1]]));
    expect(await state.twoWay.reportedOf('told', 'Told__c')).toEqual(['told:2']);
    expect(await state.twoWay.reportedOf('told', 'Nothing__c')).toEqual([]);
  });

  it('is nothing before anything is said, and of no key', async () => {
    expect(await state.twoWay.syncBases('Nothing__c', ['main:1'])).toEqual(new Map());
    expect(await state.twoWay.syncBases('Nothing__c', [])).toEqual(new Map());
  });

  it('is what both held, field by field: others stay as they were', async () => {
    const one = pair('Base__c');
    await state.twoWay.saveBase([{ ...one, base: { 'Name<name': ['a', 'a'], 'P<p': ['1', '2'] } }]);
    await state.twoWay.saveBase([{ ...one, base: { 'Name<name': ['b', 'b'] } }]);
    const base = { 'Name<name': ['b', 'b'], 'P<p': ['1', '2'] };
    expect(await known('Base__c')).toEqual({ ...one, base, pending: {} });
  });

  it('is what is being written, until it is agreed on, field by field', async () => {
    const one = pair('Ahead__c');
    await state.twoWay.saveBase([{ ...one, base: { N: ['a', 'a'] } }]);
    await state.twoWay.savePending([{ ...one, pending: { N: ['b', ''] } }]);
    await state.twoWay.savePending([{ ...one, pending: { P: ['', '1'] } }]);
    const pending = { N: ['b', ''], P: ['', '1'] };
    expect(await known('Ahead__c')).toEqual({ ...one, base: { N: ['a', 'a'] }, pending });
    await state.twoWay.savePending([{ ...one, pending: { N: ['c', ''] } }]);
    await state.twoWay.saveBase([{ ...one, base: { N: ['c', 'c'] } }]);
    expect(await known('Ahead__c')).toEqual({
      ...one,
      base: { N: ['c', 'c'] },
      pending: { P: ['', '1'] },
    });
  });

  it('stays written ahead where a sync base says so, and of another record nothing else does', async () => {
    const one = pair('Rest__c');
    await state.twoWay.savePending([{ ...one, pending: { N: ['b', ''], P: ['', '1'] } }]);
    await state.twoWay.saveBase([{ ...one, base: { N: ['a', ''] }, pending: { N: ['', 'c'] } }]);
    expect(await known('Rest__c')).toEqual({
      ...one,
      base: { N: ['a', ''] },
      pending: { N: ['', 'c'], P: ['', '1'] },
    });
    const other = pair('Rest__c', 'main:1', 'id-2');
    await state.twoWay.saveBase([{ ...other, base: { N: ['d', ''] }, pending: { N: ['', 'e'] } }]);
    expect(await known('Rest__c')).toEqual({
      ...other,
      base: { N: ['d', ''] },
      pending: { N: ['', 'e'] },
    });
  });

  it('can be written ahead of the first sync base', async () => {
    const one = pair('First__c');
    await state.twoWay.savePending([{ ...one, pending: { N: ['b', ''] } }]);
    expect(await known('First__c')).toEqual({ ...one, base: {}, pending: { N: ['b', ''] } });
  });

  it('is forgotten where the key belongs to another record by now', async () => {
    const [old, ahead, agreed] = ['id-1', 'id-2', 'id-3'].map((id) =>
      pair('Other__c', 'main:1', id),
    );
    if (!old || !ahead || !agreed) throw new Error('three are made');
    await state.twoWay.saveBase([{ ...old, base: { N: ['a', 'a'], P: ['1', '1'] } }]);
    await state.twoWay.savePending([{ ...ahead, pending: { N: ['b', ''] } }]);
    expect(await known('Other__c')).toEqual({ ...ahead, base: {}, pending: { N: ['b', ''] } });
    await state.twoWay.saveBase([{ ...agreed, base: { P: ['2', '2'] } }]);
    expect(await known('Other__c')).toEqual({ ...agreed, base: { P: ['2', '2'] }, pending: {} });
  });

  it('takes many at once, and the last of two of one pair', async () => {
    const many = Array.from({ length: 300 }, (_, at) => ({
      ...pair('Many__c', `main:${at}`, `id-${at}`),
      base: { N: [`${at}`, `${at}`] as const },
    }));
    const again = { ...pair('Many__c', 'main:7', 'id-7'), base: { N: ['x', 'x'] as const } };
    await Promise.all([
      state.twoWay.saveBase([...many, again]),
      state.twoWay.saveBase([...many].reverse()),
    ]);
    const found = await state.twoWay.syncBases(
      'Many__c',
      many.map(({ key }) => key),
    );
    expect(found.size).toBe(300);
    await state.twoWay.saveBase([...many, again]);
    expect((await known('Many__c', 'main:7'))?.base).toEqual({ N: ['x', 'x'] });
  });

  it('forgets what was refused of some records, and nothing else', async () => {
    const base = {
      N: ['1', '1'],
      'N refused': ['1', 'CODE why'],
      'S~ refused': ['2', 'B'],
    } as const;
    const pending = { S: ['', '2'] } as const;
    for (const key of ['main:1', 'main:2'])
      await state.twoWay.saveBase([{ ...pair('Refused__c', key), base, pending }]);
    await state.twoWay.saveBase([{ ...pair('Other__c', 'main:1'), base }]);
    await state.twoWay.forgetRefusals(['main:1', 'main:3']);
    await state.twoWay.forgetRefusals([]);
    expect(await known('Refused__c')).toMatchObject({ base: { N: ['1', '1'] }, pending });
    expect((await known('Refused__c'))?.base).toEqual({ N: ['1', '1'] });
    expect((await known('Other__c'))?.base).toEqual({ N: ['1', '1'] });
    expect((await known('Refused__c', 'main:2'))?.base).toEqual(base);
  });

  it('tells keys and objects apart, by their case too', async () => {
    await state.twoWay.saveBase([
      { ...pair('Case__c', 'main:1'), base: { N: ['1', '1'] } },
      { ...pair('Case__c', 'MAIN:1'), base: { N: ['2', '2'] } },
      { ...pair('Case2__c', 'main:1'), base: { N: ['3', '3'] } },
    ]);
    expect((await known('Case__c'))?.base).toEqual({ N: ['1', '1'] });
    expect((await known('Case__c', 'MAIN:1'))?.base).toEqual({ N: ['2', '2'] });
  });

  it('fault 1: what Salesforce told of several times is over once it was looked at, unless it tells again', async () => {
    await Promise.all(
      Array.from({ length: 5 }, () => state.twoWay.markDirty(['main:11', 'main:12'])),
    );
    await state.twoWay.markDirty(['main:11', 'main:11']);
    const told = await state.twoWay.dirty(['main:11', 'main:12', 'main:13']);
    expect(new Map([...told].sort())).toEqual(
      new Map([
        ['main:11', 6],
        ['main:12', 5],
      ]),
    );
    await state.twoWay.markDirty(['main:12']);
    await state.twoWay.clearDirty(told);
    expect(await state.twoWay.dirty(['main:11', 'main:12'])).toEqual(new Map([['main:12', 6]]));
    await state.twoWay.clearDirty(new Map());
    await state.twoWay.markDirty([]);
    expect((await state.twoWay.dirty([])).size).toBe(0);
  });

  it('remembers when a product was begun first, until that is over', async () => {
    const before = Date.now() - 60_000;
    await state.twoWay.beginCreations(['main:Product2:a', 'main:Product2:b']);
    const begun = await state.twoWay.begunCreations(['main:Product2:a', 'main:Product2:c']);
    expect([...begun.keys()]).toEqual(['main:Product2:a']);
    expect(begun.get('main:Product2:a')?.getTime()).toBeGreaterThan(before);
    await state.twoWay.beginCreations(['main:Product2:a']);
    expect(await state.twoWay.begunCreations(['main:Product2:a'])).toEqual(begun);
    await state.twoWay.endCreations(['main:Product2:a']);
    const left = await state.twoWay.begunCreations(['main:Product2:a', 'main:Product2:b']);
    expect([...left.keys()]).toEqual(['main:Product2:b']);
  });

  it('forgets with a creation what was sent of its record, and of no other', async () => {
    const keys = ['main:Product2:01t000000000001AAA', 'main:Product2:01t000000000002AAA'];
    const base = { 'Name<name': ['mug', 'mug'] } as const;
    await state.twoWay.saveBase(
      [...keys, 'main:90'].map((key) => ({ ...pair('Product2', key), base })),
    );
    await state.twoWay.endCreations(keys.slice(0, 1));
    const left = await state.twoWay.syncBases('Product2', [...keys, 'main:90']);
    expect([...left.keys()].sort()).toEqual(['main:90', keys[1]]);
  });

  it('finds the keys of a record, of whatever store and object', async () => {
    const known = { ...verified(null), parentKey: null, byId: false, readNumber: 1 };
    await state.didWrite(
      [
        { object: 'Product2', key: 'main:5', recordId: '01t5', ...known },
        { object: 'Product2', key: 'outlet:6', recordId: '01t5', ...known },
        { object: 'Product2', key: 'main:7', recordId: '01t7', ...known },
      ],
      [],
    );
    const found = await state.twoWay.linkedTo(['01t5', '01t9']);
    expect(found.map(({ object, key }) => `${object} ${key}`).sort()).toEqual([
      'Product2 main:5',
      'Product2 outlet:6',
    ]);
    expect(await state.twoWay.linkedTo([])).toEqual([]);
  });

  it('finds what was in step with a record, by whatever key, linked or not', async () => {
    const of = (key: string, recordId: string) => ({ object: 'Product2', key, recordId });
    const [own, other, another] = [
      of('main:5', '01t5'),
      of('outlet:6', '01t5'),
      of('main:7', '01t7'),
    ];
    await state.twoWay.saveBase([own, another].map((one) => ({ ...one, base: { N: ['a', 'b'] } })));
    await state.twoWay.savePending([{ ...other, pending: { N: ['c', 'd'] } }]);
    const found = await state.twoWay.basesOf(['01t5', '01t9']);
    expect(found.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { ...own, base: { N: ['a', 'b'] }, pending: {} },
      { ...other, base: {}, pending: { N: ['c', 'd'] } },
    ]);
    expect(await state.twoWay.basesOf([])).toEqual([]);
  });
});

describe.each(engines)('on $name', ({ start }) => {
  it('fault 46: the third version’s links and issues are there, with room for what goes both ways', async () => {
    const engine = await start();
    const before = await openDatabase(engine.location);
    await migrate(before, migrations.slice(0, 3));
    await before.query(
      `insert into woosync.link (object, key, record_id, hash, read_at)
       values ('Product2', 'main:1', '01t', 'h', now())`,
    );
    await before.query(
      `insert into woosync.issue
         (key, kind, store, resource, record_key, object, code, reason, cure, retry, attempts,
          first_seen, last_seen, state, version, news)
       values ('k', 'failed', 'main', 'product', 'main:1', 'Product2', 'X', '', '', 'never', 1,
          now(), now(), 'open', 1, 1)`,
    );
    await before.close();
    const state = await openState(engine.location);
    expect((await state.links('Product2', ['main:1'])).get('main:1')).toMatchObject({ hash: 'h' });
    const [issue] = await state.database.query('select * from woosync.issue');
    expect(issue).toMatchObject({ code: 'X', woo_value: null, salesforce_value: null });
    await state.twoWay.saveBase([{ ...pair('Product2'), base: { N: ['a', 'a'] } }]);
    expect(await state.twoWay.linkedTo(['01t'])).toHaveLength(1);
    await state.close();
    await engine.stop();
  });
});
