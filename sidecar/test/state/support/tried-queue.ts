import { afterAll, beforeAll } from 'vitest';
import type { BatchResult, ChangeQueue, Job } from '../../../src/ports/change-queue.ts';
import type { IssueSeen, IssueStore } from '../../../src/ports/issues.ts';
import type { State } from '../../../src/ports/state.ts';
import type { OpenQueue } from './queue-places.ts';
import { failure, lane, nothing, order } from './queued-orders.ts';

/** A queue, and what tests do with it and ask of it; each test has a store of its own. */
class TriedQueue {
  #opened: OpenQueue | undefined;

  async open(opening: Promise<OpenQueue>): Promise<void> {
    this.#opened = await opening;
  }

  get #at(): OpenQueue {
    if (this.#opened === undefined) throw new Error('The queue is opened before the tests.');
    return this.#opened;
  }

  get queue(): ChangeQueue {
    return this.#at.queue;
  }

  get issues(): IssueStore {
    return this.#at.issues;
  }

  get state(): State {
    return this.#at.state;
  }

  pass(milliseconds: number): Promise<void> {
    return this.#at.pass(milliseconds);
  }

  lapse(): Promise<void> {
    return this.#at.lapse();
  }

  async close(): Promise<void> {
    await this.#opened?.close();
  }

  async claimed(store: string, most = 100): Promise<readonly Job[]> {
    return this.queue.claim(lane(store), most);
  }

  /** Queues a record, claims it and ends with that outcome. */
  async run(key: string, outcome: Partial<BatchResult> = {}): Promise<void> {
    const store = key.slice(0, key.indexOf(':'));
    await this.queue.add([order(key)], 'quiet');
    const jobs = await this.claimed(store);
    await this.queue.finish({ ...nothing, jobs, ...outcome });
  }

  async backlog(store: string) {
    return (await this.queue.backlog()).filter((one) => one.store === store);
  }

  async unsaid(store: string) {
    return (await this.issues.unreported(1000)).filter((issue) => issue.store === store);
  }

  async openOf(store: string): Promise<number> {
    return (await this.issues.open()).get(store) ?? 0;
  }

  /** Fails records of a store one after the other, from its first on. */
  async flood(store: string, count: number, over: Partial<IssueSeen> = {}): Promise<void> {
    const numbers = Array.from({ length: count }, (_, at) => at + 1);
    await this.run(`${store}:999`, {
      failures: numbers.map((n) => failure(`${store}:${n}`, { retry: 'hourly', ...over })),
    });
  }
}

/** Opens a queue before the tests of a `describe`, and closes it after them. */
export function openedBefore(open: () => Promise<OpenQueue>): TriedQueue {
  const tried = new TriedQueue();
  beforeAll(() => tried.open(open()));
  afterAll(() => tried.close());
  return tried;
}
