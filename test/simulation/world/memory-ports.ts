import { MemoryCallLedger } from '../../../sidecar/test/support/memory-call-ledger.ts';
import { MemoryChangeQueue } from '../../../sidecar/test/support/memory-change-queue.ts';
import { MemoryState } from '../../../sidecar/test/support/memory-state.ts';
import type { Leases } from '../../../sidecar/src/ports/leases.ts';
import type { Backlog, Job, QueueName } from '../../../sidecar/src/ports/change-queue.ts';
import { currentTime } from '../preload/clock.ts';
import { isAlive, outside, processId } from '../preload/processes.ts';
import { type OpenState, type StatePlace, type StateWatch, watched } from './state-place.ts';

/** In milliseconds: so long after its last sign of life a process is taken for dead by another. */
const TAKEN_FOR_DEAD = 10_000;

/** A state in memory, which outlives the processes of the service, and which several share. */
export class MemoryPlace implements StatePlace {
  readonly isShared = true;
  #state = new ForgettingState();
  #queue = new SharedQueue(this.#state, () => new Date());
  #ledger = new MemoryCallLedger();
  readonly #leases = new Map<string, { readonly holder: number; readonly until: number }>();

  open(owner: number, watch: StateWatch): Promise<OpenState> {
    const queue = portOf(this.#queue, owner, watch, 'queue.');
    return Promise.resolve({
      state: portOf(this.#state, owner, watch),
      queue,
      issues: queue,
      leases: portOf(this.#leasesOf(owner), owner, watch, 'leases.'),
      calls: portOf(this.#ledger, owner, watch, 'calls.'),
    });
  }

  lapse(owner: number, isAlone: boolean): void {
    const queue = this.#queue;
    if (isAlone) queue.lapseOf(owner);
    else
      outside(() => {
        setTimeout(() => {
          queue.lapseOf(owner);
        }, TAKEN_FOR_DEAD);
      });
  }

  lose(): void {
    this.#state = new ForgettingState();
    this.#queue = new SharedQueue(this.#state, () => new Date());
    this.#ledger = new MemoryCallLedger();
    this.#leases.clear();
  }

  backlog(): Promise<readonly Backlog[]> {
    return this.#queue.backlog();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #leasesOf(holder: number): Leases {
    return {
      acquire: (name, seconds) => {
        const held = this.#leases.get(name);
        const isTaken =
          held !== undefined &&
          held.holder !== holder &&
          held.until > currentTime() &&
          isAlive(held.holder);
        if (!isTaken) this.#leases.set(name, { holder, until: currentTime() + seconds * 1000 });
        return Promise.resolve(!isTaken);
      },
      release: (name) => {
        if (this.#leases.get(name)?.holder === holder) this.#leases.delete(name);
        return Promise.resolve();
      },
    };
  }
}

/** Each process has the jobs that it claimed, and hears of what it has added itself. */
class SharedQueue extends MemoryChangeQueue {
  /** By job. */
  readonly #holders = new Map<string, number | null>();

  override async claim(lane: QueueName, most: number, which?: 'single'): Promise<readonly Job[]> {
    const jobs = await super.claim(lane, most, which);
    for (const { id } of jobs) this.#holders.set(id, processId());
    return jobs;
  }

  override onAdded(listener: (lane: QueueName) => void): void {
    const owner = processId();
    super.onAdded((lane) => {
      if (processId() === owner) listener(lane);
    });
  }

  lapseOf(owner: number): void {
    this.lapse(({ id }) => this.#holders.get(id) === owner);
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
