import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/mapping/model/refusal.ts';
import { readPattern } from '../../../src/mapping/values/pattern.ts';

const find = (expression: string, text: string) => {
  const made = readPattern(expression);
  if (typeof made === 'string') throw new Error(made);
  return made(text);
};

describe('a regular expression', () => {
  it.each([
    ['[0-9]+', 'INV-0042 of 2026', '0042'],
    ['INV-([0-9]+)', 'INV-0042', '0042'],
    ['(?i)inv-(?:[0-9]+)', 'INV-0042', 'INV-0042'],
    ['(?P<year>[0-9]{4})$', 'INV-0042 of 2026', '2026'],
    ['a(b)?c', 'ac', null],
    ['[0-9]+', 'none', null],
    ['^(\\p{L}+)', 'Köln 50667', 'Köln'],
    ['.(.)', 'a😀b', '😀'],
  ])('%s finds in %s', (expression, text, expected) => {
    expect(find(expression, text)).toBe(expected);
  });

  it.each([
    ['(?=a)', 'invalid or unsupported Perl syntax: "(?="'],
    ['(a)\\1', 'invalid escape sequence: "\\1"'],
    ['[', 'missing closing ]'],
    ['*', 'missing argument to repetition operator'],
    ['a{1001}', 'invalid repeat count'],
    ['(?:a{30}){40}', 'invalid repeat count'],
    ['(?:a?){300}', 'repeats more than can be searched'],
  ])('%s cannot be used', (expression, reason) => {
    expect(readPattern(expression)).toContain(reason);
  });

  it.each(['(a+)+$', '([0-9]+)', '(?:a?){100}b'])(
    'of %s searches no text that everything else would wait for',
    (expression) => {
      expect(find(expression, 'a'.repeat(1000))).not.toBeInstanceOf(Refusal);
      expect(find(expression, `${'a'.repeat(2 ** 20)}!`)).toMatchObject({
        code: 'VALUE_TEXT_TOO_LARGE',
      });
    },
  );
});
