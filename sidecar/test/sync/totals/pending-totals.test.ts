import { expect, it } from 'vitest';
import { COLLECTION_SIZE, type ItemResult } from '../../../src/ports/org.ts';
import type { HeldTotals } from '../../../src/ports/totals/totals-state.ts';
import {
  PendingTotals,
  type RefusedTotals,
  type TotalsWrite,
} from '../../../src/sync/totals/pending-totals.ts';

function write(recordId: string, over: Partial<TotalsWrite> = {}): TotalsWrite {
  return {
    kind: 'own',
    object: 'Contact',
    recordId,
    currency: '',
    text: recordId,
    digest: `of ${recordId}`,
    childId: null,
    key: 'main:1',
    attempt: 0,
    ...over,
  };
}
const many = (count: number, over: Partial<TotalsWrite> = {}) =>
  Array.from({ length: count }, (_, at) => write(`${over.object ?? 'Contact'}-${at}`, over));

function world() {
  const settled: (readonly HeldTotals[])[] = [];
  const gone: string[] = [];
  const refused: RefusedTotals[] = [];
  const settle = (held: readonly HeldTotals[], left: readonly Omit<HeldTotals, 'digest'>[]) => {
    settled.push(held);
    gone.push(...left.map(({ currency }) => currency));
    return Promise.resolve();
  };
  const pending = new PendingTotals({ settle }, (some) => {
    refused.push(...some);
    return Promise.resolve();
  });
  return { pending, settled, gone, refused };
}

const taken = (id: string | null = null): ItemResult => ({ id, created: false, errors: [] });
const failed = (...kinds: readonly ('retry' | 'permanent')[]): ItemResult => ({
  id: null,
  created: false,
  errors: kinds.map((kind) => ({ kind, code: 'X', message: 'No.', fields: [] })),
});

it('fills collections of 200, as many as the call has room for, and leaves the rest in order', () => {
  const { pending } = world();
  pending.put([
    ...many(COLLECTION_SIZE + 1),
    ...many(1, { object: 'Account' }),
    ...many(3, { object: 'Account', kind: 'currency', currency: 'USD' }),
  ]);
  const first = pending.take(2);
  expect(first.map((one) => ('records' in one ? one.records.length : 0))).toEqual([200, 1]);
  expect(pending.size).toBe(4);
  const second = pending.take(2);
  expect(second).toEqual([
    { kind: 'update', object: 'Account', records: ['Account-0'] },
    {
      kind: 'upsert',
      object: 'Woo_Account_Currency__c',
      keyField: 'Woo_Key__c',
      records: ['Account-0', 'Account-1', 'Account-2'],
    },
  ]);
  expect([pending.size, pending.take(2)]).toEqual([0, []]);
});

it('has a later row ride in a collection that is there already', () => {
  const { pending } = world();
  pending.put([...many(1), ...many(1, { object: 'Account' }), write('late')]);
  expect(pending.take(1)).toEqual([
    { kind: 'update', object: 'Contact', records: ['Contact-0', 'late'] },
  ]);
  expect(pending.size).toBe(1);
});

it('settles what was taken, with the ids of records for other currencies', async () => {
  const { pending, settled, gone, refused } = world();
  const leaves = { kind: 'leaves', currency: 'CHF', childId: 'a0C' } as const;
  pending.put([write('003A'), write('003A', { kind: 'currency', currency: 'USD' })]);
  pending.put([write('003A', leaves)]);
  const [, , deleted] = pending.take(9);
  expect(deleted).toMatchObject({ kind: 'delete', ids: ['a0C'] });
  await pending.took([[taken('003A')], [taken('a0U')], [taken('a0C')]]);
  const held = { object: 'Contact', recordId: '003A', digest: 'of 003A' };
  expect(settled).toEqual([
    [
      { ...held, currency: '', childId: null },
      { ...held, currency: 'USD', childId: 'a0U' },
    ],
  ]);
  expect([gone, refused]).toEqual([['CHF'], []]);
  await pending.release();
  expect(settled.at(-1)).toEqual([]);
});

it('tries a row three times more where it is locked, or the org gave no result, and then says so', async () => {
  const { pending, settled, refused } = world();
  pending.put([write('003A')]);
  for (const results of [[[failed('retry')]], [], [[failed('retry')]]]) {
    expect(pending.take(1)).toHaveLength(1);
    await pending.took(results);
    expect([pending.size, refused]).toEqual([1, []]);
  }
  pending.take(1);
  await pending.took([[failed('retry')]]);
  expect(pending.size).toBe(0);
  expect(refused.map((one) => one.write.recordId)).toEqual(['003A']);
  // Nobody is writing it any more, and what it holds is not known.
  const unknown = { object: 'Contact', recordId: '003A', currency: '', digest: null };
  expect(settled.at(-1)).toEqual([{ ...unknown, childId: null }]);
});

it('does not try again what the org refuses for another reason beside a lock', async () => {
  const { pending, refused } = world();
  pending.put([write('003A'), write('003B')]);
  pending.take(1);
  await pending.took([[failed('retry', 'permanent'), taken()]]);
  expect(pending.size).toBe(0);
  expect(refused.map((one) => one.write.recordId)).toEqual(['003A']);
});

it('gives up what waits and what is under way', async () => {
  const { pending, settled } = world();
  pending.put([...many(1), ...many(1, { object: 'Account' })]);
  pending.put([write('Contact-0', { kind: 'currency', currency: 'USD' })]);
  pending.take(1);
  await pending.release();
  expect(settled.map((held) => held.map(({ recordId, digest }) => [recordId, digest]))).toEqual([
    [
      ['Account-0', null],
      ['Contact-0', null],
    ],
  ]);
  expect([pending.size, pending.take(9)]).toEqual([0, []]);
});
