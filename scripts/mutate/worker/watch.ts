import { Worker } from 'node:worker_threads';

/** A test under way with a mutant. */
export interface Watched {
  readonly test: string;
  readonly mutant: string;
  /** CPU of the process when it began, and what it may take, in seconds. */
  readonly begun: number;
  readonly seconds: number;
  /** Of the event loop that it may take. */
  readonly turns: number;
}

/** That of the machine, whatever tests make of the global one. */
const { setInterval, clearInterval } = globalThis;

/** Seconds of CPU of this process. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/**
 * Ends this process where a test does not end: by the CPU that it takes, or by turns of the event loop where it waits
 * for nothing. Neither goes on while others have the machine.
 */
export class Watch {
  readonly #turns = new Float64Array(new SharedArrayBuffer(8));
  readonly #worker: Worker;
  #timer: NodeJS.Timeout | undefined;

  constructor(events: string) {
    const workerData = { shared: this.#turns.buffer, events };
    this.#worker = new Worker(new URL('watchdog.ts', import.meta.url), { workerData });
    this.#worker.unref();
  }

  begin(watched: Watched | null): void {
    this.#turns[0] = 0;
    this.#timer = setInterval(() => {
      this.#turns[0] = (this.#turns[0] ?? 0) + 1;
    }, 1);
    if (watched !== null) this.#worker.postMessage(watched);
  }

  /** @returns turns of the event loop since the beginning */
  end(): number {
    clearInterval(this.#timer);
    this.#worker.postMessage(null);
    return this.#turns[0] ?? 0;
  }
}
