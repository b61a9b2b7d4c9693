import type { Leases } from '../../../sidecar/src/ports/leases.ts';
import { currentTime } from '../preload/clock.ts';

interface Held {
  readonly holder: number;
  readonly taken: number;
  readonly until: number;
}

/** The leases of all processes in memory, with the meaning of those in the database. */
export class MemoryLeases {
  /** By name. */
  readonly #held = new Map<string, Held>();

  /** @param holder a process, which begins now */
  of(holder: number): Leases {
    const began = currentTime();
    return {
      acquire: (name, seconds, since) => {
        const now = currentTime();
        const held = this.#held.get(name);
        const isTaken =
          held !== undefined &&
          held.holder !== holder &&
          held.until > now &&
          !(since === 'each start' && held.taken < began);
        if (!isTaken) this.#held.set(name, { holder, taken: now, until: now + seconds * 1000 });
        return Promise.resolve(!isTaken);
      },
      release: (name) => {
        if (this.#held.get(name)?.holder === holder) this.#held.delete(name);
        return Promise.resolve();
      },
    };
  }

  /** What a process holds is free once it is taken for dead. */
  lapseOf(holder: number): void {
    for (const [name, held] of this.#held) if (held.holder === holder) this.#held.delete(name);
  }
}
