import { sidecarEnv } from '../../scripts/lib/install/deploy.ts';
import type { Setting } from '../lib/bench.ts';
import { newDatabase } from '../lib/programs/database.ts';
import type { Pair } from '../lib/programs/pair.ts';
import { publicUrl } from '../lib/programs/service.ts';
import { countAtMost, type Result, shown } from '../lib/results/results.ts';
import type { Day, Days } from './day.ts';

/** Hours with webhooks, and without, whose calls are shown and not judged. */
const WHOLE = { name: 'Idle day', webhooks: 24, asked: 24 };
const SHORT = { name: '6 idle hours', webhooks: 6, asked: 2 };
/** API calls of an idle day. */
const MOST = 1500;

/**
 * API calls of a day in which nothing happens, where the shop is reached through the org and all is left as it
 * comes: by what they are for. The short benchmark has a quarter of it.
 * @param pair an org that keeps the shop's keys
 */
export async function measureIdleDay(
  { processes, postgresUrl, isShort }: Setting,
  { org, servicePort }: Pair,
): Promise<readonly Result[]> {
  const hours = isShort ? SHORT : WHOLE;
  const { stdout } = await processes.measure(['bench/realtime/day.ts'], {
    ...sidecarEnv(org, null, org.url, ''),
    DATABASE_URL: await newDatabase(postgresUrl, 'idle_day'),
    PUBLIC_URL: publicUrl(servicePort),
    SIDECAR_SECRET: 'a secret of the benchmark, long enough',
    BENCH_HOURS: String(hours.webhooks),
    BENCH_HOURS_ASKED: String(hours.asked),
  });
  const { webhooks, asked } = JSON.parse(stdout) as Days;
  const name = `${hours.name} through the org`;
  const most = (MOST * hours.webhooks) / WHOLE.webhooks;
  return [
    countAtMost(`${name}: API calls`, most, callsOf(webhooks)),
    ...Object.entries(webhooks.purposes).map(([purpose, calls]) =>
      shown(`${name}: API calls for ${purpose}`, '', calls),
    ),
    shown(
      `${hours.asked} idle hours through the org without PUBLIC_URL: API calls`,
      '',
      callsOf(asked),
    ),
  ];
}

/** @throws Error where the org counted others than the sidecar */
function callsOf({ purposes, billed }: Day): number {
  const calls = Object.values(purposes).reduce((sum, some) => sum + some, 0);
  if (calls !== billed)
    throw new Error(`The sidecar counted ${calls} API calls, the org ${billed}.`);
  return calls;
}
