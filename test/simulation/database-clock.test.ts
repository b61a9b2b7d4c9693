import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { advance, currentTime, leap, real } from './preload/clock.ts';
import { inProcess, startProcess } from './preload/processes.ts';
import { DatabasePlace } from './world/database-place.ts';

const QUEUE = { store: 'main', resource: 'order' } as const;

/** Lets the clock of the simulation go on until it is done; here modules are loaded meanwhile, which that clock does not know. */
async function done<T>(work: Promise<T>): Promise<T> {
  const state = { isDone: false };
  const ends = () => {
    state.isDone = true;
  };
  work.then(ends, ends);
  while (!state.isDone) {
    await advance(currentTime() + 1);
    await new Promise((resolve) => real.setImmediate(resolve));
  }
  return work;
}

it('change events are dated by the clock of the simulation, whatever that of the machine says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-simulation-'));
  const place = DatabasePlace.inFolder(join(folder, 'state'));
  const owner = startProcess();
  const watch = { called: () => true };
  try {
    const { queue } = await done(inProcess(owner, () => place.open(owner, watch, () => undefined)));
    leap(currentTime() + 3_600_000);
    const reported = currentTime();
    await done(inProcess(owner, () => queue.add([{ resource: 'order', key: 'main:7' }])));
    const [job] = await done(inProcess(owner, () => queue.claim(QUEUE, 1)));
    expect(Math.abs((job?.reportedAt.getTime() ?? 0) - reported)).toBeLessThan(1000);
  } finally {
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
