import { z } from 'zod';
import { escapedXml } from '../escaped-xml.ts';
import { jsonOf, refusalIn, type AdminSession } from './admin-session.ts';
import type { Question } from './ask.ts';
import { NOWHERE, OUTBOUND_FOLDER, serviceUrl, type OutboundMessages } from './outbound.ts';
import { testArguments } from './production.ts';
import { quoted, rowsOf } from './query.ts';
import { refuseDoubles } from './recipes.ts';
import { STORE_KEYS, STORE_KEYS_FILE } from './store-access.ts';
import { root, type RunOptions, type SfCli } from '../sf.ts';

/** How the sidecar reaches a store. */
export type Route = 'named_credential' | 'direct';

export interface Metadata {
  /** `force-app` and the outbound messages alone, as an upgrade is; else the admin's own records too. */
  readonly upgrade: boolean;
  /** `force-app` is in the org by a package, and is left out. */
  readonly packaged?: boolean;
  /** Address of the shop; not needed for an upgrade. */
  readonly storeUrl: string | undefined;
  readonly route: Route;
  readonly outbound: OutboundMessages;
  readonly dryRun?: boolean;
  /** Variables by which sharing models of the org stay as they are: `planSharing`. */
  readonly sharing?: Readonly<Record<string, string>>;
  /** The org's deploys must run Apex tests. */
  readonly production?: boolean;
  /** Who gets the permission set for the keys first, since the deploy takes their earlier grant: `usersOfKeys`. */
  readonly usersOfKeys?: readonly string[];
}

/** What of the project is deployed. */
export const foldersOf = ({
  upgrade,
  packaged = false,
}: Pick<Metadata, 'upgrade' | 'packaged'>): readonly string[] => [
  ...(packaged ? [] : ['force-app']),
  upgrade ? OUTBOUND_FOLDER : 'config/org',
];

/** Deploys this project into the CLI's target org. @throws Error with what the CLI printed */
export async function deployMetadata(
  sf: SfCli,
  metadata: Metadata,
  options: RunOptions = {},
): Promise<void> {
  const { storeUrl, route, outbound, dryRun = false, sharing = {} } = metadata;
  const { packaged = false, production = false, usersOfKeys = [] } = metadata;
  if (!metadata.upgrade) refuseDoubles(options.cwd ?? root);
  if (usersOfKeys.length > 0) {
    await start(sf, [STORE_KEYS_FILE], dryRun, [], options);
    if (!dryRun) await assign(sf, [STORE_KEYS], usersOfKeys, options);
  }
  const env = {
    ...(storeUrl === undefined ? {} : { WOO_STORE_URL: replacementText(storeUrl) }),
    ...(route === 'direct' ? { WOO_STORE_ROUTE: route } : {}),
    ...outboundEnv(outbound),
    ...sharing,
  };
  // What comes after a package has no Apex.
  const tests = testArguments(production && !packaged);
  await start(sf, foldersOf(metadata), dryRun, tests, { ...options, env });
}

async function start(
  sf: SfCli,
  paths: readonly string[],
  dryRun: boolean,
  tests: readonly string[],
  options: RunOptions,
): Promise<void> {
  await sf.must(
    [
      // Without -d the CLI wants an org with source tracking, which a production org is not.
      'project',
      'deploy',
      'start',
      '--concise',
      ...paths.flatMap((path) => ['-d', path]),
      ...(dryRun ? ['--dry-run'] : []),
      ...tests,
    ],
    options,
  );
}

/** The variables that report the service, for outbound messages and the records of stores, as the CLI replaces them. */
export function outboundEnv({ endpoint, username }: OutboundMessages): Record<string, string> {
  return {
    WOO_SYNC_ENDPOINT: replacementText(endpoint ?? NOWHERE),
    WOO_SYNC_USERNAME: replacementText(username),
    WOO_SERVICE_URL: replacementText(serviceUrl(endpoint)),
  };
}

/**
 * Whether the org has stores already. Then its configuration is its admin's own, and a deploy of `config/org`
 * would take back what was changed in Setup.
 */
export async function isConfigured(session: Pick<AdminSession, 'request'>): Promise<boolean> {
  const soql = new URLSearchParams({ q: 'SELECT DeveloperName FROM Woo_Store__mdt LIMIT 1' });
  const answer = await session.request('GET', `/services/data/v66.0/query?${soql.toString()}`);
  if (answer.status === 400 && refusalIn(answer).startsWith('INVALID_TYPE')) return false;
  const found = z.object({ totalSize: z.number() }).safeParse(answer.body).data;
  if (answer.status === 200 && found) return found.totalSize > 0;
  throw new Error(`The org does not say which stores it has: ${refusalIn(answer)}`);
}

/** @throws Error where this project is not in the org */
export async function mustHaveProject(session: Pick<AdminSession, 'request'>): Promise<void> {
  if (await isConfigured(session)) return;
  throw new Error('This project is not in the org: run npm run setup-org or npm run deploy first.');
}

/** Looks for the integration user before anything is deployed. @throws Error where the org has no such active user */
export async function mustBeUser(session: AdminSession, username: string): Promise<void> {
  const q = `SELECT IsActive FROM User WHERE Username = ${quoted(username)}`;
  const [user] = await rowsOf(session, q, z.object({ IsActive: z.boolean() }));
  if (user?.IsActive === true) return;
  const state = user ? 'is not active' : 'is not there';
  throw new Error(
    `The user ${username} ${state} in the org (WOO_SYNC_USERNAME). Nothing was changed. Make the user as docs/connect.md says, or give the user name, which need not be the e-mail address.`,
  );
}

/**
 * Assigns the permission sets of the admin who installs, and of the user of the sync.
 * @param recipes further ones of that user: `recipeRights`, where config/org was deployed
 */
export async function assignRights(
  sf: SfCli,
  syncUsername: string,
  recipes: readonly string[],
  options: RunOptions = {},
): Promise<void> {
  await assign(sf, ['Woo_Admin', STORE_KEYS], [], options);
  const own = ['Woo_Integration', 'Woo_Bypass', STORE_KEYS, ...recipes];
  await assign(sf, own, [syncUsername], options);
}

/** Assigns the permission set that lets its holders use the keys of one more store: to the admin, who tries it, and to the user of the sync. */
export async function assignGrant(
  sf: SfCli,
  permissionSet: string,
  syncUsername: string,
  options: RunOptions = {},
): Promise<void> {
  await assign(sf, [permissionSet], [], options);
  await assign(sf, [permissionSet], [syncUsername], options);
}

/** Lets somebody read what came from the shops, as sales reps do. */
export async function assignSales(
  sf: SfCli,
  username: string,
  options: RunOptions = {},
): Promise<void> {
  await assign(sf, ['Woo_Sales'], [username], options);
}

const assigned = z.object({
  message: z.string().optional(),
  result: z
    .object({ failures: z.array(z.object({ name: z.string(), message: z.string() })) })
    .optional(),
});

/**
 * Assigns permission sets; who has them already keeps them, which the CLI takes for a failure.
 * @param usernames the CLI's own user where there are none
 */
async function assign(
  sf: SfCli,
  permissionSets: readonly string[],
  usernames: readonly string[],
  { env, stopped, show }: RunOptions,
): Promise<void> {
  const { code, stdout, stderr } = await sf.run(
    [
      'org',
      'assign',
      'permset',
      '--json',
      ...permissionSets.flatMap((name) => ['--name', name]),
      ...usernames.flatMap((username) => ['--on-behalf-of', username]),
    ],
    { ...(env ? { env } : {}), ...(stopped ? { stopped } : {}) },
  );
  const who = usernames.length === 0 ? 'you' : usernames.join(', ');
  const what = permissionSets.join(', ');
  if (code !== 0) {
    const { result, message } = assigned.safeParse(jsonOf(stdout)).data ?? {};
    const refusals = result?.failures.map((failure) => failure.message) ?? [message ?? stderr];
    const others = refusals.filter((text) => !text.startsWith('Duplicate PermissionSetAssignment'));
    if (others.length > 0) {
      throw new Error(`${what} could not be assigned to ${who}: ${others.join(' ')}`);
    }
  }
  if (show === 'all') console.log(`  ${what}: ${who}`);
}

export const SHOP_ADDRESS: Question = {
  variable: 'WOO_STORE_URL',
  text: 'Address of the shop (https://…)',
};

/**
 * The address of a shop as it is kept: without a slash at the end.
 * @throws Error that says what is wrong with it
 */
export function shopAddress(text: string): string {
  // What may hold a password is not repeated.
  const shown = /[@?]/.test(text) ? 'That' : `"${text}"`;
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const isLocal = url !== null && /^(?:localhost|127\.|\[::1\])/.test(url.hostname);
  if (url?.protocol !== 'https:' && !(isLocal && url.protocol === 'http:')) {
    throw new Error(
      `${shown} is no address of a shop that Salesforce can call: it begins with https://.`,
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new Error(
      'The address of the shop holds a user, a password, a query or a hash: leave them out.',
    );
  }
  const shop = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  const api = /\/wp-json(?:\/.*)?$/.exec(shop);
  if (api === null) return shop;
  throw new Error(
    `${shown} is the address of the shop's API: give that of the shop itself, ${shop.slice(0, api.index)}.`,
  );
}

/** A text for a replacement of the CLI, which goes into the XML as it is, and gives `$` a meaning. */
export function replacementText(text: string): string {
  return escapedXml(text).replaceAll('$', '$$$$');
}
