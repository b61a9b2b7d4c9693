import { readFileSync } from 'node:fs';
import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { CodedError } from './errors.ts';
import type { SignIn } from './salesforce/sign-in.ts';
import { Secret } from './secret.ts';
import type { StateLocation } from './state/database.ts';
import type { WooKeys } from './woo/types.ts';

export interface Config {
  readonly salesforce: SignIn;
  /** By the middle of the variable's name: `MAIN` for WOO_MAIN_KEY and WOO_MAIN_SECRET. */
  readonly wooKeys: ReadonlyMap<string, WooKeys>;
  readonly state: StateLocation;
  readonly logLevel: LogLevel;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks the environment. A variable that is set to nothing counts as not set.
 * @throws CodedError `CONFIG_INVALID` that lists every problem, each with its variable and what to put in it
 */
export function loadConfig(environment: Environment): Config {
  const given = settings(environment);
  const problems: string[] = [];
  const parsed = variables.safeParse(given);
  for (const issue of parsed.error?.issues ?? [])
    problems.push(`${String(issue.path[0])} ${issue.message}`);
  const way = wayToSignIn(given, problems);
  const wooKeys = readWooKeys(given, problems);
  if (parsed.data !== undefined && way !== null && problems.length === 0)
    return {
      salesforce: signIn(way, parsed.data),
      wooKeys,
      state:
        parsed.data.DATABASE_URL === undefined
          ? { kind: 'directory', path: parsed.data.DATA_DIR }
          : { kind: 'postgres', url: parsed.data.DATABASE_URL },
      logLevel: parsed.data.LOG_LEVEL,
    };
  throw new CodedError(
    'CONFIG_INVALID',
    `The environment is not complete or not right:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
    'Set these variables and start again.',
  );
}

/**
 * The keys of a store on the direct route.
 * @throws CodedError `CONFIG_STORE_KEYS_MISSING` that names the two variables
 */
export function wooKeysFor(config: Pick<Config, 'wooKeys'>, storeKey: string): WooKeys {
  const name = variablePart(storeKey);
  const keys = config.wooKeys.get(name);
  if (keys !== undefined) return keys;
  throw new CodedError(
    'CONFIG_STORE_KEYS_MISSING',
    `There are no WooCommerce keys for the store "${storeKey}".`,
    `Put a REST API key of the shop (WooCommerce › Settings › Advanced › REST API) in WOO_${name}_KEY and its secret in WOO_${name}_SECRET.`,
  );
}

function variablePart(storeKey: string): string {
  return storeKey.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
}

function settings(environment: Environment): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    const trimmed = value?.trim() ?? '';
    if (trimmed !== '') given[name] = trimmed;
  }
  return given;
}

const secret = z.string().transform((value) => new Secret(value));

const variables = z.object({
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
  LOG_LEVEL: z
    .enum(logLevels, { error: `is not a level: use one of ${logLevels.join(', ')}.` })
    .default('info'),
});

type Variables = z.infer<typeof variables>;
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

type Way = 'client_credentials' | 'jwt' | 'access_token';

const needs: Readonly<Record<Way, readonly (keyof Variables)[]>> = {
  client_credentials: ['SF_LOGIN_URL', 'SF_CLIENT_ID', 'SF_CLIENT_SECRET'],
  jwt: ['SF_LOGIN_URL', 'SF_CLIENT_ID', 'SF_USERNAME', 'SF_JWT_KEY_FILE'],
  access_token: ['SF_ACCESS_TOKEN', 'SF_INSTANCE_URL'],
};

const whatToPut: Readonly<Partial<Record<keyof Variables, string>>> = {
  SF_LOGIN_URL: 'the My Domain address of the org, https://<name>.my.salesforce.com',
  SF_CLIENT_ID: 'the consumer key of the external client app',
  SF_CLIENT_SECRET: 'the consumer secret of the external client app',
  SF_USERNAME: 'the user name of the integration user',
  SF_JWT_KEY_FILE:
    'the path of the private key (PEM) whose certificate the external client app holds',
  SF_ACCESS_TOKEN: 'the access token of the session',
  SF_INSTANCE_URL: 'the address of the org that the access token is for',
};

/** Which way to sign in is meant; null, with problems added, when that or what it needs is not clear. */
function wayToSignIn(given: Readonly<Record<string, string>>, problems: string[]): Way | null {
  const only: readonly [keyof Variables, Way][] = [
    ['SF_CLIENT_SECRET', 'client_credentials'],
    ['SF_USERNAME', 'jwt'],
    ['SF_JWT_KEY_FILE', 'jwt'],
    ['SF_ACCESS_TOKEN', 'access_token'],
    ['SF_INSTANCE_URL', 'access_token'],
  ];
  const meant = only.filter(([name]) => name in given);
  const ways = new Set(meant.map(([, way]) => way));
  if (ways.size > 1) {
    const names = meant.map(([name]) => name).join(', ');
    problems.push(
      `${names} belong to different ways to sign in to Salesforce: keep one of ${allWays()}.`,
    );
    return null;
  }
  const started = 'SF_CLIENT_ID' in given || 'SF_LOGIN_URL' in given;
  const way = [...ways][0] ?? (started ? 'client_credentials' : null);
  if (way === null) {
    problems.push(`SF_LOGIN_URL and a way to sign in to Salesforce are not set: set ${allWays()}.`);
    return null;
  }
  const missing = needs[way].filter((name) => !(name in given));
  for (const name of missing)
    problems.push(`${name} is not set: put ${whatToPut[name] ?? ''} in it.`);
  return missing.length === 0 ? way : null;
}

function allWays(): string {
  return Object.values(needs)
    .map((names) => names.join(' + '))
    .join(', or ');
}

function signIn(way: Way, values: Variables): SignIn {
  const set = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error(`The sign-in "${way}" was not checked for its needs.`);
    return value;
  };
  switch (way) {
    case 'client_credentials':
      return {
        kind: way,
        loginUrl: set(values.SF_LOGIN_URL),
        clientId: set(values.SF_CLIENT_ID),
        clientSecret: set(values.SF_CLIENT_SECRET),
      };
    case 'jwt':
      return {
        kind: way,
        loginUrl: set(values.SF_LOGIN_URL),
        clientId: set(values.SF_CLIENT_ID),
        username: set(values.SF_USERNAME),
        privateKey: set(values.SF_JWT_KEY_FILE),
      };
    case 'access_token':
      return {
        kind: way,
        instanceUrl: set(values.SF_INSTANCE_URL),
        accessToken: set(values.SF_ACCESS_TOKEN),
      };
  }
}

function readWooKeys(
  given: Readonly<Record<string, string>>,
  problems: string[],
): ReadonlyMap<string, WooKeys> {
  const keys = new Map<string, WooKeys>();
  for (const name of Object.keys(given)) {
    const part = /^WOO_([A-Z0-9_]+)_(?:KEY|SECRET)$/.exec(name)?.[1];
    if (part === undefined || keys.has(part)) continue;
    const consumerKey = given[`WOO_${part}_KEY`];
    const consumerSecret = given[`WOO_${part}_SECRET`];
    if (consumerKey === undefined)
      problems.push(
        `WOO_${part}_KEY is not set: put the key that belongs to WOO_${part}_SECRET in it (ck_…).`,
      );
    else if (consumerSecret === undefined)
      problems.push(
        `WOO_${part}_SECRET is not set: put the secret that belongs to WOO_${part}_KEY in it (cs_…).`,
      );
    else
      keys.set(part, {
        consumerKey: new Secret(consumerKey),
        consumerSecret: new Secret(consumerSecret),
        keyVariable: `WOO_${part}_KEY`,
        secretVariable: `WOO_${part}_SECRET`,
      });
  }
  return keys;
}
