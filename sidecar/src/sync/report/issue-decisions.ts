import type { Clock } from '../../lib/clock.ts';
import { soqlText } from '../../lib/soql.ts';
import { editableIn } from '../../ports/change-for.ts';
import { type ChangeQueue, queuedAs } from '../../ports/change-queue.ts';
import type { IssueStore } from '../../ports/issues.ts';
import type { Org, OrgAudit } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import type { TwoWayState } from '../../ports/two-way-state.ts';
import { ignoredIssues, saveIgnored } from './ignored-issues.ts';

export interface DecisionsParts {
  readonly org: Pick<Org & OrgAudit, 'queries' | 'userId'>;
  readonly issues: Pick<IssueStore, 'changesOf' | 'known'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly queue: Pick<ChangeQueue, 'add'>;
  readonly state: Pick<State, 'cursor' | 'saveCursor'> & {
    readonly twoWay: Pick<TwoWayState, 'forgetRefusals' | 'markDirty'>;
  };
}

/** Rows of one look. */
const MOST = 2000;
/** All that is ignored is asked for so often, in between what has changed: deleted issues are noticed then. */
const ALL_EVERY_MS = 3_600_000;
/** A save is dated when it begins, and seen when it is done. */
const OVERLAP_MS = 600_000;

type Rows = readonly Readonly<Record<string, unknown>>[];

/** What people decide on issues that are not over, ignored ones too: their records are looked at again, and the merge finds what was decided. */
export class Decisions {
  readonly #parts: DecisionsParts;
  /** Decisions that were taken up, by issue. */
  readonly #taken = new Map<string, string>();
  /** When was asked last, in milliseconds, and when for all that is ignored; null before the first answer. */
  #looked: { readonly at: number; readonly all: number } | null = null;
  #asked: { readonly at: number; readonly all: number } = { at: 0, all: 0 };

  constructor(parts: DecisionsParts) {
    this.#parts = parts;
  }

  /**
   * The query for issues that a person has decided on, and for those ignored, or taken back, since the last look; what
   * we wrote to them last is no decision, be it an issue that is ignored still. Decisions come first, as Resolution has their values before `ignore`, and a
   * picklist is sorted by the order of its values. Of more than 2,000 ignored ones the latest count.
   */
  async soql(): Promise<string> {
    const user = soqlText(await this.#parts.org.userId());
    const at = this.#parts.clock.now().getTime();
    const looked = this.#looked;
    const isAll = looked === null || at - looked.all >= ALL_EVERY_MS;
    this.#asked = { at, all: isAll ? at : looked.all };
    const ignored = isAll
      ? "State__c = 'ignored'"
      : `(SystemModstamp >= ${new Date(looked.at - OVERLAP_MS).toISOString()} AND (State__c = 'ignored' OR LastModifiedById != ${user}))`;
    return `SELECT Issue_Key__c, State__c, Resolution__c, LastModifiedById, SystemModstamp FROM Woo_Sync_Issue__c WHERE (State__c IN ('open', 'ignored') AND Resolution__c IN ('take_woo', 'take_salesforce', 'retry') AND LastModifiedById != ${user}) OR ${ignored} ORDER BY Resolution__c NULLS LAST, LastModifiedDate DESC LIMIT ${MOST}`;
  }

  /** Asks for them by itself: one API call. */
  async look(): Promise<void> {
    const [rows = []] = await this.#parts.org.queries([await this.soql()]);
    await this.take(rows);
  }

  /** @param rows what the query answered */
  async take(rows: Rows): Promise<void> {
    const { org, issues, queue, state } = this.#parts;
    await this.#takeIgnored(rows);
    const us = await org.userId();
    const decided = rows.filter((row) => isDecided(row, us));
    const open = decided.map((row) => ({
      key: String(row['Issue_Key__c']),
      decision: `${String(row['Resolution__c'])} ${String(row['SystemModstamp'])}`,
    }));
    const fresh = open.filter(({ key, decision }) => this.#taken.get(key) !== decision);
    const found = await issues.changesOf(fresh.map(({ key }) => key));
    const asked = editableIn(found);
    await state.twoWay.forgetRefusals(asked);
    await state.twoWay.markDirty(asked);
    await queue.add(found, queuedAs(found.length));
    this.#taken.clear();
    for (const { key, decision } of open) this.#taken.set(key, decision);
  }

  async #takeIgnored(rows: Rows): Promise<void> {
    const { state, issues } = this.#parts;
    const { at, all } = this.#asked;
    const isAll = at === all;
    const ignored = new Set(isAll ? [] : await ignoredIssues(state));
    // One that is over may open anew, and nobody has ignored that.
    if (ignored.size > 0) {
      const known = await issues.known([...ignored]);
      for (const key of ignored) if (!known.has(key)) ignored.delete(key);
    }
    for (const row of rows) {
      if (row['State__c'] === 'ignored') ignored.add(String(row['Issue_Key__c']));
      else ignored.delete(String(row['Issue_Key__c']));
    }
    await saveIgnored(state, [...ignored]);
    // Of more than one look takes, some may have been left out.
    this.#looked = !isAll && rows.length >= MOST ? null : this.#asked;
  }
}

const DECISIONS: ReadonlySet<unknown> = new Set(['take_woo', 'take_salesforce', 'retry']);

function isDecided(row: Rows[number], us: string): boolean {
  const isOver = row['State__c'] === 'resolved';
  return !isOver && row['LastModifiedById'] !== us && DECISIONS.has(row['Resolution__c']);
}
