import { expect, it } from 'vitest';
import { Availability } from '../../src/engine/availability.ts';
import { RunningStores, type RunningStoresParts } from '../../src/engine/running-stores.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { unlimitedBudgets } from '../support/unlimited-budgets.ts';
import type { StoreSetup } from '../../src/ports/setup.ts';

/** A store whose engine has begun and waits for the state. */
function scene() {
  const availability = new Availability(systemClock);
  const shared = () => new Promise<never>(() => undefined);
  const parts = {
    budgets: unlimitedBudgets,
    availability,
    clock: systemClock,
    signal: new AbortController().signal,
    log: { info: () => undefined },
    state: { twoWay: { shared } },
  };
  const store = (version: string) =>
    ({ store: { key: 'main' }, label: 'Main', version, mappings: [] }) as unknown as StoreSetup;
  return {
    store,
    side: availability.store('main'),
    running: new RunningStores(parts as unknown as RunningStoresParts),
  };
}

const gone = () =>
  new CodedError('WOO_STORE_NOT_SET_UP', 'The org has no active store of this key.', 'Add it.');

it('asks a store at once that a configuration brings back, however long it was to rest', async () => {
  const { running, side, store } = scene();
  for (let times = 0; times < 5; times++) side.recordFailure(gone());
  expect(side.retryAfterMs).toBeGreaterThan(0);
  await running.take([store('1')]);
  expect([side.out, side.retryAfterMs]).toEqual([null, 0]);
});

it('leaves a store to rest where nothing of it has changed', async () => {
  const { running, side, store } = scene();
  await running.take([store('1')]);
  side.recordFailure(gone());
  await running.take([store('1')]);
  expect(side.out?.reason.code).toBe('WOO_STORE_NOT_SET_UP');
});
