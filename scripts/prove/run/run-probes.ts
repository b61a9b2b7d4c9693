import { setTimeout as wait } from 'node:timers/promises';

import { isProbed, isSettled, type Assumption, type Probed } from '../model/assumption.ts';
import { messageOf, type Verdict } from '../model/verdict.ts';
import type { RunOptions, Settings } from './settings.ts';
import { OWN_CALLS, World } from './world.ts';

/** What a run says of one assumption. */
export interface Outcome {
  readonly assumption: Assumption;
  readonly kind: Verdict['kind'] | 'by hand' | 'settled';
  /** What came instead, why it cannot be told, what a person does, or the source. */
  readonly detail: string;
}

export interface RunResult {
  readonly outcomes: readonly Outcome[];
  readonly calls: number;
  /** What names and keys of the run's records begin with. */
  readonly mark: string;
  /** Names of hosts that answers may hold. */
  readonly hosts: readonly string[];
  /** What could not be deleted, and why; null where nothing is left. */
  readonly leftBehind: string | null;
}

/** Of a probe that says nothing else. */
const SECONDS = 60;

/** API calls that a run makes at most. */
export const callsOf = (assumptions: readonly Assumption[]): number =>
  assumptions.reduce((sum, one) => sum + (isProbed(one) ? one.calls : 0), OWN_CALLS);

/** What is said before anything is asked. */
export const announcement = (assumptions: readonly Assumption[]): string =>
  `${assumptions.filter(isProbed).length} of ${assumptions.length} assumptions are asked for, in at most ${callsOf(assumptions)} API calls.`;

/**
 * Asks the org and the shop of every assumption, one after the other; one that fails stops no other.
 * @throws CannotTell where the org has not this project in it
 */
export async function runProbes(
  assumptions: readonly Assumption[],
  settings: Settings,
  { stopped = new AbortController().signal, probeMs, tell }: RunOptions = {},
): Promise<RunResult> {
  const world = new World(settings);
  const outcomes: Outcome[] = [];
  await world.open();
  for (const one of assumptions) {
    if (isProbed(one) && !stopped.aborted) tell?.(one.id);
    outcomes.push(await outcomeOf(one, world, stopped, probeMs));
  }
  const leftBehind = await world.close().then(() => null, messageOf);
  const { mark, hosts } = world;
  return { outcomes, calls: world.budget.made, mark, hosts, leftBehind };
}

async function outcomeOf(
  assumption: Assumption,
  world: World,
  stopped: AbortSignal,
  probeMs: number | undefined,
): Promise<Outcome> {
  if (isSettled(assumption)) return { assumption, kind: 'settled', detail: assumption.source };
  if (!isProbed(assumption)) return { assumption, kind: 'by hand', detail: assumption.person };
  const found = stopped.aborted
    ? cannotTell('The run was stopped.')
    : await probe(assumption, world, stopped, probeMs ?? (assumption.seconds ?? SECONDS) * 1000);
  const detail = found.kind === 'holds' ? '' : found.kind === 'differs' ? found.came : found.why;
  return { assumption, kind: found.kind, detail };
}

async function probe(
  { calls, probe: ask }: Probed,
  world: World,
  stopped: AbortSignal,
  probeMs: number,
): Promise<Verdict> {
  const ended = new AbortController();
  const bound = wait(probeMs, 'late' as const, {
    signal: AbortSignal.any([ended.signal, stopped]),
  });
  const late = new AbortController();
  world.budget.allow(calls);
  world.signal = AbortSignal.any([stopped, late.signal]);
  try {
    const first = await Promise.race([ask(world), bound]);
    if (first !== 'late') return first;
    return cannotTell(`It was not answered within ${probeMs / 1000} seconds.`);
  } catch (error) {
    if (stopped.aborted) return cannotTell('The run was stopped.');
    return cannotTell(messageOf(error));
  } finally {
    late.abort();
    ended.abort();
    await bound.catch(() => undefined);
  }
}

const cannotTell = (why: string): Verdict => ({ kind: 'cannot tell', why });
