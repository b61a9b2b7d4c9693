import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Ran, root, run } from '../lib/sf.ts';
import { idle } from './report.ts';

const SOURCE = `const LEAST = 2;

export function sum(numbers: readonly number[]): number {
  let all = 0;
  for (let at = 0; at < numbers.length; at++) all += numbers[at] ?? 0;
  return all;
}

export const enough = (count: number): boolean => count >= LEAST;
export const unseen = (count: number): number => count + 1;
export const words = { none: 'none' };
`;
const TEST = `import { expect, it } from 'vitest';
import { enough, sum, words } from '../src/sums.ts';

it('adds up', () => expect(sum([1, 2])).toBe(3));
it('is enough', () => expect([enough(1), enough(3)]).toEqual([false, true]));
it('has words', () => expect(words).toEqual({ none: 'none' }));
let times = 0;
it('cannot run twice', () => expect(++times + sum([])).toBe(1));
`;
/** Its test comes past the other source too, as those of a folder do. */
const ODD = `export function isOdd(number: number): boolean {
  return number % 2 === 1;
}
`;
const ODD_TEST = `import { expect, it } from 'vitest';
import { isOdd } from '../src/odd.ts';
import { sum } from '../src/sums.ts';

it('is odd', () => expect(isOdd(sum([1, 2]))).toBe(true));
`;

describe('a folder with a change that no test notices', () => {
  let folder = '';
  let found: Ran;
  const mutate = (...args: string[]) =>
    run('node', [
      'scripts/mutate/main.ts',
      relative(root, join(folder, 'src')),
      '--tests',
      relative(root, join(folder, 'test')),
      ...args,
    ]);

  beforeAll(async () => {
    mkdirSync(join(root, '.local'), { recursive: true });
    folder = mkdtempSync(join(root, '.local', 'planted-'));
    for (const name of ['src', 'test']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'src', 'sums.ts'), SOURCE);
    writeFileSync(join(folder, 'test', 'sums.test.ts'), TEST);
    found = await mutate('--least', '90', '--matrix');
  });
  afterAll(() => {
    const results = relative(root, join(folder, 'src')).replaceAll('/', '-');
    for (const of of [results, `${results}-odd.ts`])
      rmSync(join(root, '.local', 'mutate', of), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  it('fails, and says which', () => {
    expect(found.code).toBe(1);
    expect(found.stdout).toMatch(
      /src\/sums\.ts:9:51 survived \(EqualityOperator\): count >= LEAST → count > LEAST\n/,
    );
    expect(found.stdout).toMatch(/ %, and are to notice 90 %\.\n/);
  });

  it('names what no test comes past', () => {
    expect(found.stdout).toMatch(/sums\.ts:10:\d+ not covered .*: count \+ 1 → count - 1\n/);
  });

  it('does not name what a test notices: in a test, while it loads, or because it never ends', () => {
    expect(found.stdout).not.toMatch(/sums\.ts:3:/);
    expect(found.stdout).not.toMatch(/sums\.ts:5:.*at\+\+ → at--/);
    expect(found.stdout).not.toMatch(/sums\.ts:11:/);
  });

  it('leaves out a test that cannot run twice in a process, and says so', () => {
    expect(found.stdout).toMatch(/were left out:\n {2}.*cannot run twice\n/);
  });

  it('passes where less is asked for', async () => {
    expect((await mutate('--least', '10')).code).toBe(0);
  });

  it('may be one file, whose mutants alone are looked at, and not in a process for each', async () => {
    writeFileSync(join(folder, 'src', 'odd.ts'), ODD);
    writeFileSync(join(folder, 'test', 'odd.test.ts'), ODD_TEST);
    const { stdout, stderr } = await run('node', [
      'scripts/mutate/main.ts',
      relative(root, join(folder, 'src', 'odd.ts')),
      '--tests',
      relative(root, join(folder, 'test')),
    ]);
    const survived = [...stdout.matchAll(/^(\S+) survived .*→ (.*)$/gm)].map(([, , by]) => by);
    expect(survived).toEqual(['true']);
    expect(stdout).not.toContain('sums.ts');
    expect(stderr).not.toContain('left to start with');
  });
});

describe('tests that alone notice nothing', () => {
  const test = (name: string) => ({
    kind: 'test' as const,
    test: name,
    name,
    file: join(root, 'a.test.ts'),
    hits: {},
    repeats: true,
    seconds: 0,
    turns: 0,
  });

  it('are those whose mutants others notice too', () => {
    const killers = new Map([
      ['1', new Set(['one', 'two'])],
      ['2', new Set(['two'])],
    ]);
    const tests = [test('one'), test('two'), test('three')];
    expect(idle({ killers, tests })).toEqual({ 'a.test.ts': ['one', 'three'] });
  });
});
