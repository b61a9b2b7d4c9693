import { createStore, type Store } from '../../local/store/store.ts';
import type { BackfillResult } from '../../sidecar/src/sync/pipeline/backfill.ts';
import { compare } from '../lib/demo/compare.ts';
import { expectedOf } from '../lib/demo/expected.ts';
import { readOrgSide } from '../lib/demo/org-side.ts';
import type { AdminSession } from '../lib/install/admin-session.ts';
import { run } from '../lib/sf.ts';

/** A shop on this machine, that only programs of this machine reach. */
export const sampleShop = (orders: number): Store =>
  createStore({ orders, tlsProxy: true, allowHosts: ['127.0.0.1'] });

/** What the sidecar says of a backfill as JSON, as far as it is read here. */
interface Loaded {
  readonly results: readonly BackfillResult[];
  readonly problems: readonly Said[];
  readonly storeProblems: readonly Said[];
}

interface Said {
  readonly message: string;
  readonly cure: string;
}

/** Why data is missing, one sentence each; records that failed are in the comparison. */
export const reasonsIn = ({ results, problems, storeProblems }: Loaded): readonly string[] =>
  [...storeProblems, ...problems, ...results.flatMap(({ lists }) => lists)].map(
    ({ message, cure }) => `${message} ${cure}`,
  );

/**
 * Brings the shop's data into the org, as its store main on the direct route.
 * @param env how the sidecar signs in, and where its state is
 * @returns both sides, side by side
 * @throws Error where the sidecar cannot run, not all arrives, or the two sides differ
 */
export async function loadSampleData(
  { consumerKey, consumerSecret, shop }: Store,
  { instanceUrl, accessToken }: Pick<AdminSession, 'instanceUrl' | 'accessToken'>,
  env: Readonly<Record<string, string>>,
  stopped: AbortSignal,
): Promise<string> {
  const { stdout, code } = await run(
    'node',
    ['sidecar/bin/woo-salesforce.js', 'backfill', '--store', 'main', '--json'],
    {
      env: { ...env, WOO_MAIN_KEY: consumerKey, WOO_MAIN_SECRET: consumerSecret },
      show: 'stderr',
      stopped,
    },
  );
  if (code > 1)
    throw new Error(`The sidecar could not run (exit code ${code}); it says why above.`);
  const loaded = JSON.parse(stdout) as Loaded;
  const reports = loaded.results.flatMap(({ mappings }) => mappings);
  const objects = reports.map(({ object }) => object);
  const side = await readOrgSide(instanceUrl, accessToken, objects);
  const { text, agrees } = compare(expectedOf(shop), reports, side);
  if (agrees && code === 0) return text;
  const end = agrees ? 'Not all could be loaded.' : 'The org does not have what the shop has.';
  throw new Error([text, ...reasonsIn(loaded), end].join('\n'));
}
