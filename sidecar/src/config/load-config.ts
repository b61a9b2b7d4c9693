import { CodedError } from '../errors/coded-error.ts';
import type { SignIn } from '../salesforce/rest/sign-in.ts';
import type { StateLocation } from '../state/db/types.ts';
import type { WooKeys } from '../woo/types.ts';
import { checkSecret, publicAccess, type PublicAccess } from './public-access.ts';
import { signIn, wayToSignIn } from './sign-in.ts';
import { invalidKey, isWellFormed } from './store-key.ts';
import { variables, type Variables } from './variables.ts';
import { readWooKeys } from './woo-keys.ts';

export interface Config {
  readonly salesforce: SignIn;
  /** By the middle of the variables' names: `MAIN` for WOO_MAIN_KEY and WOO_MAIN_SECRET. */
  readonly wooKeys: ReadonlyMap<string, WooKeys>;
  readonly state: StateLocation;
  /** Null where no shop can reach us. */
  readonly publicAccess: PublicAccess | null;
  /** Where the server listens. */
  readonly listen: { readonly host: string; readonly port: number };
  /** How often the shops are asked where they cannot reach us. */
  readonly sweepSeconds: number;
  /** New addresses of shops that have moved, by key of the store. */
  readonly movedStores: ReadonlyMap<string, string>;
  readonly logLevel: Variables['LOG_LEVEL'];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks the environment. A variable that is set to nothing counts as not set.
 * @throws CodedError `CONFIG_INVALID` that lists every problem, each with its variable and what to put in it
 */
export function loadConfig(environment: Environment): Config {
  const { parsed, way, wooKeys, problems } = read(environment);
  if (parsed.success && way !== null && problems.length === 0)
    return {
      salesforce: signIn(way, parsed.data),
      wooKeys,
      state: stateLocation(parsed.data),
      publicAccess: publicAccess(parsed.data),
      listen: { host: parsed.data.HOST, port: parsed.data.PORT },
      sweepSeconds: parsed.data.SWEEP_SECONDS,
      movedStores: parsed.data.STORE_MOVED,
      logLevel: parsed.data.LOG_LEVEL,
    };
  throw new CodedError(
    'CONFIG_INVALID',
    `The environment is not complete or not right:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
    'Set these variables and start again. npm run setup has put them into ~/woo-salesforce/.env, unless it was told another folder: load them by set -a; . ~/woo-salesforce/.env; set +a (docs/connect.md).',
  );
}

/** All that keeps the environment from being taken, each a sentence that begins with its variable. */
export const configProblems = (environment: Environment): readonly string[] =>
  read(environment).problems;

function read(environment: Environment) {
  const given = settings(environment);
  const problems: string[] = [];
  const parsed = variables.safeParse(given);
  for (const issue of parsed.error?.issues ?? [])
    problems.push(`${String(issue.path[0])} ${issue.message}`);
  const way = wayToSignIn(given, problems);
  const wooKeys = readWooKeys(given, problems);
  checkSecret(given, problems);
  return { parsed, way, wooKeys, problems };
}

/**
 * The keys of a store on the direct route.
 * @throws CodedError `CONFIG_STORE_KEYS_MISSING` that names the two variables; `STORE_KEY_INVALID` where no variable can
 *   be named after the store
 */
export function wooKeysFor(config: Pick<Config, 'wooKeys'>, storeKey: string): WooKeys {
  const name = variablePart(storeKey);
  const keys = config.wooKeys.get(name);
  if (keys !== undefined) return keys;
  if (!isWellFormed(storeKey)) throw invalidKey(storeKey);
  throw new CodedError(
    'CONFIG_STORE_KEYS_MISSING',
    `There are no WooCommerce keys for the store "${storeKey}".`,
    `Put a REST API key of the shop (WooCommerce › Settings › Advanced › REST API) in WOO_${name}_KEY and its secret in WOO_${name}_SECRET.`,
  );
}

/**
 * Variables know neither small letters nor signs, and keys of one shop must never be used for another.
 * @param others keys of the other stores on the direct route
 * @throws CodedError `CONFIG_STORE_KEYS_SHARED` where one of them takes its WooCommerce keys from the same variables
 */
export function refuseSharedKeys(storeKey: string, others: readonly string[]): void {
  const name = variablePart(storeKey);
  const alike = others.filter((other) => other !== storeKey && variablePart(other) === name);
  if (alike.length === 0) return;
  const stores = [storeKey, ...alike].sort().map((key) => `"${key}"`);
  throw new CodedError(
    'CONFIG_STORE_KEYS_SHARED',
    `The stores ${stores.join(' and ')} would all take their WooCommerce keys from WOO_${name}_KEY and WOO_${name}_SECRET, so none of them is synced.`,
    'Give all but one of them a Key that differs in its letters or digits, if no record carries it yet; else set their route to the named credential (Setup › Custom Metadata Types › Woo Store), or deactivate them.',
  );
}

function stateLocation({ DATABASE_URL: url, DATA_DIR: path }: Variables): StateLocation {
  return url === undefined ? { kind: 'directory', path } : { kind: 'postgres', url };
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
