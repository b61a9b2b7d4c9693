import { CodedError } from '../errors/coded-error.ts';
import { placeOf } from '../lib/error-location.ts';
import type { Job, BatchResult } from '../ports/change-queue.ts';
import type { ChangeResource } from '../ports/change.ts';
import type { ImageLinks } from '../ports/images.ts';
import type { StoreSetup } from '../ports/setup.ts';
import { withLease } from '../ports/with-lease.ts';
import { sweepStore } from '../sync/detect/sweep-store.ts';
import { reconcileWebhooks, problemIn } from '../sync/detect/webhook-keeper.ts';
import { topicsNeeded } from '../sync/detect/webhook-topics.ts';
import { backfill } from '../sync/pipeline/backfill.ts';
import { syncChanges } from '../sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../sync/read/inherited.ts';
import { ProductTypeCache } from '../sync/read/product-type-cache.ts';
import { reconcile, RECONCILED } from '../sync/reconcile/reconcile.ts';
import type { BackfillProgress } from '../sync/report/backfill-progress.ts';
import { brokenRecord, CollectedFailures } from '../sync/report/collected-failures.ts';
import { describeShared, SHARED_SHOWN } from '../sync/report/shared-records.ts';
import { noteEvent, noteSweep, noteWebhooks } from '../sync/report/store-activity.ts';
import { EchoFilter } from '../sync/to-woo/echo-filter.ts';
import type { ApiBudget } from './api-budget.ts';
import type { Availability } from './availability.ts';
import type { EngineParts } from './engine-parts.ts';
import { queueMended, waitingForHeld } from './held-changes.ts';
import { isHalfHeld, lookedAtFor } from './issue-scope.ts';
import { isNight } from './nightly.ts';
import { QueueWorker } from './queue-worker.ts';
import { type ScheduledTask, TaskRunner } from './scheduled-task.ts';
import { sweepRhythms } from './sweep-intervals.ts';
import { closeUnmapped } from './unmapped-issues.ts';

const LOADED_SECONDS = 10;
/** Lease under which any store's first backfill runs. */
const EVERY_FIRST_LOAD = 'first load of any store';
const WEBHOOKS_SECONDS = 300;
const NIGHT_CHECK_SECONDS = 3600;
/** The last event is noted this often at most. */
const EVENT_NOTED_MS = 10_000;
/** Failures of a first backfill that are held before they are stored. */
const FAILURES_AT_ONCE = 500;

interface StoreParts extends EngineParts {
  readonly availability: Availability;
  readonly budget: ApiBudget;
  readonly links: ImageLinks;
  readonly signal: AbortSignal;
  /** There is news of issues. */
  readonly onIssues: () => void;
  /** All of the store was looked at. */
  readonly onLoaded: () => Promise<void>;
  /** The first backfill is behind us, be it long ago: from now on changes are followed. */
  readonly onFollowing: () => void;
}

/** Keeps one store in step: its first backfill, then its change events, its sweeps, its webhooks and the nightly reconcile. */
export class StoreEngine {
  readonly setup: StoreSetup;
  /** How far the first backfill has come; null when it is done. */
  loading: BackfillProgress | 'begins' | null = 'begins';
  readonly #parts: StoreParts;
  readonly #worker: QueueWorker;
  readonly #sweeps: readonly TaskRunner[];
  readonly #productLists = new ProductTypeCache();
  readonly #inherited = new InheritedValues();
  readonly #echoes: EchoFilter;
  #heardAt = 0;

  constructor(setup: StoreSetup, parts: StoreParts) {
    this.setup = setup;
    this.#parts = parts;
    const { queue, availability, clock, log, signal } = parts;
    this.#echoes = new EchoFilter(setup.store, clock);
    this.#worker = new QueueWorker({
      ...{ store: this.#key, queue, availability, clock, log, signal },
      onIssues: parts.onIssues,
      pull: (jobs) => this.#pull(jobs),
      broken: (job, error) => brokenRecord(setup.mappings, job, error),
    });
    this.#sweeps = this.#sweepTasks().map((task) => this.#taskRunner(task));
  }

  get #key(): string {
    return this.setup.store.key;
  }

  wake(resource: ChangeResource): void {
    this.#worker.wake(resource);
  }

  /** Whether the record of an event only says what the shop has answered to our own change. */
  isEcho(key: string, body: unknown): boolean {
    return this.#echoes.has(key, body, this.setup.mappings);
  }

  /** The shop has reported something by itself. */
  heard(): void {
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
    await this.#load();
    const { signal } = this.#parts;
    if (signal.aborted) return;
    await this.#tryIssues();
    const others = [this.#nightly(), ...this.#webhooks()].map((task) => this.#taskRunner(task));
    await Promise.all([
      this.#worker.run(),
      ...[...this.#sweeps, ...others].map((one) => one.run()),
    ]);
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
      if ((await closeUnmapped(issues, this.setup)) > 0) onIssues();
      await queueMended(queue, this.setup);
      await issues.queueAll(this.#key);
    } catch (error) {
      log.warn(
        { store: this.#key, at: placeOf(error) },
        'held changes and open issues are tried again later',
      );
    }
  }

  /** The first backfill, by whichever process holds its lease, of one store at a time; all wait for its end. */
  async #load(): Promise<void> {
    const loaded = new AbortController();
    const signal = AbortSignal.any([this.#parts.signal, loaded.signal]);
    const look = this.#taskRunner(
      {
        ...{ purpose: 'first load', seconds: LOADED_SECONDS, everywhere: true },
        run: async () => {
          if (await this.#isLoaded()) loaded.abort();
        },
      },
      signal,
    );
    const load = this.#taskRunner(
      {
        ...{ purpose: 'first load', seconds: LOADED_SECONDS },
        run: async () => {
          if (await this.#isLoaded()) look.runSoon();
          // One after the other: a store that shares records with another must find those that it has made.
          else if (await withLease(this.#parts, EVERY_FIRST_LOAD, () => this.#backfill()))
            look.runSoon();
        },
      },
      signal,
    );
    await Promise.all([look.run(), load.run()]);
    if (!loaded.signal.aborted) return;
    this.loading = null;
    this.#parts.onFollowing();
  }

  async #isLoaded(): Promise<boolean> {
    return (await this.#parts.state.cursor(this.#key, 'loaded')) !== null;
  }

  /** @throws CodedError of the list that could not be read */
  async #backfill(): Promise<void> {
    const { org, state, queue, links, log, signal } = this.#parts;
    const { store, mappings } = this.setup;
    log.info({ store: store.key }, 'first backfill');
    const findings = new CollectedFailures();
    let saved = Promise.resolve();
    const save = () => {
      const failures = findings.take();
      saved = saved.then(async () => {
        await queue.finish({ jobs: [], failures, seen: [], followUps: [] });
      });
    };
    const { lists } = await backfill({
      ...{ org, state, store, mappings, signal, links, listener: findings, goesOn: true },
      onProgress: (progress) => {
        this.loading = progress;
        if (findings.failures.length >= FAILURES_AT_ONCE) save();
      },
    });
    save();
    await saved;
    const failed = lists.find(({ code }) => code.startsWith('WOO_'));
    const isLoaded = await this.#isLoaded();
    if (failed && !isLoaded) throw new CodedError(failed.code, failed.message, failed.cure);
    if (failed)
      log.warn({ store: store.key, code: failed.code, cure: failed.cure }, failed.message);
    if (!isLoaded) return;
    log.info({ store: store.key }, 'first backfill is done');
    await this.#parts.onLoaded();
  }

  async #pull(jobs: readonly Job[]): Promise<Omit<BatchResult, 'jobs'>> {
    const { org, state, availability, budget, links, log } = this.#parts;
    const { store, mappings } = this.setup;
    const calls = org.calls;
    await budget.keepReserve();
    availability.budget.recordSuccess();
    const findings = new CollectedFailures((mapping) => isHalfHeld(this.setup, mapping));
    const productLists = this.#productLists;
    const inherited = this.#inherited;
    // The changes that an earlier attempt has made of them may not have been saved.
    for (const { key, attempt } of jobs) if (attempt > 0) inherited.forget(key);
    const parts = {
      org,
      state,
      store,
      mappings,
      listener: findings,
      productLists,
      inherited,
      links,
      echoes: this.#echoes,
      userId: () => org.userId(),
    };
    const { followUps, idsRefused } = await syncChanges(parts, jobs);
    availability.store(store.key).recordSuccess();
    if (org.calls > calls) availability.org.recordSuccess();
    if (idsRefused) {
      const { code, message, cure } = idsRefused;
      log.warn({ store: store.key, code, cure }, message);
    }
    const lookedAt = lookedAtFor(this.setup);
    const held = await waitingForHeld(this.setup, state.twoWay, jobs);
    return { failures: findings.take(), seen: findings.records, followUps, lookedAt, held };
  }

  #sweepTasks(): readonly Omit<ScheduledTask, 'store' | 'needs'>[] {
    const { publicUrl, sweepSeconds, state, queue, clock, log } = this.#parts;
    const { store, mappings } = this.setup;
    const floor = publicUrl === null ? sweepSeconds : null;
    return sweepRhythms(mappings, floor).map(({ seconds, resources }) => ({
      ...{ purpose: 'sweep', seconds },
      run: async () => {
        const { changed } = await sweepStore({ store, state, queue, mappings, resources });
        await noteSweep(state, store.key, clock.now());
        if (changed > 0) log.info({ store: store.key, hinted: changed }, 'sweep');
      },
    }));
  }

  #webhooks(): readonly Omit<ScheduledTask, 'store' | 'needs'>[] {
    const { publicUrl, secrets, state, log } = this.#parts;
    if (publicUrl === null || secrets === null) return [];
    const { store, mappings } = this.setup;
    const topics = topicsNeeded(mappings);
    const deliveryUrl = `${publicUrl}/woo/webhooks/${encodeURIComponent(store.key)}`;
    return [
      {
        ...{ purpose: 'webhooks', seconds: WEBHOOKS_SECONDS },
        run: async () => {
          const secret = secrets.webhook(store.key);
          const found = await reconcileWebhooks({ store, topics, deliveryUrl, secret });
          await noteWebhooks(state, store.key, found.webhooks, problemIn(found.failures));
          for (const { topic, action, error } of found.failures) {
            const { code, cure, message } = error;
            log.warn({ store: store.key, topic, action, code, cure }, message);
          }
          if (!found.mayHaveMissed) return;
          log.warn({ store: store.key, done: found.done }, 'webhooks were set right; sweeping');
          for (const sweep of this.#sweeps) sweep.runSoon();
        },
      },
    ];
  }

  #nightly(): Omit<ScheduledTask, 'store' | 'needs'> {
    const { org, state, queue, issues, clock, log } = this.#parts;
    const { store, mappings } = this.setup;
    return {
      ...{ purpose: 'nightly', seconds: NIGHT_CHECK_SECONDS },
      run: async () => {
        const now = clock.now();
        const last = (await state.cursor(store.key, RECONCILED)) as { at: string } | null;
        if (last !== null && !isNight(now, new Date(last.at))) return;
        const parts = { org, store, state, queue, issues, mappings, now };
        const { customers, ...proof } = await reconcile(parts);
        await queueMended(queue, this.setup);
        log.info({ store: store.key, customers, proof }, 'nightly reconcile');
      },
    };
  }

  #taskRunner(
    task: Omit<ScheduledTask, 'store' | 'needs'>,
    signal = this.#parts.signal,
  ): TaskRunner {
    const { org, leases, availability, clock, log } = this.#parts;
    const needs = [
      availability.state,
      availability.org,
      availability.budget,
      availability.store(this.#key),
    ];
    return new TaskRunner(
      { ...task, store: this.#key, needs },
      { org, leases, availability, clock, log, signal },
    );
  }
}
