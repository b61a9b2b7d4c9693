import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/lib/clock.ts';

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** Turns of the event loop in which everything in memory has come to rest. */
const CALM_TURNS = 4;

/** A clock that jumps from sleeper to sleeper: a day passes in a moment. For parts that are all in memory. */
export class DayClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  #now: number;

  constructor(begin: string) {
    this.#now = Date.parse(begin);
  }

  now = (): Date => new Date(this.#now);

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { wakesAt: this.#now + milliseconds, wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', wake);
    });
  }

  async passUntil(time: string): Promise<void> {
    const end = Date.parse(time);
    for (;;) {
      for (let at = 0; at < CALM_TURNS; at++) await turn();
      const [next] = [...this.#sleepers].sort((a, b) => a.wakesAt - b.wakesAt);
      if (next === undefined || next.wakesAt > end) break;
      this.#now = Math.max(this.#now, next.wakesAt);
      next.wake();
    }
    this.#now = Math.max(this.#now, end);
  }
}
