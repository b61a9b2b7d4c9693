import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from 'jsforce';

import { createStore, type Store } from '../../local/store/store.ts';
import { AdminSession } from '../../scripts/lib/install/admin-session.ts';
import type { OrgUnderTest } from '../../scripts/test-org/org-under-test.ts';
import { OwnTraces } from '../../scripts/test-org/own-traces.ts';
import { freePort } from './free-port.ts';
import type { JourneyWorld } from './journey-world.ts';
import { record, set } from './metadata.ts';
import { endServices } from './service.ts';
import { sidecarRuns } from './sidecar-runs.ts';
import { emptyState } from './support.ts';

/** The shortest that the sidecar takes. */
const SWEEP_SECONDS = '10';

/** An org over its public interface alone, with a store that only the service of this machine reaches. */
export async function openOrgUnderTest(org: OrgUnderTest, orders: number): Promise<JourneyWorld> {
  const { instanceUrl, username, accessToken } = org;
  const session = new AdminSession(instanceUrl, username, accessToken);
  const admin = new Connection({ instanceUrl, accessToken, version: '66.0' });
  const traces = new OwnTraces(org, session, admin);
  // What a file before this one could not take back.
  await traces.remove();
  rememberCreated(admin, traces);
  const home = mkdtempSync(join(tmpdir(), 'woo-salesforce-e2e-'));
  const store = createStore({ orders, tlsProxy: true, allowHosts: ['127.0.0.1'] });
  const storeUrl = await store.listen(0);
  const env = await environment(org, store, home);
  await traces.setup.deploy([
    record('Woo_Store.Main_Store', set('URL__c', storeUrl), set('Route__c', 'direct')),
  ]);
  return {
    ...sidecarRuns(env),
    org: null,
    orgUrl: instanceUrl,
    store,
    storeUrl,
    admin,
    session,
    env,
    isTold: false,
    hasOwnUser: !('SF_ACCESS_TOKEN' in org.service),
    deploy: (...files) => traces.setup.deploy(files),
    orgRow: async (soql) => (await admin.query(soql)).records[0],
    close: async () => {
      await endServices();
      await store.close();
      rmSync(home, { recursive: true, force: true });
      await traces.remove();
    },
  };
}

async function environment(
  { service }: OrgUnderTest,
  store: Store,
  home: string,
): Promise<Record<string, string>> {
  return {
    ...service,
    WOO_MAIN_KEY: store.consumerKey,
    WOO_MAIN_SECRET: store.consumerSecret,
    // Without a public address images go to the media library.
    WOO_MAIN_APP_USER: store.applicationUser,
    WOO_MAIN_APP_PASSWORD: store.applicationPassword,
    DATA_DIR: emptyState(home),
    PORT: String(await freePort()),
    PUBLIC_URL: '',
    SIDECAR_SECRET: '',
    SWEEP_SECONDS,
  };
}

/** Records that a journey makes as an administrator need not have a key by which they are found again. */
function rememberCreated(admin: Connection, traces: OwnTraces): void {
  const create = admin.create.bind(admin) as (...args: unknown[]) => Promise<unknown>;
  const remembered = async (...args: unknown[]): Promise<unknown> => {
    const saved = await create(...args);
    const all = (Array.isArray(saved) ? saved : [saved]) as { readonly id?: string }[];
    traces.made(all.flatMap(({ id }) => (id === undefined ? [] : [id])));
    return saved;
  };
  Object.assign(admin, { create: remembered });
}
