import { randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

import { Connection } from 'jsforce';
import { inject } from 'vitest';

import { AdminSession } from '../../scripts/lib/install/admin-session.ts';
import { deployProject, sidecarEnv, signIn } from '../../scripts/lib/install/deploy.ts';
import type { Route } from '../../scripts/lib/install/install.ts';
import { endpointOf } from '../../scripts/lib/install/outbound.ts';
import { startPair, type Pair, type PairOptions } from '../../scripts/lib/demo/pair.ts';
import { run, type Ran, type SfCli } from '../../scripts/lib/sf.ts';
import { setStoreKeys, verifyGateway } from '../../scripts/lib/install/store-keys.ts';
import { runProgram } from '../../sidecar/src/cli/program.ts';
import type { BackfillResult } from '../../sidecar/src/sync/pipeline/backfill.ts';
import type { MappingReport } from '../../sidecar/src/sync/report/run-report.ts';
import { freePort } from './free-port.ts';
import { mustDeploy, outboundMessages, record, set, storeCredential } from './metadata.ts';
import { endServices, startService, type RunningService } from './service.ts';

/** A deployed org and a store, with the sidecar's command and an administrator's eyes on both. */
export interface World extends Pair {
  readonly admin: Connection;
  readonly session: AdminSession;
  /** What the sidecar is given: as a service it listens on `PORT`, which the shop knows as `PUBLIC_URL`. */
  readonly env: Readonly<Record<string, string>>;
  /** The real CLI, signed in as the administrator. */
  sf(): Promise<SfCli>;
  /** Runs `woo-salesforce` in this process, which spares its start; `env` overrides what the sidecar is given. */
  sidecar(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  /** The same in a process of its own, as people run it. */
  command(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  /** A backfill, whatever its exit code, and what it reported. */
  backfill(env?: Readonly<Record<string, string>>): Promise<Backfilled>;
  /** Runs the service until it is stopped, at the latest when the world is closed. */
  startService(env?: Readonly<Record<string, string>>): Promise<RunningService>;
  /** The first row that an administrator sees; undefined where there is none. */
  orgRow(soql: string): Promise<Record<string, unknown> | undefined>;
}

export interface Backfilled {
  readonly code: number;
  readonly stderr: string;
  readonly results: readonly BackfillResult[];
  readonly problems: readonly { code: string; mapping: string; message: string }[];
  readonly of: (mapping: string) => MappingReport;
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
    ...{ PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` },
    SIDECAR_SECRET: randomBytes(32).toString('hex'),
  };
  const outbound = { endpoint: endpointOf(env), username: org.integrationUsername };
  mustDeploy(org, ...outboundMessages(outbound));
  await connectStore(pair, session, route, env.PUBLIC_URL);
  const admin = new Connection({
    ...{ instanceUrl: orgUrl, accessToken: org.adminToken, version: '66.0' },
  });
  const sidecar: World['sidecar'] = (args, over = {}) => ranHere(args, { ...env, ...over });
  const command: World['command'] = (args, over = {}) =>
    run('node', ['sidecar/bin/woo-salesforce.js', ...args], { env: { ...env, ...over } });
  let cli: Promise<SfCli> | undefined;
  return {
    ...pair,
    ...{ env, admin, session, sidecar, command },
    sf: () => (cli ??= signIn(org, orgUrl, home)),
    backfill: async (over) => read(await sidecar(['backfill', '--json'], over)),
    startService: (over = {}) => startService({ ...env, ...over }),
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
  cpSync(join(inject('prepared'), 'state'), folder, { recursive: true });
  return folder;
}

/** A copy of the org to which this run has deployed. One of another kind gets a deploy of its own. */
async function startDeployed(
  orders: number,
  features: NonNullable<PairOptions['features']>,
  home: string,
): Promise<Pair> {
  const orgFile = join(home, 'org.sqlite');
  const isPlain = Object.keys(features).length === 0;
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

/** Runs the program in this process, on nothing but the environment that it is given. */
async function ranHere(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ran> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const said = Promise.all([text(out), text(err)]);
  const code = await runProgram(args, env, out, err);
  out.end();
  err.end();
  const [stdout, stderr] = await said;
  return { code, stdout, stderr };
}

function read({ code, stdout, stderr }: Ran): Backfilled {
  if (stdout.trim() === '') throw new Error(`no report; exit code ${code}: ${stderr}`);
  const { results, problems } = JSON.parse(stdout) as Pick<Backfilled, 'results' | 'problems'>;
  return {
    ...{ code, stderr, results, problems },
    of: (mapping) => {
      const row = results
        .flatMap(({ mappings }) => mappings)
        .find((one) => one.mapping === mapping);
      if (!row) throw new Error(`no report for ${mapping}`);
      return row;
    },
  };
}
