import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { IssueSeen } from '../../../src/ports/issues.ts';
import { ConflictsSweep } from '../../../src/sync/detect/sweep-conflicts.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { MemoryState } from '../../support/memory-state.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const ADA = '003000000000001AAA';
const BOB = '003000000000002AAA';

let book: MemoryChangeQueue;
let changed: ChangeEvent[];
let sweep: ConflictsSweep;

beforeEach(() => {
  book = new MemoryChangeQueue(new MemoryState(), () => NOW);
  changed = [];
  const add = (changes: readonly ChangeEvent[]) => {
    changed.push(...changes);
    return Promise.resolve();
  };
  sweep = new ConflictsSweep({ issues: book, queue: { add }, setup: () => ({ stores: [] }) });
});

const conflict = (id: number, recordId: string, over: Partial<IssueSeen> = {}): IssueSeen => ({
  key: `customer:Contact:main:${id}#Phone`,
  kind: 'conflict',
  store: 'main',
  resource: 'customer',
  recordKey: `main:${id}`,
  object: 'Contact',
  recordId,
  code: 'CONFLICT_OPEN',
  reason: 'Both.',
  cure: 'Decide.',
  field: 'Phone',
  wooValue: '1',
  salesforceValue: '2',
  retry: 'never',
  change: { resource: 'customer', key: `main:${id}` },
  ...over,
});

const open = (...failures: readonly IssueSeen[]) =>
  book.finish({ jobs: [], failures, seen: [], followUps: [] });

/** One turn of the sweep, with what the org answers. @returns what is looked at, by key */
async function turn(saved: Readonly<Record<string, string>>): Promise<readonly string[]> {
  changed.length = 0;
  await sweep.soql();
  await sweep.take(Object.entries(saved).map(([Id, SystemModstamp]) => ({ Id, SystemModstamp })));
  return changed.map(({ key }) => key);
}

describe('the sweep of conflicts', () => {
  it('asks nothing while none is open, and nothing for other issues', async () => {
    await open(conflict(1, ADA, { kind: 'failed' }), conflict(2, BOB, { change: null }));
    expect(await sweep.soql()).toEqual([]);
    expect(await turn({})).toEqual([]);
  });

  it('asks once per object for the records of all that are open', async () => {
    const account = { key: 'customer:Account:main:3#Phone', object: 'Account' };
    await open(conflict(1, ADA), conflict(2, BOB), conflict(3, '001000000000001AAA', account));
    expect((await sweep.soql()).toSorted()).toEqual([
      "SELECT Id, SystemModstamp FROM Account WHERE Id IN ('001000000000001AAA')",
      `SELECT Id, SystemModstamp FROM Contact WHERE Id IN ('${ADA}','${BOB}')`,
    ]);
  });

  it('has a record looked at that was saved since the conflict was seen, and after each save', async () => {
    await open(conflict(1, ADA), conflict(2, BOB));
    const before = '2026-03-01T11:00:00.000+0000';
    const [first, second] = ['2026-03-01T12:00:01.000+0000', '2026-03-01T12:00:02.000+0000'];
    expect(await turn({ [ADA]: first, [BOB]: before })).toEqual(['main:1']);
    expect(await turn({ [ADA]: first, [BOB]: before })).toEqual([]);
    expect(await turn({ [ADA]: second, [BOB]: first })).toEqual(['main:1', 'main:2']);
    expect(await turn({ [ADA]: second, [BOB]: first })).toEqual([]);
  });

  it('goes on behind the first two hundred, and begins anew behind the last', async () => {
    const recordId = (n: number) => `003${String(n).padStart(12, '0')}AAA`;
    await open(...Array.from({ length: 250 }, (_, n) => conflict(n + 1, recordId(n + 1))));
    const idsAsked = async () =>
      (await sweep.soql()).map((soql) => soql.match(/003\d+AAA/g)?.length);
    expect(await idsAsked()).toEqual([200]);
    expect(await idsAsked()).toEqual([50]);
    expect(await idsAsked()).toEqual([200]);
  });
});
