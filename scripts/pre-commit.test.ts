import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
let home: string;

function git(...args: readonly string[]): string {
  const who = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com'];
  return execFileSync('git', [...who, ...args], { cwd: home, encoding: 'utf8', stdio: 'pipe' });
}

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'woo-salesforce-hooks-'));
  for (const file of [
    'package.json',
    '.oxfmtrc.json',
    '.prettierrc.json',
    'scripts/hooks/pre-commit',
  ]) {
    cpSync(join(root, file), join(home, file));
  }
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
  git('init', '--quiet');
  execFileSync('npm', ['run', '--silent', 'hooks'], { cwd: home });
});

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

test('a commit formats what it takes, and nothing else', () => {
  const crooked = 'export  const one = "1"\n';
  writeFileSync(join(home, 'taken.ts'), crooked);
  writeFileSync(join(home, 'left.ts'), crooked);
  writeFileSync(join(home, 'taken.md'), '* one\n');
  git('add', 'taken.ts', 'taken.md');
  git('commit', '--quiet', '--message', 'one');
  expect(git('show', 'HEAD:taken.ts')).toBe("export const one = '1';\n");
  expect(git('show', 'HEAD:taken.md')).toBe('- one\n');
  expect(readFileSync(join(home, 'left.ts'), 'utf8')).toBe(crooked);
});
