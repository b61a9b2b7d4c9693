import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isLocalHost } from '../lib/local-host.ts';
import { Secret } from '../lib/secret.ts';

const secret = z.string().transform((value) => new Secret(value));

const longSecret = z
  .string()
  .min(32, {
    error:
      'is shorter than 32 characters, and could be guessed: put the output of "openssl rand -hex 32" in it.',
  })
  .transform((value) => new Secret(value));

/** The variables by themselves; which of them belong together is seen in sign-in.ts. */
export const variables = z.object({
  SF_LOGIN_URL: z
    .string()
    .transform((value, context) => orgAddress(value, context))
    .optional(),
  SF_INSTANCE_URL: z
    .string()
    .transform((value, context) => orgAddress(value, context))
    .optional(),
  SF_CLIENT_ID: z.string().optional(),
  SF_CLIENT_SECRET: secret.optional(),
  SF_USERNAME: z.string().optional(),
  SF_JWT_KEY_FILE: z
    .string()
    .transform((value, context) => privateKey(value, context))
    .optional(),
  SF_JWT_AUDIENCE: z
    .string()
    .transform((value, context) => audience(value, context))
    .optional(),
  SF_ACCESS_TOKEN: secret.optional(),
  DATABASE_URL: z
    .string()
    .transform((value, context) => databaseAddress(value, context))
    .optional(),
  DATA_DIR: z.string().default('.local/state'),
  PUBLIC_URL: z
    .string()
    .transform((value, context) => publicAddress(value, context))
    .optional(),
  SIDECAR_SECRET: longSecret.optional(),
  SIDECAR_SECRET_OLD: longSecret.optional(),
  // What listens is plain http, made for a reverse proxy on the same machine. A container is told otherwise.
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(1, 65_535, 'the port to listen on').default(3000),
  SWEEP_SECONDS: wholeNumber(
    10,
    86_400,
    'how many seconds pass between two looks into the shops while PUBLIC_URL is not set',
  ).default(60),
  STORE_MOVED: z
    .string()
    .default('')
    .transform((value, context) => movedStores(value, context)),
  LOG_LEVEL: z
    .enum(['error', 'warn', 'info'], { error: 'must be error, warn or info.' })
    .default('info'),
});

export type Variables = z.infer<typeof variables>;
type Refine = z.RefinementCtx<string>;

function refuse(context: Refine, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function orgAddress(value: string, context: Refine): string {
  const example = 'put the My Domain address of the org in it, https://<name>.my.salesforce.com';
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return refuse(context, `is not a web address: ${example}.`);
  if (url.username !== '' || url.password !== '')
    return refuse(context, `must not hold a user name or password: ${example}.`);
  if (url.hostname.endsWith('.lightning.force.com'))
    return refuse(context, `is the address of the user interface, not of the API: ${example}.`);
  if (url.protocol === 'http:' && !isLocalHost(url.hostname))
    return refuse(context, `must begin with https, or the password travels in the open.`);
  return url.origin;
}

function audience(value: string, context: Refine): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  // The audience of an Experience Cloud site has a path.
  const bare = url === null ? '' : `${url.origin}${url.pathname}`;
  if (url?.protocol === 'https:' && url.href === bare) return bare.replace(/\/$/, '');
  return refuse(
    context,
    'is not the https address of a login host: leave it unset, or put https://login.salesforce.com (https://test.salesforce.com for a sandbox) in it.',
  );
}

function wholeNumber(least: number, most: number, what: string) {
  return z.string().transform((value, context) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    return refuse(context, `is not a whole number from ${least} to ${most}: put ${what} in it.`);
  });
}

function publicAddress(value: string, context: Refine): string {
  const example =
    'put the address in it under which the shops reach the sidecar, https://<host> or https://<host>/<path>';
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return refuse(context, `is not a web address: ${example}.`);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return refuse(context, `must not hold a user name, a password, a ? or a #: ${example}.`);
  if (!/^[\w.~/-]*$/.test(url.pathname) || url.pathname.includes('//'))
    return refuse(context, `has a path with other than letters, digits and - . _ ~: ${example}.`);
  if (url.protocol === 'http:' && !isLocalHost(url.hostname))
    return refuse(context, `must begin with https, or customers' data travels in the open.`);
  return `${url.origin}${url.pathname.replace(/\/$/, '')}`;
}

function databaseAddress(value: string, context: Refine): Secret {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol))
    return refuse(
      context,
      'is not the address of a PostgreSQL database: put postgres://<user>:<password>@<host>:5432/<database> in it (special characters in the password percent-encoded), or leave it unset to keep the state in DATA_DIR.',
    );
  return new Secret(value);
}

/** `<key>=<url>`, more of them behind commas. */
function movedStores(value: string, context: Refine): ReadonlyMap<string, string> {
  const entries = value.split(',').map((entry) => entry.trim());
  const moved = new Map<string, string>();
  for (const entry of entries.filter((one) => one !== '')) {
    const [, key = '', url = ''] = /^([^=]+)=(.+)$/.exec(entry) ?? [];
    if (!URL.canParse(url))
      return refuse(
        context,
        'names a store and its new address, as the Woo Store has them: put <key>=<url> in it, such as main=https://shop.example.com.',
      );
    moved.set(key, url.replace(/\/+$/, ''));
  }
  return moved;
}

function privateKey(path: string, context: Refine): KeyObject {
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return refuse(
      context,
      `names the file "${path}", which cannot be read (${reason}): put the path of the private key (PEM) in it.`,
    );
  }
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Why OpenSSL refused it does not help, and could quote the file.
  }
  return refuse(
    context,
    `names the file "${path}", which is not an unencrypted RSA private key in PEM form (-----BEGIN PRIVATE KEY-----).`,
  );
}
