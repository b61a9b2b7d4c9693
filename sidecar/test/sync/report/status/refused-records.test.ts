import { describe, expect, it } from 'vitest';
import type { IssueCause } from '../../../../src/ports/issues.ts';
import type { MappingStanding } from '../../../../src/sync/report/status/mapping-lines.ts';
import { statusRow } from '../../../../src/sync/report/status/status-row.ts';
import { ago, NOW, snapshot } from './snapshot.ts';

const cause = (count: number, over: Partial<IssueCause> = {}): IssueCause => ({
  store: 'main',
  resource: 'order',
  code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  cure: 'Mend.',
  count,
  oldest: ago(600),
  toDecide: false,
  ...over,
});

const mapping = (written: Date | null, over: Partial<MappingStanding> = {}): MappingStanding => ({
  name: 'Order',
  label: 'Orders',
  resource: 'order',
  state: 'active',
  written: written?.toISOString() ?? null,
  ...over,
});

const stateWith = (causes: readonly IssueCause[], mappings: readonly MappingStanding[]) => {
  const { State__c, Message__c } = statusRow(snapshot({ causes, mappings }));
  return `${String(State__c)}: ${String(Message__c)}`;
};

const ALL =
  /^attention: Nothing of order is written since 2026-11-24 11:50 UTC: \d+ records are refused \(FIELD_CUSTOM_VALIDATION_EXCEPTION\)\. See the open issues\.$/;

describe('a store whose records are refused', () => {
  it.each([
    ['never one was written', 9298, null],
    ['none was written since', 3, ago(3600)],
  ])('is not healthy where %s', (_, count, written) => {
    expect(stateWith([cause(count)], [mapping(written)])).toMatch(ALL);
  });

  it('is not healthy where many are, though others are written', () => {
    expect(stateWith([cause(20)], [mapping(NOW)])).toBe(
      'attention: 20 records (order) are refused (FIELD_CUSTOM_VALIDATION_EXCEPTION). See the open issues.',
    );
  });

  it.each([
    ['single ones are', [cause(2)], [mapping(null)]],
    ['others are written meanwhile', [cause(19)], [mapping(ago(300))]],
    // What is written within a minute of what was noted is not noted.
    ['others may have been written meanwhile', [cause(3)], [mapping(ago(630))]],
    ['another mapping of the same records writes', [cause(3)], [mapping(null), mapping(NOW)]],
    ['each fails for another reason', [cause(15), cause(15, { code: 'X' })], [mapping(NOW)]],
    ['a person is asked', [cause(50, { toDecide: true })], [mapping(null)]],
    ['drafts do not reach the shop', [cause(4, { code: 'DRAFT_LINES' })], [mapping(null)]],
    [
      'they are few beside drafts',
      [cause(4, { code: 'DRAFT_LINES' }), cause(2)],
      [mapping(ago(3600))],
    ],
    ['its mapping is held', [cause(3)], [mapping(null, { state: 'held' })]],
  ])('is healthy where %s', (_, causes, mappings) => {
    expect(stateWith(causes, mappings)).toBe('healthy: null');
  });

  it('has not been so since the latest of them, but since the first', () => {
    const causes = [cause(5, { oldest: ago(60), code: 'X' }), cause(9)];
    expect(stateWith(causes, [mapping(null)])).toMatch(
      / is written since 2026-11-24 11:50 UTC: 14 /,
    );
  });

  it('says of what waits for a person since the shop went back that alone', () => {
    const said = stateWith([cause(50, { code: 'RECORD_WENT_BACK' })], [mapping(null)]);
    expect(said).toMatch(/^attention: 50 records are held: /);
    expect(said).not.toContain('refused');
  });

  it('says nothing of what only waits for those', () => {
    const parts = cause(3000, { resource: 'order_item', code: 'PARENT_MISSING' });
    const items = mapping(null, { resource: 'order_item' });
    expect(stateWith([cause(9298), parts], [mapping(null), items])).toMatch(ALL);
  });

  it('says nothing of variations that only wait for their products, and of those that wait for others', () => {
    const waiting = cause(3000, { resource: 'product', code: 'PARENT_MISSING' });
    const products = mapping(null, { resource: 'product' });
    const refused = cause(40, { resource: 'product', code: 'STRING_TOO_LONG' });
    expect(stateWith([refused, waiting], [products])).toMatch(/: 40 records are refused/);
    expect(stateWith([waiting], [products])).toMatch(/: 3000 records are refused/);
  });

  it('names each kind of record once', () => {
    const products = cause(40, { resource: 'product', code: 'STRING_TOO_LONG' });
    expect(stateWith([cause(30), cause(25, { code: 'X' }), products], [mapping(NOW)])).toBe(
      'attention: 55 records (order) are refused (FIELD_CUSTOM_VALIDATION_EXCEPTION). See the open issues. 40 records (product) are refused (STRING_TOO_LONG). See the open issues.',
    );
  });
});
