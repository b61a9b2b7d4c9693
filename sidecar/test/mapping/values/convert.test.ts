import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldValue, Overflow } from '../../../src/mapping/model/record.ts';
import { Refusal } from '../../../src/mapping/model/refusal.ts';
import type { FieldSchema } from '../../../src/mapping/model/schema.ts';
import { converter } from '../../../src/mapping/values/convert.ts';
import { field } from '../support/mappings.ts';

function convert(
  type: string,
  value: unknown,
  more: Partial<FieldSchema> = {},
  overflow: Overflow = 'reject',
): FieldValue | Refusal {
  const to = converter(field('F__c', type, more), overflow);
  if (!to) throw new Error(`${type} takes no value`);
  return to(value);
}

const LIST = { restrictedPicklist: true, picklistValues: ['New', 'On Hold'] };

describe('what fits', () => {
  it.each<[string, unknown, FieldValue, Partial<FieldSchema>?]>([
    ['string', ' Köln ', 'Köln'],
    ['string', 12.5, '12.5'],
    ['string', true, 'true'],
    ['string', 'a\ud800b', 'a\ufffdb'],
    ['textarea', 'a\nb', 'a\nb'],
    ['phone', '+1 555 0100', '+1 555 0100'],
    ['email', 'O.Brien+x@Store.example', 'O.Brien+x@Store.example'],
    ['double', '149.49', 149.49],
    ['double', '-0.00', 0],
    ['double', 3.3350000000000004, 3.335, { scale: 4 }],
    ['double', 14.450000000000001, 14.45, { scale: 4 }],
    ['double', '1.005', 1.01],
    ['double', '-1.005', -1.01],
    ['double', '1.004999', 1],
    ['double', 16, 16],
    ['double', '12.3456789', 12.3457, { scale: 4 }],
    ['double', '.5', 0.5],
    ['currency', ' 7 ', 7],
    ['percent', '8.375', 8.38],
    ['double', '0.99', 0.99, { precision: 2, scale: 2 }],
    ['double', '3.5', 4, { precision: 5, scale: 0 }],
    ['double', '9999999999999.99', 9999999999999.99],
    ['int', '41.5', 42],
    ['boolean', true, true],
    ['boolean', '1', true],
    ['boolean', 'Yes', true],
    ['boolean', 'on', true],
    ['boolean', 0, false],
    ['boolean', 'no', false],
    ['boolean', '', false],
    ['boolean', null, false],
    ['datetime', '2026-11-24T22:36:02', '2026-11-24T22:36:02Z'],
    ['datetime', '2026-11-24T22:36:02.750Z', '2026-11-24T22:36:02Z'],
    ['datetime', '2026-11-24 22:36:02', '2026-11-24T22:36:02Z'],
    ['datetime', '2026-11-24T22:36:02+09:00', '2026-11-24T13:36:02Z'],
    ['datetime', '2026-11-24T22:36-0500', '2026-11-25T03:36:00Z'],
    ['datetime', '2024-02-29', '2024-02-29T00:00:00Z'],
    ['date', '2026-11-24T22:36:02', '2026-11-24'],
    ['date', '20261124', '2026-11-24'],
    ['date', '2026-11-24T22:36:02-05:00', '2026-11-25'],
    ['time', '9:30'.padStart(5, '0'), '09:30:00.000Z'],
    ['picklist', 'wholesale', 'wholesale'],
    ['picklist', 'on hold', 'On Hold', LIST],
    ['picklist', 'New', 'New', LIST],
    ['multipicklist', ['new', 'On Hold', 'new'], 'New;On Hold', LIST],
    ['multipicklist', 'a; b;', 'a;b'],
    ['multipicklist', ';', null],
    ['reference', '001000000000001AAA', '001000000000001AAA'],
    ['reference', '001000000000001', '001000000000001'],
  ])('%s: %j becomes %j', (type, value, expected, more = {}) => {
    expect(convert(type, value, more)).toBe(expected);
  });

  it.each(['string', 'email', 'double', 'int', 'date', 'datetime', 'picklist', 'reference'])(
    '%s: what is empty becomes null',
    (type) => {
      for (const empty of ['', '  ', null, []]) expect(convert(type, empty)).toBeNull();
    },
  );
});

describe('what does not fit', () => {
  it.each<[string, unknown, string, Partial<FieldSchema>?]>([
    ['double', '10,50', 'VALUE_NOT_NUMBER'],
    ['double', '1,234.50', 'VALUE_NOT_NUMBER'],
    ['double', '12 kg', 'VALUE_NOT_NUMBER'],
    ['double', '1e3', 'VALUE_NOT_NUMBER'],
    ['double', '0x10', 'VALUE_NOT_NUMBER'],
    ['double', 'Infinity', 'VALUE_NOT_NUMBER'],
    ['double', true, 'VALUE_NOT_NUMBER'],
    ['double', [1], 'VALUE_NOT_NUMBER'],
    ['double', '100.00', 'VALUE_OUT_OF_RANGE', { precision: 4, scale: 2 }],
    ['double', '99.999', 'VALUE_OUT_OF_RANGE', { precision: 4, scale: 2 }],
    ['double', '1', 'VALUE_OUT_OF_RANGE', { precision: 2, scale: 2 }],
    ['double', '1234567890123456.78', 'VALUE_OUT_OF_RANGE'],
    ['int', '2147483648', 'VALUE_OUT_OF_RANGE'],
    ['int', 'x', 'VALUE_NOT_NUMBER'],
    ['boolean', 'perhaps', 'VALUE_NOT_BOOLEAN'],
    ['boolean', '2', 'VALUE_NOT_BOOLEAN'],
    ['date', '24.11.2026', 'VALUE_NOT_DATE'],
    ['date', '2026-02-30', 'VALUE_NOT_DATE'],
    ['date', '0000-00-00', 'VALUE_NOT_DATE'],
    ['date', 'abc2026-11-24', 'VALUE_NOT_DATE'],
    ['date', '12026-11-24', 'VALUE_NOT_DATE'],
    ['date', '2026-11-24 at noon', 'VALUE_NOT_DATE'],
    ['datetime', '2026-11-24T10:00:75', 'VALUE_NOT_DATE'],
    ['datetime', '2026-11-24T10:75:00', 'VALUE_NOT_DATE'],
    ['date', 20261124, 'VALUE_NOT_DATE'],
    ['date', '1699-12-31', 'VALUE_NOT_DATE'],
    ['datetime', '2026-02-30T00:00:00', 'VALUE_NOT_DATE'],
    ['datetime', '2026-11-24T24:00:00', 'VALUE_NOT_DATE'],
    ['datetime', '4001-01-01T00:00:00', 'VALUE_NOT_DATE'],
    ['time', '25:00', 'VALUE_NOT_TIME'],
    ['string', 'x'.repeat(256), 'VALUE_TOO_LONG'],
    ['string', ['a'], 'VALUE_IS_LIST'],
    ['string', { a: 1 }, 'VALUE_IS_OBJECT'],
    ['email', 'nobody', 'VALUE_NOT_EMAIL'],
    ['email', 'a@b', 'VALUE_NOT_EMAIL'],
    ['email', 'a b@c.example', 'VALUE_NOT_EMAIL'],
    ['email', 'a..b@c.example', 'VALUE_NOT_EMAIL'],
    ['email', 'a@-c.example', 'VALUE_NOT_EMAIL'],
    ['email', `${'a'.repeat(80)}@c.example`, 'VALUE_TOO_LONG', { length: 80 }],
    ['picklist', 'Old', 'VALUE_NOT_IN_PICKLIST', LIST],
    ['multipicklist', ['New', 'Old'], 'VALUE_NOT_IN_PICKLIST', LIST],
    ['multipicklist', [{ name: 'New' }], 'VALUE_IS_OBJECT', LIST],
    ['reference', '127', 'VALUE_NOT_RECORD_ID'],
  ])('%s: %j is refused with %s', (type, value, code, more = {}) => {
    const refusal = convert(type, value, more);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code });
  });

  it('fault 32: says what to do about a comma, and names the unknown picklist value', () => {
    expect((convert('double', '10,50') as Refusal).reason).toMatch(/"10,50".*with a point/);
    const reason = (convert('picklist', 'Old', LIST) as Refusal).reason;
    expect(reason).toMatch(/"Old".*it has New, On Hold/);
  });

  it.each(['address', 'location', 'base64', 'anyType'])('%s takes no value at all', (type) => {
    expect(converter(field('F__c', type), 'reject')).toBeNull();
  });
});

describe('overflow', () => {
  it('cuts to the length of the field, and no character in two', () => {
    expect(convert('string', 'abcdef', { length: 4 }, 'truncate')).toBe('abcd');
    expect(convert('string', 'abc😀d', { length: 4 }, 'truncate')).toBe('abc');
    expect(convert('string', 'ab 😀d', { length: 4 }, 'truncate')).toBe('ab');
    expect(convert('string', 'ab😀d', { length: 4 }, 'truncate')).toBe('ab😀');
  });

  it('fault 32: cuts no emoji of several parts, no flag and no accented letter in two', () => {
    const cut = (text: string, length: number) => convert('string', text, { length }, 'truncate');
    expect(cut('Ann 👩‍👩‍👧', 8)).toBe('Ann');
    expect(cut('Ann 👩‍👩‍👧!', 12)).toBe('Ann 👩‍👩‍👧');
    expect(cut('\u{1F1E9}\u{1F1EA}\u{1F1EB}\u{1F1F7}', 6)).toBe('\u{1F1E9}\u{1F1EA}');
    expect(cut('Zoe\u0308 M', 3)).toBe('Zo');
    expect(cut('שלום עולם', 6)).toBe('שלום ע');
    // One that is longer than the whole field is cut between its code points all the same.
    expect(cut('👩‍👩‍👧', 3)).toBe('👩‍');
    expect(cut('👩‍👩‍👧', 4)).toBe('👩‍');
  });

  it('never cuts an e-mail address', () => {
    const refusal = convert('email', 'somebody@store.example', { length: 8 }, 'truncate');
    expect(refusal).toMatchObject({ code: 'VALUE_TOO_LONG' });
  });

  it('gives well-formed text that fits and starts as the value does', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 20 }),
        (text, length) => {
          const cut = convert('string', text, { length }, 'truncate');
          if (cut === null) return;
          expect(cut).toBeTypeOf('string');
          expect((cut as string).length).toBeLessThanOrEqual(length);
          expect((cut as string).isWellFormed()).toBe(true);
          expect(text.trim().startsWith(cut as string)).toBe(true);
        },
      ),
    );
  });
});

describe('amounts', () => {
  it('are rounded half up away from zero, to the scale', () => {
    const amount = fc.tuple(fc.boolean(), fc.nat(999_999), fc.stringMatching(/^\d{1,8}$/));
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 6 }), ([minus, whole, decimals], scale) => {
        const text = `${minus ? '-' : ''}${whole}.${decimals}`;
        const expected = new Decimal(text).toFixed(scale, Decimal.ROUND_HALF_UP);
        expect(convert('double', text, { scale })).toBe(Number(expected) + 0);
      }),
    );
  });

  it('are the same as text and as number', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), (cents) => {
        expect(convert('double', cents / 100)).toBe(convert('double', (cents / 100).toFixed(2)));
      }),
    );
  });
});
