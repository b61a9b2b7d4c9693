import { CodedError } from '../errors/coded-error.ts';
import { heldFor } from '../ports/held-mappings.ts';
import type { Backlog } from '../ports/change-queue.ts';
import { SHOP_ADDRESS } from '../ports/state.ts';
import { EVERY_STORE, STANDING_PREFIX } from '../sync/report/issue-key.ts';
import { ignoredIssues } from '../sync/report/ignored-issues.ts';
import { GROUPING } from '../sync/report/issue-group.ts';
import { salesProblem } from '../sync/totals/counted-sales.ts';
import { lastWritten, lastWrittenByObject } from '../sync/report/status/last-written.ts';
import { mappingStandings } from '../sync/report/status/mapping-lines.ts';
import { proofDays, settleProof } from '../sync/report/status/proof-days.ts';
import { LATE_SECONDS, type StoreSnapshot } from '../sync/report/status/store-snapshot.ts';
import { readActivity } from '../sync/report/store-activity.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Availability } from './availability.ts';
import { heldIssueKey } from './standing-issues.ts';
import type { StoreEngine } from './store/store-engine.ts';
import type { ApiBudget } from './budget/api-budget.ts';
import type { StoreBudgets } from './budget/store-budgets.ts';
import type { Setup } from '../ports/setup.ts';

type LookParts = Pick<EngineParts, 'state' | 'queue' | 'issues' | 'clock' | 'org' | 'publicUrl'>;

/** What a rule has decided needs nobody: it is over as soon as the record is looked at again. */
const DECIDED = 'CONFLICT_DECIDED';

/** What the engine knows of its stores. */
interface Stores {
  readonly stores: readonly StoreEngine[];
  readonly availability: Availability;
  readonly budget: ApiBudget;
  readonly budgets: Pick<
    StoreBudgets,
    'use' | 'warning' | 'nextSeen' | 'seenEvery' | 'sweepsEvery'
  >;
  readonly setup: Setup | null;
}

/** A store as the admin set it up, be it stopped. */
interface Known {
  readonly key: string;
  readonly label: string;
  readonly storeOut: CodedError | null;
  readonly loading: StoreSnapshot['loading'];
  readonly tellsNothing: boolean;
}

/** How the stores are doing at the moment, and what came of what a proof found. Costs no API call. */
export async function snapshotStores(
  engine: Stores,
  { state, queue, issues, clock, org, publicUrl }: LookParts,
): Promise<readonly StoreSnapshot[]> {
  const { availability, budget, budgets, setup } = engine;
  // Equal failures would count one by one until Salesforce is told of them.
  await issues.group(GROUPING);
  const [backlog, openFor, causes] = await Promise.all([
    queue.backlog(),
    openIssues(issues, setup),
    ignoredIssues(state).then((ignored) =>
      issues.causes([STANDING_PREFIX, GROUPING.prefix], ignored),
    ),
  ]);
  const known = [...knownStores(engine), ...(await deactivated(state, setup))];
  const looks = known.map(async ({ key, label, storeOut, loading, tellsNothing }) => {
    const { webhooks, ...standing } = await readActivity(state, key);
    await settleProof({ state, queue, issues }, key);
    const queues = backlog.filter((queue) => queue.store === key);
    const now = clock.now();
    return {
      store: key,
      label,
      now,
      apiCalls: org.usage,
      callsLeft: gravest(budget.warning, budgets.warning(key)),
      budget: budgets.use(key),
      nextSeen: budgets.nextSeen,
      seenEvery: budgets.seenEvery,
      sweepsEvery: publicUrl === null ? budgets.sweepsEvery(key) : null,
      orgOut: availability.org.out?.reason ?? null,
      storeOut,
      loading,
      ...standing,
      held: setup === null ? [] : heldFor(setup, key),
      backlog: queues.reduce((sum, { waiting, active }) => sum + waiting + active, 0),
      oldest: first(queues.map(({ oldest }) => oldest)),
      oldestBulk: first(queues.map(({ oldestBulk }) => oldestBulk)),
      tellsNothing,
      webhooks: publicUrl === null ? ('not used' as const) : webhooks,
      openIssues: openFor(key),
      causes: causes.filter(({ store, code }) => store === key && code !== DECIDED),
      ...tellingOf(setup, key),
      salesMixed: await mixedSales(state, setup, key, now),
      configuration: setup,
      proofs: await proofDays(state, key),
      mappings: await mappingsOf(state, setup, key, { queues, now }),
    };
  });
  return Promise.all(looks);
}

function first(dates: readonly (Date | null)[]): Date | null {
  const times = dates.flatMap((date) => date?.getTime() ?? []);
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/** Those of a store that is synced. */
async function mappingsOf(
  state: LookParts['state'],
  setup: Setup | null,
  key: string,
  { queues, now }: { readonly queues: readonly Backlog[]; readonly now: Date },
): Promise<StoreSnapshot['mappings']> {
  const found = setup?.stores.find(({ store }) => store.key === key);
  if (setup === null || found === undefined) return [];
  return mappingStandings({
    mappings: found.mappings,
    held: heldFor(setup, key),
    backlog: queues,
    written: await lastWritten(state, key),
    writtenByObject: await lastWrittenByObject(state, key),
    lateBefore: new Date(now.getTime() - LATE_SECONDS * 1000),
  });
}

async function mixedSales(
  state: LookParts['state'],
  setup: Setup | null,
  key: string,
  now: Date,
): Promise<CodedError | null> {
  const found = setup?.stores.find(({ store }) => store.key === key);
  return found === undefined ? null : salesProblem(state, found, now);
}

function tellingOf(
  setup: Setup | null,
  store: string,
): Pick<StoreSnapshot, 'silentMinutes' | 'tellAfterMinutes'> {
  const row = setup?.stores.find((one) => one.store.key === store)?.telling;
  const { silentMinutes = null, tellAfterMinutes = null } = row ?? {};
  return { silentMinutes, tellAfterMinutes };
}

/** What keeps everything waiting goes before what keeps a part. */
function gravest(ofOrg: CodedError | null, ofStore: CodedError | null): CodedError | null {
  return ofOrg?.code === 'SF_RESERVE_REACHED' ? ofOrg : (ofStore ?? ofOrg);
}

/** How many issues are open for a store: its own, and those of every store but for a held mapping that it does not miss. */
async function openIssues(
  issues: LookParts['issues'],
  setup: Setup | null,
): Promise<(store: string) => number> {
  const held = setup?.held.filter(({ store, notFor }) => store === null && notFor.length > 0) ?? [];
  const keys = held.map(heldIssueKey);
  const [open, ofHeld] = await Promise.all([
    issues.open(),
    keys.length === 0 ? [] : issues.find({ keys, store: EVERY_STORE }, keys.length),
  ]);
  const counted = new Set(
    ofHeld.filter(({ absorbedBy }) => absorbedBy === null).map(({ key }) => key),
  );
  return (store) => {
    const missed = heldFor({ held }, store);
    const others = held.filter((one) => !missed.includes(one) && counted.has(heldIssueKey(one)));
    return (open.get(store) ?? 0) + (open.get(EVERY_STORE) ?? 0) - others.length;
  };
}

function knownStores({ stores, availability, setup }: Stores): readonly Known[] {
  const kept = stores.map(({ setup: { store, label }, loading, tellsNothing }) => ({
    key: store.key,
    label,
    loading,
    tellsNothing,
    storeOut: availability.store(store.key).out?.reason ?? null,
  }));
  const stopped = setup?.stopped ?? [];
  return [
    ...kept,
    ...stopped.map(({ key, label, reason }) => ({
      key,
      label,
      storeOut: reason,
      loading: null,
      tellsNothing: false,
    })),
  ];
}

/** Stores that were active once, so that a status of them stands in the org. */
async function deactivated(
  state: LookParts['state'],
  setup: Setup | null,
): Promise<readonly Known[]> {
  const known = (setup?.inactive ?? []).map(async ({ key, label }) => {
    const address = await state.cursor(key, SHOP_ADDRESS);
    const storeOut = isInactive(label);
    return address === null ? [] : [{ key, label, storeOut, loading: null, tellsNothing: false }];
  });
  return (await Promise.all(known)).flat();
}

function isInactive(label: string): CodedError {
  return new CodedError(
    'STORE_INACTIVE',
    `The store ${label} is deactivated, so nothing of it is synced; what was stays.`,
    'To sync it again, set Active of its Woo Store (Setup › Custom Metadata Types).',
  );
}
