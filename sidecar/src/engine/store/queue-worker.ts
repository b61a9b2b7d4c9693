import { sideOf } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { forPurpose } from '../../lib/call-purpose.ts';
import type { Clock } from '../../lib/clock.ts';
import { placeOf } from '../../lib/error-location.ts';
import type { Log } from '../../lib/log.ts';
import { CHANGE_RESOURCES, RESOURCES } from '../../mapping/model/resources.ts';
import type { Job, BatchResult, ChangeQueue } from '../../ports/change-queue.ts';
import type { ChangeResource } from '../../ports/change.ts';
import type { Dependency, Availability } from '../availability.ts';
import type { ShopBacklog } from '../../sync/to-woo/shop-backlog.ts';
import type { Allowance } from '../budget/allowance.ts';

export interface QueueWorkerParts {
  readonly store: string;
  readonly queue: ChangeQueue;
  readonly availability: Availability;
  readonly allowance: Allowance;
  /** Says whether edits in bulk may go to the shop now. */
  readonly shopBacklog: Pick<ShopBacklog, 'takesBulk'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Brings the records into step, and says which sides have answered. @throws CodedError of the side that is out */
  readonly pull: (jobs: readonly Job[]) => Promise<Omit<BatchResult, 'jobs'>>;
  /** There is news of issues. */
  readonly onIssues: () => void;
  /** What is said of a record whose work breaks off for no reason that we know. */
  readonly broken: (job: Job, error: unknown) => Omit<BatchResult, 'jobs'>;
}

/** Records that one read of a list names. */
const BATCH_SIZE = 100;
/** Reads of each list in a batch. Of orders that are edited in bulk each batch costs a query and a write. */
const READS: Readonly<Partial<Record<ChangeResource, number>>> = { order: 4 };
/** A batch begins when no change event has come for so long: those that come together share reads and writes. */
const DEBOUNCE_MS = 50;
/** A batch begins after so long, though change events keep coming. */
const MAX_BATCH_DELAY_MS = 1000;
/** How often an idle worker looks for change events of other processes and for those of low priority. */
const POLL_MS = 2000;
/** The same for a worker that is never idle. */
const MAX_POLL_MS = 10_000;
/** Well below the time after which a claimed job counts as abandoned. */
const HEARTBEAT_MS = 3000;
/** Shorter than the time after which jobs go to other processes, whatever their heartbeat. */
const BATCH_TIMEOUT_MS = 10 * 60_000;

/**
 * Works on the change events of one store: takes up to a hundred per list, of orders four times as
 * many, reads and writes them together, and takes them off the queue. While a side is out it waits.
 */
export class QueueWorker {
  readonly #parts: QueueWorkerParts;
  readonly #urgent = new Set<ChangeResource>();
  #alarm = new AbortController();
  /** Whether the last batch was as large as it can be, so that there may be more. */
  #hasMore = false;
  /** When change events came last. */
  #added = 0;
  /** When all queues were looked at last. */
  #lookedAt = 0;

  constructor(parts: QueueWorkerParts) {
    this.#parts = parts;
  }

  /** There is something to do. */
  wake(resource: ChangeResource): void {
    this.#urgent.add(resource);
    this.#added = this.#parts.clock.now().getTime();
    this.#alarm.abort();
  }

  /** Works until the signal is aborted; the batch under way is finished first. */
  async run(): Promise<void> {
    const { signal, clock, availability } = this.#parts;
    while (!signal.aborted) {
      const rest = this.#rest();
      if (rest > 0) await clock.sleep(rest, AbortSignal.any([signal, availability.tried]));
      else await this.#turn();
    }
  }

  async #turn(): Promise<void> {
    try {
      if (this.#urgent.size === 0 && this.#lookedAt > 0) await this.#untilWoken();
      if (!this.#hasMore) await this.#untilCalm();
      if (this.#parts.signal.aborted) return;
      const jobs = await this.#claim();
      if (jobs.length > 0) await this.#work(jobs);
    } catch (error) {
      this.#stateFailed(error);
    }
  }

  /** Quiet change events are taken when there is nothing else to do, or when they have waited long. */
  async #claim(): Promise<readonly Job[]> {
    const { queue, store, clock, shopBacklog } = this.#parts;
    const now = clock.now().getTime();
    const takesAll = this.#urgent.size === 0 || now - this.#lookedAt > MAX_POLL_MS;
    if (takesAll) this.#lookedAt = now;
    this.#hasMore = false;
    const which = shopBacklog.takesBulk() ? undefined : 'single';
    const jobs: Job[] = [];
    for (const resource of CHANGE_RESOURCES) {
      if (!takesAll && !this.#urgent.has(resource)) continue;
      this.#urgent.delete(resource);
      const most = BATCH_SIZE * (READS[resource] ?? Math.max(1, RESOURCES[resource].lists.length));
      const some = await queue.claim({ store, resource }, most, which);
      if (some.length === most) {
        this.#urgent.add(resource);
        this.#hasMore = true;
      }
      jobs.push(...some);
    }
    return jobs;
  }

  async #untilWoken(): Promise<void> {
    this.#alarm = new AbortController();
    const { signal, clock } = this.#parts;
    await clock.sleep(POLL_MS, AbortSignal.any([signal, this.#alarm.signal]));
  }

  async #untilCalm(): Promise<void> {
    const { signal, clock } = this.#parts;
    const latest = clock.now().getTime() + MAX_BATCH_DELAY_MS;
    for (;;) {
      const now = clock.now().getTime();
      const rest = Math.min(this.#added + DEBOUNCE_MS, latest) - now;
      if (rest <= 0 || signal.aborted) return;
      await clock.sleep(rest, signal);
    }
  }

  async #work(jobs: readonly Job[]): Promise<void> {
    const { allowance } = this.#parts;
    const done = new AbortController();
    const kept = this.#heartbeat(jobs, done.signal);
    try {
      await forPurpose(
        'changes',
        () => this.#process(jobs),
        () => {
          allowance.spend();
        },
      );
    } finally {
      done.abort();
      await kept;
    }
  }

  /** A batch that breaks off for no reason that we know is halved, until the record at fault is alone. */
  async #process(jobs: readonly Job[]): Promise<void> {
    const { queue, pull, broken, onIssues, log, store } = this.#parts;
    if (this.#rest() > 0) return this.#release(jobs);
    let outcome: Omit<BatchResult, 'jobs'>;
    try {
      outcome = await this.#withinDeadline(pull(jobs));
      this.#parts.availability.state.recordSuccess();
    } catch (error) {
      if (isOutage(error)) return this.#pause(error, jobs);
      const [first] = jobs;
      if (first !== undefined && jobs.length > 1) {
        const middle = Math.ceil(jobs.length / 2);
        await this.#process(jobs.slice(0, middle));
        return this.#process(jobs.slice(middle));
      }
      if (first === undefined) throw error;
      log.error({ store, key: first.key, at: placeOf(error) }, 'a record broke the work on it');
      outcome = broken(first, error);
    }
    if (await queue.finish({ jobs, ...outcome })) onIssues();
  }

  async #pause(error: CodedError, jobs: readonly Job[]): Promise<void> {
    const { availability, store, log } = this.#parts;
    availability.recordFailure(error, store);
    const { code, message, cure } = error;
    log.warn({ store, code, cure, rest: Math.round(this.#rest() / 1000) }, message);
    await this.#release(jobs);
  }

  #release(jobs: readonly Job[]): Promise<void> {
    return this.#parts.queue.release(jobs);
  }

  async #withinDeadline<T>(work: Promise<T>): Promise<T> {
    const done = new AbortController();
    const late = this.#parts.clock.sleep(BATCH_TIMEOUT_MS, done.signal).then((): never => {
      throw new CodedError(
        'STATE_DEADLINE',
        'A batch of changes took more than ten minutes and was given up; it is tried again.',
        'Look whether the shop and Salesforce answer slowly.',
      );
    });
    late.catch(() => undefined);
    try {
      return await Promise.race([work, late]);
    } finally {
      done.abort();
    }
  }

  async #heartbeat(jobs: readonly Job[], done: AbortSignal): Promise<void> {
    const { queue, clock } = this.#parts;
    for (;;) {
      await clock.sleep(HEARTBEAT_MS, done);
      if (done.aborted) return;
      // Where it fails the jobs lapse, and somebody works on them again: no harm.
      await queue.heartbeat(jobs).catch((error: unknown) => {
        this.#stateFailed(error);
      });
    }
  }

  #stateFailed(error: unknown): void {
    const { availability, log, store } = this.#parts;
    const known =
      error instanceof CodedError
        ? error
        : new CodedError(
            'STATE_FAILED',
            'The queue cannot be worked on.',
            'Look into the log of the database: it may be out of space, or out of reach.',
            { cause: error },
          );
    availability.state.recordFailure(known);
    log.error({ store, code: known.code, cure: known.cure, at: placeOf(error) }, known.message);
  }

  /** Milliseconds until jobs may be worked on again. */
  #rest(): number {
    const sides = [...this.#availability(), this.#parts.allowance];
    return Math.max(...sides.map((side) => side.retryAfterMs));
  }

  #availability(): readonly Dependency[] {
    const { availability, store } = this.#parts;
    return [availability.state, availability.org, availability.budget, availability.store(store)];
  }
}

function isOutage(error: unknown): error is CodedError {
  return error instanceof CodedError && sideOf(error) !== null;
}
