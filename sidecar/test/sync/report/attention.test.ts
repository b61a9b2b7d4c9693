import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { ItemResult } from '../../../src/ports/org.ts';
import type { IssueCause } from '../../../src/ports/issues.ts';
import {
  attentionRow,
  ATTENTION_LENGTHS,
} from '../../../src/sync/report/attention/attention-row.ts';
import { attentionsOf } from '../../../src/sync/report/attention/attention.ts';
import { Attentions } from '../../../src/sync/report/attention/attentions.ts';
import type { StoreSnapshot } from '../../../src/sync/report/status/store-snapshot.ts';
import { fieldLength, hasField, picklistOf } from '../../support/field-lengths.ts';
import { heldMapping } from '../../support/held.ts';
import { MemoryState } from '../../support/memory-state.ts';

const OBJECT = 'Woo_Attention__c';
const NOW = new Date('2026-11-24T12:00:00Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const error = (code: ConstructorParameters<typeof CodedError>[0]) =>
  new CodedError(code, 'It is out.', 'Mend it.');
const cause = (over: Partial<IssueCause> = {}): IssueCause => ({
  ...{ store: 'main', resource: 'order', code: 'RECORD_BROKE', cure: 'Mend it.', count: 3 },
  ...{ oldest: ago(61), toDecide: false, ...over },
});

function snapshot(over: Partial<StoreSnapshot> = {}): StoreSnapshot {
  return {
    ...{ store: 'main', label: 'Main shop', now: NOW, orgOut: null, storeOut: null },
    ...{ loading: null, webhookProblem: null, lists: [], backlog: 0, oldest: null },
    ...{ oldestBulk: null, tellsNothing: false },
    ...{ lastEvent: ago(1), lastSweep: ago(1), webhooks: null, openIssues: 0, held: [] },
    ...{ apiCalls: { limit: 1000, remaining: 900 }, callsLeft: null, reconciled: null },
    ...{ budget: { limit: 100, used: 0, forecast: 0, backfillWaits: false }, nextSeen: null },
    ...{ configuration: null, causes: [], tellAfterMinutes: null, silentMinutes: null },
    ...{ proofs: [], mappings: [], salesMixed: null },
    ...over,
  };
}

const used = (calls: number) => ({
  budget: { limit: 100, used: calls, forecast: 0, backfillWaits: false },
});
const keysOf = (...overs: readonly Partial<StoreSnapshot>[]) =>
  attentionsOf(overs.map(snapshot)).map(({ key }) => key);

describe('what persons are needed for', () => {
  const parts = (over: Partial<IssueCause>) => cause({ code: 'PARENT_MISSING', ...over });
  it.each([
    [{}, []],
    [{ held: [heldMapping()] }, [/^(\*|main):mapping_held:\w+$/]],
    [{ storeOut: error('WOO_KEY_REFUSED') }, [/^main:key_refused:WOO_KEY_REFUSED$/]],
    [{ storeOut: error('STORE_INACTIVE') }, []],
    [{ salesMixed: error('PAID_STATUSES_CHANGED') }, [/^main:key_refused:PAID_STATUSES_CHANGED$/]],
    [{ storeOut: error('WOO_UNREACHABLE') }, []],
    [{ storeOut: error('WOO_UNREACHABLE'), lastSweep: ago(15) }, [/^main:store_late:$/]],
    [{ backlog: 2, oldest: ago(4) }, []],
    [{ backlog: 2, oldest: ago(5) }, [/^main:store_late:$/]],
    [{ backlog: 2, oldestBulk: ago(500), tellsNothing: true }, []],
    [{ backlog: 2, oldest: ago(5), loading: 'begins' }, []],
    [used(69), []],
    [used(70), [/^main:budget_70:$/]],
    [used(90), [/^main:budget_70:$/, /^main:budget_90:$/]],
    [{ apiCalls: { limit: 1000, remaining: 300 } }, [/^\*:budget_70:$/]],
    [{ apiCalls: null }, []],
    [{ causes: [cause({ oldest: ago(59) })] }, []],
    [{ causes: [cause({ oldest: ago(59) })], tellAfterMinutes: 30 }, [/^main:issue_lasts:/]],
    [{ causes: [cause({ count: 10_000 })] }, [/^main:issue_lasts:order\.RECORD_BROKE$/]],
    [{ causes: [cause({ toDecide: true, oldest: NOW })] }, [/^main:conflict:order\./]],
    [{ causes: [parts({ resource: 'order_item' })] }, [/^main:issue_lasts:order_item\./]],
    [{ causes: [parts({ resource: 'order_item' }), cause()] }, [/^main:issue_lasts:order\./]],
    [{ causes: [parts({ resource: 'refund' }), cause()] }, [/^main:issue_lasts:order\./]],
    [
      { causes: [parts({ resource: 'refund' }), cause({ resource: 'product' })] },
      [/^main:issue_lasts:refund\./, /^main:issue_lasts:product\./],
    ],
  ] as const)('%#: %o', (over, keys) => {
    const found = keysOf(over);
    expect(found).toHaveLength(keys.length);
    for (const [at, key] of keys.entries()) expect(found[at]).toMatch(key);
  });

  it('are told once where two stores have them together, and for each where each has its own', () => {
    const both = { apiCalls: { limit: 10, remaining: 0 } };
    expect(keysOf(both, { ...both, store: 'outlet' })).toEqual(['*:budget_70:', '*:budget_90:']);
    expect(keysOf(used(70), { store: 'outlet', ...used(70) })).toEqual([
      'main:budget_70:',
      'outlet:budget_70:',
    ]);
  });

  it('name the place of what holds a mapping once', () => {
    const held = heldMapping();
    const named = held.problems.map((one) => ({ ...one, message: 'Order_Total reads x.' }));
    const bodies = [held, { ...held, problems: named }].flatMap((one) =>
      attentionsOf([snapshot({ held: [one] })]).map((told) => attentionRow(told)['Body__c']),
    );
    expect(bodies).toEqual([
      'Order_Total: Total__c is written twice. Delete one of the two.',
      'Order_Total reads x. Delete one of the two.',
    ]);
  });

  it('are a shop that is stopped, and not its webhooks, where both have one reason', () => {
    const refused = { code: 'WOO_KEY_REFUSED', message: 'It is out.', cure: 'Mend it.' } as const;
    const over = { storeOut: error('WOO_KEY_REFUSED'), webhookProblem: refused };
    expect(attentionsOf([snapshot(over)])).toMatchObject([
      { title: 'Main shop is stopped: nothing of it is synced' },
    ]);
  });

  it('are all lists that are refused for one reason, in one matter', () => {
    const list = (name: string) => ({
      ...({ list: name, code: 'CONTENT_REFUSED', cure: 'Mend it.', times: 1 } as const),
    });
    const passing = { ...list('orders'), code: 'WOO_UNREACHABLE' as const };
    const lists = [list('content/post'), passing, list('content/page')];
    expect(attentionsOf([snapshot({ lists })])).toEqual([
      expect.objectContaining({
        ...{ key: 'main:key_refused:CONTENT_REFUSED', body: [{ why: '', cure: 'Mend it.' }] },
        title: 'Main shop: content/post, content/page cannot be read',
      }),
    ]);
  });

  it.each([
    [1, 'Main shop: 1 record (order) cannot be synced (RECORD_BROKE)'],
    [2, 'Main shop: 2 records (order) cannot be synced (RECORD_BROKE)'],
  ])('%d: are counted in words', (count, title) => {
    expect(attentionsOf([snapshot({ causes: [cause({ count })] })])).toMatchObject([{ title }]);
  });

  it('are told once of calls that become free little by little', () => {
    const open = new Set(['*:budget_70:']);
    const found = (remaining: number) =>
      attentionsOf([snapshot({ apiCalls: { limit: 1000, remaining } })], (key) => open.has(key));
    expect(found(301).map(({ key }) => key)).toEqual(['*:budget_70:']);
    expect(found(330)).toHaveLength(1);
    expect(found(331)).toEqual([]);
    // One that is not open opens where the limit is reached.
    expect(found(101).map(({ key }) => key)).toEqual(['*:budget_70:']);
  });

  it('become rows that fit the deployed fields, without addresses', () => {
    const long = { ...cause(), cure: `ada@example.com ${'long '.repeat(500)}` };
    for (const one of attentionsOf([snapshot({ causes: [long], held: [heldMapping()] })])) {
      const row = attentionRow(one);
      expect(Object.keys(row).filter((field) => !hasField(OBJECT, field))).toEqual([]);
      expect(JSON.stringify(row)).not.toContain('ada@example.com');
      expect(picklistOf(OBJECT, 'Cause__c')).toContain(row['Cause__c']);
      for (const [field, most] of Object.entries(ATTENTION_LENGTHS)) {
        expect(fieldLength(OBJECT, field)).toBe(most);
        expect(String(row[field] ?? '').length).toBeLessThanOrEqual(most);
      }
    }
  });
});

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
      const news = await attentions.news([snapshot(over)], over.now ?? NOW);
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
    ['a late store', { backlog: 1, oldest: ago(20) }],
    ['an issue that lasts', { causes: [cause()] }],
  ])('of %s are solved after ten minutes of calm, over a restart', async (_, bad) => {
    const { parts, look } = world();
    const later = (minutes: number, over: Partial<StoreSnapshot> = {}) =>
      look(new Attentions(parts), { ...over, now: ago(-minutes) });
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
    await look(attentions, { backlog: 1, oldest: ago(20) });
    await look(attentions, {});
    expect((await look(attentions, { now: ago(-10) })).isNews).toBe(true);
  });

  it('of an issue stay while records of it heal and others fail', async () => {
    const { parts, look } = world();
    const attentions = new Attentions(parts);
    const failing = (minutes: number) => ({ causes: [cause({ oldest: ago(minutes) })] });
    await look(attentions, failing(61));
    for (const now of [ago(0), ago(-30)])
      expect(await look(attentions, { ...failing(5), now })).toEqual({
        isNews: false,
        rows: ['open'],
      });
  });

  it('that open anew are not solved any more, and leave to the org what it says of telling', async () => {
    const { parts } = world();
    const attentions = new Attentions(parts);
    const left = { Solved_At__c: null };
    const first = await attentions.news([snapshot(used(70))], NOW);
    expect(first.rows).toEqual([expect.objectContaining(left)]);
    // The answer is lost: what was written comes again, after somebody was told.
    const again = await new Attentions(parts).news([snapshot(used(70))], NOW);
    expect(again.rows).toEqual(first.rows);
    for (const row of again.rows) {
      expect(row).not.toHaveProperty('Told__c');
      expect(row).not.toHaveProperty('Told_At__c');
    }
    await first.said([taken]);
    const [row = {}] = (await attentions.news([snapshot(used(71))], NOW)).rows;
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
    await (await attentions.news([snapshot(used(70))], NOW)).said([]);
    const [row] = (await attentions.news([snapshot(used(70))], NOW)).rows;
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
      await (await new Attentions(parts).news([snapshot()], NOW)).begin();
      const lost = await new Attentions(parts).news([snapshot(used(70))], NOW);
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
