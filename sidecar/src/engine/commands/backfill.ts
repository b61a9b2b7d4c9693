import { classOf } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { heldFor, heldLines, rivalLines } from '../../ports/held-mappings.ts';
import type { StoreSetup } from '../../ports/setup.ts';
import { leadsOfStore } from '../../sync/leads/leads-of-store.ts';
import { backfill, type BackfillResult } from '../../sync/pipeline/backfill.ts';
import { forgetDeleted } from '../../sync/reconcile/foreign-edits.ts';
import { countedNeeds } from '../../sync/pipeline/counted-needs.ts';
import type { BackfillProgress } from '../../sync/report/backfill-progress.ts';
import { GuestIssues } from '../store/guest-issues.ts';
import { LoadFindings } from '../store/load-findings.ts';
import { beginAnew, neededLoad } from '../store/loaded-without.ts';
import { tellToBegin, waitsForStore, waitsToBeTold } from '../store/told-backfill.ts';
import { type CommandsParts, type CommandResult, storesOf, type Work } from './command.ts';
import { LoadProgress } from './output/backfill-progress.ts';
import { progressText, resultOfDryRun, resultOfLoad } from './output/backfill-text.ts';
import { refuseBeforeBackfill } from './wait-for-processing.ts';

const STOPPED =
  'Stopped after the page under way; what was written stays. The next backfill begins anew, and passes quickly over what has not changed.\n\n';

/**
 * Brings all records of the stores into step while the service goes on. A command that was under way goes on where
 * it was; a new one begins anew, for the mappings may have changed.
 * @throws CodedError where a side is out for a while
 */
export async function backfillCommand(parts: CommandsParts, work: Work): Promise<CommandResult> {
  const chosen = storesOf(work.command, work.setup);
  const told = await waiting(parts, chosen, isNamed(work));
  const stores = chosen.filter((one) => !told.includes(one));
  for (const { store } of stores) await refuseBeforeBackfill(parts, store.key);
  const goesFirst = isNamed(work);
  for (const one of told) {
    await tellToBegin(parts.state, one, { now: parts.clock.now(), goesFirst });
  }
  if (stores.length === 0) return { failed: false, text: toldText(told) + firstText(told) };
  const progress = await LoadProgress.open(stores);
  const results: BackfillResult[] = [];
  for (const one of stores) {
    if (isStopped(work)) break;
    if (!work.resumed) await beginAnew(parts.state, one);
    results.push(await loadStore(parts, work, one, progress));
    // What stands in the way may be gone, and an issue closes when its record was looked at.
    if (!isStopped(work)) await parts.issues.queueAll(one.store.key);
  }
  const stopped = isStopped(work) ? STOPPED : '';
  const begin = told.length === 0 ? stopped : `${toldText(told)}\n\n${stopped}`;
  return outcomeOf(work, results, begin + heldText(work, stores), resultOfLoad);
}

/** One that is given for a store alone has it go before those that were set up before. */
function isNamed({ command }: Work): boolean {
  return command.store !== '';
}

/** Stores whose first backfill waits for this command. */
async function waiting(
  { state }: CommandsParts,
  stores: readonly StoreSetup[],
  isAlone: boolean,
): Promise<readonly StoreSetup[]> {
  const waits = await Promise.all(
    stores.map(async (one) => {
      if (await waitsToBeTold(state, one)) return true;
      if (!isAlone || (await neededLoad(state, one)) === null) return false;
      return (await waitsForStore(state, one)) !== null;
    }),
  );
  return stores.filter((_, at) => waits[at]);
}

function toldText(told: readonly StoreSetup[]): string {
  const keys = told.map(({ store }) => store.key).join(', ');
  return `The first backfill begins within seconds (${keys}). Woo Store Status says how far it is.`;
}

/** Of a store that goes before those that were set up before it. */
function firstText(told: readonly StoreSetup[]): string {
  const [one, ...others] = told;
  const before = one?.earlier?.map(({ label }) => label) ?? [];
  return others.length > 0 || before.length === 0
    ? ''
    : ` It goes before ${before.join(', ')}: what its shop shares with one that is not loaded belongs to it.`;
}

/**
 * Says what a load of the stores would do and take.
 * @throws CodedError where the org does not answer
 */
export async function dryRun(parts: CommandsParts, work: Work): Promise<CommandResult> {
  const { org, state } = parts;
  const stores = storesOf(work.command, work.setup);
  const progress = await LoadProgress.open(stores);
  const results: BackfillResult[] = [];
  const calls = new Map<BackfillResult, number>();
  for (const { store, mappings } of stores) {
    if (isStopped(work)) break;
    const before = org.calls;
    const onProgress = teller(work, progress);
    const { signal } = work;
    const result = await backfill({
      org,
      state,
      store,
      mappings,
      signal,
      onProgress,
      dry: true,
      userId: () => org.userId(),
    });
    results.push(result);
    calls.set(result, org.calls - before);
  }
  const limits = await org.limits();
  const stopped = isStopped(work) ? 'Stopped: this is what was found until then.\n\n' : '';
  const begin = stopped + heldText(work, stores);
  return outcomeOf(work, results, begin, (result) =>
    resultOfDryRun(result, countedNeeds(result, calls.get(result) ?? 0), limits),
  );
}

/** A mapping that is held reads nothing, so that its numbers are missing below; two that write to one place count twice. */
function heldText({ setup }: Work, stores: readonly StoreSetup[]): string {
  const keys = stores.map(({ store }) => store.key);
  const held = setup.held.flatMap((one) => {
    const lacking = keys.filter((key) => heldFor(setup, key).includes(one));
    const which = `Store${lacking.length === 1 ? '' : 's'} ${lacking.join(', ')}`;
    return lacking.length === 0 ? [] : heldLines(one).map((line) => `${which}: ${line}`);
  });
  const rivals = rivalLines(
    setup.problems,
    stores.flatMap(({ mappings }) => mappings),
  );
  const lines = [...held, ...rivals].map((line) => `- ${line}`);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
}

function outcomeOf(
  { command }: Work,
  results: readonly BackfillResult[],
  begin: string,
  describe: (result: BackfillResult) => string,
): CommandResult {
  const { resource } = command;
  const whole =
    resource === ''
      ? ''
      : `A backfill walks all lists, so Woo Resource (${resource}) was ignored.\n\n`;
  return {
    failed: results.some(({ lists }) => lists.length > 0),
    text: begin + whole + results.map(describe).join('\n\n'),
  };
}

function isStopped({ signal }: Work): boolean {
  return signal.aborted;
}

async function loadStore(
  { org, state, queue, links, issues }: CommandsParts,
  work: Work,
  { store, mappings, leadSettings }: StoreSetup,
  progress: LoadProgress,
): Promise<BackfillResult> {
  const found = new LoadFindings(mappings, async (some) => {
    await queue.finish({ jobs: [], seen: [], ...some });
  });
  const guests = await GuestIssues.of(issues, store.key);
  await forgetDeleted({ org, state, store, mappings });
  const result = await backfill({
    org,
    state,
    store,
    mappings,
    links,
    signal: work.signal,
    goesOn: true,
    ...found.heardWith(guests),
    userId: () => org.userId(),
    ...leadsOfStore(org, leadSettings),
    onProgress: teller(work, progress),
  });
  await found.save();
  await guests.close({ result, isPart: work.resumed || isStopped(work), mappings });
  throwPassing(result);
  return result;
}

function teller(work: Work, progress: LoadProgress): (reached: BackfillProgress) => void {
  return (reached) => {
    work.tell(progress.reach(reached), progress.total, progressText(reached));
  };
}

/** A shop that is out for a while ends no load: it goes on later, behind what it has read. */
function throwPassing({ lists }: BackfillResult): void {
  const passing = lists.find(
    ({ code }) => code.startsWith('WOO_') && ['retry', 'limit'].includes(classOf(code)),
  );
  if (passing) throw new CodedError(passing.code, passing.message, passing.cure);
}
