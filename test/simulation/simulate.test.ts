import { join } from 'node:path';

import { describe, expect, inject, it } from 'vitest';

import { run } from '../../scripts/lib/sf.ts';

/** Short days, always the same, some of them of two processes: others are played by `npm run simulate`. */
const DAYS = { days: '1', actions: '30', two: 'tenth', shrink: '0' };

/** @returns what was printed, and with which code it ended */
async function simulate(options: Readonly<Record<string, string>>, ...more: readonly string[]) {
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const { code, stdout, stderr } = await run(
    'node',
    ['test/simulation/main.ts', ...args, ...more],
    { env: { SIMULATION_ORG: join(inject('prepared'), 'org.sqlite') } },
  );
  return { code, printed: stdout + stderr };
}

it('days of an org and its shops end as they should, and the same seed is the same day', async () => {
  const { code, printed } = await simulate({ ...DAYS, seed: '2', runs: '3' }, '--twice');
  expect(printed).toContain('3 seeds, 0 red');
  expect(code).toBe(0);
  const hashes = [...printed.matchAll(/hash (-?\d+)/g)].map(([, hash]) => hash);
  expect(new Set(hashes).size).toBe(3);
});

describe('so do those of thirty other seeds', () => {
  // Two at a time: each is a process that has a core to itself.
  it.concurrent.each(['9', '24'])('from %s on', async (seed) => {
    const { code, printed } = await simulate({ ...DAYS, seed, runs: '15' });
    expect(printed).toContain('15 seeds, 0 red');
    expect(code).toBe(0);
  });
});
