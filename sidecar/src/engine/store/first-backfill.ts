import { CodedError } from '../../errors/coded-error.ts';
import { forPurpose } from '../../lib/call-purpose.ts';
import type { StoreSetup } from '../../ports/setup.ts';
import { withLease } from '../../ports/with-lease.ts';
import { leadsOfStore } from '../../sync/leads/leads-of-store.ts';
import { backfill } from '../../sync/pipeline/backfill.ts';
import {
  type BackfillProgress,
  storeWaitedFor,
  type WaitsForStore,
} from '../../sync/report/backfill-progress.ts';
import { TaskRunner } from '../scheduled-task.ts';
import { GuestIssues } from './guest-issues.ts';
import { LoadFindings } from './load-findings.ts';
import { beginLoad, endLoad, neededLoad } from './loaded-without.ts';
import type { StoreParts } from './store-parts.ts';
import { storeTaskRunner } from './store-task.ts';
import { waitsForStore, waitsToBeTold } from './told-backfill.ts';

const SECONDS = 10;
/** Lease under which any store's first backfill runs. */
const EVERY_FIRST_LOAD = 'first load of any store';

/**
 * Brings all that a new store has into the org, once, and once more where a mapping that was held meanwhile was mended.
 */
export class FirstBackfill {
  /** How far it has come; null when it is done. */
  progress: BackfillProgress | WaitsForStore | 'begins' | 'waits' | null = 'begins';
  readonly #waiting = Promise.withResolvers<undefined>();
  readonly #setup: StoreSetup;
  readonly #parts: StoreParts;

  constructor(setup: StoreSetup, parts: StoreParts) {
    this.#setup = setup;
    this.#parts = parts;
  }

  /** Runs in whichever process holds its lease, for one store at a time; all wait for its end, or for the signal. */
  async run(): Promise<void> {
    const { key } = this.#setup.store;
    const loaded = new AbortController();
    const signal = AbortSignal.any([this.#parts.signal, loaded.signal]);
    const parts = { ...this.#parts, signal };
    const task = { purpose: 'first load', seconds: SECONDS } as const;
    const needed = await this.#needed();
    // What others bring goes on meanwhile.
    if (needed === 'mended' || this.#parts.budgets.allowance('backfill', key).retryAfterMs > 0)
      this.#waiting.resolve(undefined);
    const look = new TaskRunner(
      {
        ...task,
        store: key,
        everywhere: true,
        // It asks neither the shop nor the org, so that it knows of none that it is there again.
        needs: [parts.availability.state],
        run: async () => {
          if (await this.#isDone()) loaded.abort();
          else if (!(await this.#waits())) await this.#waitsForStore();
        },
      },
      parts,
    );
    const load = storeTaskRunner(
      key,
      {
        ...task,
        priority: 'backfill',
        run: async () => {
          if (await this.#isDone()) look.runSoon();
          else if (await this.#waits()) return;
          // One after the other: a store that shares records with another must find those that it has made.
          else if (await this.#waitsForStore()) return;
          else if (await withLease(this.#parts, EVERY_FIRST_LOAD, () => this.#asFarAsCallsLast()))
            look.runSoon();
        },
      },
      parts,
    );
    await Promise.all([look.run(), load.run()]);
    if (!loaded.signal.aborted) return;
    this.progress = null;
    this.#parts.onFollowing(needed === null ? null : key);
  }

  /** Resolves when it waits for the API calls of the next day: others may work meanwhile. */
  get waitsForCalls(): Promise<void> {
    return this.#waiting.promise;
  }

  /** What was read is still written where the calls for backfills end: it takes some of those for sweeps. */
  async #asFarAsCallsLast(): Promise<void> {
    const { budgets } = this.#parts;
    const { key } = this.#setup.store;
    const [own, rest] = [budgets.allowance('backfill', key), budgets.allowance('sweep', key)];
    const end = new AbortController();
    const spend = () => {
      rest.spend();
      if (own.retryAfterMs > 0) end.abort();
    };
    try {
      await forPurpose('first load', () => this.#backfill(end.signal), spend);
    } finally {
      if (end.signal.aborted) this.#waiting.resolve(undefined);
    }
  }

  /** Whether a person has still to tell it to begin. */
  async #waits(): Promise<boolean> {
    const { state, log } = this.#parts;
    const waits = await waitsToBeTold(state, this.#setup);
    if (waits && this.progress !== 'waits')
      log.info(
        { store: this.#setup.store.key },
        'the first backfill waits for the command Backfill, since Load When Told is checked',
      );
    if (waits) this.progress = 'waits';
    else if (this.progress === 'waits') this.progress = 'begins';
    return waits;
  }

  /** Whether a store that was set up before it has still to be loaded. */
  async #waitsForStore(): Promise<boolean> {
    const { state, log } = this.#parts;
    const before = await waitsForStore(state, this.#setup);
    const waiting = storeWaitedFor(this.progress);
    if (before === null) {
      if (waiting !== null) this.progress = 'begins';
      return false;
    }
    const waitsFor = before.label;
    if (waiting?.waitsFor === waitsFor) return true;
    this.progress = { waitsFor, isFirst: (await this.#needed()) === 'first' };
    log.info(
      { store: this.#setup.store.key, waitsFor: before.store.key },
      'the backfill waits for that of a store that was set up before, which records of both belong to',
    );
    return true;
  }

  async #isDone(): Promise<boolean> {
    return (await this.#needed()) === null;
  }

  #needed(): ReturnType<typeof neededLoad> {
    return neededLoad(this.#parts.state, this.#setup);
  }

  /** @throws CodedError of the list that could not be read */
  async #backfill(end: AbortSignal): Promise<void> {
    const { org, state, queue, issues, links, log } = this.#parts;
    const signal = AbortSignal.any([this.#parts.signal, end]);
    const { store, mappings } = this.#setup;
    log.info(
      { store: store.key },
      (await this.#needed()) === 'mended'
        ? 'a backfill, since a mapping that was held at the last one was mended'
        : 'first backfill',
    );
    await beginLoad(state, this.#setup);
    const found = new LoadFindings(mappings, async (some) => {
      await queue.finish({ jobs: [], seen: [], ...some });
    });
    const guests = await GuestIssues.of(issues, store.key);
    const result = await backfill({
      org,
      state,
      store,
      mappings,
      signal,
      links,
      goesOn: true,
      // Others bring what changes meanwhile, where a mapping was mended and where its calls ran out.
      ...found.heardWith(guests),
      userId: () => org.userId(),
      ...leadsOfStore(org, this.#setup.leadSettings),
      // Before it counts as done: after a crash nobody would look at what has failed.
      onWhole: async () => {
        await found.save();
        await endLoad(state, this.#setup);
      },
      onProgress: (progress) => {
        this.progress = progress;
      },
    });
    await found.save();
    await guests.close({ result, isPart: signal.aborted, mappings });
    const { lists } = result;
    const failed = lists.find(({ code }) => code.startsWith('WOO_'));
    const isDone = await this.#isDone();
    if (failed && !isDone) throw new CodedError(failed.code, failed.message, failed.cure);
    for (const { code, cure, message } of lists)
      if (code.startsWith('CONTENT_')) log.warn({ store: store.key, code, cure }, message);
    if (failed)
      log.warn({ store: store.key, code: failed.code, cure: failed.cure }, failed.message);
    if (!isDone) return;
    log.info({ store: store.key }, 'first backfill is done');
  }
}
