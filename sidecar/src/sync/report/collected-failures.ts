import { CodedError } from '../../errors/coded-error.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import { isNamedBy } from '../../ports/change-for.ts';
import type { Job, BatchResult } from '../../ports/change-queue.ts';
import type { IssueSeen } from '../../ports/issues.ts';
import { issueOf } from './issue.ts';
import type { HeardFailure, ReportListener } from './run-report.ts';

/** What a batch has found out about records. */
export class CollectedFailures implements ReportListener {
  failures: IssueSeen[] = [];
  readonly settledConflicts: IssueSeen[] = [];
  readonly #seen: BatchResult['seen'][number][] = [];
  readonly #isHalf: (mapping: Mapping) => boolean;

  /** @param isHalf whether another mapping of the same records is held: then nobody knows what the issues are of */
  constructor(isHalf: (mapping: Mapping) => boolean = () => false) {
    this.#isHalf = isHalf;
  }

  failed(mapping: Mapping, failure: HeardFailure): void {
    this.failures.push(issueOf(mapping, failure));
  }

  settled(mapping: Mapping, outcome: HeardFailure): void {
    this.settledConflicts.push(issueOf(mapping, outcome));
  }

  seen(mapping: Mapping, recordKey: string): void {
    if (!this.#isHalf(mapping)) this.#seen.push({ object: mapping.object, key: recordKey });
  }

  get records(): BatchResult['seen'] {
    return this.#seen;
  }

  /** Those that say how a conflict was decided. */
  get decided(): readonly IssueSeen[] {
    return this.failures.filter(({ code }) => code === 'CONFLICT_DECIDED');
  }

  /** The failures since the last time. */
  take(): readonly IssueSeen[] {
    const { failures } = this;
    this.failures = [];
    return failures;
  }
}

/** What is said of a record whose work breaks off: an error that only it has, or one that nobody knows. */
export function brokenRecord(
  mappings: readonly Mapping[],
  { key, resource }: Job,
  error: unknown,
): Omit<BatchResult, 'jobs'> {
  const known = error instanceof CodedError ? error : null;
  const failure = {
    key,
    recordKey: key,
    code: known?.code ?? 'RECORD_BROKE',
    message: known?.message ?? 'The sidecar met an error that it does not know.',
  };
  const those = mappings.filter((mapping) => isNamedBy(mapping, { resource, key }));
  const failures = those.map((mapping) => issueOf(mapping, failure));
  return { failures, seen: [], followUps: [] };
}
