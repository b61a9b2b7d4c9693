import { describe, expect, it } from 'vitest';

import { newKey, parseNewKey } from '../../../src/mapping/keys/new-record-key.ts';
import { changeFor } from '../../../src/ports/change-for.ts';

const record = { object: 'Product2', recordId: '01t000000000001AAA' };

describe('newKey', () => {
  it('names a record that has no key yet, and is read back', () => {
    const key = newKey('main', record);
    expect(key).toBe('main:Product2:01t000000000001AAA');
    expect(parseNewKey(key)).toEqual(record);
  });

  it.each([
    'main:7',
    'main:guest:ada@example.com',
    'main:Product2:01t000000000001',
    'main:Product2:01t000000000001AAA:more',
    'main::01t000000000001AAA',
    'Product2',
    '',
  ])('takes %s for no such key', (key) => {
    expect(parseNewKey(key)).toBeNull();
  });

  it('makes its record be looked at again', () => {
    const key = newKey('main', record);
    expect(changeFor('product', key, null)).toEqual({ resource: 'product', key });
    expect(changeFor('product', 'main:nonsense', null)).toBeNull();
  });
});
