import type { Mapping } from '../../mapping/model/mapping.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { BatchResult } from '../../ports/change-queue.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { IssueSeen } from '../../ports/issues.ts';
import type { StaleLink } from '../../ports/link.ts';
import { issueOf } from '../../sync/report/issue.ts';
import type { HeardFailure } from '../../sync/report/run-report.ts';

const DECIDED = 'CONFLICT_DECIDED';

/** What a load has found out and nobody was told yet. */
export class LoadFindings {
  #failures: IssueSeen[] = [];
  #followUps: ChangeEvent[] = [];
  readonly #mappings: readonly Mapping[];

  constructor(mappings: readonly Mapping[]) {
    this.#mappings = mappings;
  }

  get size(): number {
    return this.#failures.length + this.#followUps.length;
  }

  /** Whether there are conflicts among them that were decided. */
  get hasDecided(): boolean {
    return this.#failures.some(({ code }) => code === DECIDED);
  }

  failed(mapping: Mapping, failure: HeardFailure): void {
    const issue = issueOf(mapping, failure);
    this.#failures.push(issue);
    // What was decided is over as soon as somebody looks again.
    if (issue.code === DECIDED && issue.change !== null) this.#followUps.push(issue.change);
  }

  /** Records that somebody read later than the load did: what the load has written may be old. */
  stale(links: readonly StaleLink[]): void {
    for (const { object, key, parentKey } of links) {
      const mapping = this.#mappings.find((one) => one.object === object);
      const change = mapping && changeFor(mapping.resource, key, parentKey);
      if (change) this.#followUps.push(change);
    }
  }

  take(): Pick<BatchResult, 'failures' | 'followUps'> {
    const taken = { failures: this.#failures, followUps: this.#followUps };
    this.#failures = [];
    this.#followUps = [];
    return taken;
  }
}
