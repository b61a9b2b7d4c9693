import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { currentTime, during, leap } from './preload/clock.ts';
import { inProcess, startProcess } from './preload/processes.ts';
import { DatabasePlace } from './world/database-place.ts';

const QUEUE = { store: 'main', resource: 'order' } as const;

it('change events are dated by the clock of the simulation, whatever that of the machine says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-simulation-'));
  const place = DatabasePlace.inFolder(join(folder, 'state'));
  const owner = startProcess();
  const watch = { called: () => true };
  try {
    const { queue } = await during(
      inProcess(owner, () => place.open(owner, watch, () => undefined)),
    );
    leap(currentTime() + 3_600_000);
    const reported = currentTime();
    await during(inProcess(owner, () => queue.add([{ resource: 'order', key: 'main:7' }])));
    const [job] = await during(inProcess(owner, () => queue.claim(QUEUE, 1)));
    expect(Math.abs((job?.reportedAt.getTime() ?? 0) - reported)).toBeLessThan(1000);
  } finally {
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
