import { join } from 'node:path';

import { expect, inject, it } from 'vitest';

import { run } from '../../scripts/lib/sf.ts';

/** Always the same days: others are played by `npm run simulate`. */
const SEEDS = { seed: '2', runs: '3', days: '1', actions: '30', shrink: '0' };

it('days of an org and its shops end as they should, and the same seed is the same day', async () => {
  const args = Object.entries(SEEDS).flatMap(([name, value]) => [`--${name}`, value]);
  const { code, stdout, stderr } = await run(
    'node',
    ['test/simulation/main.ts', ...args, '--twice'],
    {
      env: { SIMULATION_ORG: join(inject('prepared'), 'org.sqlite') },
    },
  );
  expect(stdout + stderr).toContain('3 seeds, 0 red');
  expect(code).toBe(0);
  const hashes = [...stdout.matchAll(/hash (-?\d+)/g)].map(([, hash]) => hash);
  expect(new Set(hashes).size).toBe(3);
});
