import type { Engine, EngineParts } from './engine.ts';
import type { StoreSnapshot } from './status-row.ts';

type LookParts = Pick<EngineParts, 'hints' | 'issues' | 'clock' | 'org' | 'publicUrl'>;

/** How the stores are doing at the moment. Costs no API call. */
export async function lookAtStores(
  engine: Engine,
  { hints, issues, clock, org, publicUrl }: LookParts,
): Promise<readonly StoreSnapshot[]> {
  const [backlog, open] = await Promise.all([hints.backlog(), issues.open()]);
  const { sides } = engine;
  return engine.stores.map(({ setup: { store, label }, standing }) => {
    const lanes = backlog.filter((lane) => lane.store === store.key);
    const hinted = lanes.flatMap(({ oldest }) => oldest?.getTime() ?? []);
    return {
      ...{ store: store.key, label, now: clock.now(), apiCalls: org.usage },
      orgOut: sides.org.out?.reason ?? null,
      storeOut: sides.store(store.key).out?.reason ?? null,
      loading: standing.loading,
      backlog: lanes.reduce((sum, { waiting, active }) => sum + waiting + active, 0),
      oldest: hinted.length === 0 ? null : new Date(Math.min(...hinted)),
      lastEvent: standing.lastEvent,
      lastSweep: standing.lastSweep,
      webhooks: publicUrl === null ? 'not used' : standing.webhooks,
      openIssues: open.get(store.key) ?? 0,
    };
  });
}
