import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { Results } from './results.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-results-'));
  path = join(folder, 'results.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('a seed that was played is known to the next run, with how it ended', () => {
  const first = new Results(path, 'two days');
  expect(first.of(1, 0)).toBeNull();
  first.add({ seed: 1, order: 0, isRed: false });
  first.add({ seed: 2, order: 3, isRed: true });
  const next = new Results(path, 'two days');
  expect(next.of(1, 0)).toMatchObject({ isRed: false });
  expect(next.of(2, 3)).toMatchObject({ isRed: true });
  expect(next.of(2, 0)).toBeNull();
  expect(next.of(3, 0)).toBeNull();
});

it('one that was played in another way is not', () => {
  new Results(path, 'two days').add({ seed: 1, order: 0, isRed: false });
  const other = new Results(path, 'seven days');
  expect(other.of(1, 0)).toBeNull();
  other.add({ seed: 1, order: 0, isRed: true });
  expect(new Results(path, 'two days').of(1, 0)).toMatchObject({ isRed: false });
});

it('a line that was stopped in its middle counts for nothing, and spoils none behind it', () => {
  new Results(path, 'two days').add({ seed: 1, order: 0, isRed: false });
  appendFileSync(path, '{"seed":2,"order":0,"isR');
  const next = new Results(path, 'two days');
  expect(next.of(2, 0)).toBeNull();
  next.add({ seed: 2, order: 0, isRed: true });
  const last = new Results(path, 'two days');
  expect(last.of(1, 0)).toMatchObject({ isRed: false });
  expect(last.of(2, 0)).toMatchObject({ isRed: true });
});
