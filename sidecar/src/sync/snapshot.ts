import type { Engine, EngineParts } from './engine.ts';
import { readStanding } from './standing.ts';
import type { StoreSnapshot } from './status-row.ts';

type LookParts = Pick<EngineParts, 'state' | 'hints' | 'issues' | 'clock' | 'org' | 'publicUrl'>;

/** How the stores are doing at the moment. Costs no API call. */
export async function lookAtStores(
  engine: Engine,
  { state, hints, issues, clock, org, publicUrl }: LookParts,
): Promise<readonly StoreSnapshot[]> {
  const [backlog, open] = await Promise.all([hints.backlog(), issues.open()]);
  const { sides } = engine;
  const looks = engine.stores.map(async ({ setup: { store, label }, loading }) => {
    const { lastEvent, lastSweep, webhooks } = await readStanding(state, store.key);
    const lanes = backlog.filter((lane) => lane.store === store.key);
    const hinted = lanes.flatMap(({ oldest }) => oldest?.getTime() ?? []);
    return {
      ...{ store: store.key, label, now: clock.now(), apiCalls: org.usage },
      orgOut: sides.org.out?.reason ?? null,
      storeOut: sides.store(store.key).out?.reason ?? null,
      ...{ loading, lastEvent, lastSweep },
      backlog: lanes.reduce((sum, { waiting, active }) => sum + waiting + active, 0),
      oldest: hinted.length === 0 ? null : new Date(Math.min(...hinted)),
      webhooks: publicUrl === null ? ('not used' as const) : webhooks,
      openIssues: open.get(store.key) ?? 0,
    };
  });
  return Promise.all(looks);
}
