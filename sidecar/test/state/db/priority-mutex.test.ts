import { describe, expect, it } from 'vitest';

import { PriorityMutex } from '../../../src/state/db/priority-mutex.ts';

/** A caller that stays until it is told to end. */
function caller(turns: PriorityMutex, name: string, seen: string[], how?: 'urgent') {
  const end = Promise.withResolvers<undefined>();
  const done = turns.take(async () => {
    seen.push(name);
    await end.promise;
    return name;
  }, how);
  return {
    done,
    end: async () => {
      end.resolve(undefined);
      await done;
    },
  };
}

describe('Turns', () => {
  it('lets one through at a time, in order, urgent ones before those that wait', async () => {
    const turns = new PriorityMutex();
    const seen: string[] = [];
    const first = caller(turns, 'first', seen);
    const second = caller(turns, 'second', seen);
    const third = caller(turns, 'third', seen);
    const hurry = caller(turns, 'hurry', seen, 'urgent');
    const rush = caller(turns, 'rush', seen, 'urgent');
    expect(seen).toEqual(['first']);
    for (const each of [first, hurry, rush, second, third]) await each.end();
    expect(seen).toEqual(['first', 'hurry', 'rush', 'second', 'third']);
    expect(await third.done).toBe('third');
  });

  it('is free again, and goes on after a failure', async () => {
    const turns = new PriorityMutex();
    const seen: string[] = [];
    const broken = turns.take(() => Promise.reject(new Error('broken')));
    const behind = caller(turns, 'behind', seen);
    await expect(broken).rejects.toThrow('broken');
    await behind.end();
    const later = caller(turns, 'later', seen);
    await later.end();
    expect(seen).toEqual(['behind', 'later']);
  });
});
