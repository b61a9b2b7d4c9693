import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/lib/clock.ts';
import type { Leases } from '../../../../src/ports/leases.ts';
import { StoreLock } from '../../../../src/sync/images/upload/store-lock.ts';

/** Leases of several processes. */
class Held {
  readonly by = new Map<string, string>();

  of(holder: string): Leases {
    return {
      acquire: (name) => {
        const current = this.by.get(name) ?? holder;
        this.by.set(name, current);
        return Promise.resolve(current === holder);
      },
      release: (name) => {
        if (this.by.get(name) === holder) this.by.delete(name);
        return Promise.resolve();
      },
    };
  }
}

/** Waiting takes no time. */
const clock = {
  ...systemClock,
  sleep: (milliseconds: number, signal?: AbortSignal) =>
    systemClock.sleep(milliseconds > 1000 ? milliseconds : 1, signal),
};

describe('turns', () => {
  it('are taken one at a time for a store, in this process and in others', async () => {
    const held = new Held();
    const here = new StoreLock({ leases: held.of('here'), clock });
    const there = new StoreLock({ leases: held.of('there'), clock });
    let [active, most, done] = [0, 0, 0];
    const work = async () => {
      active += 1;
      most = Math.max(most, active);
      await systemClock.sleep(2);
      active -= 1;
      done += 1;
    };
    const turns = [here, here, there, here, there].map((one) => one.take('main', work));
    await Promise.all(turns);
    expect([most, done]).toEqual([1, 5]);
    expect(held.by.size).toBe(0);
  });

  it('do not wait for those of another store', async () => {
    const turns = new StoreLock({ leases: new Held().of('here'), clock });
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const first = turns.take('main', () => promise);
    await turns.take('second', () => Promise.resolve());
    resolve(undefined);
    await first;
  });

  it('go on after one that failed', async () => {
    const turns = new StoreLock({ leases: new Held().of('here'), clock });
    const failed = turns.take('main', () => Promise.reject(new Error('out')));
    const next = turns.take('main', () => Promise.resolve());
    await expect(failed).rejects.toThrow('out');
    await next;
  });
});
