import { describe, expect, it } from 'vitest';
import type { CodedError } from '../../../../src/errors/coded-error.ts';
import type { ItemResult } from '../../../../src/ports/org.ts';
import { Attentions } from '../../../../src/sync/report/attention/attentions.ts';
import type { StoreSnapshot } from '../../../../src/sync/report/status/store-snapshot.ts';
import { MemoryState } from '../../../support/memory-state.ts';
import { error, NOW } from '../status/snapshot.ts';
import { calm, cause, minutesAgo, used } from './attention-snapshot.ts';

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
        return Promise.resolve([open.map((key) => ({ Cause_Key__c: key, Since__c: since }))]);
      },
    };
    const parts = { org, state: new MemoryState() };
    const look = async (attentions: Attentions, over: Partial<StoreSnapshot>, result = taken) => {
      const news = await attentions.news([calm(over)], over.now ?? NOW);
      await news.begin();
      await news.said(news.rows.map(() => result));
      return { isNews: news.isNews, rows: news.rows.map((row) => row['State__c']) };
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
    expect(first.rows).toEqual([expect.objectContaining(left)]);
    // The answer is lost: what was written comes again, after somebody was told.
    const again = await new Attentions(parts).news([calm(used(70))], NOW);
    expect(again.rows).toEqual(first.rows);
    for (const row of again.rows) {
      expect(row).not.toHaveProperty('Told__c');
      expect(row).not.toHaveProperty('Told_At__c');
    }
    await first.said([taken]);
    const [row = {}] = (await attentions.news([calm(used(71))], NOW)).rows;
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
    const [row] = (await attentions.news([calm(used(70))], NOW)).rows;
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
    expect(await look(attentions, used(90))).toEqual({ isNews: true, rows: ['open', 'open'] });
  });
});
