import { describe, expect, it } from 'vitest';
import { contradiction, fixedOutcome } from '../../../src/mapping/conditions/condition-outcomes.ts';
import { parseLogic } from '../../../src/mapping/conditions/logic.ts';

/** What is said of a logic, and how often its outcome was asked for. */
function fixed(text: string) {
  const logic = parseLogic(text);
  if ('error' in logic) throw new Error(logic.error);
  let asked = 0;
  const outcome = fixedOutcome((met) => {
    asked += 1;
    if (asked > 10_000) throw new Error('It is tried without an end.');
    return logic.evaluate(met);
  }, logic.numbers);
  return { outcome, asked };
}

const all = (count: number, word: string, form = (at: number) => `${at}`) =>
  Array.from({ length: count }, (_, at) => form(at + 1)).join(` ${word} `);

describe('whether a logic has one outcome whatever its conditions say', () => {
  it.each([
    ['1 OR NOT 1', 'always'],
    ['1 AND NOT 1', 'never'],
    ['(1 OR 2) AND NOT 1 AND NOT 2', 'never'],
    ['1 OR NOT 2', null],
    ['1', null],
  ] as const)('%s: %s', (text, outcome) => {
    expect(fixed(text).outcome).toBe(outcome);
  });

  it.each([13, 40, 1000])('is not tried of %d conditions, each of which doubles them', (count) => {
    const tautologies = all(count, 'AND', (at) => `(${at} OR NOT ${at})`);
    expect(fixed(tautologies)).toEqual({ outcome: null, asked: 0 });
  });

  it('is tried of twelve', () => {
    const tautologies = all(12, 'AND', (at) => `(${at} OR NOT ${at})`);
    expect(fixed(tautologies)).toEqual({ outcome: 'always', asked: 4096 });
  });
});

describe('two conditions that no value meets', () => {
  const equals = (...values: readonly string[]) =>
    values.map((expected) => ({ attribute: 'status', operator: 'equals' as const, expected }));

  it.each([
    [['10', '10.0'], false],
    [['Paid', ' paid '], false],
    [['10', '11'], true],
    [['10', 'ten'], true],
    [['ten', '10'], true],
    [['paid', 'open'], true],
  ] as const)('%j: %s', (values, isOne) => {
    expect(contradiction(equals(...values)) !== null).toBe(isOne);
  });
});
