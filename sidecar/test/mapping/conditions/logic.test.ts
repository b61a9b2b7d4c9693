import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseLogic } from '../../../src/mapping/conditions/logic.ts';

const run = (logic: string, ...met: readonly number[]): boolean => {
  const result = parseLogic(logic);
  if ('error' in result) throw new Error(result.error);
  return result.evaluate((number) => met.includes(number));
};

describe('condition logic', () => {
  it.each([
    ['1', [1], true],
    ['1 AND 2', [1], false],
    ['1 and 2', [1, 2], true],
    ['1 OR 2 AND 3', [1], true],
    ['(1 OR 2) AND 3', [1], false],
    ['NOT 1', [], true],
    ['NOT NOT 1', [1], true],
    ['NOT 1 AND 2', [2], true],
    ['NOT (1 AND 2)', [1], true],
    ['1 AND (2 OR NOT 3)', [1, 3], false],
    ['1AND(2OR NOT 3)', [1, 2, 3], true],
    ['((10))', [10], true],
  ] as const)('%s with %j met is %j', (logic, met, outcome) => {
    expect(run(logic, ...met)).toBe(outcome);
  });

  it.each([
    ['', 'is empty'],
    ['  ', 'is empty'],
    ['1 AND', 'ends where the number of a condition was expected'],
    ['AND 1', 'has "AND" where the number of a condition was expected'],
    ['1 2', 'has "2" where AND or OR was expected'],
    ['1 XOR 2', 'has "XOR" where AND or OR was expected'],
    ['1 && 2', 'has "&" where AND or OR was expected'],
    ['(1 AND 2', 'opens a bracket that it does not close'],
    ['1)', 'closes a bracket that was not opened'],
    ['()', 'has ")" where the number of a condition was expected'],
    ['A', 'has "A" where the number of a condition was expected'],
    ['('.repeat(200), 'nests more than 50 brackets'],
  ])('%j %s', (logic, error) => {
    expect(parseLogic(logic)).toEqual({ error });
  });

  it('names the conditions that it uses', () => {
    const result = parseLogic('1 AND (2 OR NOT 3) OR 1');
    expect('numbers' in result && [...result.numbers]).toEqual([1, 2, 3]);
  });

  it('binds NOT first, then AND, then OR, however deep', () => {
    interface Tree {
      readonly text: string;
      readonly holds: (met: readonly number[]) => boolean;
    }
    const { or } = fc.letrec<{ or: Tree; and: Tree; not: Tree }>((tie) => ({
      or: fc.array(tie('and'), { minLength: 1, maxLength: 3 }).map((parts) => ({
        text: parts.map(({ text }) => text).join(' OR '),
        holds: (met) => parts.some((part) => part.holds(met)),
      })),
      and: fc.array(tie('not'), { minLength: 1, maxLength: 3 }).map((parts) => ({
        text: parts.map(({ text }) => text).join(' AND '),
        holds: (met) => parts.every((part) => part.holds(met)),
      })),
      not: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc
          .integer({ min: 1, max: 4 })
          .map((n) => ({ text: `${n}`, holds: (met: readonly number[]) => met.includes(n) })),
        tie('or').map(({ text, holds }) => ({ text: `(${text})`, holds })),
        tie('or').map(({ text, holds }) => ({
          text: `NOT (${text})`,
          holds: (met: readonly number[]) => !holds(met),
        })),
      ),
    }));
    fc.assert(
      fc.property(or, fc.subarray([1, 2, 3, 4]), ({ text, holds }, met) => {
        expect(run(text, ...met)).toBe(holds(met));
      }),
    );
  });

  it('answers any text without throwing', () => {
    const piece = fc.constantFrom(
      '1',
      '2',
      'AND',
      'OR',
      'NOT',
      '(',
      ')',
      ' ',
      'é',
      '99999999999999999999',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(parseLogic(pieces.join(' '))).toBeTypeOf('object');
      }),
    );
  });
});
