import { Secret } from '../lib/secret.ts';
import type { ApplicationPassword, WooKeys } from '../woo/types.ts';

type Given = Readonly<Record<string, string>>;

/** Two variables that are of no use without each other. */
interface Pair {
  /** What follows `WOO_<store>`. */
  readonly names: readonly [string, string];
  /** What to put in each, where the other one is set. */
  readonly puts: readonly [(other: string) => string, (other: string) => string];
}

const KEYS: Pair = {
  names: ['_KEY', '_SECRET'],
  puts: [
    (other) => `the key that belongs to ${other} in it (ck_…)`,
    (other) => `the secret that belongs to ${other} in it (cs_…)`,
  ],
};

const APPLICATION_PASSWORD: Pair = {
  names: ['_APP_USER', '_APP_PASSWORD'],
  puts: [
    (other) => `the name of the WordPress user in it whose application password is in ${other}`,
    (other) =>
      `an application password of the user in ${other} in it (WordPress › Users › Profile › Application Passwords)`,
  ],
};

/**
 * The keys of stores on the direct route, by the middle of the variables' names. Adds a problem for each
 * variable whose other half is missing.
 */
export function readWooKeys(given: Given, problems: string[]): ReadonlyMap<string, WooKeys> {
  const keys = new Map<string, WooKeys>();
  for (const part of partsOf(given)) {
    const pair = read(given, part, KEYS, problems);
    const password = applicationPassword(given, part, problems);
    if (pair !== null)
      keys.set(part, {
        consumerKey: new Secret(pair.values[0]),
        consumerSecret: new Secret(pair.values[1]),
        keyVariable: pair.variables[0],
        secretVariable: pair.variables[1],
        ...(password === null ? {} : { applicationPassword: password }),
      });
    else if (password !== null && !(`WOO_${part}_KEY` in given || `WOO_${part}_SECRET` in given))
      problems.push(
        `WOO_${part}_KEY and WOO_${part}_SECRET are not set, and ${password.userVariable} is for uploads alone: put a REST API key of the shop and its secret in them.`,
      );
  }
  return keys;
}

function partsOf(given: Given): ReadonlySet<string> {
  const parts = Object.keys(given).flatMap(
    (name) => /^WOO_([A-Z0-9_]+)_(?:KEY|SECRET|APP_USER|APP_PASSWORD)$/.exec(name)?.[1] ?? [],
  );
  return new Set(parts);
}

function applicationPassword(
  given: Given,
  part: string,
  problems: string[],
): ApplicationPassword | null {
  const pair = read(given, part, APPLICATION_PASSWORD, problems);
  if (pair === null) return null;
  if (pair.values[0].includes(':')) {
    problems.push(
      `${pair.variables[0]} holds a colon: put the user's name in it alone, and the password in ${pair.variables[1]}.`,
    );
    return null;
  }
  return {
    user: pair.values[0],
    password: new Secret(pair.values[1]),
    userVariable: pair.variables[0],
    passwordVariable: pair.variables[1],
  };
}

/** Null where neither is set, and, with a problem added, where one of them is. */
function read(
  given: Given,
  part: string,
  { names, puts }: Pair,
  problems: string[],
): { values: readonly [string, string]; variables: readonly [string, string] } | null {
  const variables = [`WOO_${part}${names[0]}`, `WOO_${part}${names[1]}`] as const;
  const [first, second] = [given[variables[0]], given[variables[1]]];
  if (first !== undefined && second !== undefined) return { values: [first, second], variables };
  if (first !== undefined)
    problems.push(`${variables[1]} is not set: put ${puts[1](variables[0])}.`);
  else if (second !== undefined)
    problems.push(`${variables[0]} is not set: put ${puts[0](variables[1])}.`);
  return null;
}
