import fc from 'fast-check';
import { serialize } from 'php-serialize';
import { describe, expect, it } from 'vitest';
import { parseStructured } from '../../../src/mapping/values/structured-text.ts';

describe('a text that holds several values', () => {
  it.each([
    ['{"size":{"width":3}}', { size: { width: 3 } }],
    [' [1, "b"]', [1, 'b']],
    ['a:2:{i:0;s:1:"a";i:1;s:1:"b";}', ['a', 'b']],
    ['a:1:{s:4:"city";s:5:"Köln";}', { city: 'Köln' }],
    ['a:1:{i:3;a:1:{s:1:"x";N;}}\n', { 3: { x: null } }],
    ['a:1:{s:1:"n";i:99999999999999999999;}', { n: '99999999999999999999' }],
    ['a:0:{}', []],
  ])('%s is taken apart', (text, expected) => {
    expect(parseStructured(text)).toEqual(expected);
  });

  it.each(['', 'no', '12', 'true', '"a"', 'N;', 'i:5;', 'a: 2 apples', 'amount:3:{'])(
    '%j is a plain text',
    (text) => {
      expect(parseStructured(text)).toBeNull();
    },
  );

  it.each([
    '{"a":1',
    '[b]gift[/b]',
    'a:2:{i:0;s:1:"a";',
    'a:1:{i:0;s:9:"a";}',
    'a:1:{i:0;i:1;}}trailing',
    'a:1:{i:0;i:1;}i:2;',
    'a:100000000:{',
    'a:1:{i:0;R:1;}',
    'a:1:{i:0;d:NAN;}',
  ])('%j is broken', (text) => {
    expect(parseStructured(text)).toMatchObject({ code: 'VALUE_BROKEN_TEXT' });
  });

  it.each([
    'O:8:"stdClass":1:{s:1:"a";i:1;}',
    'a:2:{i:0;s:1:"a";i:1;O:3:"Foo":0:{}}',
    'C:3:"Foo":2:{ab}',
    'a:1:{s:9:"__proto__";a:1:{s:1:"a";i:1;}}',
  ])('%j holds objects', (text) => {
    expect(parseStructured(text)).toMatchObject({ code: 'VALUE_PHP_OBJECT' });
  });

  it('is broken where it nests without end', () => {
    const deep = 'a:1:{i:0;'.repeat(25_000);
    expect(parseStructured(deep)).toMatchObject({ code: 'VALUE_BROKEN_TEXT' });
  });

  it('is not taken apart where everything else would wait for it', () => {
    const large = JSON.stringify(['x'.repeat(300_000)]);
    expect(parseStructured(large)).toMatchObject({ code: 'VALUE_TEXT_TOO_LARGE' });
  });

  it('is what was serialised, and nothing is thrown whatever the text', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]\w{0,5}$/), fc.string()), (made) => {
        const group = { ...made, own: 'x' };
        expect(parseStructured(serialize(group))).toEqual(group);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom('{', '[', 'a:1:{', 'O:1:'), fc.string(), (start, text) => {
        expect(() => parseStructured(start + text)).not.toThrow();
      }),
    );
  });
});
