import type { Clock } from '../../lib/clock.ts';
import type { CallLedger } from '../../ports/state.ts';
import { dayOf } from './levels.ts';

type Counts = ReadonlyMap<string, number>;

const NONE: Counts = new Map();

/** The API calls of this day: what the state knows of all processes, and what this one has made since. */
export class CallCounts {
  readonly #ledger: CallLedger;
  readonly #clock: Clock;
  #day: string;
  #known: Counts = NONE;
  /** On their way into the state. */
  #saving: Counts = NONE;
  #unsaved = new Map<string, number>();

  constructor(ledger: CallLedger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#day = dayOf(clock.now());
  }

  /** @param store empty for a call that is made for all */
  add(store: string): void {
    this.#today();
    this.#unsaved.set(store, (this.#unsaved.get(store) ?? 0) + 1);
  }

  of(store: string): number {
    this.#today();
    const parts = [this.#known, this.#saving, this.#unsaved];
    return parts.reduce((sum, part) => sum + (part.get(store) ?? 0), 0);
  }

  get hasUnsaved(): boolean {
    this.#today();
    return this.#unsaved.size > 0;
  }

  /** What a process that dies has not saved is not counted. One at a time. */
  async save(): Promise<void> {
    const day = this.#today();
    this.#saving = this.#unsaved;
    this.#unsaved = new Map();
    try {
      const sums = await this.#ledger.add(day, this.#saving);
      if (this.#today() === day) this.#known = sums;
    } catch (error) {
      if (this.#today() === day)
        for (const [store, calls] of this.#saving)
          this.#unsaved.set(store, (this.#unsaved.get(store) ?? 0) + calls);
      throw error;
    } finally {
      this.#saving = NONE;
    }
  }

  /** Each day begins with none. */
  #today(): string {
    const day = dayOf(this.#clock.now());
    if (day === this.#day) return day;
    this.#day = day;
    this.#known = NONE;
    this.#saving = NONE;
    this.#unsaved = new Map();
    return day;
  }
}
