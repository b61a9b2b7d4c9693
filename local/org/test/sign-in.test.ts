import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOrg, type Org } from '../http/org.ts';

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const strangers = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const now = new Date('2026-03-01T10:00:00Z');
const seconds = now.getTime() / 1000;
let org: Org;
let url: string;

beforeEach(async () => {
  org = createOrg({
    now: () => now,
    clientId: 'app',
    clientSecret: 'secret',
    certificate: keys.publicKey,
  });
  url = await org.listen(0);
});
afterEach(async () => {
  await org.close();
});

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function assertion(claims: object, key = keys.privateKey, alg = 'RS256'): string {
  const usual = { iss: 'app', sub: org.adminUsername, aud: `${url}/`, exp: seconds + 120 };
  const text = `${encode({ alg })}.${encode({ ...usual, ...claims })}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

interface TokenAnswer {
  readonly access_token?: string;
  readonly instance_url?: string;
  readonly id?: string;
  readonly error?: string;
  readonly error_description?: string;
}

async function ask(form: Record<string, string>): Promise<TokenAnswer & { status: number }> {
  const answer = await fetch(`${url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { status: answer.status, ...((await answer.json()) as TokenAnswer) };
}

const jwt = (token: string): Promise<TokenAnswer & { status: number }> =>
  ask({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: token });

describe('JWT bearer', () => {
  it.each([
    ['seconds, own address with a slash', {}],
    ['milliseconds, as sf sends them', { exp: now.getTime() + 120_000 }],
    ['the login host as audience', { aud: 'https://login.salesforce.com' }],
  ])('is accepted with %s', async (_, claims) => {
    const answer = await jwt(assertion(claims));
    expect(answer).toMatchObject({ status: 200, instance_url: url });
    const user = await fetch(answer.id ?? '', {
      headers: { authorization: `Bearer ${answer.access_token ?? ''}` },
    });
    expect(await user.json()).toMatchObject({ username: org.adminUsername });
  });

  it.each([
    ['an unknown app', { iss: 'other' }, 'client identifier invalid'],
    ['an unknown user', { sub: 'nobody@example.com' }, "user hasn't approved this consumer"],
    ['another audience', { aud: 'https://elsewhere.example' }, 'audience is invalid'],
    ['an old assertion', { exp: seconds - 1 }, 'assertion expired'],
    ['no expiry', { exp: null }, 'assertion expired'],
  ])('is refused with %s', async (_, claims, description) => {
    expect(await jwt(assertion(claims))).toMatchObject({
      status: 400,
      error_description: description,
    });
  });

  it.each([
    ['of another key', (): string => assertion({}, strangers.privateKey)],
    ['of another algorithm', (): string => assertion({}, keys.privateKey, 'none')],
    ['that is cut off', (): string => assertion({}).slice(0, -20)],
    ['that is no assertion', (): string => 'x'],
  ])('is refused with a signature %s', async (_, make) => {
    expect(await jwt(make())).toMatchObject({
      status: 400,
      error: 'invalid_grant',
      error_description: 'invalid assertion',
    });
  });
});

describe('client credentials', () => {
  const form = { grant_type: 'client_credentials', client_id: 'app', client_secret: 'secret' };

  it('sign the integration user in', async () => {
    const answer = await ask(form);
    expect(answer.status).toBe(200);
    expect(org.sessions.find(answer.access_token ?? '')?.user.username).toBe(
      org.integrationUsername,
    );
  });

  it.each([
    [{ client_id: 'x' }, 'invalid_client_id'],
    [{ client_secret: 'x' }, 'invalid_client'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
  ])('are refused with %j: %s', async (change, error) => {
    expect(await ask({ ...form, ...change })).toMatchObject({ status: 400, error });
  });
});

describe('userinfo', () => {
  it('knows the user of a token, and no stranger', async () => {
    const get = (token: string): Promise<Response> =>
      fetch(`${url}//services/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } });
    expect(await (await get(org.adminToken)).json()).toMatchObject({
      preferred_username: org.adminUsername,
      organization_id: expect.stringMatching(/^00D/) as string,
    });
    expect((await get('00D!x')).status).toBe(403);
  });
});
