import { describe, expect, it } from 'vitest';
import {
  attentionRow,
  ATTENTION_LENGTHS,
} from '../../../../src/sync/report/attention/attention-row.ts';
import type { IssueCause } from '../../../../src/ports/issues.ts';
import { attentionsOf } from '../../../../src/sync/report/attention/attention.ts';
import type { StoreSnapshot } from '../../../../src/sync/report/status/store-snapshot.ts';
import { fieldLength, hasField, picklistOf } from '../../../support/field-lengths.ts';
import { heldMapping } from '../../../support/held.ts';
import { error, NOW } from '../status/snapshot.ts';
import { calm, cause, minutesAgo, used } from './attention-snapshot.ts';

const OBJECT = 'Woo_Attention__c';
const keysOf = (...overs: readonly Partial<StoreSnapshot>[]) =>
  attentionsOf(overs.map(calm)).map(({ key }) => key);

describe('what persons are needed for', () => {
  const parts = (over: Partial<IssueCause>) => cause({ code: 'PARENT_MISSING', ...over });
  it.each([
    [{}, []],
    [{ held: [heldMapping()] }, [/^(\*|main):mapping_held:\w+$/]],
    [{ storeOut: error('WOO_KEY_REFUSED') }, [/^main:key_refused:WOO_KEY_REFUSED$/]],
    [{ storeOut: error('STORE_INACTIVE') }, []],
    [{ salesMixed: error('PAID_STATUSES_CHANGED') }, [/^main:key_refused:PAID_STATUSES_CHANGED$/]],
    [{ storeOut: error('WOO_UNREACHABLE') }, []],
    [{ storeOut: error('WOO_UNREACHABLE'), lastSweep: minutesAgo(15) }, [/^main:store_late:$/]],
    [{ backlog: 2, oldest: minutesAgo(4) }, []],
    [{ backlog: 2, oldest: minutesAgo(5) }, [/^main:store_late:$/]],
    [{ backlog: 2, oldestBulk: minutesAgo(500), tellsNothing: true }, []],
    [{ backlog: 2, oldest: minutesAgo(5), loading: 'begins' }, []],
    [used(69), []],
    [used(70), [/^main:budget_70:$/]],
    [used(90), [/^main:budget_90:$/]],
    [{ apiCalls: { limit: 1000, remaining: 300 } }, [/^\*:budget_70:$/]],
    [{ apiCalls: null }, []],
    [{ causes: [cause({ oldest: minutesAgo(59) })] }, []],
    [{ causes: [cause({ oldest: minutesAgo(59) })], tellAfterMinutes: 30 }, [/^main:issue_lasts:/]],
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
    expect(keysOf(both, { ...both, store: 'outlet' })).toEqual(['*:budget_90:']);
    expect(keysOf(used(70), { store: 'outlet', ...used(70) })).toEqual([
      'main:budget_70:',
      'outlet:budget_70:',
    ]);
  });

  it('name the place of what holds a mapping once', () => {
    const held = heldMapping();
    const named = held.problems.map((one) => ({ ...one, message: 'Order_Total reads x.' }));
    const bodies = [held, { ...held, problems: named }].flatMap((one) =>
      attentionsOf([calm({ held: [one] })]).map((told) => attentionRow(told)['Body__c']),
    );
    expect(bodies).toEqual([
      'Order_Total: Total__c is written twice. Delete one of the two.',
      'Order_Total reads x. Delete one of the two.',
    ]);
  });

  it('are a shop that is stopped, and not its webhooks, where both have one reason', () => {
    const refused = { code: 'WOO_KEY_REFUSED', message: 'It is out.', cure: 'Mend it.' } as const;
    const over = { storeOut: error('WOO_KEY_REFUSED'), webhookProblem: refused };
    expect(attentionsOf([calm(over)])).toMatchObject([
      { title: 'Main shop is stopped: nothing of it is synced' },
    ]);
  });

  it('are all lists that are refused for one reason, in one matter', () => {
    const list = (name: string) => ({
      ...({ list: name, code: 'CONTENT_REFUSED', cure: 'Mend it.', times: 1 } as const),
    });
    const passing = { ...list('orders'), code: 'WOO_UNREACHABLE' as const };
    const lists = [list('content/post'), passing, list('content/page')];
    expect(attentionsOf([calm({ lists })])).toEqual([
      expect.objectContaining({
        key: 'main:key_refused:CONTENT_REFUSED',
        body: [{ why: '', cure: 'Mend it.' }],
        title: 'Main shop: content/post, content/page cannot be read',
      }),
    ]);
  });

  it.each([
    [1, 'Main shop: 1 record (order) cannot be synced (RECORD_BROKE)'],
    [2, 'Main shop: 2 records (order) cannot be synced (RECORD_BROKE)'],
  ])('%d: are counted in words', (count, title) => {
    expect(attentionsOf([calm({ causes: [cause({ count })] })])).toMatchObject([{ title }]);
  });

  it('are told once of calls that become free little by little', () => {
    const open = new Set(['*:budget_70:']);
    const found = (remaining: number) =>
      attentionsOf([calm({ apiCalls: { limit: 1000, remaining } })], (key) => open.has(key));
    expect(found(301).map(({ key }) => key)).toEqual(['*:budget_70:']);
    expect(found(330)).toHaveLength(1);
    expect(found(331)).toEqual([]);
    // One that is not open opens where the limit is reached.
    expect(found(101).map(({ key }) => key)).toEqual(['*:budget_70:']);
  });

  it('become rows that fit the deployed fields, without addresses', () => {
    const long = { ...cause(), cure: `ada@example.com ${'long '.repeat(500)}` };
    for (const one of attentionsOf([calm({ causes: [long], held: [heldMapping()] })])) {
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
