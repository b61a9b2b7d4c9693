import { inQueries } from '../../lib/soql.ts';
import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { Issue, IssueStore } from '../../ports/issues.ts';
import type { Setup } from '../../ports/setup.ts';
import { sweptObjects } from './sweep-salesforce.ts';

export interface ConflictsSweepParts {
  readonly issues: Pick<IssueStore, 'find'>;
  readonly queue: Pick<ChangeQueue, 'add'>;
  /** Null while the org has not told. */
  readonly setup: () => Pick<Setup, 'stores'> | null;
}

type Row = Readonly<Record<string, unknown>>;

/** Conflicts of one turn: their ids fit into one query per object. */
const AT_ONCE = 200;
/** The org dates a save when it begins, and its clock may differ from ours. */
const OVERLAP_MS = 600_000;

/**
 * Finds records whose conflict waits for a person and that were edited in Salesforce since: objects such as Contact
 * are not swept, and a person decides over the values that the issue shows. Their queries share the call of the
 * sweep, and there are none while no conflict is open.
 */
export class ConflictsSweep {
  readonly #parts: ConflictsSweepParts;
  /** The open conflicts of this turn, by the id of their record. */
  #asked: ReadonlyMap<string, readonly Issue[]> = new Map();
  /** When the records of the turn before were saved last. */
  #seen: ReadonlyMap<string, number> = new Map();
  #after = '';

  constructor(parts: ConflictsSweepParts) {
    this.#parts = parts;
  }

  /** The queries of the next turn. */
  async soql(): Promise<readonly string[]> {
    const { issues, setup } = this.#parts;
    const swept = sweptObjects(setup());
    const open = await issues.find({ kind: 'conflict', after: this.#after }, AT_ONCE);
    this.#after = open.length < AT_ONCE ? '' : (open.at(-1)?.key ?? '');
    const waiting = open.filter(
      ({ change, recordId, object }) => change !== null && recordId !== null && !swept.has(object),
    );
    this.#asked = Map.groupBy(waiting, ({ recordId }) => recordId ?? '');
    const objects = Map.groupBy(waiting, ({ object }) => object);
    return [...objects].flatMap(([object, some]) => {
      const ids = new Set(some.flatMap(({ recordId }) => recordId ?? []));
      return inQueries(object, ['Id', 'SystemModstamp'], new Map([['Id', ids]]));
    });
  }

  /** Takes the answers: what was saved since it was looked at last is looked at again. */
  async take(rows: readonly Row[]): Promise<void> {
    const stamps = rows.map(
      (row) => [String(row['Id']), Date.parse(String(row['SystemModstamp']))] as const,
    );
    const news = stamps.flatMap(([id, stamp]) => {
      const issues = this.#asked.get(id) ?? [];
      const last = this.#seen.get(id);
      return issues.filter(({ lastSeen }) =>
        last === undefined ? stamp > lastSeen.getTime() - OVERLAP_MS : stamp !== last,
      );
    });
    await this.#parts.queue.add(news.flatMap(({ change }) => change ?? []));
    this.#seen = new Map(stamps);
  }
}
