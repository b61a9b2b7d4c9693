import type { Clock } from '../lib/clock.ts';

/** What is over by then is not said: most calls that fail once do not fail again. */
const SETTLE_MS = 3000;
/** What comes and goes more often than that in an hour is said in the rhythm of the status. */
const MOST = 20;
const HOUR_MS = 3_600_000;

/** Has the status of the stores written within seconds where something of it has changed, such as that one is out. */
export class StatusNudge {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #write: () => void;
  #isDue = false;
  #times: readonly number[] = [];

  /** @param write costs an API call where there is news, and none else */
  constructor(clock: Clock, signal: AbortSignal, write: () => void) {
    this.#clock = clock;
    this.#signal = signal;
    this.#write = write;
  }

  changed(): void {
    const now = this.#clock.now().getTime();
    this.#times = this.#times.filter((at) => now - at < HOUR_MS);
    if (this.#isDue || this.#times.length >= MOST) return;
    this.#isDue = true;
    this.#times = [...this.#times, now];
    void this.#soon();
  }

  async #soon(): Promise<void> {
    await this.#clock.sleep(SETTLE_MS, this.#signal);
    this.#isDue = false;
    if (!this.#signal.aborted) this.#write();
  }
}
