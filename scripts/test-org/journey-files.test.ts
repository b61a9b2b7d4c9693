import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { root } from '../lib/sf.ts';
import { journeyFiles, mustBeJourneys } from './journey-files.ts';

it('takes parts of the names of journeys that there are', () => {
  expect(journeyFiles.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(() => {
    mustBeJourneys(['issue', 'test/e2e/kill.test.ts']);
    mustBeJourneys([]);
  }).not.toThrow();
});

it('names the part that no journey has, also beside one that has', () => {
  expect(() => {
    mustBeJourneys(['issues', 'nosuchfile']);
  }).toThrow('There is no journey nosuchfile; there are main-job, ');
});
