import { nextRound, queuedAs } from '../../src/ports/change-queue.ts';
import type {
  Backlog,
  FollowUp,
  Job,
  BatchResult,
  ChangeQueue,
  HeldChange,
  QueuedAs,
  QueueName,
  Rounds,
} from '../../src/ports/change-queue.ts';
import { changeKeyStore } from '../../src/mapping/keys/change-key.ts';
import { broughtBy } from '../../src/mapping/model/resources.ts';
import type { ChangeEvent } from '../../src/ports/change.ts';
import { causesOf } from './issue-causes.ts';
import type {
  Grouping,
  Issue,
  IssueCause,
  IssueStore,
  IssueSeen,
  UnreportedIssue,
  WhichIssues,
} from '../../src/ports/issues.ts';
import { ended, isAmong, saysTheSame } from './issue-words.ts';
import type { QueueState } from './memory-state.ts';
import { inOrder, isIn, isOf, laneOf, oldestOf, type QueuedJob, storeOf } from './queued-job.ts';
import { isCounted, kinship, toEqualFailures, wholesIn } from './equal-failures.ts';

interface Known extends Issue {
  readonly news: number;
  /** 0 where Salesforce does not show it. */
  readonly saidVersion: number;
  readonly saidAt: number;
  readonly retryAt: number | null;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const steps = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR, 24 * HOUR];

/** What is known of an issue that there is not. */
const unknown = {
  attempts: 0,
  version: 0,
  news: 0,
  saidVersion: 0,
  saidAt: 0,
  state: 'resolved',
  absorbedBy: null,
  code: '',
  reason: '',
  cure: '',
  firstSeen: new Date(0),
} as const;

/** The queue and the book of issues in memory, with the meaning of the real ones. */
export class MemoryChangeQueue implements ChangeQueue, IssueStore {
  readonly #state: QueueState;
  readonly #now: () => Date;
  readonly #lanes = new Map<string, QueueName>();
  readonly #listeners: ((lane: QueueName) => void)[] = [];
  #jobs: readonly QueuedJob[] = [];
  #ids = 0;
  /** Each once per mapping. */
  #held = new Map<string, HeldChange>();
  /** By key. */
  readonly issues = new Map<string, Known>();

  constructor(state: QueueState, now: () => Date = () => new Date()) {
    this.#state = state;
    this.#now = now;
  }

  add(changes: readonly ChangeEvent[], how?: QueuedAs): Promise<void> {
    if (!changes.every(({ key }) => changeKeyStore(key) !== null))
      return Promise.reject(new Error('A change event needs the key of a record, <store>:<id>.'));
    for (const change of changes) this.#put(change, this.#now(), { isBulk: how === 'bulk' });
    if (how !== 'quiet') this.#tell(changes);
    return Promise.resolve();
  }

  claim(lane: QueueName, most: number, which?: 'single'): Promise<readonly Job[]> {
    const active = this.#jobs.filter((job) => job.active);
    const free = this.#jobs
      .filter((job) => isIn(lane)(job) && !active.some(isOf(job)) && !(which && job.isBulk))
      .sort(inOrder)
      .filter((job, at, all) => all.findIndex(isOf(job)) === at)
      .slice(0, most);
    this.#jobs = this.#jobs.map((job) => (free.includes(job) ? { ...job, active: true } : job));
    return Promise.resolve(
      free.map(({ id, attempt, resource, key, reportedAt, rounds }) => ({
        id,
        attempt,
        resource,
        key,
        reportedAt,
        ...(rounds && { rounds }),
      })),
    );
  }

  async #forget(lost: readonly Job[], { writtenTo }: BatchResult): Promise<void> {
    for (const { key, resource } of lost) {
      const own = writtenTo?.filter((one) => broughtBy(resource).some((of) => of === one.resource));
      await this.#state.clearHashes([key], own?.map(({ object }) => object) ?? null);
    }
  }

  readonly heartbeat = (): Promise<void> => Promise.resolve();

  /** As when the process that holds them dies: they wait again, and are no longer its own. */
  lapse(isHeld: (job: Pick<Job, 'id'>) => boolean = () => true): void {
    this.#jobs = this.#jobs.map((job) =>
      job.active && isHeld(job) ? { ...job, active: false, attempt: job.attempt + 1 } : job,
    );
  }

  async finish(result: BatchResult): Promise<boolean> {
    const { jobs, failures, seen, settled = [], followUps, lookedAt = [], held = [] } = result;
    const lost = jobs.filter((job) => this.#take(job) === null);
    await this.#forget(lost, result);
    for (const failure of failures) this.#fail(failure);
    for (const one of held) this.#held.set(`${one.mapping} ${one.resource} ${one.key}`, one);
    const closed: Known[] = [];
    for (const issue of this.issues.values()) {
      const isSeen = seen.some((s) => s.object === issue.object && s.key === issue.recordKey);
      const isSettled =
        issue.change !== null &&
        jobs.some(isOf(issue.change)) &&
        lookedAt.some((one) => one.resource === issue.resource && one.object === issue.object);
      if (failures.some(({ key }) => key === issue.key) || !(isSeen || isSettled)) continue;
      if (issue.state !== 'open') continue;
      this.#resolve({ ...issue, ...ended(issue, settled) });
      closed.push(issue);
    }
    await this.#follow(followUps);
    await this.#again(lost);
    this.#state.origins.clearOrdersDue(result.ordersQueued ?? []);
    await this.add(this.#waitingFor(closed));
    return failures.length > 0 || closed.length > 0;
  }

  async #again(lost: readonly Job[]): Promise<void> {
    await this.#follow(
      lost.map(({ resource, key, rounds }) => ({
        resource,
        key,
        rounds: nextRound(rounds, this.#now()),
      })),
    );
    this.#tell(lost);
  }

  #waitingFor(closed: readonly Known[]): readonly ChangeEvent[] {
    const isFree = ({ state, wholeKey, change }: Known) =>
      state === 'open' &&
      closed.some((one) => one.resource === change?.resource && one.recordKey === wholeKey);
    return [...this.issues.values()].filter(isFree).flatMap(({ change }) => change ?? []);
  }

  async #follow(followUps: readonly FollowUp[]): Promise<void> {
    for (const one of followUps) {
      const { rounds } = one;
      if (rounds) this.#put(one, this.#now(), { isBulk: false, rounds });
      else await this.add([one], 'quiet');
    }
  }

  release(jobs: readonly Job[]): Promise<void> {
    for (const claim of jobs) {
      const job = this.#take(claim);
      if (job !== null) this.#put(claim, job.reportedAt, job);
    }
    return Promise.resolve();
  }

  async queueHeld(store: string, isHeld: (mapping: string) => boolean): Promise<void> {
    for (const [name, one] of this.#held) {
      if (storeOf(one) !== store || isHeld(one.mapping)) continue;
      this.#held.delete(name);
      await this.add([{ resource: one.resource, key: one.key }]);
    }
  }

  backlog(): Promise<readonly Backlog[]> {
    const lanes = [...this.#lanes.values()].map((lane) => {
      const jobs = this.#jobs.filter(isIn(lane));
      const active = jobs.filter((job) => job.active).length;
      const counted = { waiting: jobs.length - active, active };
      return {
        ...lane,
        ...counted,
        oldest: oldestOf(jobs, false),
        oldestBulk: oldestOf(jobs, true),
      };
    });
    return Promise.resolve(lanes);
  }

  countOpen(changes: readonly ChangeEvent[]): Promise<number> {
    const open = changes.filter((change) => this.#jobs.some(isOf(change)));
    return Promise.resolve(new Set(open.map(({ resource, key }) => `${resource} ${key}`)).size);
  }

  onAdded(listener: (lane: QueueName) => void): void {
    this.#listeners.push(listener);
  }

  group({ least, prefix, standing, describe, waiting }: Grouping): Promise<void> {
    const keys = { prefix, standing };
    const all = [...this.issues.values()];
    const wholeKey = wholesIn(all, prefix, waiting);
    const counted = all.filter((issue) => isCounted(issue, keys) && wholeKey(issue) === undefined);
    const equal = Map.groupBy(counted, kinship);
    const groups = new Map(
      [...equal]
        .filter(([, members]) => members.length >= least)
        .map(([kin, members]) => [kin, describe(toEqualFailures(members))]),
    );
    for (const issue of groups.values()) {
      const { state, code, reason, cure } = this.issues.get(issue.key) ?? unknown;
      const asOpen = { state: 'open', code: issue.code, reason: issue.reason, cure: issue.cure };
      if (JSON.stringify({ state, code, reason, cure }) !== JSON.stringify(asOpen))
        this.#fail(issue);
    }
    const stays = new Set([...groups.values()].map(({ key }) => key));
    for (const issue of this.issues.values()) {
      const isOver = issue.key.startsWith(prefix) && !stays.has(issue.key);
      if (isOver && issue.state === 'open') this.#resolve(issue);
    }
    const groupOf = (issue: Known) =>
      isCounted(issue, keys) ? (groups.get(kinship(issue))?.key ?? null) : null;
    this.#absorb((issue) => {
      const whole = this.issues.get(wholeKey(issue) ?? '');
      return whole === undefined ? groupOf(issue) : (groupOf(whole) ?? whole.key);
    }, prefix);
    return Promise.resolve();
  }

  #absorb(by: (issue: Known) => string | null, prefix: string): void {
    const moved = new Set<string>();
    for (const issue of this.issues.values()) {
      const absorbedBy = by(issue);
      if (issue.absorbedBy === absorbedBy) continue;
      this.#say(issue, { absorbedBy });
      for (const key of [issue.absorbedBy, absorbedBy]) moved.add(key ?? '');
    }
    for (const key of moved) {
      const whole = this.issues.get(key);
      if (whole?.state === 'open' && !key.startsWith(prefix)) this.#say(whole, {});
    }
  }

  #say(issue: Known, over: Partial<Known>): void {
    const version = issue.version + 1;
    this.issues.set(issue.key, { ...issue, ...over, version, news: version });
  }

  unreported(most: number): Promise<readonly UnreportedIssue[]> {
    const hourAgo = this.#now().getTime() - HOUR;
    const monthAgo = this.#now().getTime() - 30 * 24 * HOUR;
    const unreported = [...this.issues.values()].filter(
      ({ news, version, saidVersion, saidAt, absorbedBy, state }) =>
        absorbedBy === null
          ? saidVersion < news ||
            (saidVersion < version && saidAt <= hourAgo) ||
            (state === 'open' && saidAt <= monthAgo)
          : saidVersion > 0,
    );
    const isLast = ({ state, saidVersion }: (typeof unreported)[number]) =>
      Number(state === 'resolved' && saidVersion === 0);
    const sorted = unreported.toSorted((a, b) => isLast(a) - isLast(b));
    return Promise.resolve(
      sorted.slice(0, most).map((issue) => ({ ...issue, parts: this.#partsOf(issue) })),
    );
  }

  #partsOf({ key, recordKey }: Issue): readonly string[] {
    return [...this.issues.values()]
      .filter(({ state, absorbedBy, change, wholeKey }) => {
        return state === 'open' && absorbedBy === key && (wholeKey ?? change?.key) === recordKey;
      })
      .map((part) => `${part.resource} ${part.recordKey}`);
  }

  markReported(issues: readonly Pick<Issue, 'key' | 'version'>[]): Promise<void> {
    for (const { key, version } of issues) {
      const issue = this.issues.get(key);
      if (issue === undefined || issue.version < version) continue;
      if (issue.state === 'resolved' && issue.version === version) this.issues.delete(key);
      else {
        const isOver = issue.absorbedBy !== null && issue.version === version;
        const saidAt = this.#now().getTime();
        this.issues.set(key, { ...issue, saidVersion: isOver ? 0 : version, saidAt });
      }
    }
    return Promise.resolve();
  }

  async queueDue(): Promise<void> {
    const due = [...this.issues.values()].filter(
      ({ retryAt }) => retryAt !== null && retryAt <= this.#now().getTime(),
    );
    for (const issue of due) this.issues.set(issue.key, { ...issue, retryAt: null });
    for (const { change, absorbedBy } of due)
      if (change !== null) await this.add([change], absorbedBy === null ? undefined : 'bulk');
  }

  async queueAll(store: string): Promise<void> {
    const changes = [...this.issues.values()]
      .filter((issue) => issue.state === 'open' && issue.store === store)
      .flatMap(({ change }) => change ?? []);
    await this.add(changes, queuedAs(changes.length));
  }

  resolve(issues: Parameters<IssueStore['resolve']>[0]): Promise<number> {
    const found = issues.flatMap(({ key, version, code, reason, cure }) => {
      const issue = this.issues.get(key);
      const isSame = issue?.state === 'open' && issue.version === version;
      return isSame ? [{ ...issue, code, reason, cure }] : [];
    });
    for (const issue of found) this.#resolve(issue);
    return Promise.resolve(found.length);
  }

  changesOf(keys: readonly string[]): Promise<readonly ChangeEvent[]> {
    const found = [...this.issues.values()].filter((issue) => isAmong(issue, keys));
    const changes = found.flatMap(({ change }) => change ?? []);
    const each = new Map(changes.map((one) => [`${one.resource} ${one.key}`, one]));
    return Promise.resolve([...each.values()]);
  }

  find(
    { store, kind, keys, withGroup, changeKeys, after, prefix }: WhichIssues,
    most: number,
  ): Promise<readonly Issue[]> {
    const found = [...this.issues.values()]
      .filter(({ state, key }) => state === 'open' && key > (after ?? ''))
      .filter((issue) => store === undefined || issue.store === store)
      .filter((issue) => kind === undefined || issue.kind === kind)
      .filter(({ key }) => key.startsWith(prefix ?? ''))
      .filter(({ key }) => keys?.includes(key) ?? true)
      .filter((issue) => withGroup === undefined || isAmong(issue, [withGroup]))
      .filter(({ change }) => changeKeys?.includes(change?.key ?? '') ?? true)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    return Promise.resolve(found.slice(0, most));
  }

  known(keys: readonly string[]): Promise<ReadonlySet<string>> {
    return Promise.resolve(new Set(keys.filter((key) => this.issues.has(key))));
  }

  open(): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const { state, store, absorbedBy } of this.issues.values())
      if (state === 'open' && absorbedBy === null) counts.set(store, (counts.get(store) ?? 0) + 1);
    return Promise.resolve(counts);
  }

  causes(without: readonly string[], ignored: readonly string[]): Promise<readonly IssueCause[]> {
    return Promise.resolve(causesOf([...this.issues.values()], without, ignored));
  }

  #put(
    { resource, key }: ChangeEvent,
    reportedAt: Date,
    { isBulk, rounds }: Pick<QueuedJob, 'isBulk' | 'rounds'>,
  ): void {
    const lane = laneOf({ resource, key });
    this.#lanes.set(`${lane.resource} ${lane.store}`, lane);
    const waits = (job: QueuedJob) => !job.active && isOf(job)({ resource, key });
    if (this.#jobs.some(waits)) {
      // Whoever else asks for it begins the count of our own rounds anew.
      const known = (job: QueuedJob) => ({ ...job, isBulk, rounds: fewest(rounds, job.rounds) });
      if (!isBulk) this.#jobs = this.#jobs.map((job) => (waits(job) ? known(job) : job));
      return;
    }
    this.#ids += 1;
    const id = String(this.#ids);
    const job = { resource, key, id, attempt: 0, reportedAt, active: false, isBulk, rounds };
    this.#jobs = [...this.#jobs, job];
  }

  /** @returns the job that was taken off; null where it is not the claim's any more */
  #take({ id, attempt }: Job): QueuedJob | null {
    const job = this.#jobs.find((j) => j.active && j.id === id && j.attempt === attempt);
    this.#jobs = this.#jobs.filter((j) => j !== job);
    return job ?? null;
  }

  #fail(failure: IssueSeen): void {
    const now = this.#now();
    const before = this.issues.get(failure.key) ?? unknown;
    const isAgain = before.attempts > 0 && failure.code === 'CONFLICT_DECIDED';
    const attempts = before.attempts + (isAgain ? 0 : 1);
    const version = before.version + 1;
    const wasOpen = before.state === 'open';
    const isOld = wasOpen && saysTheSame(before, failure);
    const wait = { backoff: steps[attempts - 1], hourly: HOUR, never: undefined }[failure.retry];
    this.issues.set(failure.key, {
      ...before,
      ...failure,
      attempts,
      version,
      state: 'open',
      lastSeen: now,
      firstSeen: wasOpen ? before.firstSeen : now,
      news: isOld ? before.news : version,
      retryAt: failure.change === null || wait === undefined ? null : now.getTime() + wait,
    });
  }

  #resolve(issue: Known): void {
    const version = issue.version + 1;
    const resolved = { ...issue, version, news: version, retryAt: null } as const;
    this.issues.set(issue.key, { ...resolved, state: 'resolved' });
  }

  #tell(changes: readonly ChangeEvent[]): void {
    const lanes = new Map(
      changes.map((change) => [`${change.resource} ${storeOf(change)}`, laneOf(change)]),
    );
    for (const lane of lanes.values()) for (const listener of this.#listeners) listener(lane);
  }
}

/** Undefined where one has none. */
function fewest(one: Rounds | undefined, other: Rounds | undefined): Rounds | undefined {
  if (one === undefined || other === undefined) return undefined;
  return one.count > other.count ? other : one;
}
