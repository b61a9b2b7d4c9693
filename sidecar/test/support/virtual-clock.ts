import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/lib/clock.ts';

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** Turns of the event loop in which whatever has been answered goes on. */
const CALM_TURNS = 4;

/**
 * A clock that jumps: when all sleep and nothing is under way, it is at once the moment at which the first one
 * wakes: a day passes in a moment. Parts that are all in memory come to rest by themselves; what is under way in others
 * is known where they were given to {@link watched}.
 */
export class VirtualClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  #now: number;
  #underWay = 0;
  readonly #whenSettled: (() => void)[] = [];

  constructor(begin: Date) {
    this.#now = begin.getTime();
  }

  now = (): Date => new Date(this.#now);

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { wakesAt: this.#now + milliseconds, wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', wake);
    });
  }

  /** The same thing; no time passes while one of its methods works, or one of a part of it. */
  watched<T extends object>(thing: T): T {
    return new Proxy(thing, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value === 'object' && value !== null) return this.watched(value);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          const answer: unknown = Reflect.apply(value, target, args);
          if (answer instanceof Promise) void this.#during(answer);
          return answer;
        };
      },
    });
  }

  /** Lets so many milliseconds pass. */
  pass(milliseconds: number): Promise<void> {
    return this.passUntil(new Date(this.#now + milliseconds));
  }

  async passUntil(time: Date): Promise<void> {
    const end = time.getTime();
    for (;;) {
      await this.#calm();
      const next = this.#first();
      if (next === null || next.wakesAt > end) break;
      this.#now = Math.max(this.#now, next.wakesAt);
      next.wake();
    }
    this.#now = Math.max(this.#now, end);
  }

  async #during(work: Promise<unknown>): Promise<void> {
    this.#underWay += 1;
    await work.catch(() => undefined);
    this.#underWay -= 1;
    if (this.#underWay > 0) return;
    for (const settled of this.#whenSettled.splice(0)) settled();
  }

  /** Resolves when nothing is under way, and nothing begins any more. */
  async #calm(): Promise<void> {
    for (let calm = 0; calm < CALM_TURNS; calm++) {
      while (this.#underWay > 0) {
        await new Promise<void>((resolve) => this.#whenSettled.push(resolve));
        calm = 0;
      }
      await turn();
    }
  }

  #first(): Sleeper | null {
    let first: Sleeper | null = null;
    for (const one of this.#sleepers) {
      if (first === null || one.wakesAt < first.wakesAt) first = one;
    }
    return first;
  }
}
