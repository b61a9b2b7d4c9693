import type { Mapping } from '../../mapping/model/mapping.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { HeardFailure, ReportListener } from '../report/run-report.ts';

const DECIDED = 'CONFLICT_DECIDED';

/**
 * Records of which a conflict was decided, and hears which of them a side has refused: those are looked at again when
 * their issues say so.
 */
export class DecidedConflicts implements ReportListener {
  readonly #listener: ReportListener;
  readonly #decided = new Map<string, ChangeEvent>();
  readonly #refused = new Set<string>();

  constructor(listener: ReportListener) {
    this.#listener = listener;
  }

  take(changes: readonly ChangeEvent[]): void {
    for (const change of changes) this.#decided.set(nameOf(change), change);
  }

  get ofNoFailure(): readonly ChangeEvent[] {
    return [...this.#decided].flatMap(([name, change]) =>
      this.#refused.has(name) ? [] : [change],
    );
  }

  failed(mapping: Mapping, failure: HeardFailure): void {
    const { key, code, parentKey = null } = failure;
    const change = code === DECIDED ? null : changeFor(mapping.resource, key, parentKey);
    if (change !== null) this.#refused.add(nameOf(change));
    this.#listener.failed(mapping, failure);
  }

  settled(mapping: Mapping, outcome: HeardFailure): void {
    this.#listener.settled?.(mapping, outcome);
  }

  seen(mapping: Mapping, recordKey: string): void {
    this.#listener.seen(mapping, recordKey);
  }
}

function nameOf({ resource, key }: ChangeEvent): string {
  return `${resource} ${key}`;
}
