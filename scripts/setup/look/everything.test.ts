import { describe, expect, it } from 'vitest';

import { serviceProblem } from './everything.ts';
import { refuseMissing } from './looked.ts';

const at = (serviceUrl: string | null) => ({ url: 'https://shop.example.com', serviceUrl });
const SYNC = 'https://sync.example.com';

it.each([
  ['a new org', null, {}],
  ['an org whose service has no public address', at('https://woo-sync.invalid'), {}],
  ['the service of this folder', at(SYNC), { PUBLIC_URL: SYNC, SIDECAR_SECRET: 'a' }],
  ['a service that is no more', at(SYNC), { PUBLIC_URL: '' }],
])('cuts nobody off: %s', (_what, store, env) => {
  expect(serviceProblem(store, env, false)).toBeNull();
});

describe('an org with a blank address, as one of an earlier version', () => {
  it('may tell a service all the same', () => {
    expect(serviceProblem(at(null), {}, false)).toContain('set PUBLIC_URL and SIDECAR_SECRET');
  });

  it.each([
    ['the folder knows that there is none', {}, true],
    ['there is none', { PUBLIC_URL: '' }, false],
    ['it is given', { PUBLIC_URL: SYNC, SIDECAR_SECRET: 'a' }, false],
  ])('cuts nobody off where %s', (_what, env, isOwn) => {
    expect(serviceProblem(at(null), env, isOwn)).toBeNull();
  });
});

it.each([{}, { SIDECAR_SECRET: 'a' }, { PUBLIC_URL: SYNC }])(
  'says what it needs of a service that was set up elsewhere: %j',
  (env) => {
    expect(serviceProblem(at(SYNC), env, true)).toContain(`The org tells a service at ${SYNC}`);
  },
);

it('all that is missing is named at once', () => {
  const look = (...missing: string[]) => ({ missing, notes: [] });
  expect(() => {
    refuseMissing([look('One.', 'Two.'), look(), look('Three.')]);
  }).toThrow(/^Nothing was changed\..*\n- One\.\n- Two\.\n- Three\.\nThen run it again\.$/);
  expect(() => {
    refuseMissing([look(), look()]);
  }).not.toThrow();
});
