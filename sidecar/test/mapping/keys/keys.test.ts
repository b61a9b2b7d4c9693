import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  guestKeyPart,
  parseKey,
  recordKey,
  wooId,
  wooKey,
} from '../../../src/mapping/keys/keys.ts';

describe('keys', () => {
  it('names a record by store and id', () => {
    expect(wooKey('main', 212)).toBe('main:212');
    expect(parseKey('main:212')).toEqual({ store: 'main', id: 212, email: null });
  });

  it('names a guest by lower-case e-mail', () => {
    const key = wooKey('main', guestKeyPart(' Zoe@Store.Example '));
    expect(key).toBe('main:guest:zoe@store.example');
    expect(parseKey(key)).toEqual({ store: 'main', id: null, email: 'zoe@store.example' });
  });

  it.each(['', 'main', ':5', 'main:', 'main:0', 'main:-1', 'main:1.5', 'main:guest:'])(
    'finds nothing in %j',
    (key) => {
      expect(parseKey(key)).toMatchObject({ id: null, email: null });
    },
  );

  it('parses every key that it makes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9_-]{1,20}$/), fc.integer({ min: 1 }), (store, id) => {
        expect(parseKey(wooKey(store, id))).toEqual({ store, id, email: null });
      }),
    );
  });

  it.each([
    ['order', { id: 7 }, 'main:7'],
    ['order', { id: '7' }, 'main:7'],
    ['order', { id: 0 }, null],
    ['order', { code: 'woocommerce_rest_shop_order_invalid_id' }, null],
    ['customer', { id: 5, email: 'a@b.example' }, 'main:5'],
    ['customer', { guest: true, email: 'A@b.example' }, 'main:guest:a@b.example'],
    ['customer', { guest: true, email: 'deleted@site.invalid' }, null],
    ['customer', { guest: true }, null],
  ] as const)('the key of %s %j is %j', (resource, record, key) => {
    expect(recordKey(resource, record, 'main')).toBe(key);
  });

  it.each([[1.5], [Number.NaN], [2 ** 60], [null], ['12a'], [[]]])('%j is no id', (value) => {
    expect(wooId(value)).toBeNull();
  });
});
