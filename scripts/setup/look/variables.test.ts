import { expect, it } from 'vitest';

import { wrongVariables } from './variables.ts';

const FILE = '/home/jane/woo/.env';
const SECRET = 'a'.repeat(64);
const wrong = (
  env: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string | undefined>> = {},
) => wrongVariables({ envFile: FILE, env: () => env }, given);

it.each([
  ['a new folder', {}],
  ['an earlier set-up', { SF_LOGIN_URL: 'https://a.my.salesforce.com', DATA_DIR: '/srv/state' }],
  ['a sign-in that is replaced', { SF_CLIENT_ID: 'a', SF_CLIENT_SECRET: 'b' }],
  ['a key whose file is made anew', { SF_USERNAME: 'a@b.example', SF_JWT_KEY_FILE: '/nowhere' }],
  ['a public address whose secret is made', { PUBLIC_URL: 'https://sync.example.com' }],
  ['an audience', { SF_JWT_AUDIENCE: 'https://test.salesforce.com' }],
])('takes %s', (_what, env) => {
  expect(wrong(env)).toEqual([]);
});

it('names all that the service would refuse, with its file', () => {
  const env = { LOG_LEVEL: 'debug', PORT: 'http', SF_ACCESS_TOKEN: 'abc', WOO_OUTLET_KEY: 'ck_1' };
  const problems = wrong(env);
  expect(problems).toEqual([
    expect.stringMatching(/\.env: PORT is not a whole number/),
    `${FILE}: LOG_LEVEL must be error, warn or info.`,
    expect.stringMatching(/\.env: SF_USERNAME, .*SF_ACCESS_TOKEN belong to different ways/),
    expect.stringMatching(/\.env: WOO_OUTLET_SECRET is not set/),
  ]);
});

it('judges what the environment gives in place of the file, without its values', () => {
  const given = { SIDECAR_SECRET: 'short-one', DATABASE_URL: 'mysql://jane:pa55@db' };
  const problems = wrong({ SIDECAR_SECRET: SECRET }, given);
  expect(problems).toEqual([
    expect.stringMatching(/^DATABASE_URL is not the address/),
    expect.stringMatching(/^SIDECAR_SECRET is shorter/),
  ]);
  expect(problems.join()).not.toMatch(/short-one|pa55/);
});

it('judges the public address of the file, unless another one is given', () => {
  const env = { PUBLIC_URL: 'http://sync.example.com', SIDECAR_SECRET: SECRET };
  expect(wrong(env)).toEqual([expect.stringMatching(/\.env: PUBLIC_URL must begin with https/)]);
  expect(wrong(env, { PUBLIC_URL: '' })).toEqual([]);
});
