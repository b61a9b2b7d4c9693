import { expect, it } from 'vitest';

import { MemoryState } from '../../sidecar/test/support/memory-state.ts';
import { advance, currentTime } from './preload/clock.ts';
import { inProcess, startProcess } from './preload/processes.ts';
import { MemoryLeases } from './world/memory-leases.ts';
import { SharedQueue } from './world/shared-queue.ts';

const LANE = { store: 'main', resource: 'order' } as const;

it('of two processes only the one that ended loses the jobs that it had claimed', async () => {
  const queue = new SharedQueue(new MemoryState());
  const [first, second] = [startProcess(), startProcess()];
  const claim = (process: number) => inProcess(process, () => queue.claim(LANE, 1));
  await queue.add(['main:1', 'main:2'].map((key) => ({ resource: 'order', key })));
  const [[one], [two]] = [await claim(first), await claim(second)];
  expect([one?.key, two?.key]).toEqual(['main:1', 'main:2']);
  expect(await claim(second)).toEqual([]);
  queue.lapseOf(first);
  expect(await claim(second)).toMatchObject([{ key: 'main:1', attempt: 1 }]);
  // What the other one has by now is not freed again.
  queue.lapseOf(first);
  expect(await claim(second)).toEqual([]);
});

it('a process hears of the jobs that it has added itself, and finds those of the other', async () => {
  const queue = new SharedQueue(new MemoryState());
  const [first, second] = [startProcess(), startProcess()];
  const heard: number[] = [];
  for (const process of [first, second])
    inProcess(process, () => {
      queue.onAdded(() => heard.push(process));
    });
  await inProcess(first, () => queue.add([{ resource: 'order', key: 'main:1' }]));
  expect(heard).toEqual([first]);
  expect(await inProcess(second, () => queue.claim(LANE, 1))).toHaveLength(1);
});

it('a lease is held until it ends, its holder is taken for dead or, for what each start does, another begins', async () => {
  const leases = new MemoryLeases();
  const [first, second] = [leases.of(1), leases.of(2)];
  expect(await first.acquire('sweep', 60)).toBe(true);
  expect(await second.acquire('sweep', 60, 'each start')).toBe(false);
  await second.release('sweep');
  await advance(currentTime() + 30_000);
  const third = leases.of(3);
  expect(await third.acquire('sweep', 60)).toBe(false);
  expect(await third.acquire('sweep', 60, 'each start')).toBe(true);
  leases.lapseOf(3);
  expect(await first.acquire('sweep', 60)).toBe(true);
  await advance(currentTime() + 60_000);
  expect(await second.acquire('sweep', 60)).toBe(true);
});
