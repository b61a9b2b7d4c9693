import { MemoryCallLedger } from '../../../sidecar/test/support/memory-call-ledger.ts';
import { MemoryState } from '../../../sidecar/test/support/memory-state.ts';
import type { Backlog } from '../../../sidecar/src/ports/change-queue.ts';
import { outside } from '../preload/processes.ts';
import { MemoryLeases } from './memory-leases.ts';
import { SharedQueue } from './shared-queue.ts';
import { type OpenState, type StatePlace, type StateWatch, watched } from './state-place.ts';

/** In milliseconds: so long after its last sign of life a process is taken for dead by another. */
const TAKEN_FOR_DEAD = 10_000;

/** A state in memory, which outlives the processes of the service, and which several share. */
export class MemoryPlace implements StatePlace {
  readonly isShared = true;
  #state = new ForgettingState();
  #queue = new SharedQueue(this.#state, () => new Date());
  #ledger = new MemoryCallLedger();
  #leases = new MemoryLeases();

  open(owner: number, watch: StateWatch): Promise<OpenState> {
    const queue = portOf(this.#queue, owner, watch, 'queue.');
    return Promise.resolve({
      state: portOf(this.#state, owner, watch),
      queue,
      issues: queue,
      leases: portOf(this.#leases.of(owner), owner, watch, 'leases.'),
      calls: portOf(this.#ledger, owner, watch, 'calls.'),
    });
  }

  lapse(owner: number, isAlone: boolean): void {
    const [queue, leases] = [this.#queue, this.#leases];
    const free = (): void => {
      queue.lapseOf(owner);
      leases.lapseOf(owner);
    };
    // A process that is alone frees what the one before it had as it starts.
    if (isAlone) free();
    else
      outside(() => {
        setTimeout(free, TAKEN_FOR_DEAD);
      });
  }

  lose(): void {
    this.#state = new ForgettingState();
    this.#queue = new SharedQueue(this.#state, () => new Date());
    this.#ledger = new MemoryCallLedger();
    this.#leases = new MemoryLeases();
  }

  backlog(): Promise<readonly Backlog[]> {
    return this.#queue.backlog();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

class ForgettingState extends MemoryState {
  forgetCursors(store: string): Promise<void> {
    for (const name of this.cursors.keys())
      if (name.startsWith(`${store} `)) this.cursors.delete(name);
    return Promise.resolve();
  }
}

/**
 * A port whose statements take their time, and are never answered once the process that asked has ended.
 * @param owner the process that asks
 */
function portOf<T extends object>(port: T, owner: number, watch: StateWatch, name = ''): T {
  const children = new Map<PropertyKey, object>();
  const ask = (method: string, work: () => unknown): Promise<unknown> =>
    watched(owner, watch, method, () => Promise.resolve(work()));
  return new Proxy(port, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property, target);
      const path = `${name}${String(property)}`;
      if (typeof value === 'function') {
        if (property === 'onAdded' || property === 'heartbeat')
          return value.bind(target) as unknown;
        return (...given: readonly unknown[]) =>
          ask(path, () => Reflect.apply(value, target, given) as unknown);
      }
      if (typeof value !== 'object' || value === null || value instanceof Map) return value;
      const child = children.get(property) ?? portOf(value, owner, watch, `${path}.`);
      children.set(property, child);
      return child;
    },
  });
}
