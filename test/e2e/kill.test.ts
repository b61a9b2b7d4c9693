import { spawn } from 'node:child_process';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { compare } from '../../scripts/lib/demo/compare.ts';
import { expectedOf } from '../../scripts/lib/demo/expected.ts';
import { readOrgSide } from '../../scripts/lib/demo/org-side.ts';
import { cleanEnv, root } from '../../scripts/lib/sf.ts';
import { MOST_ORDERS } from '../../scripts/test-org/must-be-free.ts';
import type { JourneyWorld } from './journey-world.ts';
import { openJourney, writesIn } from './journeys.ts';
import type { Backfilled } from './sidecar-runs.ts';

/** What may be written and not known to be when the process dies: a call under way, and one being saved. */
const UNSAVED_ROWS = 2 * 1000;

/** Calls write up to 1000 rows, and half of those of orders look for customers instead. */
const ROWS_OF_A_CALL = 500;

let world: JourneyWorld;

beforeAll(async () => {
  world = await openJourney(MOST_ORDERS);
});

afterAll(async () => {
  await world.close();
});

interface Moment {
  /** Composite calls, and parts of them that wrote, since the process started. */
  readonly calls: number;
  readonly writes: number;
  readonly stderr: string;
}

interface Watched {
  /** What has been written since the process started. */
  readonly seen: () => Promise<Pick<Moment, 'calls' | 'writes'>>;
  /** Ends what slows the process down. */
  readonly over: () => void;
}

/** Answers take longer than looking whether a moment has come: none passes unseen on a busy machine. */
async function watched(): Promise<Watched> {
  const { org, store } = world;
  const slow = { kind: 'slow_answer', times: 10_000 } as const;
  if (org === null) {
    store.faults.add({ ...slow, on: 'GET orders', milliseconds: 1000 });
    const before = await rowsInOrg();
    const seen = async () => {
      const writes = (await rowsInOrg()) - before;
      // So many calls at least, as far as rows say.
      return { writes, calls: Math.floor(writes / ROWS_OF_A_CALL) };
    };
    const over = () => {
      store.faults.clear();
    };
    return { seen, over };
  }
  org.data.faults.add({ ...slow, on: 'POST composite', milliseconds: 50 });
  const { requestLog } = org;
  const before = requestLog.totals();
  const seen = () => {
    const { writes, byKind } = requestLog.totals();
    const calls = (byKind.composite ?? 0) - (before.byKind.composite ?? 0);
    return Promise.resolve({ writes: writes - before.writes, calls });
  };
  const over = () => {
    org.data.faults.clear();
  };
  return { seen, over };
}

/** Starts a backfill and kills it, as a power cut or the OOM killer would, as soon as `when` says so. */
async function killed(when: (moment: Moment) => boolean): Promise<string> {
  const { seen, over } = await watched();
  const child = spawn(process.execPath, ['sidecar/bin/woo-salesforce.js', 'backfill'], {
    cwd: root,
    env: { ...cleanEnv(), ...world.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('close', (_code, signal) => {
      resolve(signal);
    });
  });
  await vi.waitFor(
    async () => {
      const { calls, writes } = await seen();
      if (!when({ calls, writes, stderr })) throw new Error(`${writes} writes so far\n${stderr}`);
    },
    { timeout: 600_000, interval: world.org === null ? 1000 : 1 },
  );
  child.kill('SIGKILL');
  over();
  expect(await ended, 'it was killed before it could end').toBe('SIGKILL');
  return stderr;
}

function sum(run: Backfilled, what: 'created' | 'updated' | 'failed'): number {
  const reports = run.results.flatMap(({ mappings }) => mappings);
  return reports.reduce((all, report) => all + report[what], 0);
}

const OBJECTS = ['Account', 'Contact', 'Product2', 'Woo_Order__c', 'Woo_Order_Item__c'];

async function rowsInOrg(): Promise<number> {
  const { counts } = await readOrgSide(world.orgUrl, world.session.accessToken, [
    ...OBJECTS,
    'Woo_Refund__c',
  ]);
  return [...counts.values()].reduce((all, count) => all + count, 0);
}

/**
 * So many calls were seen since orders are being read, to write and to look for customers: at least half of them
 * wrote, and all of those but the last two are over and saved.
 */
function callsOfOrders(count: number): (moment: Moment) => boolean {
  let first: number | undefined;
  return ({ calls, stderr }) => {
    if (!stderr.includes('main orders:')) return false;
    first ??= calls;
    return calls >= first + count;
  };
}

describe('a backfill that is killed', () => {
  it('goes on where it was, again and again, and loses nothing', async () => {
    await killed(({ writes }) => writes > 0);
    await killed(callsOfOrders(9));
    const third = await killed(callsOfOrders(1));
    expect(third).toMatch(/main orders: \d+ of \d+ \(resumed\)/);
    const before = await rowsInOrg();

    const last = await world.backfill();
    expect(last.stderr).toMatch(/main orders: \d+ of \d+ \(resumed\)/);
    expect(sum(last, 'failed')).toBe(0);
    expect(last.code).toBe(0);
    expect(sum(last, 'created'), 'records made twice').toBe((await rowsInOrg()) - before);
    expect(sum(last, 'updated'), 'records written twice').toBeLessThanOrEqual(UNSAVED_ROWS);
    await bothAvailabilityAgree(last);
  });

  it('leaves nothing half done for the run after it', async () => {
    const before = await writesIn(world);
    const again = await world.backfill();
    expect(again.code).toBe(0);
    expect(await writesIn(world)).toEqual(before);
    await bothAvailabilityAgree(again);
  });
});

async function bothAvailabilityAgree({ results }: Backfilled): Promise<void> {
  const reports = results.flatMap(({ mappings }) => mappings);
  const objects = reports.map(({ object }) => object);
  const side = await readOrgSide(world.orgUrl, world.session.accessToken, objects);
  const { text, agrees } = compare(expectedOf(world.store.shop), reports, side);
  expect(agrees, text).toBe(true);
}
