import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slicer } from '../../../src/mapping/values/slice.ts';

describe('slice', () => {
  it.each([
    ['0,3', 'abcdef', 'abc'],
    ['2', 'abcdef', 'cdef'],
    ['2,', 'abcdef', 'cdef'],
    ['-2', 'abcdef', 'ef'],
    ['0,-1', 'abcdef', 'abcde'],
    ['-3,-1', 'abcdef', 'de'],
    ['-3,5', 'abcdef', 'de'],
    [' 1 , 3 ', 'abcdef', 'bc'],
    ['4,9', 'abc', ''],
    ['0,9', 'abc', 'abc'],
    ['0,2', '😀ä𝒳b', '😀ä'],
    ['-1', 'a😀', '😀'],
    ['0,99999999999999999999', 'ab', 'ab'],
  ])('%s of %s is %s', (argument, text, expected) => {
    expect(slicer(argument)?.(text)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    ',',
    ',3',
    'a,b',
    '1.5',
    '1;3',
    '1,2,3',
    '0x1',
    '0,0',
    '3,3',
    '5,2',
    '-1,-3',
    '-2,0',
  ])('%j names no part', (argument) => {
    expect(slicer(argument)).toBeNull();
  });

  it('is as JavaScript has it of whole characters, and refuses only what takes nothing of any text', () => {
    const near = fc.integer({ min: -9, max: 9 });
    const text = fc.string({ unit: fc.constantFrom('a', 'ä', '😀', '𝒳'), maxLength: 12 });
    fc.assert(
      fc.property(near, near, text, (from, to, whole) => {
        const expected = Array.from(whole).slice(from, to).join('');
        expect(slicer(`${from},${to}`)?.(whole) ?? '').toBe(expected);
      }),
    );
  });
});
