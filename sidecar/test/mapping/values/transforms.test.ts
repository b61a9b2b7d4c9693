import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { Refusal } from '../../../src/mapping/model/refusal.ts';
import { decodeEntities, plainText } from '../../../src/mapping/values/html-text.ts';
import {
  type PlainTransform,
  transformer,
  transformerBy,
  takesArgument,
  TRANSFORMS,
} from '../../../src/mapping/values/transforms.ts';
import { recorded } from '../support/mappings.ts';

const PLAIN = TRANSFORMS.filter(
  (transform) => transform !== 'address' && !takesArgument(transform),
) as readonly PlainTransform[];

const apply = (transform: PlainTransform, value: unknown, record: WooRecord = {}) =>
  transformer(transform)?.(value, record);

describe('transforms', () => {
  it.each<readonly [PlainTransform, unknown, unknown]>([
    ['plain_text', '<p>Short &#038; <b>sweet</b></p>', 'Short & sweet'],
    ['plain_text', ['<i>a</i>', 'b'], ['a', 'b']],
    ['plain_text', null, null],
    ['lower_case', 'ÄB', 'äb'],
    ['upper_case', 'äb', 'ÄB'],
    ['lower_case', undefined, undefined],
    ['first', ['a', 'b'], 'a'],
    ['first', [], null],
    ['first', [{ id: 24, name: 'Clothing' }], 'Clothing'],
    ['first', 'a', 'a'],
    ['join', ['a', 'b', '', null], 'a, b'],
    ['join', [{ name: 'Clothing' }, { name: 'Tops' }], 'Clothing, Tops'],
    ['join', [1, 2.5], '1, 2.5'],
    ['join', [], ''],
    ['join', 'a', 'a'],
    ['json', { a: [1, null] }, '{"a":[1,null]}'],
    ['json', 'Fish "&" Chips', 'Fish "&" Chips'],
    ['json', 12.5, 12.5],
    ['json', null, null],
    ['json', undefined, undefined],
    ['number', '12.5 kg', '12.5'],
    ['number', '-3 °C', '-3'],
    ['number', '007.50', '7.5'],
    ['number', '10,50', '10,50'],
    ['number', '1.234.567', '1.234.567'],
    ['number', 'kg', 'kg'],
    ['number', 7, 7],
    ['street', { address_1: '1 Main St', address_2: 'Flat 2' }, '1 Main St\nFlat 2'],
    ['street', { address_1: '', address_2: 'Flat 2' }, 'Flat 2'],
    ['street', { address_1: 'A &amp; B', address_2: '' }, 'A & B'],
    ['street', undefined, undefined],
  ])('%s: %j becomes %j', (transform, value, expected) => {
    expect(apply(transform, value)).toEqual(expected);
  });

  it('join refuses objects that have no name', () => {
    expect(apply('join', [{ day: 'Mon' }])).toBeInstanceOf(Refusal);
  });

  it.each<readonly [WooRecord, unknown]>([
    [{ last_name: 'Müller' }, 'Müller'],
    [{ last_name: '', billing: { last_name: 'Sons &amp; Co' } }, 'Sons & Co'],
    [{ last_name: ' ', first_name: 'Zoë', billing: { company: 'Acme' } }, 'Zoë'],
    [{ last_name: '', first_name: '', billing: { company: 'Acme' } }, 'Acme'],
    [{ email: 'a.person@store.example' }, 'a.person'],
    [{ billing: { email: 'b@store.example' } }, 'b'],
    [{}, null],
  ])('name_fallback: %j is filed under %j', (record, name) => {
    expect(apply('name_fallback', record['last_name'], record)).toBe(name);
  });

  it('name_fallback finds a name for a recorded customer who gave none', () => {
    const customer = recorded('customers', 2);
    expect(apply('name_fallback', customer['last_name'], customer)).toBe('subscriber1');
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PLAIN), fc.jsonValue(), (transform, value) => {
        expect(() => apply(transform, value, { billing: value })).not.toThrow();
      }),
    );
  });
});

describe('entities', () => {
  it.each([
    ['Fish &amp; Chips', 'Fish & Chips'],
    ['&#8220;q&#8221; &#x2014; &hellip;', '“q” — …'],
    ['&eacute;&Uuml;&nbsp;&yuml;', 'éÜ\u00a0ÿ'],
    ['&amp;amp;', '&amp;'],
    ['AT&T &unknown; &#0; &#xD800; &#99999999; &', 'AT&T &unknown; &#0; &#xD800; &#99999999; &'],
  ])('%s', (text, decoded) => {
    expect(decodeEntities(text)).toBe(decoded);
  });
});

describe('plain text', () => {
  it.each([
    ['<p>One</p>\n<p>Two</p>\n', 'One\n\nTwo'],
    ['a<br/>b<BR>c', 'a\nb\nc'],
    ['<ul><li>x</li><li>y</li></ul>', 'x\ny'],
    ['a <script>alert("<b>")</script> b<!-- <p> --> c', 'a b c'],
    ['<style>p{}</style>kept', 'kept'],
    ['kept<script>never closed', 'kept'],
    ['5 < 6 and 7 > 3', '5 < 6 and 7 > 3'],
    ['<a href="x">link</a>', 'link'],
  ])('%j is %j', (html, text) => {
    expect(plainText(html)).toBe(text);
  });

  it('takes no longer for a hostile description', () => {
    // Were it quadratic, it would take longer than a test may.
    expect(plainText('<script '.repeat(50_000))).toBe('');
    expect(plainText('<!--'.repeat(50_000) + '<p '.repeat(50_000))).toBe('');
  });
});

describe('a transform with an argument', () => {
  it.each<readonly ['slice' | 'regex' | 'template', string, unknown, unknown]>([
    ['slice', '0,4', 20_261_124, '2026'],
    ['slice', '0,1', ['ab', 'cd', 7], ['a', 'c', '7']],
    ['slice', '0,1', null, null],
    ['slice', '0,1', undefined, undefined],
    ['slice', '0,1', true, true],
    ['slice', '0,1', { city: 'Osaka' }, { city: 'Osaka' }],
    ['regex', '[0-9]+', ['a1', 'b', 'c22'], ['1', '22']],
    ['regex', '[0-9]+', 'none', null],
    ['regex', '[0-9]+', null, null],
    ['regex', '[0-9]+', { city: '12' }, { city: '12' }],
    [
      'template',
      '{first_name} {last_name}',
      { first_name: 'Ada', last_name: 'Byron' },
      'Ada Byron',
    ],
    ['template', '{a}, {b} ({a})', { a: 'x &amp; y', b: 7 }, 'x & y, 7 (x & y)'],
    ['template', '{a} {b} {c}', { a: 'x', b: '', c: 'z' }, 'x z'],
    ['template', '{a} {b}', { b: 'y' }, 'y'],
    ['template', 'Mx. {a} {b}', { a: '', b: null, c: 'z' }, null],
    ['template', '{constructor}', {}, null],
    ['template', '{a}', { a: '$& {b}', b: 'z' }, '$& {b}'],
    ['template', '{a}', { a: true }, 'true'],
    ['template', '{a}', null, null],
    ['template', '{a}', undefined, undefined],
    ['template', '{a}', 'a text', 'a text'],
  ])('%s %s makes of %j', (transform, argument, value, expected) => {
    const made = transformerBy(transform, argument);
    expect(typeof made === 'string' ? made : made(value, {})).toEqual(expected);
  });

  it('template refuses a part that is a group itself', () => {
    const made = transformerBy('template', '{a} {b}');
    const value = { a: 'x', b: { c: 'y' } };
    expect(typeof made === 'string' ? made : made(value, {})).toMatchObject({
      code: 'VALUE_IS_OBJECT',
    });
  });
});
