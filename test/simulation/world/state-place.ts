import type { Backlog } from '../../../sidecar/src/ports/change-queue.ts';
import type { EngineParts } from '../../../sidecar/src/engine/engine-parts.ts';
import type { State } from '../../../sidecar/src/ports/state.ts';
import type { DurableState } from '../../../sidecar/src/state/state.ts';
import { isOtherOrder, nextOfOrder } from '../preload/chance.ts';
import { pause } from '../preload/clock.ts';
import { isAlive } from '../preload/processes.ts';

/** What may happen to a statement of the state. */
export interface StateWatch {
  /** Before it, and once it took effect. @returns whether the process goes on */
  called(name: string, when: 'before' | 'after'): boolean;
}

/** What an engine works with; nothing is answered any more once its process has ended. */
export type OpenState = Pick<EngineParts, 'queue' | 'issues' | 'leases' | 'calls'> & {
  readonly state: State & Pick<DurableState, 'forgetCursors'>;
};

/** Where the state of the service is, which outlives its processes. */
export interface StatePlace {
  /** @param owner the process that uses it; @param onProblem told what goes wrong in the background */
  open(owner: number, watch: StateWatch, onProblem: (problem: string) => void): Promise<OpenState>;
  /** Whether more than one process may use it at once. */
  readonly isShared: boolean;
  /**
   * A process that used it has ended in the middle of whatever it did.
   * @param isAlone whether no other one uses it
   */
  lapse(owner: number, isAlone: boolean): void;
  /** All of it is gone; who uses it has ended. */
  lose(): void;
  /** Change events that wait or are worked on. */
  backlog(): Promise<readonly Backlog[]>;
  close(): Promise<void>;
}

/** In milliseconds, of a statement, at the most. */
const LATENCY = 4;
/** Where orders are searched for, one of so many statements takes so many times as long: others overtake it. */
const SLOW = [
  { of: 128, times: 250 },
  { of: 16, times: 25 },
] as const;

/** In milliseconds. */
function latencyOf(name: string): number {
  const latency = nextOfOrder(`state ${name}`) * LATENCY;
  if (!isOtherOrder()) return latency;
  const luck = nextOfOrder(`slow ${name}`);
  return latency * (SLOW.find(({ of }) => luck < 1 / of)?.times ?? 1);
}

export const never = (): Promise<never> => new Promise(() => undefined);

/** A statement or a transaction, which takes its time and may be the last of its process. */
export async function watched<T>(
  owner: number,
  watch: StateWatch,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!isAlive(owner) || !watch.called(name, 'before')) return never();
  const wait = latencyOf(name);
  const isFirst = wait % LATENCY < LATENCY / 2;
  if (isFirst) await pause(wait);
  if (!isAlive(owner)) return never();
  const result = await work();
  if (!watch.called(name, 'after')) return never();
  if (!isFirst) await pause(wait);
  return isAlive(owner) ? result : never();
}
