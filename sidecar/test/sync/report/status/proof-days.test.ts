import { beforeEach, expect, it } from 'vitest';
import type { ChangeEvent } from '../../../../src/ports/change.ts';
import type { Issue } from '../../../../src/ports/issues.ts';
import {
  Following,
  noteProof,
  type Proof,
  proofDays,
  proofLines,
  settleProof,
} from '../../../../src/sync/report/status/proof-days.ts';
import { MemoryState } from '../../../support/memory-state.ts';

const order = (id: number): ChangeEvent => ({ resource: 'order', key: `main:${id}` });

let state = new MemoryState();
let waiting = 0;
let failing: ChangeEvent[] = [];

beforeEach(() => {
  state = new MemoryState();
  waiting = 0;
  failing = [];
});

const proof = (at: string, over: Partial<Proof> = {}) =>
  noteProof(state, 'main', {
    at: `${at}:00.000Z`,
    counted: 100,
    found: 0,
    repaired: 0,
    lost: 0,
    queued: [],
    ...over,
  });
const settle = () =>
  settleProof(
    {
      state,
      queue: { countOpen: () => Promise.resolve(waiting) },
      issues: { find: () => Promise.resolve(failing.map((change) => ({ change }) as Issue)) },
    },
    'main',
  );
const lines = async () => proofLines(await proofDays(state, 'main'));

it('counts as repaired what was looked at and has no open issue', async () => {
  await proof('2026-11-27T02:00', { found: 3, queued: [order(1), order(2), order(3)] });
  waiting = 1;
  await settle();
  expect(await lines()).toEqual(['2026-11-27 02:00 UTC: 100 compared, 3 found, repair under way']);
  waiting = 0;
  failing = [order(2), { resource: 'product', key: 'main:1' }, order(9)];
  await settle();
  expect(await lines()).toEqual(['2026-11-27 02:00 UTC: 100 compared, 3 found, 2 repaired']);
  failing = [];
  await settle();
  expect(await lines()).toEqual(['2026-11-27 02:00 UTC: 100 compared, 3 found, 2 repaired']);
});

it('counts what was put right at once, and never what only a person can', async () => {
  await proof('2026-11-27T02:00', { found: 4, repaired: 1, lost: 2, queued: [order(1)] });
  await settle();
  expect(await lines()).toEqual(['2026-11-27 02:00 UTC: 100 compared, 4 found, 2 repaired']);
  await proof('2026-11-28T02:00', { found: 2, lost: 2 });
  expect((await lines())[0]).toBe('2026-11-28 02:00 UTC: 100 compared, 2 found, 0 repaired');
});

it('adds up several of one day, and begins anew with the next', async () => {
  await proof('2026-11-27T02:00', { found: 1, queued: [order(1)] });
  await settle();
  await proof('2026-11-27T09:30', { counted: 101, found: 2, queued: [order(2), order(3)] });
  await proof('2026-11-27T09:40', { counted: 101, found: 1, queued: [order(4)] });
  failing = [order(2)];
  await settle();
  await proof('2026-11-28T02:00', { counted: 102 });
  expect(await lines()).toEqual([
    '2026-11-28 02:00 UTC: 102 compared, 0 found, 0 repaired',
    '2026-11-27 09:40 UTC: 101 compared, 4 found, 3 repaired',
  ]);
});

it('does not say of a day that was never followed to its end that all is repaired', async () => {
  await proof('2026-11-27T02:00', { found: 1, queued: [order(1)] });
  await proof('2026-11-28T02:00', { found: 1, queued: [order(1)] });
  await settle();
  expect(await lines()).toEqual([
    '2026-11-28 02:00 UTC: 100 compared, 1 found, 1 repaired',
    '2026-11-27 02:00 UTC: 100 compared, 1 found, not followed repaired',
  ]);
});

it('does not follow more than two thousand', async () => {
  const queued = Array.from({ length: 2001 }, (_, id) => order(id));
  await proof('2026-11-27T02:00', { found: 2001, queued });
  await settle();
  expect(await lines()).toEqual([
    '2026-11-27 02:00 UTC: 100 compared, 2001 found, not followed repaired',
  ]);
});

it('keeps thirty days of each store', async () => {
  for (let day = 0; day < 40; day += 1)
    await proof(new Date(Date.UTC(2026, 9, 1 + day, 2)).toISOString().slice(0, 16));
  await noteProof(state, 'second', {
    at: '2026-11-09T02:00:00.000Z',
    counted: 7,
    found: 0,
    repaired: 0,
    lost: 0,
    queued: [],
  });
  const days = await proofDays(state, 'main');
  expect(days).toHaveLength(30);
  expect([days[0]?.at, days[29]?.at].map((at) => at?.slice(0, 10))).toEqual([
    '2026-11-09',
    '2026-10-11',
  ]);
  expect(await proofDays(state, 'second')).toMatchObject([{ counted: 7 }]);
});

it('gathers no more than it follows, of a list of any length', async () => {
  const following = new Following();
  following.add([order(1), order(2)]);
  // More than a call takes arguments.
  following.add(Array.from({ length: 200_000 }, (_, id) => order(id)));
  following.add([order(3)]);
  expect(following.changes).toHaveLength(2001);
  await proof('2026-11-27T02:00', { found: 200_003, queued: following.changes });
  expect(await lines()).toEqual([
    '2026-11-27 02:00 UTC: 100 compared, 200003 found, not followed repaired',
  ]);
});
