import { expect, it } from 'vitest';
import { Availability } from '../../src/engine/availability.ts';
import { StatusNudge } from '../../src/engine/status-nudge.ts';
import { CodedError } from '../../src/errors/coded-error.ts';

/** Sides whose changes are said, and a clock that moves when it is told to. */
function world() {
  const sleeps: { readonly until: number; readonly wake: () => void }[] = [];
  const clock = {
    time: Date.parse('2026-12-01T12:00:00Z'),
    now: () => new Date(clock.time),
    sleep: (milliseconds: number) => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      sleeps.push({
        until: clock.time + milliseconds,
        wake: () => {
          resolve(undefined);
        },
      });
      return promise;
    },
  };
  const stop = new AbortController();
  const written: number[] = [];
  const begin = clock.time;
  const nudge = new StatusNudge(clock, stop.signal, () => {
    written.push((clock.time - begin) / 1000);
  });
  const availability = new Availability(clock, () => {
    nudge.changed();
  });
  const pass = async (seconds: number) => {
    clock.time += seconds * 1000;
    const due = sleeps.filter(({ until }) => until <= clock.time);
    for (const one of due) {
      sleeps.splice(sleeps.indexOf(one), 1);
      one.wake();
    }
    await new Promise(setImmediate);
  };
  return { availability, written, pass, stop };
}

const out = (code: ConstructorParameters<typeof CodedError>[0] = 'WOO_UNAVAILABLE') =>
  new CodedError(code, 'It is out.', 'Wait.');

it('says within seconds that a store is out, and that it is there again, once each', async () => {
  const { availability, written, pass } = world();
  const outlet = availability.store('outlet');
  for (let at = 0; at < 5; at += 1) {
    outlet.recordFailure(out());
    await pass(1);
  }
  expect(written).toEqual([3]);
  outlet.recordSuccess();
  outlet.recordSuccess();
  await pass(3);
  expect(written).toEqual([3, 8]);
  // For another reason than before.
  outlet.recordFailure(out());
  await pass(3);
  outlet.recordFailure(out('WOO_KEY_REFUSED'));
  await pass(3);
  expect(written).toEqual([3, 8, 11, 14]);
});

it('says once what changes several times in a moment', async () => {
  const { availability, written, pass } = world();
  availability.store('main').recordFailure(out());
  availability.store('outlet').recordFailure(out());
  await pass(1);
  availability.store('main').recordSuccess();
  await pass(2);
  expect(written).toEqual([3]);
  await pass(60);
  expect(written).toEqual([3]);
});

it('says nothing while nothing changes', async () => {
  const { availability, written, pass } = world();
  for (const side of [availability.org, availability.state, availability.store('main')])
    side.recordSuccess();
  await pass(3600);
  expect(written).toEqual([]);
});

it('says what comes and goes in the usual rhythm: a limited number of times an hour', async () => {
  const { availability, written, pass } = world();
  for (let at = 0; at < 300; at += 1) {
    availability.store('main').recordFailure(out());
    await pass(5);
    availability.store('main').recordSuccess();
    await pass(5);
  }
  expect(written).toHaveLength(20);
  await pass(3600);
  availability.store('main').recordFailure(out());
  await pass(3);
  expect(written).toHaveLength(21);
});

it('says nothing any more when the service stops', async () => {
  const { availability, written, pass, stop } = world();
  availability.store('main').recordFailure(out());
  stop.abort();
  await pass(3);
  expect(written).toEqual([]);
});
