import { expect, it } from 'vitest';

import { networkFault } from '../../src/lib/network-fault.ts';

function thrownByFetch(code: string): Error {
  const cause = Object.assign(new Error('certificate of shop.example'), { code });
  return new TypeError('fetch failed', { cause });
}

it.each(['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
  'fault 47: a TLS certificate that is refused with %s is named, and not asked for again',
  (code) => {
    expect(networkFault(thrownByFetch(code))).toEqual({
      reason: `its TLS certificate is not trusted (${code})`,
      transient: false,
    });
  },
);

it('fault 47: a name that the resolver cannot look up now is asked for again, one that is not there is not', () => {
  expect(networkFault(thrownByFetch('EAI_AGAIN'))).toMatchObject({ transient: true });
  expect(networkFault(thrownByFetch('ENOTFOUND'))).toMatchObject({ transient: false });
});
