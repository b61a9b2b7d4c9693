import { expect, it } from 'vitest';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { WaitingLookup } from '../../../src/ports/state.ts';
import { queueDueLookups } from '../../../src/sync/detect/due-lookups.ts';
import { MemoryWaitingLookups } from '../../support/memory-waiting-lookups.ts';

const waitingFor = (key: string, product: number): WaitingLookup => ({
  object: 'Category__c',
  key,
  change: { resource: 'product', key: `main:${product}` },
});

it('queues all whose record has come, and forgets them behind the queue', async () => {
  const waiting = new MemoryWaitingLookups((_object, key) => key === 'main:c:1');
  const many = Array.from({ length: 1200 }, (_, at) => waitingFor('main:c:1', at));
  await waiting.save([...many, waitingFor('main:c:2', 1)]);
  const queued: ChangeEvent[] = [];
  const kept: number[] = [];
  const add = (changes: readonly ChangeEvent[]) => {
    kept.push(waiting.saved.size);
    queued.push(...changes);
    return Promise.resolve();
  };
  expect(await queueDueLookups({ waiting }, { add }, 'main')).toBe(1200);
  expect(queued).toEqual(many.map(({ change }) => change));
  expect(kept).toEqual([1201, 701, 201]);
  expect([...waiting.saved.values()]).toEqual([waitingFor('main:c:2', 1)]);
  expect(await queueDueLookups({ waiting }, { add }, 'main')).toBe(0);
});

it('keeps those that could not be queued', async () => {
  const waiting = new MemoryWaitingLookups(() => true);
  await waiting.save([waitingFor('main:c:1', 1)]);
  const add = () => Promise.reject(new Error('no queue'));
  await expect(queueDueLookups({ waiting }, { add }, 'main')).rejects.toThrow('no queue');
  expect(waiting.saved.size).toBe(1);
});
