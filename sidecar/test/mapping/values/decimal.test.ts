import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sum } from '../../../src/mapping/values/decimal.ts';

describe('sum', () => {
  it('adds amounts of any size as decimals do', () => {
    const amount = fc
      .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.stringMatching(/^\d{0,8}$/))
      .map(([whole, rest]) => (rest === '' ? `${whole}` : `${whole}.${rest}`));
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 20 }), (amounts) => {
        const expected = amounts.reduce((total, one) => total.plus(one), new Decimal(0));
        expect(new Decimal(sum(amounts)).eq(expected)).toBe(true);
      }),
    );
  });

  it.each([
    [['0.1', '0.2'], '0.3'],
    [['19.99', '-19.99'], '0'],
    [['999999999.999999', '0.000001'], '1000000000'],
    [['1234567890123456.78', '0.01'], '1234567890123456.79'],
    [[], '0'],
    [[' 2.50 ', null, 'free', 3, undefined], '5.5'],
    [['0.000001', '0.000000'], '0.000001'],
  ])('of %j is %s', (amounts, total) => {
    expect(sum(amounts)).toBe(total);
  });
});
