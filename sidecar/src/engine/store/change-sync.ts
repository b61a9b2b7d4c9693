import type { Job, BatchResult } from '../../ports/change-queue.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { IssueSeen } from '../../ports/issues.ts';
import type { StoreSetup } from '../../ports/setup.ts';
import type { SentNotes } from '../../sync/model/run.ts';
import { leadsOfStore } from '../../sync/leads/leads-of-store.ts';
import { syncChanges } from '../../sync/pipeline/sync-changes.ts';
import { InheritedValues } from '../../sync/read/inherited.ts';
import { ProductTypeCache } from '../../sync/read/product-type-cache.ts';
import { CollectedFailures } from '../../sync/report/collected-failures.ts';
import { EchoFilter } from '../../sync/to-woo/echo-filter.ts';
import { waitingForHeld } from '../held-changes.ts';
import { isHalfHeld, lookedAtFor } from '../issue-scope.ts';
import { learnRecords } from './known-records.ts';
import { endlessIssues, withRounds } from './rounds.ts';
import type { StoreParts } from './store-parts.ts';

/** Brings the records of jobs into step, and keeps what the next jobs can use of them. */
export class ChangeSync {
  readonly #setup: StoreSetup;
  readonly #parts: StoreParts;
  readonly #productTypes = new ProductTypeCache();
  readonly #inherited = new InheritedValues();
  readonly #echoes: EchoFilter;
  readonly #leads: ReturnType<typeof leadsOfStore>;
  readonly #shopBacklog: SentNotes;
  #knowsRecords = false;

  constructor(setup: StoreSetup, parts: StoreParts, shopBacklog: SentNotes) {
    this.#shopBacklog = shopBacklog;
    this.#setup = setup;
    this.#parts = parts;
    this.#leads = leadsOfStore(parts.org, setup.leadSettings);
    this.#echoes = new EchoFilter(setup.store, parts.clock);
  }

  /** Whether the record of an event only says what the shop has answered to our own change, or what was read. */
  isEcho(change: ChangeEvent, body: unknown): boolean {
    return this.#echoes.has(change, body, this.#setup.mappings);
  }

  /** Records that were left alone, since nothing ends the work on them. */
  leftAlone = 0;

  #leftAlone(change: ChangeEvent): readonly IssueSeen[] {
    const { store, mappings } = this.#setup;
    this.leftAlone += 1;
    this.#parts.log.warn(
      { store: store.key, key: change.key, code: 'RECORD_LOOPS' },
      'a record is left alone, since our own work queues it again and again',
    );
    return endlessIssues(mappings, change);
  }

  /** A record of a mapping that was off when the state was loaded is no new one. */
  async #learnRecords(): Promise<void> {
    if (this.#knowsRecords) return;
    await learnRecords(this.#parts, this.#setup);
    this.#knowsRecords = true;
  }

  /** @throws CodedError of the side that is out */
  async sync(jobs: readonly Job[]): Promise<Omit<BatchResult, 'jobs'>> {
    const { org, state, queue, availability, budget, links, log } = this.#parts;
    const { store, mappings } = this.#setup;
    const calls = org.calls;
    await budget.keepReserve();
    availability.budget.recordSuccess();
    await this.#learnRecords();
    const findings = new CollectedFailures((mapping) => isHalfHeld(this.#setup, mapping));
    // The changes that an earlier attempt has made of them may not have been saved.
    for (const { key, attempt } of jobs) if (attempt > 0) this.#inherited.forget(key);
    const parts = {
      org,
      state,
      store,
      mappings,
      links,
      listener: findings,
      echoes: this.#echoes,
      shopBacklog: this.#shopBacklog,
      productTypes: this.#productTypes,
      inherited: this.#inherited,
      ...this.#leads,
      userId: () => org.userId(),
      openIssues: async (keys: readonly string[]) => {
        const open = await this.#parts.issues.find({ keys }, keys.length);
        return new Map(open.map(({ key, absorbedBy }) => [key, absorbedBy ?? key]));
      },
      unreadStores: () => this.#parts.unreadStores(),
      keepDecided: async () => {
        const failures = findings.decided;
        if (failures.length > 0)
          await queue.finish({ jobs: [], seen: [], followUps: [], failures });
      },
    };
    const { followUps: found, ordersQueued, idsRefused } = await syncChanges(parts, jobs);
    const { followUps, endless } = withRounds(jobs, found, this.#parts.clock.now());
    availability.store(store.key).recordSuccess();
    if (org.calls > calls) availability.org.recordSuccess();
    if (idsRefused) {
      const { code, message, cure } = idsRefused;
      log.warn({ store: store.key, code, cure }, message);
    }
    const lookedAt = lookedAtFor(this.#setup);
    const held = await waitingForHeld(this.#setup, state.twoWay, jobs);
    const { records: seen, settledConflicts: settled } = findings;
    const outcome = { seen, settled, followUps, ordersQueued, lookedAt, held };
    const failures = [...findings.take(), ...endless.flatMap((one) => this.#leftAlone(one))];
    // Of what could not be brought each event is another try.
    for (const { change } of failures) if (change !== null) this.#echoes.forget(change);
    return { ...outcome, failures, writtenTo: mappings };
  }
}
