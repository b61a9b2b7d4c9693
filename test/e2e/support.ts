import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from 'jsforce';

import { deployProject, sidecarEnv } from '../../scripts/lib/deploy.ts';
import type { Route } from '../../scripts/lib/install.ts';
import { startPair, type Pair, type PairOptions } from '../../scripts/lib/pair.ts';
import { run, type Ran, type SfCli } from '../../scripts/lib/sf.ts';
import type { BackfillResult } from '../../sidecar/src/sync/backfill.ts';
import type { MappingReport } from '../../sidecar/src/sync/report.ts';

/** A deployed org and a store, with the sidecar's command and an administrator's eyes on both. */
export interface World extends Pair {
  readonly sf: SfCli;
  readonly admin: Connection;
  readonly env: Record<string, string>;
  /** Runs `woo-salesforce`; `env` overrides what the sidecar is given. */
  sidecar(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  /** A backfill, whatever its exit code, and what it reported. */
  backfill(env?: Readonly<Record<string, string>>): Promise<Backfilled>;
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
  const pair = await startPair({ orders, features });
  const { org, orgUrl, store, storeUrl } = pair;
  const isDirect = route === 'direct';
  const keys = isDirect ? {} : { keys: store };
  const sf = await deployProject(org, { org: orgUrl, store: storeUrl }, home, keys);
  const env = sidecarEnv(org, isDirect ? store : null, orgUrl, join(home, 'state'));
  const sidecar: World['sidecar'] = (args, over = {}) =>
    run('node', ['sidecar/bin/woo-salesforce.js', ...args], { env: { ...env, ...over } });
  return {
    ...pair,
    sf,
    env,
    sidecar,
    admin: new Connection({ instanceUrl: orgUrl, accessToken: org.adminToken, version: '66.0' }),
    backfill: async (over) => read(await sidecar(['backfill', '--json'], over)),
    close: async () => {
      await pair.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
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
