import { randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from 'jsforce';
import { inject } from 'vitest';

import type { Org } from '../../local/org/org.ts';
import { AdminSession } from '../../scripts/lib/install/admin-session.ts';
import { deployProject, sidecarEnv, signIn } from '../../scripts/lib/install/deploy.ts';
import type { Route } from '../../scripts/lib/install/install.ts';
import { endpointOf } from '../../scripts/lib/install/outbound.ts';
import { startPair, type Pair, type PairOptions } from '../../scripts/lib/demo/pair.ts';
import type { SfCli } from '../../scripts/lib/sf.ts';
import { setStoreKeys, verifyGateway } from '../../scripts/lib/install/store-keys.ts';
import { freePort } from './free-port.ts';
import type { JourneyWorld } from './journey-world.ts';
import { mustDeploy, outboundMessages, record, set, storeCredential } from './metadata.ts';
import { endServices } from './service.ts';
import { sidecarRuns } from './sidecar-runs.ts';

/** A deployed local org and a store, with the sidecar's command and an administrator's eyes on both. */
export interface World extends JourneyWorld {
  readonly org: Org;
  /** The real CLI, signed in as the administrator. */
  sf(): Promise<SfCli>;
}

/**
 * @param features what kind of org, where it is not a plain new one
 * @param route how the sidecar reaches the store
 */
export async function openWorld(
  orders: number,
  features: NonNullable<PairOptions['features']> = {},
  route: Route = 'direct',
): Promise<World> {
  const home = mkdtempSync(join(tmpdir(), 'woo-salesforce-e2e-'));
  const pair = await startDeployed(orders, features, home);
  const { org, orgUrl, store } = pair;
  const session = new AdminSession(orgUrl, org.adminUsername, org.adminToken);
  const port = String(await freePort());
  const env = {
    ...sidecarEnv(org, route === 'direct' ? store : null, orgUrl, emptyState(home)),
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SIDECAR_SECRET: randomBytes(32).toString('hex'),
  };
  const outbound = { endpoint: endpointOf(env), username: org.integrationUsername };
  mustDeploy(org, ...outboundMessages(outbound));
  await connectStore(pair, session, route, env.PUBLIC_URL);
  const admin = new Connection({
    instanceUrl: orgUrl,
    accessToken: org.adminToken,
    version: '66.0',
  });
  let cli: Promise<SfCli> | undefined;
  return {
    ...pair,
    ...sidecarRuns(env),
    env,
    admin,
    session,
    isTold: true,
    hasOwnUser: true,
    deploy: (...files) => {
      mustDeploy(org, ...files);
      return Promise.resolve();
    },
    sf: () => (cli ??= signIn(org, orgUrl, home)),
    orgRow: async (soql) => (await admin.query(soql)).records[0],
    close: async () => {
      await endServices();
      await pair.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A state that knows nothing, in a new folder: making its database anew takes seconds. @param parent of the folder */
export function emptyState(parent: string): string {
  const folder = mkdtempSync(join(parent, 'state-'));
  const prepared = inject('prepared');
  if (prepared !== '') cpSync(join(prepared, 'state'), folder, { recursive: true });
  return folder;
}

/** A copy of the org to which this run has deployed. One of another kind gets a deploy of its own. */
async function startDeployed(
  orders: number,
  features: NonNullable<PairOptions['features']>,
  home: string,
): Promise<Pair> {
  const orgFile = join(home, 'org.sqlite');
  // Translations may come later: switching them on changes nothing of what was deployed.
  const isPlain = Object.keys(features).every((name) => name === 'translations');
  if (isPlain) copyFileSync(join(inject('prepared'), 'org.sqlite'), orgFile);
  const pair = await startPair({ orders, orgFile, features });
  const { org, orgUrl, storeUrl } = pair;
  if (!isPlain) await deployProject(org, { org: orgUrl, store: storeUrl }, home);
  return pair;
}

/** Tells the org where the shop is, how it is reached, and where that is through the org, its keys. */
async function connectStore(
  { org, store, storeUrl }: Pair,
  session: AdminSession,
  route: Route,
  serviceUrl: string,
): Promise<void> {
  mustDeploy(
    org,
    record(
      'Woo_Store.Main_Store',
      set('URL__c', storeUrl),
      set('Route__c', route),
      set('Service_URL__c', serviceUrl),
    ),
    storeCredential(storeUrl),
  );
  if (route === 'direct') return;
  await setStoreKeys(session, 'Woo_Store', store);
  await verifyGateway(session, 'main');
}
