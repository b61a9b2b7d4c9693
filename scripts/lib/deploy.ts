import type { Org } from '../../local/org/http/org.ts';
import { SfCli, type RunOptions } from './sf.ts';

/** The name under which the local org is signed in to. */
export const ORG_ALIAS = 'local';

/** What an admin does first: signs in with the real CLI, deploys both packages, assigns permission sets. */
export async function deployProject(
  org: Pick<Org, 'adminToken' | 'integrationUsername'>,
  urls: { readonly org: string; readonly store: string },
  home: string,
  options: RunOptions = {},
): Promise<SfCli> {
  const sf = new SfCli(home, { WOO_STORE_URL: urls.store, SF_TARGET_ORG: ORG_ALIAS });
  await sf.must(
    [
      'org',
      'login',
      'access-token',
      '--instance-url',
      urls.org,
      '--no-prompt',
      '--alias',
      ORG_ALIAS,
    ],
    { env: { SF_ACCESS_TOKEN: org.adminToken } },
  );
  // Without -d the CLI wants an org with source tracking, which a production org is not.
  await sf.must(
    ['project', 'deploy', 'start', '--concise', '-d', 'force-app', '-d', 'config/org'],
    options,
  );
  await sf.must(['org', 'assign', 'permset', '--name', 'Woo_Admin'], options);
  await sf.must(
    [
      ...['org', 'assign', 'permset', '--name', 'Woo_Integration', '--name', 'Woo_Bypass'],
      ...['--on-behalf-of', org.integrationUsername],
    ],
    options,
  );
  return sf;
}

/** What the sidecar needs in its environment to reach the pair. */
export function sidecarEnv(
  org: Pick<Org, 'clientId' | 'clientSecret'>,
  store: { readonly consumerKey: string; readonly consumerSecret: string },
  orgUrl: string,
  dataDir: string,
): Record<string, string> {
  return {
    SF_LOGIN_URL: orgUrl,
    SF_CLIENT_ID: org.clientId,
    SF_CLIENT_SECRET: org.clientSecret,
    WOO_MAIN_KEY: store.consumerKey,
    WOO_MAIN_SECRET: store.consumerSecret,
    DATA_DIR: dataDir,
  };
}
