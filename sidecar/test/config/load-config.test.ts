import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig, refuseSharedKeys, wooKeysFor } from '../../src/config/load-config.ts';
import { CodedError } from '../../src/errors/coded-error.ts';

const signIn = {
  SF_LOGIN_URL: 'https://acme.my.salesforce.com/',
  SF_CLIENT_ID: 'client-id',
  SF_CLIENT_SECRET: 'client-s3cret',
};

const secret = 's3cret'.repeat(6);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'woo-config-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function pem(type: 'rsa' | 'ed25519'): string {
  const { privateKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync(type);
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The problems that a bad environment is refused with. */
function problemsOf(environment: Record<string, string | undefined>): string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    expect(error.code).toBe('CONFIG_INVALID');
    expect(inspect(error)).not.toMatch(/s3cret/);
    return error.message.split('\n- ').slice(1);
  }
  throw new Error('The environment was accepted.');
}

describe('the environment', () => {
  it('with client credentials is enough, and the rest has defaults', () => {
    const config = loadConfig(signIn);
    expect(config.salesforce).toMatchObject({
      kind: 'client_credentials',
      loginUrl: 'https://acme.my.salesforce.com',
      clientId: 'client-id',
    });
    expect(config.state).toEqual({ kind: 'directory', path: '.local/state' });
    expect(config.wooKeys.size).toBe(0);
    expect(config.publicAccess).toBeNull();
    expect(config.listen).toEqual({ host: '127.0.0.1', port: 3000 });
    expect(config.sweepSeconds).toBe(60);
    expect(config.logLevel).toBe('info');
  });

  it('with two variables more lets shops reach us', () => {
    const { publicAccess } = loadConfig({
      ...signIn,
      PUBLIC_URL: 'https://sync.example.com/',
      SIDECAR_SECRET: secret,
    });
    expect(publicAccess?.url).toBe('https://sync.example.com');
    expect(publicAccess?.secrets.webhook('main').old).toBeNull();
    expect(inspect(publicAccess, { depth: 10, showHidden: true })).not.toContain('s3cret');
  });

  it('with a secret before the last change accepts that too', () => {
    const { publicAccess } = loadConfig({
      ...signIn,
      PUBLIC_URL: 'https://sync.example.com',
      SIDECAR_SECRET: secret,
      SIDECAR_SECRET_OLD: `old ${secret}`,
    });
    const old = publicAccess?.secrets.webhook('main').old;
    const before = loadConfig({
      ...signIn,
      PUBLIC_URL: 'https://sync.example.com',
      SIDECAR_SECRET: `old ${secret}`,
    });
    expect(old?.reveal()).toBe(before.publicAccess?.secrets.webhook('main').current.reveal());
  });

  it('says where to listen, how often to look and how much to log', () => {
    const config = loadConfig({
      ...signIn,
      HOST: '0.0.0.0',
      PORT: '80',
      SWEEP_SECONDS: '86400',
      LOG_LEVEL: 'warn',
    });
    expect(config.listen).toEqual({ host: '0.0.0.0', port: 80 });
    expect(config.sweepSeconds).toBe(86_400);
    expect(config.logLevel).toBe('warn');
  });

  it.each(['0', '-60', '9', '0.5', 'NaN', '1e9', '86401'])(
    'refuses to look into the shops every "%s" seconds',
    (SWEEP_SECONDS) => {
      expect(() => loadConfig({ ...signIn, SWEEP_SECONDS })).toThrow(
        /SWEEP_SECONDS is not a whole number from 10 to 86400: put how many seconds pass/,
      );
    },
  );

  it('with a key file signs in by JWT', () => {
    const config = loadConfig({
      SF_LOGIN_URL: 'https://acme.my.salesforce.com',
      SF_CLIENT_ID: 'client-id',
      SF_USERNAME: 'sync@acme.example',
      SF_JWT_KEY_FILE: file('good.pem', pem('rsa')),
    });
    expect(config.salesforce).toMatchObject({ kind: 'jwt', username: 'sync@acme.example' });
    expect(inspect(config, { depth: 10 })).not.toContain('PRIVATE KEY---');
  });

  it('signs for the audience that is set, else for none in particular', () => {
    const jwt = {
      SF_LOGIN_URL: 'https://acme.my.salesforce.com',
      SF_CLIENT_ID: 'client-id',
      SF_USERNAME: 'sync@acme.example',
      SF_JWT_KEY_FILE: file('good.pem', pem('rsa')),
    };
    for (const audience of ['https://test.salesforce.com', 'https://acme.my.site.com/help']) {
      const { salesforce } = loadConfig({ ...jwt, SF_JWT_AUDIENCE: `${audience}/` });
      expect(salesforce).toMatchObject({ kind: 'jwt', audience });
    }
    expect(loadConfig(jwt).salesforce).not.toHaveProperty('audience');
  });

  it('with an access token uses the session', () => {
    const { salesforce } = loadConfig({
      SF_ACCESS_TOKEN: '00D!s3cret',
      SF_INSTANCE_URL: 'http://127.0.0.1:8090',
    });
    expect(salesforce).toMatchObject({
      kind: 'access_token',
      instanceUrl: 'http://127.0.0.1:8090',
    });
    if (salesforce.kind === 'access_token')
      expect(salesforce.accessToken.reveal()).toBe('00D!s3cret');
  });

  it('knows the new addresses of shops that have moved, and refuses what names none', () => {
    const STORE_MOVED = 'main=https://shop.example.com/, outlet=https://b.example/sub';
    expect([...loadConfig({ ...signIn, STORE_MOVED }).movedStores]).toEqual([
      ['main', 'https://shop.example.com'],
      ['outlet', 'https://b.example/sub'],
    ]);
    for (const wrong of ['main', 'main=', 'main=shop', '=https://shop.example.com'])
      expect(() => loadConfig({ ...signIn, STORE_MOVED: wrong })).toThrow(
        /STORE_MOVED names a store and its new address/,
      );
  });

  it('fault 49: never shows its secrets', () => {
    const config = loadConfig({
      ...signIn,
      DATABASE_URL: 'postgres://me:s3cret@db:5432/woo',
      WOO_MAIN_KEY: 'ck_s3cret',
      WOO_MAIN_SECRET: 'cs_s3cret',
    });
    const shown = `${inspect(config, { depth: 10, showHidden: true })} ${JSON.stringify(config)} ${JSON.stringify([...config.wooKeys])} ${String(wooKeysFor(config, 'main').consumerKey)}`;
    expect(shown).not.toContain('s3cret');
    expect(wooKeysFor(config, 'main').consumerSecret.reveal()).toBe('cs_s3cret');
    expect(config.state.kind).toBe('postgres');
  });

  it('gives each store its keys by the name of the store', () => {
    const config = loadConfig({ ...signIn, WOO_EU_SHOP_KEY: 'ck_1', WOO_EU_SHOP_SECRET: 'cs_1' });
    expect(wooKeysFor(config, 'eu-shop').consumerKey.reveal()).toBe('ck_1');
    expect(() => wooKeysFor(config, 'us.shop')).toThrow(
      expect.objectContaining({
        code: 'CONFIG_STORE_KEYS_MISSING',
        cure: expect.stringContaining(
          'WOO_US_SHOP_KEY and its secret in WOO_US_SHOP_SECRET',
        ) as string,
      }),
    );
  });

  it.each(['bad key/x', 'a:b', '店', ''])('says of the store %o that its key is none', (key) => {
    expect(() => wooKeysFor(loadConfig(signIn), key)).toThrow(
      expect.objectContaining({
        code: 'STORE_KEY_INVALID',
        message: `The store has the key "${key}", and a key is made of letters, digits, hyphens, dots and underscores.`,
      }),
    );
  });

  it('takes a key that variables were named after before they had to be well formed', () => {
    const config = loadConfig({ ...signIn, WOO_MY_SHOP_KEY: 'ck_1', WOO_MY_SHOP_SECRET: 'cs_1' });
    expect(wooKeysFor(config, 'my shop').consumerKey.reveal()).toBe('ck_1');
  });

  it.each([
    ['Main', 'main', 'MAIN'],
    ['my-shop', 'my_shop', 'MY_SHOP'],
  ])('refuses the stores %s and %s, which would share keys', (one, other, part) => {
    for (const key of [one, other])
      expect(() => {
        refuseSharedKeys(key, ['us', one, other]);
      }).toThrow(
        expect.objectContaining({
          code: 'CONFIG_STORE_KEYS_SHARED',
          message: `The stores "${one}" and "${other}" would all take their WooCommerce keys from WOO_${part}_KEY and WOO_${part}_SECRET, so none of them is synced.`,
        }),
      );
    expect(() => {
      refuseSharedKeys('us', ['us', one, other]);
    }).not.toThrow();
  });

  it('may hold an application password of a store, for uploads', () => {
    const keys = { ...signIn, WOO_EU_KEY: 'ck_1', WOO_EU_SECRET: 'cs_1' };
    const { applicationPassword } = wooKeysFor(
      loadConfig({ ...keys, WOO_EU_APP_USER: 'sync', WOO_EU_APP_PASSWORD: 'abcd s3cret' }),
      'eu',
    );
    expect(applicationPassword).toMatchObject({
      user: 'sync',
      userVariable: 'WOO_EU_APP_USER',
      passwordVariable: 'WOO_EU_APP_PASSWORD',
    });
    expect(applicationPassword?.password.reveal()).toBe('abcd s3cret');
    expect(inspect(applicationPassword, { depth: 9, showHidden: true })).not.toContain('s3cret');
    expect(wooKeysFor(loadConfig(keys), 'eu')).not.toHaveProperty('applicationPassword');
  });

  it.each([
    [{ WOO_EU_APP_USER: 'sync' }, /^WOO_EU_APP_PASSWORD is not set: put an application password/],
    [{ WOO_EU_APP_PASSWORD: 's3cret' }, /^WOO_EU_APP_USER is not set: put the name/],
    [
      { WOO_EU_APP_USER: 'sync', WOO_EU_APP_PASSWORD: 's3cret' },
      /^WOO_EU_KEY and WOO_EU_SECRET are not set/,
    ],
    [
      {
        WOO_EU_APP_USER: 'sync:s3cret',
        WOO_EU_APP_PASSWORD: 's3cret',
        WOO_EU_KEY: 'ck_1',
        WOO_EU_SECRET: 'cs_1',
      },
      /^WOO_EU_APP_USER holds a colon/,
    ],
  ])('says what is missing beside %j', (variables, said) => {
    const problems = problemsOf({ ...signIn, ...variables });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(said);
  });

  it('that is empty is told all ways to sign in', () => {
    const [problem, ...others] = problemsOf({ SF_CLIENT_ID: '  ', DATABASE_URL: '' });
    expect(others).toEqual([]);
    expect(problem).toContain('SF_LOGIN_URL + SF_CLIENT_ID + SF_CLIENT_SECRET, or');
    expect(problem).toContain('SF_ACCESS_TOKEN + SF_INSTANCE_URL');
  });

  it('is told everything that is wrong at once', () => {
    const problems = problemsOf({
      SF_LOGIN_URL: 'acme.my.salesforce.com',
      SF_CLIENT_SECRET: 's3cret',
      DATABASE_URL: 'mysql://me:s3cret@db/woo',
      PUBLIC_URL: 'https://sync.example.com',
      WOO_MAIN_KEY: 'ck_s3cret',
      WOO_EU_SECRET: 'cs_s3cret',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'SF_LOGIN_URL',
      'DATABASE_URL',
      'SF_CLIENT_ID',
      'WOO_MAIN_SECRET',
      'WOO_EU_KEY',
      'SIDECAR_SECRET',
    ]);
    expect(problems.join(' ')).toContain('put the consumer key of the external client app in it');
  });

  it.each([
    [{ SF_USERNAME: 'sync@acme.example' }, 'SF_JWT_KEY_FILE is not set'],
    [{ SF_ACCESS_TOKEN: 's3cret' }, 'SF_INSTANCE_URL is not set'],
    [{ SF_LOGIN_URL: 'https://acme.my.salesforce.com' }, 'SF_CLIENT_SECRET is not set'],
    [
      { ...signIn, SF_ACCESS_TOKEN: 's3cret' },
      'SF_CLIENT_SECRET, SF_ACCESS_TOKEN belong to different ways',
    ],
  ])('that is half a sign-in (%#) is told what is missing', (environment, said) => {
    expect(problemsOf(environment).join('\n')).toContain(said);
  });

  it('that is no sign-in at all is told the ways, in a sentence', () => {
    expect(problemsOf({})).toContainEqual(
      expect.stringMatching(/Salesforce are not set: put values in SF_LOGIN_URL \+ .*\.$/),
    );
  });

  it.each([
    ['https://acme.lightning.force.com', 'is the address of the user interface'],
    ['http://acme.my.salesforce.com', 'must begin with https'],
    ['https://me:s3cret@acme.my.salesforce.com', 'must not hold a user name or password'],
    ['ftp://acme', 'is not a web address'],
  ])('does not accept %s as the org', (url, said) => {
    expect(problemsOf({ ...signIn, SF_LOGIN_URL: url })).toEqual([
      expect.stringContaining(`SF_LOGIN_URL ${said}`),
    ]);
  });

  it.each([
    'login.salesforce.com',
    'http://login.salesforce.com',
    'https://me:s3cret@login.salesforce.com',
    'https://login.salesforce.com/?a=b',
  ])('does not accept %s as the audience of an assertion', (SF_JWT_AUDIENCE) => {
    const jwt = { SF_LOGIN_URL: 'https://acme.my.salesforce.com', SF_CLIENT_ID: 'client-id' };
    const key = { SF_USERNAME: 'a@b.example', SF_JWT_KEY_FILE: file('good.pem', pem('rsa')) };
    expect(problemsOf({ ...jwt, ...key, SF_JWT_AUDIENCE })).toEqual([
      expect.stringContaining('SF_JWT_AUDIENCE is not the https address of a login host'),
    ]);
  });

  it.each([
    ['https://sync.example.com/', 'https://sync.example.com'],
    ['https://example.com/apps/sync/', 'https://example.com/apps/sync'],
    ['https://example.com:8443', 'https://example.com:8443'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://sidecar:3000', 'http://sidecar:3000'],
  ])('takes %s as the public address', (PUBLIC_URL, url) => {
    const config = loadConfig({ ...signIn, PUBLIC_URL, SIDECAR_SECRET: secret });
    expect(config.publicAccess?.url).toBe(url);
  });

  it.each([
    ['sync.example.com', 'is not a web address'],
    ['http://sync.example.com', 'must begin with https'],
    ['https://me:s3cret@sync.example.com', 'must not hold a user name'],
    ['https://sync.example.com/?key=s3cret', 'must not hold a user name, a password, a ?'],
    ['https://sync.example.com/#top', 'must not hold'],
    ['https://sync.example.com/:store', 'has a path with other than letters'],
    ['https://sync.example.com/a//b', 'has a path with other than letters'],
    ['https://sync.example.com/a%20b', 'has a path with other than letters'],
  ])('does not accept %s as the public address', (PUBLIC_URL, said) => {
    expect(problemsOf({ ...signIn, PUBLIC_URL, SIDECAR_SECRET: secret })).toEqual([
      expect.stringContaining(`PUBLIC_URL ${said}`),
    ]);
  });

  it.each([
    [{ PUBLIC_URL: 'https://sync.example.com' }, 'SIDECAR_SECRET is not set'],
    [{ SIDECAR_SECRET: 's3cret' }, 'SIDECAR_SECRET is shorter than 32 characters'],
    [{ SIDECAR_SECRET_OLD: 's3cret' }, 'SIDECAR_SECRET_OLD is shorter than 32 characters'],
    [{ PORT: '0' }, 'PORT is not a whole number from 1 to 65535'],
    [{ PORT: 'tcp://10.0.0.1:80' }, 'PORT is not a whole number'],
    [{ SWEEP_SECONDS: '9' }, 'SWEEP_SECONDS is not a whole number from 10 to 86400'],
    [{ SWEEP_SECONDS: '1e3' }, 'SWEEP_SECONDS is not a whole number'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be error, warn or info'],
  ])('with %o is told what to put there', (environment, said) => {
    const problems = problemsOf({ ...signIn, ...environment });
    expect(problems).toEqual([expect.stringContaining(said)]);
    if ('PUBLIC_URL' in environment || 'SIDECAR_SECRET' in environment)
      expect(problems[0]).toContain('openssl rand -hex 32');
  });

  it.each([
    ['a file that is not there', () => join(folder, 'none.pem'), 'cannot be read (ENOENT)'],
    ['a folder', () => folder, 'cannot be read (EISDIR)'],
    [
      'a file that is no key',
      () => file('text.pem', 's3cret'),
      'is not an unencrypted RSA private key',
    ],
    ['a key of another kind', () => file('ed.pem', pem('ed25519')), 'is not an unencrypted RSA'],
  ])('does not accept %s as the key', (_what, path, said) => {
    const problems = problemsOf({
      SF_LOGIN_URL: 'https://acme.my.salesforce.com',
      SF_CLIENT_ID: 'client-id',
      SF_USERNAME: 'sync@acme.example',
      SF_JWT_KEY_FILE: path(),
    });
    expect(problems).toEqual([expect.stringContaining(said)]);
  });
});
