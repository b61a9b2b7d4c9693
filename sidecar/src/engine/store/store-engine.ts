import { placeOf } from '../../lib/error-location.ts';
import { CHANGE_RESOURCES, RESOURCES } from '../../mapping/model/resources.ts';
import type { ChangeEvent, ChangeResource } from '../../ports/change.ts';
import type { StoreSetup } from '../../ports/setup.ts';
import { brokenRecord } from '../../sync/report/collected-failures.ts';
import { describeShared, SHARED_SHOWN } from '../../sync/report/shared-records.ts';
import { ShopBacklog } from '../../sync/to-woo/shop-backlog.ts';
import { noteEvent } from '../../sync/report/store-activity.ts';
import { queueMended } from '../held-changes.ts';
import { queueAbandoned, queueReported, queueUnsent } from '../unsent-edits.ts';
import type { TaskRunner } from '../scheduled-task.ts';
import { ChangeSync } from './change-sync.ts';
import { FirstBackfill } from './first-backfill.ts';
import { learnRecords } from './known-records.ts';
import { QueueWorker } from './queue-worker.ts';
import type { StoreParts } from './store-parts.ts';
import { type StoreTask, storeTaskRunner } from './store-task.ts';
import { issuesTask, nightlyTask, sweepTasks, webhookTasks } from './store-tasks.ts';
import { WebhookSources } from './webhook-sources.ts';
import { closeUnmapped } from './unmapped-issues.ts';

/** What Salesforce may change in the shop. */
const GOING_BACK = CHANGE_RESOURCES.filter((resource) => RESOURCES[resource].goesBack);
/** The last event is noted this often at most. */
const EVENT_NOTED_MS = 10_000;

/** Keeps one store in step: its first backfill, then its change events, its sweeps, its webhooks and the nightly reconcile. */
export class StoreEngine {
  readonly setup: StoreSetup;
  readonly #parts: StoreParts;
  readonly #firstBackfill: FirstBackfill;
  readonly #changes: ChangeSync;
  readonly #worker: QueueWorker;
  readonly #sources: WebhookSources;
  readonly #shopBacklog: ShopBacklog;
  readonly #sweeps: readonly TaskRunner[];
  readonly #takeBack: TaskRunner;
  #heardAt = 0;

  constructor(setup: StoreSetup, parts: StoreParts) {
    this.setup = setup;
    this.#parts = parts;
    const { queue, availability, budgets, clock, log, signal } = parts;
    this.#firstBackfill = new FirstBackfill(setup, parts);
    this.#shopBacklog = new ShopBacklog({
      clock,
      onRoom: () => {
        for (const resource of GOING_BACK) this.wake(resource);
      },
      onLost: () => {
        log.warn(
          { store: this.#key, sent: this.#shopBacklog.size },
          'the shop does not tell of what it was sent: edits in bulk go slowly until it does; look at its webhooks and its cron',
        );
      },
    });
    this.#changes = new ChangeSync(setup, parts, this.#shopBacklog);
    this.#sources = new WebhookSources(setup, parts);
    this.#worker = new QueueWorker({
      store: this.#key,
      queue,
      availability,
      clock,
      log,
      signal,
      allowance: budgets.allowance('changes', this.#key),
      shopBacklog: this.#shopBacklog,
      onIssues: parts.onIssues,
      pull: (jobs) => this.#changes.sync(jobs),
      broken: (job, error) => brokenRecord(setup.mappings, job, error),
    });
    this.#sweeps = this.#runners(sweepTasks(setup, parts));
    this.#takeBack = storeTaskRunner(this.#key, issuesTask(setup, parts), parts);
  }

  get #key(): string {
    return this.setup.store.key;
  }

  /** How far the first backfill has come; null when it is done. */
  get loading(): FirstBackfill['progress'] {
    return this.#firstBackfill.progress;
  }

  wake(resource: ChangeResource): void {
    this.#worker.wake(resource);
  }

  /** Whether the record of an event only says what the shop has answered to our own change. */
  isEcho(change: ChangeEvent, body: unknown): boolean {
    return this.#changes.isEcho(change, body);
  }

  /** Whether a webhook that names this address as its source comes from a copy of the shop. */
  isOtherShop(source: string): boolean {
    return this.#sources.isOther(source);
  }

  /** Records that the shop was sent and has not told of. */
  get unacknowledged(): number {
    return this.#shopBacklog.size;
  }

  /** Records that were left alone, since our own work has queued them again and again. */
  get leftAlone(): number {
    return this.#changes.leftAlone;
  }

  /** Its webhooks do not come, so that edits in bulk go slowly. */
  get tellsNothing(): boolean {
    return this.#shopBacklog.isLost;
  }

  /** Another store has been loaded, which issues from before the state may be about. */
  otherLoaded(): void {
    this.#takeBack.runSoon();
  }

  /** The shop has reported something by itself. */
  heard(change: ChangeEvent | null): void {
    if (change !== null) this.#shopBacklog.arrived(change);
    const { state, clock, log } = this.#parts;
    const now = clock.now();
    if (now.getTime() - this.#heardAt < EVENT_NOTED_MS) return;
    this.#heardAt = now.getTime();
    noteEvent(state, this.#key, now).catch((error: unknown) => {
      log.warn({ store: this.#key, at: placeOf(error) }, 'the last event could not be noted');
    });
  }

  /** Runs until the signal is aborted; what is under way is finished first. */
  async run(): Promise<void> {
    await this.#tellShared();
    const loaded = this.#firstBackfill.run();
    await Promise.race([loaded, this.#firstBackfill.waitsForCalls]);
    if (this.#parts.signal.aborted) return loaded;
    const isLoading = this.loading !== null;
    const found = loaded.then(async () => {
      if (isLoading && !this.#parts.signal.aborted) await this.#tryIssues();
      await this.#findMissed();
    });
    await Promise.all([this.#follow(), found]);
  }

  /** What people do in the shop comes before what the first backfill still lacks. */
  async #follow(): Promise<void> {
    if (this.loading === null) await this.#tryIssues();
    const webhooks = webhookTasks(this.setup, this.#parts, this.#shopBacklog, () => {
      for (const sweep of this.#sweeps) sweep.runSoon();
    });
    const runners = this.#runners(webhooks);
    await Promise.all([this.#worker.run(), ...runners.map((one) => one.run())]);
  }

  async #findMissed(): Promise<void> {
    if (this.#parts.signal.aborted) return;
    const nightly = this.#runners([nightlyTask(this.setup, this.#parts)]);
    await Promise.all([...this.#sweeps, this.#takeBack, ...nightly].map((one) => one.run()));
  }

  /** What belongs to other stores is said before anything is written. */
  async #tellShared(): Promise<void> {
    const { state, log } = this.#parts;
    try {
      const shared = await state.twoWay.shared(this.#key, SHARED_SHOWN);
      const said = describeShared(shared);
      if (said !== null) log.info({ store: this.#key, shared: shared.count }, said);
    } catch (error) {
      log.warn({ store: this.#key, at: placeOf(error) }, 'shared records could not be looked at');
    }
  }

  /** A start or a changed configuration may be what held changes and open issues wait for, or what these are gone with. */
  async #tryIssues(): Promise<void> {
    const { queue, issues, log, onIssues } = this.#parts;
    try {
      if ((await closeUnmapped(this.#parts, this.setup)) > 0) onIssues();
      await learnRecords(this.#parts, this.setup);
      await queueMended(queue, this.setup);
      await queueUnsent(this.#parts, this.setup);
      await queueAbandoned(this.#parts, this.setup);
      await queueReported(this.#parts, this.setup);
      await issues.queueAll(this.#key);
    } catch (error) {
      log.warn(
        { store: this.#key, at: placeOf(error) },
        'held changes and open issues are tried again later',
      );
    }
  }

  #runners(tasks: readonly StoreTask[]): readonly TaskRunner[] {
    return tasks.map((task) => storeTaskRunner(this.#key, task, this.#parts));
  }
}
