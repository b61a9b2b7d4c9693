import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOrg, type Org } from '../../org.ts';
import { SfSandbox } from '../../metadata/test/sf-cli.ts';
import { statement } from './statement.ts';

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
const login = 'https://login.salesforce.com';
const start = new Date('2026-03-01T10:00:00Z');
const seconds = start.getTime() / 1000;
let now: Date;
let org: Org;
let url: string;

beforeEach(async () => {
  now = start;
  org = createOrg({
    now: () => now,
    sessionSeconds: 600,
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
  const usual = { iss: 'app', sub: org.adminUsername, aud: login, exp: seconds + 120 };
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

const form = { grant_type: 'client_credentials', client_id: 'app', client_secret: 'secret' };

statement(
  "`POST /services/oauth2/token` signs in with client credentials, as the app's user.",
  async () => {
    const answer = await ask(form);
    expect(answer.status).toBe(200);
    expect(org.sessions.find(answer.access_token ?? '')?.user.username).toBe(
      org.integrationUsername,
    );
  },
);

statement.group(
  "`POST /services/oauth2/token` signs in with a JWT bearer assertion: RS256 only, signature checked against the registered certificate, audience one of Salesforce's login hosts, never the org's own address, not expired (seconds or milliseconds).",
  () => {
    it.each([
      ['seconds', {}],
      ['the login host with a slash as audience', { aud: `${login}/` }],
      ['milliseconds, as sf sends them', { exp: start.getTime() + 120_000 }],
      ['the login host of sandboxes as audience', { aud: 'https://test.salesforce.com' }],
    ])('is accepted with %s', async (_, claims) => {
      const answer = await jwt(assertion(claims));
      expect(answer).toMatchObject({ status: 200, instance_url: url });
      const user = await fetch(answer.id ?? '', {
        headers: { authorization: `Bearer ${answer.access_token ?? ''}` },
      });
      expect(await user.json()).toMatchObject({ username: org.adminUsername });
    });
  },
);

statement.group(
  'A wrong client id, secret, signature, audience, user or grant type is answered with 400 and the OAuth error.',
  () => {
    it("is refused with the org's own address as audience", async () => {
      const answer = await jwt(assertion({ aud: url }));
      expect(answer).toMatchObject({
        status: 400,
        error: 'invalid_grant',
        error_description: 'audience is invalid',
      });
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

    it.each([
      [{ client_id: 'x' }, 'invalid_client_id'],
      [{ client_secret: 'x' }, 'invalid_client'],
      [{ grant_type: 'password' }, 'unsupported_grant_type'],
    ])('client credentials with %j: %s', async (change, error) => {
      expect(await ask({ ...form, ...change })).toMatchObject({ status: 400, error });
    });
  },
);

statement(
  '`sf org login access-token` works with the token that is printed at the start.',
  async () => {
    const sf = await SfSandbox.create();
    const { exitCode, result } = await sf.run(
      ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt'],
      { SF_ACCESS_TOKEN: org.adminToken },
    );
    await sf.remove();
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ username: org.adminUsername });
  },
);

const identity = (path: string, token: string): Promise<Response> =>
  fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });

statement(
  '`/services/oauth2/userinfo` and `/id/{org}/{user}` tell whose token it is; another token gets 403.',
  async () => {
    const answer = await identity('//services/oauth2/userinfo', org.adminToken);
    const info = (await answer.json()) as { id: string };
    expect(info).toMatchObject({
      preferred_username: org.adminUsername,
      organization_id: expect.stringMatching(/^00D/) as string,
    });
    const path = new URL(info.id).pathname;
    expect(path).toMatch(/^\/id\/00D\w{15}\/005\w{15}$/);
    expect(await (await identity(path, org.adminToken)).json()).toMatchObject({
      username: org.adminUsername,
    });
    expect((await identity('/services/oauth2/userinfo', '00D!x')).status).toBe(403);
    expect((await identity(path, '00D!x')).status).toBe(403);
  },
);

statement(
  'A session ends after `--session-seconds`; a call with an unknown or ended token gets 401 `INVALID_SESSION_ID`.',
  async () => {
    const limits = (token: string): Promise<Response> =>
      identity('/services/data/v66.0/limits', token);
    expect((await limits(org.adminToken)).status).toBe(200);
    const over = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];
    const unknown = await limits('00D!x');
    expect([unknown.status, await unknown.json()]).toEqual([401, over]);
    now = new Date(start.getTime() + 601_000);
    const ended = await limits(org.adminToken);
    expect([ended.status, await ended.json()]).toEqual([401, over]);
    expect((await fetch(`${url}/services/data/v66.0/limits`)).status).toBe(401);
  },
);

statement(
  'Three users exist: an administrator, the integration user and a sales rep. Permission sets are assigned by `POST sobjects/PermissionSetAssignment`, each pair once.',
  async () => {
    const users = org.data.db.all('SELECT Id, Username FROM User ORDER BY Username');
    expect(users.map((one) => one['Username'])).toEqual([
      org.adminUsername,
      org.repUsername,
      org.integrationUsername,
    ]);
    const set = org.data.putSystemRow('PermissionSet', { Name: 'Woo' }, { Label: 'Woo' });
    const assign = async (): Promise<readonly [number, unknown]> => {
      const answer = await fetch(`${url}/services/data/v66.0/sobjects/PermissionSetAssignment`, {
        method: 'POST',
        headers: { authorization: `Bearer ${org.adminToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ AssigneeId: users[2]?.['Id'], PermissionSetId: set }),
      });
      return [answer.status, await answer.json()];
    };
    expect((await assign())[0]).toBe(201);
    expect(await assign()).toEqual([
      400,
      [expect.objectContaining({ errorCode: 'DUPLICATE_VALUE' })],
    ]);
  },
);
