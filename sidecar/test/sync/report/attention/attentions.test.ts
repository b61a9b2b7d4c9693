import { describe, expect, it } from 'vitest';
import type { CodedError } from '../../../../src/errors/coded-error.ts';
import type { ItemResult } from '../../../../src/ports/org.ts';
import {
  type AttentionNews,
  Attentions,
} from '../../../../src/sync/report/attention/attentions.ts';
import type { OwnRow } from '../../../../src/sync/report/own-objects.ts';
import type { StoreSnapshot } from '../../../../src/sync/report/status/store-snapshot.ts';
import { heldMapping } from '../../../support/held.ts';
import { MemoryState } from '../../../support/memory-state.ts';
import { error, NOW } from '../status/snapshot.ts';
import { calm, cause, minutesAgo, used } from './attention-snapshot.ts';

/** The states that are written, in order. */
const statesIn = ({ opened, solved }: AttentionNews) =>
  [...opened, ...solved.map(({ fields }) => fields)].map((row) => row['State__c']);

/** Record ids that tell the key. */
const idOf = (key: unknown) => `a09 ${String(key)}`;

const takenOf = ({ opened, solved }: AttentionNews): readonly ItemResult[] =>
  [...opened.map((row) => idOf(row['Cause_Key__c'])), ...solved.map(({ id }) => id)].map((id) => ({
    id,
    created: false,
    errors: [],
  }));

const keysIn = (
  { opened, solved }: AttentionNews,
  isShown: (row: OwnRow) => boolean = () => true,
) => [
  ...opened.filter(isShown).map((row) => `open ${String(row['Cause_Key__c'])}`),
  ...solved.map(({ id }) => id.replace('a09', 'solved')),
];

describe('Attentions', () => {
  const taken: ItemResult = { id: 'a09', created: true, errors: [] };
  const no = { code: 'INVALID_FIELD', kind: 'setup', message: 'No.', fields: [] } as const;
  const refused: ItemResult = { id: null, created: false, errors: [no] };

  function world(open: readonly string[] = []) {
    const queries: (readonly string[])[] = [];
    const org = {
      queries: (soql: readonly string[]) => {
        queries.push(soql);
        const since = NOW.toISOString();
        return Promise.resolve([
          open.map((key) => ({ Id: idOf(key), Cause_Key__c: key, Since__c: since })),
        ]);
      },
    };
    const parts = { org, state: new MemoryState() };
    const look = async (attentions: Attentions, over: Partial<StoreSnapshot>, result = taken) => {
      const news = await attentions.news([calm(over)], over.now ?? NOW);
      await news.begin();
      await news.said([...news.opened, ...news.solved].map(() => result));
      return { isNews: news.isNews, rows: statesIn(news) };
    };
    return { parts, queries, look };
  }

  it('open once, stay quiet, and are solved once, whichever process sees it', async () => {
    const { parts, look } = world();
    expect(await look(new Attentions(parts), used(70))).toEqual({ isNews: true, rows: ['open'] });
    expect((await look(new Attentions(parts), used(71))).isNews).toBe(false);
    expect(await look(new Attentions(parts), {})).toEqual({ isNews: true, rows: ['solved'] });
    expect(await look(new Attentions(parts), {})).toEqual({ isNews: false, rows: [] });
  });

  it('of the calls of the org open once while these swing about the limit', async () => {
    const { parts, look } = world();
    const left = (remaining: number) => ({ apiCalls: { limit: 1000, remaining } });
    expect(await look(new Attentions(parts), left(300))).toEqual({ isNews: true, rows: ['open'] });
    expect((await look(new Attentions(parts), left(301))).isNews).toBe(false);
    expect((await look(new Attentions(parts), left(300))).isNews).toBe(false);
    expect(await look(new Attentions(parts), left(400))).toEqual({
      isNews: true,
      rows: ['solved'],
    });
  });

  it.each([
    ['a late store', { backlog: 1, oldest: minutesAgo(20) }],
    ['an issue that lasts', { causes: [cause()] }],
  ])('of %s are solved after ten minutes of calm, over a restart', async (_, bad) => {
    const { parts, look } = world();
    const later = (minutes: number, over: Partial<StoreSnapshot> = {}) =>
      look(new Attentions(parts), { ...over, now: minutesAgo(-minutes) });
    expect(await later(0, bad)).toEqual({ isNews: true, rows: ['open'] });
    const quiet = { isNews: false, rows: [] };
    expect(await later(1)).toEqual(quiet);
    expect(await later(10)).toEqual(quiet);
    // It comes back: the calm counts anew, and nothing rings.
    expect(await later(10.5, bad)).toEqual({ isNews: false, rows: ['open'] });
    expect(await later(12)).toEqual(quiet);
    expect(await later(21)).toEqual(quiet);
    expect(await later(22)).toEqual({ isNews: true, rows: ['solved'] });
    expect(await later(23)).toEqual(quiet);
    expect(await later(24, bad)).toEqual({ isNews: true, rows: ['open'] });
  });

  it.each([
    ['a stopped shop', { storeOut: error('WOO_KEY_REFUSED') }],
    ['a budget', used(70)],
    ['a held mapping', { held: [heldMapping()] }],
  ])('of %s that is solved and comes back within ten minutes ring once', async (_, bad) => {
    const { parts, look } = world();
    const later = (seconds: number, over: Partial<StoreSnapshot> = {}) =>
      look(new Attentions(parts), { ...over, now: minutesAgo(-seconds / 60) });
    expect(await later(0, bad)).toEqual({ isNews: true, rows: ['open'] });
    expect(await later(15)).toEqual({ isNews: true, rows: ['solved'] });
    for (const seconds of [30, 75, 600])
      expect(await later(seconds, bad)).toEqual({ isNews: false, rows: [] });
    expect(await later(614)).toEqual({ isNews: false, rows: [] });
    expect(await later(616, bad)).toEqual({ isNews: true, rows: ['open'] });
  });

  it('of one store wait for it alone', async () => {
    const { parts } = world();
    const news = async (seconds: number, main: number, outlet: number) => {
      const attentions = new Attentions(parts);
      const stores = [calm(used(main)), { ...calm(used(outlet)), store: 'outlet' }];
      const found = await attentions.news(stores, minutesAgo(-seconds / 60));
      await found.said(takenOf(found));
      return keysIn(found);
    };
    expect(await news(0, 70, 0)).toEqual(['open main:budget_70:']);
    expect(await news(10, 0, 0)).toEqual(['solved main:budget_70:']);
    expect(await news(20, 70, 70)).toEqual(['open outlet:budget_70:']);
  });

  describe('of mappings that are held', () => {
    const mapping = (name: string, store: string | null = null) =>
      heldMapping({ name, label: `The ${name}`, store });
    async function heard(...looks: readonly (readonly ReturnType<typeof mapping>[])[]) {
      const { parts } = world();
      const all: string[][] = [];
      for (const [at, held] of looks.entries()) {
        const attentions = new Attentions(parts);
        const stores = ['main', 'outlet'].map((store) => ({
          ...calm({ held: held.filter((one) => [null, store].includes(one.store)) }),
          store,
        }));
        const news = await attentions.news(stores, minutesAgo(-20 * at));
        await news.said(takenOf(news));
        all.push([...keysIn(news, (row) => 'Since__c' in row)].sort());
      }
      return all;
    }

    it('by one deploy ring once, and are solved when the last of them is', async () => {
      const twenty = Array.from({ length: 20 }, (_, at) => mapping(`M${at + 10}`));
      expect(await heard(twenty, twenty, twenty.slice(19), [])).toEqual([
        ['open *:mapping_held:M10'],
        [],
        [],
        ['solved *:mapping_held:M10'],
      ]);
    });

    it('by another deploy ring anew, also the first one of those before', async () => {
      const [a, b, c, d] = [mapping('A'), mapping('B'), mapping('C'), mapping('D')];
      expect(await heard([a, b], [a, b, c, d], [b, c, d], [a, b, c, d], [])).toEqual([
        ['open *:mapping_held:A'],
        ['open *:mapping_held:C'],
        [],
        // Nothing else is new: it joins those with which it was held before.
        [],
        ['solved *:mapping_held:A', 'solved *:mapping_held:C'],
      ]);
    });

    it('of two stores ring for each', async () => {
      const all = [mapping('A', 'main'), mapping('B', 'outlet'), mapping('C', 'outlet')];
      expect(await heard(all)).toEqual([
        ['open main:mapping_held:A', 'open outlet:mapping_held:B'],
      ]);
    });
  });

  it('are solved by a process that wrote the status while they were calm', async () => {
    const { parts, look } = world();
    const attentions = new Attentions(parts);
    await look(attentions, { backlog: 1, oldest: minutesAgo(20) });
    await look(attentions, {});
    expect((await look(attentions, { now: minutesAgo(-10) })).isNews).toBe(true);
  });

  it('of an issue stay while records of it heal and others fail', async () => {
    const { parts, look } = world();
    const attentions = new Attentions(parts);
    const failing = (minutes: number) => ({ causes: [cause({ oldest: minutesAgo(minutes) })] });
    await look(attentions, failing(61));
    for (const now of [minutesAgo(0), minutesAgo(-30)])
      expect(await look(attentions, { ...failing(5), now })).toEqual({
        isNews: false,
        rows: ['open'],
      });
  });

  it('that open anew are not solved any more, and leave to the org what it says of telling', async () => {
    const { parts } = world();
    const attentions = new Attentions(parts);
    const left = { Solved_At__c: null };
    const first = await attentions.news([calm(used(70))], NOW);
    expect(first.opened).toEqual([expect.objectContaining(left)]);
    // The answer is lost: what was written comes again, after somebody was told.
    const again = await new Attentions(parts).news([calm(used(70))], NOW);
    expect(again.opened).toEqual(first.opened);
    for (const row of again.opened) {
      expect(row).not.toHaveProperty('Told__c');
      expect(row).not.toHaveProperty('Told_At__c');
    }
    await first.said([taken]);
    const [row = {}] = (await attentions.news([calm(used(71))], NOW)).opened;
    expect(Object.keys(row).filter((field) => field in left)).toEqual([]);
  });

  it('that stand open in Salesforce are solved after the state was lost; the org is asked once', async () => {
    const { parts, queries, look } = world(['main:budget_70:']);
    const attentions = new Attentions(parts);
    expect(await look(attentions, {})).toEqual({ isNews: true, rows: ['solved'] });
    await look(attentions, {});
    expect(queries).toHaveLength(1);
    // The org itself opens and solves that one: the service is not there to do so.
    expect(queries[0]?.[0]).toContain("Cause__c != 'service_silent'");
  });

  it.each([
    ['records to decide', 'conflict', { toDecide: true }],
    ['an issue that lasts', 'issue_lasts', {}],
  ])('of %s stay where the state was lost, until the records were read', async (_, of, more) => {
    const { parts, look } = world([`main:${of}:order.RECORD_BROKE`, 'main:budget_70:']);
    const reading = { lastSweep: null, loading: { list: 'orders', read: 1, total: 9 } } as const;
    // What was told of other matters does not hang on the records.
    expect((await look(new Attentions(parts), reading)).rows).toEqual(['solved']);
    expect((await look(new Attentions(parts), { ...reading, now: minutesAgo(-60) })).rows).toEqual(
      [],
    );
    const found = { causes: [cause(more)], now: minutesAgo(-61) };
    expect(await look(new Attentions(parts), found)).toEqual({ isNews: false, rows: ['open'] });
    const over = (at: number) => look(new Attentions(parts), { now: minutesAgo(-at) });
    await over(62);
    expect((await parts.state.cursor('*', 'standing:attention')) === null).toBe(false);
    await over(73);
    expect(await parts.state.cursor('*', 'standing:attention')).toEqual({});
  });

  it('of records to decide are solved while a later load is under way', async () => {
    const { parts, look } = world(['main:conflict:order.RECORD_BROKE']);
    const loading = { loading: { list: 'orders', read: 1, total: 9 }, lastSweep: NOW } as const;
    expect((await look(new Attentions(parts), loading)).rows).toEqual(['solved']);
  });

  it('are none where the org lacks the object, and unknown where the org is out', async () => {
    const { parts, look } = world();
    const refuse = (code: ConstructorParameters<typeof CodedError>[0]) => {
      parts.org.queries = () => Promise.reject(error(code));
    };
    refuse('SF_UNREACHABLE');
    await expect(look(new Attentions(parts), {})).rejects.toMatchObject({
      code: 'SF_UNREACHABLE',
    });
    expect(await parts.state.cursor('*', 'standing:attention')).toBeNull();
    refuse('INVALID_TYPE');
    expect(await look(new Attentions(parts), {})).toEqual({ isNews: false, rows: [] });
  });

  it('of which Salesforce says nothing are not taken for open', async () => {
    const { parts } = world();
    const attentions = new Attentions(parts);
    await (await attentions.news([calm(used(70))], NOW)).said([]);
    const [row] = (await attentions.news([calm(used(70))], NOW)).opened;
    expect(row).toHaveProperty('Since__c');
  });

  it('that Salesforce refuses are no news where they come in another order', async () => {
    const { parts, look } = world();
    const attentions = new Attentions(parts);
    const [one, other] = [cause(), cause({ code: 'RECORD_IS_ANOTHER' })];
    expect((await look(attentions, { causes: [one, other] }, refused)).isNews).toBe(true);
    expect((await look(attentions, { causes: [other, one] }, refused)).isNews).toBe(false);
  });

  it('whose opening was taken, and the answer lost, are not opened again, and are solved', async () => {
    for (const isThere of [true, false]) {
      const open: string[] = [];
      const { parts, queries, look } = world(open);
      await look(new Attentions(parts), {});
      // Where none opens, nothing can be lost.
      await (await new Attentions(parts).news([calm()], NOW)).begin();
      const lost = await new Attentions(parts).news([calm(used(70))], NOW);
      await lost.begin();
      open.push('main:budget_70:');
      const found = await look(new Attentions(parts), isThere ? used(70) : {});
      expect(found).toEqual({ isNews: !isThere, rows: [isThere ? 'open' : 'solved'] });
      await look(new Attentions(parts), isThere ? used(70) : {});
      expect(queries).toHaveLength(2);
    }
  });

  it('that Salesforce refuses are tried with the next news, and not each time', async () => {
    const { parts, look } = world();
    const attentions = new Attentions(parts);
    expect((await look(attentions, used(70), refused)).isNews).toBe(true);
    // Salesforce does not have it, so that another process tries it, too.
    expect((await look(new Attentions(parts), used(70), refused)).isNews).toBe(true);
    expect((await look(attentions, used(70), refused)).isNews).toBe(false);
    expect(await look(attentions, used(90))).toEqual({ isNews: true, rows: ['open'] });
  });

  it('that somebody has deleted are over, and not made anew without a title', async () => {
    const { parts, look } = world();
    const attentions = new Attentions(parts);
    await look(attentions, used(70));
    const solving = await attentions.news([calm()], NOW);
    expect(solving.opened).toEqual([]);
    expect(solving.solved).toMatchObject([{ id: 'a09', fields: { State__c: 'solved' } }]);
    const gone = { ...no, code: 'ENTITY_IS_DELETED', kind: 'reference' } as const;
    await solving.said([{ id: null, created: false, errors: [gone] }]);
    expect(await look(attentions, {})).toEqual({ isNews: false, rows: [] });
  });

  it('that an earlier version has kept without their ids are asked of the org', async () => {
    const { parts, queries, look } = world(['main:budget_70:']);
    await parts.state.saveCursor('*', 'standing:attention', { 'main:budget_70:': null });
    expect((await look(new Attentions(parts), used(70))).isNews).toBe(false);
    expect(await look(new Attentions(parts), {})).toEqual({ isNews: true, rows: ['solved'] });
    expect(queries).toHaveLength(1);
  });

  it('of a budget come one after the other, and the last alone where it is reached at once', async () => {
    const one = world();
    expect(await one.look(new Attentions(one.parts), used(75))).toMatchObject({ rows: ['open'] });
    const both = { isNews: true, rows: ['open', 'open'] };
    expect(await one.look(new Attentions(one.parts), used(95))).toEqual(both);
    const other = world();
    const alone = { isNews: true, rows: ['open'] };
    expect(await other.look(new Attentions(other.parts), used(95))).toEqual(alone);
    expect(await other.look(new Attentions(other.parts), used(96))).toMatchObject({
      isNews: false,
    });
  });
});
