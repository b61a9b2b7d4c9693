import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sameShape } from '../../../src/diagnostics/golden/same-shape.ts';
import { StandIns } from '../../../src/diagnostics/golden/pseudonyms.ts';

/** What must stay of a text: its scripts, case, digits and everything else. */
function shapeOf(text: string): string {
  const scripts = ['Latin', 'Cyrillic', 'Greek', 'Han', 'Hiragana', 'Katakana', 'Hangul', 'Arabic'];
  return Array.from(text, (char) => {
    const script = scripts.find((name) => new RegExp(`\\p{Script=${name}}`, 'u').test(char));
    if (/\p{L}/u.test(char)) {
      const size = char === char.toLowerCase() ? 'lower' : 'upper';
      return `${script ?? 'other'} ${size} ${/[ -~]/.test(char) ? 'ascii' : ''}`;
    }
    return /\d/.test(char) ? '9' : char;
  }).join('|');
}

describe('a text of the same shape', () => {
  it.each([
    'Ada Lovelace',
    "O'Neil-D’Arcy",
    'Ñandú Müller Øre',
    'Ольга Иванова',
    '山田 太郎',
    'さくら カタカナ',
    'محمد العربي',
    '김민수',
    'Γιώργος',
    '+49 (030) 123-0',
    '😀 Zoë & 5 > 3\n\tend',
    '日本 A1 😀',
  ])('%s', (text) => {
    const made = sameShape(text, 7);
    expect(made).toHaveLength(text.length);
    expect(shapeOf(made)).toBe(shapeOf(text));
    Array.from(made).forEach((char, at) => {
      if (/\p{L}|[1-9]/u.test(char)) expect(char).not.toBe(Array.from(text)[at]);
    });
  });

  it('keeps what decides how HTML is read', () => {
    const made = sameShape('Fish &amp; Chips <b>by Ada</b> &#038; <script>x</script>', 1);
    expect(made).toMatch(/^\w{4} &amp; \w{5} <b>\w\w \w{3}<\/b> &#038; <script>\w<\/script>$/);
    expect(made).not.toMatch(/Fish|Chips|Ada/);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(sameShape('Lovelace', 1)).toBe(sameShape('Lovelace', 1));
    expect(sameShape('Lovelace', 1)).not.toBe(sameShape('Lovelace', 2));
  });

  it('is as long as any text, and leaves no letter or digit of it in place', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 999 }),
        (text, seed) => {
          const made = sameShape(text.replaceAll(/[&<>-]/g, ' '), seed);
          const chars = Array.from(text);
          expect(Array.from(made)).toHaveLength(chars.length);
          for (const [at, char] of Array.from(made).entries()) {
            if (/[a-z1-9]/i.test(char)) expect(char).not.toBe(chars[at]);
          }
        },
      ),
    );
  });
});

describe('stand-ins', () => {
  it('are the same for the same text, and tell different ones apart', () => {
    const standIns = new StandIns();
    expect(standIns.of('Lovelace')).toBe(standIns.of('Lovelace'));
    expect(standIns.of('Lovelace')).not.toBe(standIns.of('Lovelacf'));
  });

  it('depend on nothing but the shape and the order in which texts come', () => {
    expect(new StandIns().of('+49 30 123')).toHaveLength(10);
    const [one, two] = [new StandIns(), new StandIns()];
    expect([one.of('Ada'), one.of('Eve')]).toEqual([two.of('Ada'), two.of('Eve')]);
  });

  it.each(['', '  ', 'yes', '1', 'false', '[deleted]', 'deleted@site.invalid', '0.0.0.0'])(
    'leave "%s" as it is',
    (text) => {
      expect(new StandIns().of(text)).toBe(text);
    },
  );

  it('make addresses that are nobody’s', () => {
    const made = new StandIns().of('Ada.L+shop@mail.lovelace.example.com');
    expect(made).toMatch(/^[A-Z]\w\w\.[A-Z]\+\w{4}@x+\.example$/);
    expect(made).toHaveLength('Ada.L+shop@mail.lovelace.example.com'.length);
  });

  it('keep one e-mail address one, whatever its case', () => {
    const standIns = new StandIns();
    const made = standIns.of('Ada@Shop.example');
    expect(standIns.of('ada@shop.example')).toBe(made.toLowerCase());
  });

  it.each([
    ['192.168.7.21', /^203\.0\.113\.\d+$/],
    ['2a02:8109:9a80::1', /^2001:db8::[\da-f]+$/],
    ['1815-12-10', /^2001-02-\d\d$/],
    ['1815-12-10T10:11:12', /^2001-02-\d\dT10:11:12$/],
    [
      'https://secret.example.org/a?key=Abc',
      /^https:\/\/stand-in\.example\/[a-z]\?[a-z]{3}=[A-Z][a-z]{2}$/,
    ],
    ['12.50', /^[1-9]{2}\.[1-9]{2}$/],
    ['0.50', /^0\.[1-9]{2}$/],
  ])('keep what %s is', (text, shape) => {
    const made = new StandIns().of(text);
    expect(made).toMatch(shape);
    expect(made).not.toBe(text);
  });
});
