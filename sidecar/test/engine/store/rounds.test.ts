import { describe, expect, it } from 'vitest';
import { ChangeSync } from '../../../src/engine/store/change-sync.ts';
import { MOST_ROUNDS, withRounds } from '../../../src/engine/store/rounds.ts';
import type { StoreParts } from '../../../src/engine/store/store-parts.ts';
import type { Job, Rounds } from '../../../src/ports/change-queue.ts';
import type { StoreSetup } from '../../../src/ports/setup.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { MemoryChangeQueue } from '../../support/memory-change-queue.ts';
import { IdStore, MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

const NOW = new Date('2026-12-01T10:00:00Z');
const SINCE = NOW.toISOString();
const event = (id: number) => ({ resource: 'order', key: `main:${id}` }) as const;
const LANE = { store: 'main', resource: 'order' } as const;

function job(id: number, rounds?: Rounds): Job {
  return { ...event(id), id: `${id}`, attempt: 0, reportedAt: NOW, ...(rounds && { rounds }) };
}

describe('rounds of our own work', () => {
  const counts = (jobs: readonly Job[], now = NOW) =>
    withRounds(jobs, [event(1)], now).followUps.map(({ rounds }) => rounds?.count);

  it('are counted behind the own job, or the one of the batch that has the fewest', () => {
    const many = { count: 7, since: SINCE };
    expect(counts([job(1)])).toEqual([1]);
    expect(counts([job(1, many), job(2)])).toEqual([8]);
    expect(counts([job(2, many), job(3, { count: 9, since: SINCE })])).toEqual([8]);
    // Of what somebody has reported others come up at the first round, however often.
    expect(counts([job(2), job(3, many)])).toEqual([1]);
    expect(counts([])).toEqual([1]);
  });

  it('are those of an hour', () => {
    const many = { count: MOST_ROUNDS, since: SINCE };
    const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
    expect(withRounds([job(1, many)], [event(1)], later(59)).endless).toHaveLength(1);
    expect(counts([job(1, many)], later(61))).toEqual([1]);
  });
});

/** An order of which the state says each time that somebody has read it later, while the plant is there. */
function planted() {
  const state = new MemoryState();
  const didWrite = state.didWrite.bind(state);
  const plant = { isThere: true, total: 0 };
  state.didWrite = async (written, removed) => {
    const stale = await didWrite(written, removed);
    return plant.isThere ? written : stale;
  };
  let time = NOW.getTime();
  const clock = { now: () => new Date(time) };
  const queue = new MemoryChangeQueue(state, clock.now);
  const org = new HoldingOrg();
  const fine = { recordSuccess: () => undefined };
  const parts = {
    org: org.asOrg,
    state,
    links: null,
    clock,
    log: { warn: () => undefined },
    budget: { keepReserve: () => Promise.resolve() },
    availability: { org: fine, budget: fine, store: () => fine },
  } as unknown as StoreParts;
  // Each look finds another value, so that each writes.
  const orders = mappingTo('Woo_Order__c', {
    resource: 'order',
    build: ({ id }) => ({
      row: rowOf(`main:${String(id)}`, { Total__c: String((plant.total += 1)) }),
    }),
  });
  const store = new IdStore({ orders: [{ id: 1 }, { id: 2 }] });
  const setup = { store, mappings: [orders], held: [] } as unknown as StoreSetup;
  const nobody = { sending: () => undefined, refused: () => undefined };
  const sync = new ChangeSync(setup, parts, nobody);
  /** One batch. @returns how many records it was */
  const turn = async () => {
    time += 2000;
    const jobs = await queue.claim(LANE, 100);
    if (jobs.length > 0) await queue.finish({ jobs, ...(await sync.sync(jobs)) });
    return jobs.length;
  };
  const settle = async () => {
    let turns = 0;
    for (; turns < 100 && (await turn()) > 0; turns += 1);
    return turns;
  };
  const issues = () => [...queue.issues.values()].filter(({ state: of }) => of === 'open');
  return { queue, plant, sync, settle, turn, issues };
}

describe('a record that is looked at again without an end', () => {
  it('is left alone, which an issue says and a metric counts, until it changes', async () => {
    const { queue, plant, sync, settle, issues } = planted();
    await queue.add([event(1)]);
    expect(await settle()).toBe(MOST_ROUNDS + 1);
    expect(issues()).toMatchObject([
      { code: 'RECORD_LOOPS', recordKey: 'main:1', retry: 'never', change: event(1) },
    ]);
    expect(sync.leftAlone).toBe(1);
    plant.isThere = false;
    await queue.add([event(1)]);
    expect(await settle()).toBe(1);
    expect(issues()).toEqual([]);
  });

  it('is released by Retry, and held again where nothing was mended', async () => {
    const { queue, settle, issues } = planted();
    await queue.add([event(1)]);
    await settle();
    await queue.queueAll('main');
    expect(await settle()).toBe(MOST_ROUNDS + 1);
    expect(issues()).toHaveLength(1);
  });

  it('takes no neighbour along, and is not counted by outages', async () => {
    const { queue, plant, settle, issues } = planted();
    await queue.add([event(1)]);
    for (let outage = 0; outage < 50; outage += 1) {
      await queue.release(await queue.claim(LANE, 100));
    }
    plant.isThere = false;
    await queue.add([event(2)]);
    expect(await settle()).toBe(1);
    expect(issues()).toEqual([]);
  });

  it('is not one that people change hundreds of times an hour', async () => {
    const { queue, plant, sync, turn, settle, issues } = planted();
    for (let edit = 0; edit < 300; edit += 1) {
      await queue.add([event(1)]);
      await turn();
    }
    expect([issues(), sync.leftAlone]).toEqual([[], 0]);
    plant.isThere = false;
    expect(await settle()).toBe(1);
  });
});
