import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { COMPILER_FOLDERS, DiskCache } from '../runtime/disk-cache.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'woo-apex-cache-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const opened = (mostFiles = 10) => new DiskCache<string>('test', { folder, mostFiles });
const never = (): never => {
  throw new Error('it was worked out before');
};

it('what was worked out once is read by another process, unless it fits no more', () => {
  expect(opened().get('one', () => 'first')).toBe('first');
  expect(opened().get('one', never)).toBe('first');
  expect(
    opened().get(
      'one',
      () => 'second',
      (kept) => kept !== 'first',
    ),
  ).toBe('second');
});

it('a file that was cut short is worked out again', () => {
  opened().get('one', () => 'first');
  const [name = ''] = readdirSync(folder);
  writeFileSync(join(folder, name), '"fir');
  expect(opened().get('one', () => 'again')).toBe('again');
});

it('the oldest files go once there are too many', () => {
  for (let n = 0; n < 10; n++) {
    opened().get(`text ${n}`, () => `result ${n}`);
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (n === 0) utimesSync(path, 1, 1);
    }
  }
  expect(readdirSync(folder)).toHaveLength(10);
  expect(opened().get('text 0', never)).toBe('result 0');
  opened().get('one more', () => 'last');
  expect(readdirSync(folder)).toHaveLength(8);
  expect(opened().get('text 0', () => 'anew')).toBe('anew');
  expect(opened().get('one more', never)).toBe('last');
});

it('a folder that cannot be there costs time, no more', () => {
  writeFileSync(join(folder, 'file'), '');
  const cache = new DiskCache<string>('test', { folder: join(folder, 'file', 'inside') });
  expect(cache.get('one', () => 'first')).toBe('first');
});

/** The files that a file runs with, itself among them; types leave nothing to run. */
function filesOf(path: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(path)) return found;
  found.add(path);
  const imports = /^(?:import|export)\s(?!type\b)[^;]*?from '(\.[^']+)';/gm;
  for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(imports)) {
    filesOf(join(dirname(path), name), found);
  }
  return found;
}

it('is kept by all files that the compiler runs with', () => {
  const org = join(import.meta.dirname, '../..');
  const files = [...filesOf(join(org, 'apex/runtime/compiler.ts'))].map((one) =>
    relative(org, one),
  );
  expect(files).toContain('soql/semi-joins.ts');
  expect(
    files.filter((one) => !COMPILER_FOLDERS.some((folder) => one.startsWith(`${folder}/`))),
  ).toEqual([]);
});
