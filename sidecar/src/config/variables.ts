import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Secret } from '../secret.ts';

const secret = z.string().transform((value) => new Secret(value));

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
  SF_ACCESS_TOKEN: secret.optional(),
  DATABASE_URL: z
    .string()
    .transform((value, context) => databaseAddress(value, context))
    .optional(),
  DATA_DIR: z.string().default('.local/state'),
});

export type Variables = z.infer<typeof variables>;
type Refine = z.RefinementCtx<string>;

function refuse(context: Refine, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

/** Hosts that only this machine or its own network can mean: there, plain http gives nothing away. */
function isLocal(host: string): boolean {
  return !host.includes('.') || host === '127.0.0.1' || host.endsWith('.localhost');
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
  if (url.protocol === 'http:' && !isLocal(url.hostname))
    return refuse(context, `must begin with https, or the password travels in the open.`);
  return url.origin;
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
