import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { instrument, isLeftOut } from './mutants.ts';

describe('what is left out by rule', () => {
  it.each([
    ['StringLiteral', `'The order is held.'`],
    ['StringLiteral', '`${count} orders are held.`'],
    ['ArrayDeclaration', '[]'],
    ['ArrayDeclaration', '[ ]'],
  ])('%s: %s', (mutator, original) => {
    expect(isLeftOut({ mutator, original })).toBe(true);
  });

  it.each([
    ['StringLiteral', `'LastModifiedDate'`],
    ['StringLiteral', `''`],
    ['StringLiteral', '`${object}:${a || b}`'],
    ['ArrayDeclaration', '[1]'],
    ['ConditionalExpression', 'a === b'],
    ['BlockStatement', '{ return []; }'],
  ])('but not %s: %s', (mutator, original) => {
    expect(isLeftOut({ mutator, original })).toBe(false);
  });
});

describe('mutants of a source', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const of = (source: string) => {
    writeFileSync(join(folder, 'source.ts'), source);
    return instrument([join(folder, 'source.ts')]);
  };

  it('have the place and the words that they replace, also over several lines', async () => {
    const { mutants } = await of('export const f = (a: number) =>\n  a +\n  2;\n');
    expect(mutants).toContainEqual(
      expect.objectContaining({
        mutator: 'ArithmeticOperator',
        line: 2,
        lastLine: 3,
        column: 3,
        original: 'a +\n  2',
        replacement: 'a - 2',
        marked: null,
      }),
    );
  });

  it('are never switched off by a comment in the source', async () => {
    const source =
      '// Stryker disable next-line all: no sign\nexport const f = (a: number) => a > 0;\n';
    await expect(of(source)).rejects.toThrow(/source\.ts:2: list it in .*unnoticed\.ts/);
  });

  it('are all behind switches in one source', async () => {
    const { sources, mutants } = await of('export const f = (a: number) => a > 0;\n');
    const source = sources.get(join(folder, 'source.ts')) ?? '';
    expect(mutants.length).toBeGreaterThan(3);
    for (const { id } of mutants) expect(source).toContain(`stryMutAct_9fa48("${id}")`);
  });
});
