import { sidecarEnv } from '../../scripts/lib/install/deploy.ts';
import type { Setting } from '../lib/bench.ts';
import { newDatabase } from '../lib/programs/database.ts';
import type { Pair } from '../lib/programs/pair.ts';
import { publicUrl } from '../lib/programs/service.ts';
import { countAtMost, type Result, shown } from '../lib/results/results.ts';
import type { Day, Days } from './day.ts';

/** Hours without webhooks, whose calls are shown and not judged, so that the short benchmark takes a few. */
const [DAY, FEW_HOURS] = [24, 2];

/**
 * API calls of a day in which nothing happens, where the shop is reached through the org and all is left as it
 * comes: by what they are for.
 * @param pair an org that keeps the shop's keys
 */
export async function measureIdleDay(
  { processes, postgresUrl, isShort }: Setting,
  { org, servicePort }: Pair,
): Promise<readonly Result[]> {
  const hours = isShort ? FEW_HOURS : DAY;
  const { stdout } = await processes.measure(['bench/realtime/day.ts'], {
    ...sidecarEnv(org, null, org.url, ''),
    DATABASE_URL: await newDatabase(postgresUrl, 'idle_day'),
    PUBLIC_URL: publicUrl(servicePort),
    SIDECAR_SECRET: 'a secret of the benchmark, long enough',
    BENCH_HOURS_ASKED: String(hours),
  });
  const { webhooks, asked } = JSON.parse(stdout) as Days;
  return [
    countAtMost('Idle day through the org: API calls', 1500, callsOf(webhooks)),
    ...Object.entries(webhooks.purposes).map(([purpose, calls]) =>
      shown(`Idle day through the org: API calls for ${purpose}`, '', calls),
    ),
    shown(`${hours} idle hours through the org without PUBLIC_URL: API calls`, '', callsOf(asked)),
  ];
}

/** @throws Error where the org counted others than the sidecar */
function callsOf({ purposes, billed }: Day): number {
  const calls = Object.values(purposes).reduce((sum, some) => sum + some, 0);
  if (calls !== billed)
    throw new Error(`The sidecar counted ${calls} API calls, the org ${billed}.`);
  return calls;
}
