import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

/** More than a person sees at a glance. */
const MOST_FILES = 15;
const root = join(import.meta.dirname, '..');

/** Source files by folder; those of tests, and of force-app, have shapes of their own. */
export function sourceFilesByFolder(files: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of files) {
    if (!/\.(ts|js)$/.test(file) || /(^|\/)(test|__tests__|lwc)\/|\.test\.ts$/.test(file)) continue;
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  }
  return counts;
}

function sourceFiles(): readonly string[] {
  const folders = ['sidecar/src', 'local', 'scripts', 'bench'];
  return execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...folders], {
    ...{ cwd: root, encoding: 'utf8' },
  })
    .split('\n')
    .filter((file) => file !== '');
}

test('no folder has more than fifteen source files', () => {
  const crowded = [...sourceFilesByFolder(sourceFiles())].filter(([, count]) => count > MOST_FILES);
  expect(crowded).toEqual([]);
});

test('a sixteenth file is seen, and files of tests are not counted', () => {
  const many = Array.from({ length: 16 }, (_, at) => `local/store/http/file-${String(at)}.ts`);
  expect([...sourceFilesByFolder([...many, 'local/store/test/a.ts', 'scripts/b.test.ts'])]).toEqual(
    [['local/store/http', 16]],
  );
});
