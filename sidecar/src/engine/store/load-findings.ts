import type { Mapping } from '../../mapping/model/mapping.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { BatchResult } from '../../ports/change-queue.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { IssueSeen } from '../../ports/issues.ts';
import type { StaleLink } from '../../ports/link.ts';
import { issueOf } from '../../sync/report/issue.ts';
import type { BackfillOptions } from '../../sync/pipeline/backfill.ts';
import type { HeardFailure } from '../../sync/report/run-report.ts';
import type { GuestIssues } from './guest-issues.ts';

const DECIDED = 'CONFLICT_DECIDED';
/** Findings that are held in memory before they are kept. */
const AT_ONCE = 500;

type Found = Pick<BatchResult, 'failures' | 'followUps'>;

/** What a load has found out, until it is kept. */
export class LoadFindings {
  #failures: IssueSeen[] = [];
  #followUps: ChangeEvent[] = [];
  readonly #mappings: readonly Mapping[];
  readonly #keep: (found: Found) => Promise<void>;

  /** @param keep durable when it resolves */
  constructor(mappings: readonly Mapping[], keep: (found: Found) => Promise<void>) {
    this.#mappings = mappings;
    this.#keep = keep;
  }

  /** Keeps what is here. */
  async save(): Promise<void> {
    const found = { failures: this.#failures, followUps: this.#followUps };
    if (this.#size === 0) return;
    this.#failures = [];
    this.#followUps = [];
    await this.#keep(found);
  }

  /**
   * How a backfill tells of what it finds out, which is kept by hundreds, and before a conflict that was decided is written.
   * @param guests hear of it too
   */
  heardWith({
    listener,
  }: Pick<GuestIssues, 'listener'>): Required<
    Pick<BackfillOptions, 'listener' | 'onStale' | 'onGone' | 'onPage' | 'keepDecided'>
  > {
    return {
      listener: {
        failed: (mapping, failure) => {
          this.#failed(mapping, failure);
          listener.failed(mapping, failure);
        },
        seen: (mapping, key) => {
          listener.seen(mapping, key);
        },
      },
      onStale: (links) => {
        this.#stale(links);
      },
      onGone: async (changes) => {
        this.#followUps.push(...changes);
        await this.save();
      },
      onPage: async () => {
        if (this.#size >= AT_ONCE) await this.save();
      },
      keepDecided: async () => {
        if (this.#failures.some(({ code }) => code === DECIDED)) await this.save();
      },
    };
  }

  get #size(): number {
    return this.#failures.length + this.#followUps.length;
  }

  #failed(mapping: Mapping, failure: HeardFailure): void {
    const issue = issueOf(mapping, failure);
    this.#failures.push(issue);
    // What was decided is over as soon as somebody looks again.
    if (issue.code === DECIDED && issue.change !== null) this.#followUps.push(issue.change);
  }

  /** Records that somebody read later than the load did: what the load has written may be old. */
  #stale(links: readonly StaleLink[]): void {
    for (const { object, key, parentKey } of links) {
      const mapping = this.#mappings.find((one) => one.object === object);
      const change = mapping && changeFor(mapping.resource, key, parentKey);
      if (change) this.#followUps.push(change);
    }
  }
}
