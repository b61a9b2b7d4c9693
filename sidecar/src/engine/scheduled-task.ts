import { sideOf } from '../errors/catalogue.ts';
import { CodedError } from '../errors/coded-error.ts';
import { forPurpose } from '../lib/call-purpose.ts';
import type { Clock } from '../lib/clock.ts';
import { placeOf } from '../lib/error-location.ts';
import type { Log } from '../lib/log.ts';
import type { Leases } from '../ports/leases.ts';
import type { Org } from '../ports/org.ts';
import { type Allowance, UNLIMITED } from './budget/allowance.ts';
import type { Dependency, Availability } from './availability.ts';

/** Something that is done again and again. */
export interface ScheduledTask {
  /** What its API calls are counted under. */
  readonly purpose: string;
  /** Whose it is: the key of a store, or of all of them. */
  readonly store: string;
  readonly seconds: number;
  /** What must be within reach. */
  readonly needs: readonly Dependency[];
  /** What it may spend of the API calls of the day; absent for what makes none. */
  readonly allowance?: Allowance;
  /** Whether it keeps its interval where API calls are few: it makes them only where there is something to say. */
  readonly keepsPace?: boolean;
  /** Whether every process does it, not only one of those that share the state. */
  readonly everywhere?: boolean;
  /** Whether it is due as each process starts, though another has done it a while ago: it may have missed something. */
  readonly atEachStart?: boolean;
  run(): Promise<void>;
}

export interface TaskRunnerParts {
  readonly org: Pick<Org, 'calls'>;
  readonly leases: Leases;
  readonly availability: Availability;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** How long a task that failed for no reason that we know waits. */
const AFTER_FAILURE_SECONDS = 60;
/** What another process does is looked at so often: it may have died. */
const OTHERS_SECONDS = 5;
/** No task is done more often, nor less often than timers can count: their 2^31 milliseconds are 24 days. */
const LEAST_SECONDS = 10;
const MOST_SECONDS = 14 * 24 * 3600;
/** For an interval that is no number. */
const USUAL_SECONDS = 900;
/** A lease is held this much longer than until the next turn. */
const SPARE_SECONDS = 60;

/** Does a task when it is due, or when nudged. Waits while a side that it needs is out. */
export class TaskRunner {
  readonly #task: ScheduledTask;
  readonly #parts: TaskRunnerParts;
  #alarm = new AbortController();
  #nudged = false;

  constructor(task: ScheduledTask, parts: TaskRunnerParts) {
    this.#task = { ...task, seconds: withinBounds(task.seconds) };
    this.#parts = parts;
  }

  /** Makes it due now. */
  runSoon(): void {
    this.#nudged = true;
    this.#alarm.abort();
  }

  /** Repeats until the signal is aborted; a turn under way is finished first, and its lease given back. */
  async run(): Promise<void> {
    const { signal, availability } = this.#parts;
    while (!signal.aborted) {
      const sides = [...this.#task.needs, this.#allowance];
      const rest = Math.max(0, ...sides.map((side) => side.retryAfterMs));
      if (rest > 0) await this.#sleep(rest, availability.tried);
      else {
        this.#nudged = false;
        await this.#untilDue(await this.#turn());
      }
    }
    await this.#handOver();
  }

  /** While it was done it may have been made due again. */
  async #untilDue(seconds: number): Promise<void> {
    if (!this.#nudged) await this.#sleep(seconds * 1000);
  }

  /** Also ends where it is made due: what it rests for may be over. */
  async #sleep(milliseconds: number, ...others: readonly AbortSignal[]): Promise<void> {
    const { signal, clock } = this.#parts;
    this.#alarm = new AbortController();
    const ends = [signal, this.#alarm.signal, ...others];
    await clock.sleep(milliseconds, AbortSignal.any(ends));
  }

  /** @returns seconds until the next one */
  async #turn(): Promise<number> {
    const { seconds, purpose, needs } = this.#task;
    try {
      if (!(await this.#isOurs())) return Math.min(seconds, OTHERS_SECONDS);
      const { calls } = this.#parts.org;
      let spent = 0;
      const spend = () => {
        this.#allowance.spend();
        spent += 1;
      };
      await forPurpose(purpose, () => this.#held(), spend);
      for (const side of needs) if (this.#wasAsked(side, calls)) side.recordSuccess();
      return this.#task.keepsPace === true ? seconds : this.#allowance.paced(seconds, spent);
    } catch (error) {
      return this.#failed(error);
    }
  }

  get #allowance(): Allowance {
    return this.#task.allowance ?? UNLIMITED;
  }

  /** A turn may have found nothing to ask the org, and none says that there are calls enough. */
  #wasAsked(side: Dependency, callsBefore: number): boolean {
    const { org, availability } = this.#parts;
    if (side === availability.budget) return false;
    return side !== availability.org || org.calls > callsBefore;
  }

  async #isOurs(): Promise<boolean> {
    const { purpose, store, seconds, everywhere, atEachStart } = this.#task;
    if (everywhere === true) return true;
    const since = atEachStart === true ? 'each start' : undefined;
    return this.#parts.leases.acquire(`${purpose} ${store}`, seconds + SPARE_SECONDS, since);
  }

  /** Else the next start, and other processes, would wait until the lease lapses. */
  async #handOver(): Promise<void> {
    const { purpose, store, everywhere } = this.#task;
    if (everywhere === true) return;
    // Where it fails the lease lapses by itself.
    await this.#parts.leases.release(`${purpose} ${store}`).catch((error: unknown) => {
      this.#failed(error);
    });
  }

  /** Long turns keep their lease. */
  async #held(): Promise<void> {
    const done = new AbortController();
    const kept = this.#keepLease(done.signal);
    try {
      await this.#task.run();
    } finally {
      done.abort();
      await kept;
    }
  }

  async #keepLease(done: AbortSignal): Promise<void> {
    for (;;) {
      await this.#parts.clock.sleep((SPARE_SECONDS / 3) * 1000, done);
      if (done.aborted) return;
      // Where it fails another process may begin the same: it costs calls, and does no harm.
      await this.#isOurs().catch((error: unknown) => {
        this.#failed(error);
      });
    }
  }

  #failed(error: unknown): number {
    const { log, availability } = this.#parts;
    const { purpose, store } = this.#task;
    if (error instanceof CodedError && sideOf(error) !== null) {
      const side = availability.recordFailure(error, store);
      const rest = Math.max(side.retryAfterMs, this.#allowance.retryAfterMs);
      const { code, cure, message } = error;
      log.warn({ purpose, store, code, cure, rest: Math.round(rest / 1000) }, message);
      return 0;
    }
    if (error instanceof CodedError) {
      const { code, cure, message } = error;
      log.error({ purpose, store, code, cure }, message);
    } else
      log.error({ purpose, store, at: placeOf(error) }, 'a chore broke off; it is tried again');
    return AFTER_FAILURE_SECONDS;
  }
}

function withinBounds(seconds: number): number {
  if (Number.isNaN(seconds)) return USUAL_SECONDS;
  return Math.min(Math.max(seconds, LEAST_SECONDS), MOST_SECONDS);
}
