import { describe, expect, it } from 'vitest';

import { instrument } from './mutants.ts';
import { UNNOTICED, whyUnnoticed } from './unnoticed.ts';

describe('mutants that no test can notice', () => {
  it('each stand in the sources as listed, once', async () => {
    const files = [...new Set(UNNOTICED.map(({ file }) => file))];
    const { mutants } = await instrument(files);
    for (const { file, mutator, why } of UNNOTICED) {
      const marked = mutants.filter((one) => one.file === file && one.mutator === mutator);
      const lines = new Set(marked.filter((one) => one.marked === why).map(({ line }) => line));
      expect([file, lines.size]).toEqual([file, 1]);
    }
  });

  const listed = { file: 'a.ts', text: 'a > 0;', original: 'a > 0', mutator: 'EqualityOperator' };

  it.each([
    [{}, 'zero has no sign'],
    [{ file: 'b.ts' }, null],
    [{ text: 'a > 0 && b;' }, null],
    [{ original: '0' }, null],
    [{ mutator: 'ConditionalExpression' }, null],
  ])('are those of that place alone: with %o %s', (other, why) => {
    const { file, text, ...mutant } = { ...listed, ...other };
    const list = [{ ...listed, why: 'zero has no sign' }];
    expect(whyUnnoticed(file, `  ${text}`, mutant, list)).toBe(why);
  });
});
