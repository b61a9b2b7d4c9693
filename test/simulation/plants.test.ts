import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { root } from '../../scripts/lib/sf.ts';
import { allPlants, plantOf } from './plants.ts';

const plants = allPlants();

it('has plants, and each says what found it', () => {
  expect(plants.length).toBeGreaterThan(4);
  for (const { name } of plants) expect(plantOf(name).options[0]).toBe('--seed');
  expect(() => plantOf('rain')).toThrow('There is no plant rain');
});

it.each(plants)('$name fits the sources as they are', ({ patch }) => {
  const args = ['apply', '--check', patch];
  expect(execFileSync('git', args, { cwd: root, encoding: 'utf8' })).toBe('');
});
