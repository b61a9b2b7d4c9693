import { MemoryCallLedger } from '../../../sidecar/test/support/memory-call-ledger.ts';
import { MemoryChangeQueue } from '../../../sidecar/test/support/memory-change-queue.ts';
import { MemoryState } from '../../../sidecar/test/support/memory-state.ts';
import type { Leases } from '../../../sidecar/src/ports/leases.ts';
import { nextOf } from '../preload/chance.ts';
import { currentTime, pause } from '../preload/clock.ts';
import { isAlive } from '../preload/processes.ts';

/** What outlives a process of the service. */
export class Memory {
  readonly state = new ForgettingState();
  readonly queue = new MemoryChangeQueue(this.state, () => new Date());
  readonly ledger = new MemoryCallLedger();
  readonly #leases = new Map<string, { readonly holder: number; readonly until: number }>();

  leases(holder: number): Leases {
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

class ForgettingState extends MemoryState {
  forgetCursors(store: string): Promise<void> {
    for (const name of this.cursors.keys())
      if (name.startsWith(`${store} `)) this.cursors.delete(name);
    return Promise.resolve();
  }
}

/** What may happen to a statement of the state. */
export interface StateWatch {
  /** Before it, and once it took effect. @returns whether the process goes on */
  called(name: string, when: 'before' | 'after'): boolean;
}

/** In milliseconds, of a statement, at the most. */
const LATENCY = 4;

/**
 * A port whose statements take their time, and are never answered once the process that asked has ended.
 * @param owner the process that asks
 */
export function portOf<T extends object>(port: T, owner: number, watch: StateWatch, name = ''): T {
  const children = new Map<PropertyKey, object>();
  const never = (): Promise<never> => new Promise(() => undefined);
  const ask = async (method: string, work: () => unknown): Promise<unknown> => {
    if (!isAlive(owner) || !watch.called(method, 'before')) return never();
    const wait = nextOf(`state ${method}`) * LATENCY;
    const isFirst = wait < LATENCY / 2;
    if (isFirst) await pause(wait);
    if (!isAlive(owner)) return never();
    const result = await work();
    if (!watch.called(method, 'after')) return never();
    if (!isFirst) await pause(wait);
    return isAlive(owner) ? result : never();
  };
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
