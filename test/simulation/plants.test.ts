import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/lib/sf.ts';

const folder = join(import.meta.dirname, 'plants');
const plants = globSync('*.patch', { cwd: folder });

it('has plants', () => {
  expect(plants.length).toBeGreaterThan(4);
});

it.each(plants)('%s fits the sources as they are', (plant) => {
  const args = ['apply', '--check', join(folder, plant)];
  expect(execFileSync('git', args, { cwd: root, encoding: 'utf8' })).toBe('');
});
