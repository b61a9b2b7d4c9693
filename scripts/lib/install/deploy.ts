import type { Org } from '../../../local/org/org.ts';
import { AdminSession } from './admin-session.ts';
import { assignRights, deployMetadata } from './install.ts';
import { recipeRights } from './recipes.ts';
import { root, SfCli, type RunOptions } from '../sf.ts';
import { setStoreKeys, verifyGateway, type StoreKeys } from './store-keys.ts';

/** The name under which the local org is signed in to. */
export const ORG_ALIAS = 'local';

export interface DeployOptions extends RunOptions {
  /** Keys of the shop, for the org to keep: the store is reached through it. Left out: the direct route. */
  readonly keys?: StoreKeys;
  /** Where the org's outbound messages go. Left out: nowhere. */
  readonly endpoint?: string;
}

/**
 * Signs in to the local org with the real CLI.
 * @param home where the CLI keeps its sign-ins
 */
export async function signIn(
  { adminToken }: Pick<Org, 'adminToken'>,
  orgUrl: string,
  home: string,
): Promise<SfCli> {
  const sf = new SfCli(home, { SF_TARGET_ORG: ORG_ALIAS });
  await sf.must(
    ['org', 'login', 'access-token', '--instance-url', orgUrl, '--no-prompt', '--alias', ORG_ALIAS],
    { env: { SF_ACCESS_TOKEN: adminToken } },
  );
  return sf;
}

/** What an admin does first: signs in with the real CLI, deploys both packages, assigns permission sets. */
export async function deployProject(
  org: Pick<Org, 'adminToken' | 'integrationUsername'>,
  urls: { readonly org: string; readonly store: string },
  home: string,
  { keys, endpoint, ...options }: DeployOptions = {},
): Promise<SfCli> {
  const sf = await signIn(org, urls.org, home);
  const route = keys === undefined ? 'direct' : 'named_credential';
  const outbound = { endpoint: endpoint ?? null, username: org.integrationUsername };
  await deployMetadata(sf, { upgrade: false, storeUrl: urls.store, route, outbound }, options);
  await assignRights(sf, org.integrationUsername, recipeRights(root), options);
  if (keys !== undefined) {
    const session = await AdminSession.open(sf);
    await setStoreKeys(session, 'Woo_Store', keys);
    await verifyGateway(session, 'main');
  }
  return sf;
}

/**
 * What the sidecar needs in its environment to reach the pair.
 * @param keys of the store, for the direct route; through the org it needs none
 */
export function sidecarEnv(
  org: Pick<Org, 'clientId' | 'clientSecret'>,
  keys: StoreKeys | null,
  orgUrl: string,
  dataDir: string,
): Record<string, string> {
  return {
    SF_LOGIN_URL: orgUrl,
    SF_CLIENT_ID: org.clientId,
    SF_CLIENT_SECRET: org.clientSecret,
    ...(keys === null
      ? {}
      : { WOO_MAIN_KEY: keys.consumerKey, WOO_MAIN_SECRET: keys.consumerSecret }),
    DATA_DIR: dataDir,
  };
}
