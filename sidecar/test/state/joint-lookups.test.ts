import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Link } from '../../src/ports/link.ts';
import { JointLookups } from '../../src/state/joint-lookups.ts';
import { linksBy } from '../../src/state/links.ts';
import { type DurableState, openState, type SavedLink } from '../../src/state/state.ts';
import { type Engine, engines } from './support/engines.ts';
import { verified } from '../support/links.ts';

function link(object: string, key: string, more: Partial<SavedLink> = {}): SavedLink {
  const known = { ...verified('h1'), parentKey: null, byId: false, readNumber: 5 };
  return { object, key, recordId: `${object}-${key}`, ...known, ...more };
}

const idsOf = (links: readonly Link[]) => links.map(({ recordId }) => recordId).sort();

describe.each(engines)('look-ups that come together on $name', ({ start }) => {
  let engine: Engine;
  let state: DurableState;
  let statements = 0;

  const lookups = (column: 'key' | 'parent_key' = 'key') =>
    new JointLookups(
      {
        query: (sql, values) => {
          statements += 1;
          return state.database.query(sql, values);
        },
      },
      linksBy(column),
    );

  beforeAll(async () => {
    engine = await start();
    state = await openState(engine.location);
    const saved = ['A', 'B'].flatMap((object) =>
      ['main:1', 'main:2', 'main:3'].map((key) =>
        link(object, key, { parentKey: key === 'main:3' ? null : 'main:9' }),
      ),
    );
    await state.didWrite(saved, []);
  });
  afterAll(async () => {
    await state.close();
    await engine.stop();
  });

  it('are one statement, and each gets its own and no other’s', async () => {
    const links = lookups();
    statements = 0;
    const found = await Promise.all([
      links.find('A', ['main:1', 'main:2']),
      links.find('B', ['main:2', 'main:4']),
      links.find('A', ['main:2', 'main:3']),
      links.find('Nothing__c', ['main:1']),
      links.find('A', []),
    ]);
    expect(statements).toBe(1);
    expect(found.map(idsOf)).toEqual([
      ['A-main:1', 'A-main:2'],
      ['B-main:2'],
      ['A-main:2', 'A-main:3'],
      [],
      [],
    ]);
  });

  it('are what the state asks for links, owners and sync bases', async () => {
    const query = vi.spyOn(state.database, 'query');
    try {
      await Promise.all(['A', 'B', 'C'].map((object) => state.links(object, ['main:1'])));
      expect(query).toHaveBeenCalledTimes(1);
      await Promise.all(['A', 'B'].map((object) => state.children(object, ['main:9'])));
      expect(query).toHaveBeenCalledTimes(2);
      await Promise.all(['A', 'B'].map((object) => state.twoWay.syncBases(object, ['main:1'])));
      expect(query).toHaveBeenCalledTimes(3);
    } finally {
      query.mockRestore();
    }
  });

  it('are told apart by owners too', async () => {
    const children = lookups('parent_key');
    const found = await Promise.all([
      children.find('A', ['main:9']),
      children.find('B', ['main:9', 'main:8']),
      children.find('A', ['main:8']),
    ]);
    expect(found.map(idsOf)).toEqual([['A-main:1', 'A-main:2'], ['B-main:1', 'B-main:2'], []]);
  });

  it('see what was saved before they were asked for, and one that comes later is asked anew', async () => {
    const links = lookups();
    statements = 0;
    expect(idsOf(await links.find('C', ['main:7']))).toEqual([]);
    await state.didWrite([link('C', 'main:7')], []);
    expect(idsOf(await links.find('C', ['main:7']))).toEqual(['C-main:7']);
    expect(statements).toBe(2);
  });

  it('do not fail with one that the database refuses', async () => {
    const links = lookups();
    const [good, bad] = await Promise.allSettled([
      links.find('A', ['main:1']),
      links.find('B', ['\u0000']),
    ]);
    expect(good).toMatchObject({ status: 'fulfilled', value: [{ recordId: 'A-main:1' }] });
    expect(bad.status).toBe('rejected');
  });

  it('fail alone where there is one, and all where nothing is answered', async () => {
    const broken = new JointLookups(
      { query: () => Promise.reject(new Error('gone')) },
      linksBy('key'),
    );
    await expect(broken.find('A', ['main:1'])).rejects.toThrow('gone');
    const all = await Promise.allSettled(
      ['A', 'B'].map((object) => broken.find(object, ['main:1'])),
    );
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
