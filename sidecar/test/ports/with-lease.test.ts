import { expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import type { Leases } from '../../src/ports/leases.ts';
import { withLease } from '../../src/ports/with-lease.ts';

/** As the state keeps them: whoever has a lease may take it again. */
const ofOneProcess = (): Leases => ({
  acquire: () => Promise.resolve(true),
  release: () => Promise.resolve(),
});

it('does work of one name once at a time in a process too, and again when it is over', async () => {
  const parts = { leases: ofOneProcess(), clock: systemClock };
  const under = Promise.withResolvers<undefined>();
  const first = withLease(parts, 'load', () => under.promise);
  expect(await withLease(parts, 'load', () => Promise.reject(new Error('at once')))).toBe(false);
  expect(await withLease(parts, 'other', () => Promise.resolve())).toBe(true);
  under.resolve(undefined);
  expect(await first).toBe(true);
  expect(await withLease(parts, 'load', () => Promise.resolve())).toBe(true);
});

it('may be done again where it failed', async () => {
  const parts = { leases: ofOneProcess(), clock: systemClock };
  const failed = withLease(parts, 'load', () => Promise.reject(new Error('planted')));
  await expect(failed).rejects.toThrow('planted');
  expect(await withLease(parts, 'load', () => Promise.resolve())).toBe(true);
});
