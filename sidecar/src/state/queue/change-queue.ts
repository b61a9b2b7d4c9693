import type { PgBoss } from 'pg-boss';
import {
  type Backlog,
  type FollowUp,
  type Job,
  type BatchResult,
  type QueueName,
  type QueuedAs,
  type ChangeQueue,
  nextRound,
} from '../../ports/change-queue.ts';
import { broughtBy, CHANGE_RESOURCES } from '../../mapping/model/resources.ts';
import type { ChangeEvent, ChangeResource } from '../../ports/change.ts';
import { GroupCommit } from '../db/group-commit.ts';
import type { Database, Queries } from '../db/types.ts';
import { clearHashes } from '../links.ts';
import { clearOrdersDue } from '../origins.ts';
import { QUEUE_SCHEMA } from './boss.ts';
import { keepHeld, takeHeld, waitedFor } from './held-changes.ts';
import { closeIssues, recordFailures } from './issue-rows.ts';
import {
  createQueue,
  insertBulk,
  insertFollowUps,
  insertJobs,
  returnJobs,
  roundsIn,
  SINGLE_PRIORITY,
  takeJobs,
} from './jobs.ts';
import { byQueue, parseQueueName, queueName } from './queue-name.ts';

/** Held changes of one transaction. */
const PAGE = 1000;

/** Ways into a queue: callers that come together share a statement of each. */
interface Entries {
  readonly single: GroupCommit<string>;
  readonly bulk: GroupCommit<string>;
}

/** The durable queue of change events, one of pg-boss for each store and resource. A job holds its key and nothing else. */
export class DurableChangeQueue implements ChangeQueue {
  readonly #database: Database;
  readonly #boss: PgBoss;
  readonly #queues = new Map<string, Promise<Entries>>();
  readonly #listeners: ((queue: QueueName) => void)[] = [];

  constructor(database: Database, boss: PgBoss) {
    this.#database = database;
    this.#boss = boss;
  }

  /**
   * Durable when it resolves; callers that come together share a statement per queue.
   * @throws Error for the key of a guest, and whatever the database says: nothing is then known to be kept
   */
  async add(changes: readonly ChangeEvent[], how?: QueuedAs): Promise<void> {
    const added = [...byQueue(changes)].map(async ([name, ofQueue]) => {
      const { single, bulk } = await this.#open(name);
      await (how === 'bulk' ? bulk : single).add(ofQueue.map(({ key }) => key));
      if (how !== 'quiet') this.#tell(name);
    });
    await Promise.all(added);
  }

  /** The oldest change events whose key nobody works on, those in bulk last. */
  async claim(queue: QueueName, most: number, which?: 'single'): Promise<readonly Job[]> {
    const name = queueName(queue);
    await this.#open(name);
    const fetched = await this.#boss.fetch(name, {
      batchSize: most,
      includeMetadata: true,
      ...(which === 'single' && { minPriority: SINGLE_PRIORITY }),
    });
    const claimed = fetched.map(({ id, retryCount, singletonKey, createdOn, data }) => ({
      resource: queue.resource,
      key: singletonKey ?? '',
      id,
      attempt: retryCount,
      reportedAt: createdOn,
      ...roundsIn(data),
    }));
    // Of those that came together by key: PostgreSQL gives them in any order, and another one the next time.
    return claimed.sort(
      (a, b) => a.reportedAt.getTime() - b.reportedAt.getTime() || (a.key < b.key ? -1 : 1),
    );
  }

  /** Puts off the moment at which the jobs are taken for those of a dead process: ten seconds from now. */
  async heartbeat(jobs: readonly Job[]): Promise<void> {
    for (const [name, ofQueue] of byQueue(jobs)) {
      const working = ofQueue.map(({ id, attempt }) => ({ id, retryCount: attempt }));
      await this.#boss.touch(name, working);
    }
  }

  /**
   * All in one transaction; a job that was taken over meanwhile makes its record be looked at again.
   * @returns whether there is news of issues
   */
  async finish(result: BatchResult): Promise<boolean> {
    const { jobs, failures, seen, settled = [], followUps, lookedAt = [], held = [] } = result;
    const { ordersQueued = [] } = result;
    const retried = failures.flatMap(({ change }) => (change === null ? [] : [change]));
    await this.#openAll([...jobs, ...followUps, ...retried]);
    const { lost, closed, released } = await this.#database.transaction(async (queries) => {
      const takenOver = await this.#settle(queries, result);
      await recordFailures(queries, failures);
      await keepHeld(queries, held);
      const looked = { changes: jobs, lookedAt, seen, failures, settled };
      const { count, released: waited } = await closeIssues(queries, looked);
      await this.#insert(queries, [
        ...followUps,
        // Counted, or two processes that take jobs from each other would never come to an end.
        ...takenOver.map(({ resource, key, rounds }) => ({
          resource,
          key,
          rounds: nextRound(rounds, new Date()),
        })),
      ]);
      await clearOrdersDue(queries, ordersQueued);
      return { lost: takenOver, closed: count, released: waited };
    });
    for (const name of byQueue<ChangeEvent>(lost).keys()) this.#tell(name);
    // Where the process ends before it they are tried again as their issues are.
    if (released.length > 0) await this.add(released);
    return failures.length > 0 || closed > 0;
  }

  /** Puts jobs back as change events that wait, no younger than they were. */
  async release(jobs: readonly Job[]): Promise<void> {
    await this.#openAll(jobs);
    await this.#database.transaction(async (queries) => {
      for (const [name, ofQueue] of byQueue(jobs)) {
        const taken = await takeJobs(queries, name, ofQueue);
        await returnJobs(this.#boss, queries, name, taken);
      }
    });
  }

  /** Each page in one transaction: a change waits in one place or in the other. */
  async queueHeld(store: string, isHeld: (mapping: string) => boolean): Promise<void> {
    const mended = (await waitedFor(this.#database, store)).filter((mapping) => !isHeld(mapping));
    if (mended.length === 0) return;
    const names = CHANGE_RESOURCES.map((resource) => ({ store, resource }));
    for (const name of names) await this.#open(queueName(name));
    let taken: readonly ChangeEvent[];
    do {
      taken = await this.#database.transaction(async (queries) => {
        const changes = await takeHeld(queries, store, mended, PAGE);
        await this.#insert(queries, changes);
        return changes;
      });
      for (const name of byQueue(taken).keys()) this.#tell(name);
    } while (taken.length === PAGE);
  }

  async backlog(): Promise<readonly Backlog[]> {
    const rows = await this.#database.query(
      `select queue.name, count(job.id) filter (where job.state < 'active')::integer as waiting,
         count(job.id) filter (where job.state = 'active')::integer as active,
         min(job.created_on) filter (where job.priority >= $1::integer) as oldest,
         min(job.created_on) filter (where job.priority < $1::integer) as oldest_bulk
       from ${QUEUE_SCHEMA}.queue left join ${QUEUE_SCHEMA}.job
         on job.name = queue.name and job.state <= 'active'
       group by queue.name order by queue.name`,
      [SINGLE_PRIORITY],
    );
    return rows.flatMap((row) => {
      const queue = parseQueueName(String(row['name']));
      if (queue === null) return [];
      const counted = { waiting: Number(row['waiting']), active: Number(row['active']) };
      const oldest = row['oldest'] as Date | null;
      return [{ ...queue, ...counted, oldest, oldestBulk: row['oldest_bulk'] as Date | null }];
    });
  }

  /** How many of the records that these name wait to be looked at, or are worked on. */
  async countOpen(changes: readonly ChangeEvent[]): Promise<number> {
    let open = 0;
    for (const [name, ofQueue] of byQueue(changes)) {
      const [row] = await this.#database.query(
        `select count(distinct singleton_key)::integer as open from ${QUEUE_SCHEMA}.job
         where name = $1 and state <= 'active' and singleton_key = any($2::text[])`,
        // PostgreSQL hashes an array that is given, and goes through one that it makes for each job.
        [name, ofQueue.map(({ key }) => key)],
      );
      open += Number(row?.['open'] ?? 0);
    }
    return open;
  }

  /** Calls back when this process adds change events to a queue that are not quiet. */
  onAdded(listener: (queue: QueueName) => void): void {
    this.#listeners.push(listener);
  }

  /** Resolves when nothing is being added any more. */
  async idle(): Promise<void> {
    const opened = await Promise.allSettled(this.#queues.values());
    for (const queue of opened) {
      if (queue.status === 'rejected') continue;
      await queue.value.single.idle();
      await queue.value.bulk.idle();
    }
  }

  /** @returns the jobs that were not ours any more: what was written for them may be old */
  async #settle(queries: Queries, result: BatchResult): Promise<readonly Job[]> {
    const lost: Job[] = [];
    for (const [name, ofQueue] of byQueue(result.jobs)) {
      const taken = await takeJobs(queries, name, ofQueue);
      const ours = new Set(taken.map(({ id }) => id));
      lost.push(...ofQueue.filter(({ id }) => !ours.has(id)));
    }
    for (const [resource, some] of Map.groupBy(lost, (job) => job.resource)) {
      const keys = some.map(({ key }) => key);
      await clearHashes(queries, keys, objectsOf(resource, result));
    }
    return lost;
  }

  async #insert(queries: Queries, changes: readonly FollowUp[]): Promise<void> {
    for (const [name, ofQueue] of byQueue(changes)) {
      await insertFollowUps(this.#boss, queries, name, ofQueue);
    }
  }

  /** Before a transaction that inserts: making a queue needs a connection of its own. */
  async #openAll(changes: readonly ChangeEvent[]): Promise<void> {
    for (const name of byQueue(changes).keys()) await this.#open(name);
  }

  #open(name: string): Promise<Entries> {
    const known = this.#queues.get(name);
    if (known !== undefined) return known;
    const opening = createQueue(this.#boss, name).then((): Entries => {
      const { urgent } = this.#database;
      return {
        single: new GroupCommit((keys) => insertJobs(this.#boss, urgent, name, keys)),
        bulk: new GroupCommit((keys) => insertBulk(this.#boss, urgent, name, keys)),
      };
    });
    this.#queues.set(name, opening);
    opening.catch(() => this.#queues.delete(name));
    return opening;
  }

  #tell(name: string): void {
    const queue = parseQueueName(name);
    if (queue !== null) for (const listener of this.#listeners) listener(queue);
  }
}

/** The objects that records of the resource and their parts were written to; null for any. */
function objectsOf(resource: ChangeResource, { writtenTo }: BatchResult): readonly string[] | null {
  if (writtenTo === undefined) return null;
  const own: readonly (string | null)[] = broughtBy(resource);
  return writtenTo.flatMap(({ resource: of, object }) => (own.includes(of) ? [object] : []));
}
