import { describe, expect, it } from 'vitest';
import { recordId18 } from '../../../src/mapping/keys/record-id.ts';

describe('a record id', () => {
  it.each([
    ['00Dxx0000000001', '00Dxx0000000001EAA'],
    ['00Dxx0000000001EAA', '00Dxx0000000001EAA'],
    ['0018000000fxSsE', '0018000000fxSsEAAU'],
    ['AAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAA555'],
    ['AAAAAAAAAAAAAAA555', 'AAAAAAAAAAAAAAA555'],
  ])('%s is %s', (given, id) => {
    expect(recordId18(given)).toBe(id);
  });

  it.each([
    '',
    '00D',
    '00Dxx0000000001E',
    '00Dxx0000000001EAB',
    '00Dxx000000000-',
    "00D' OR Id != ''",
  ])('is not %j', (given) => {
    expect(recordId18(given)).toBeNull();
  });
});
