import { soqlText } from '../../lib/soql.ts';
import { editableIn } from '../../ports/change-for.ts';
import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { IssueStore } from '../../ports/issues.ts';
import type { Org, OrgAudit } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import type { TwoWayState } from '../../ports/two-way-state.ts';
import { saveIgnored } from './ignored-issues.ts';

export interface DecisionsParts {
  readonly org: Pick<Org & OrgAudit, 'queries' | 'userId'>;
  readonly issues: Pick<IssueStore, 'changesOf'>;
  readonly queue: Pick<ChangeQueue, 'add'>;
  readonly twoWay: Pick<TwoWayState, 'markDirty'>;
  readonly state: Pick<State, 'cursor' | 'saveCursor'>;
}

type Rows = readonly Readonly<Record<string, unknown>>[];

/** What people decide on open issues: their records are looked at again, and the merge finds what was decided. */
export class Decisions {
  readonly #parts: DecisionsParts;
  /** Decisions that were taken up, by issue. */
  readonly #taken = new Map<string, string>();

  constructor(parts: DecisionsParts) {
    this.#parts = parts;
  }

  /**
   * The query for issues that a person has decided on, or ignores; what we wrote to them last is no decision. The
   * latest come first: of thousands that were ignored at some time, the oldest are left out.
   */
  async soql(): Promise<string> {
    const user = soqlText(await this.#parts.org.userId());
    return `SELECT Issue_Key__c, State__c, Resolution__c, SystemModstamp FROM Woo_Sync_Issue__c WHERE (State__c = 'open' AND Resolution__c IN ('take_woo', 'take_salesforce', 'retry') AND LastModifiedById != ${user}) OR State__c = 'ignored' ORDER BY LastModifiedDate DESC LIMIT 2000`;
  }

  /** Asks for them by itself: one API call. */
  async look(): Promise<void> {
    const [rows = []] = await this.#parts.org.queries([await this.soql()]);
    await this.take(rows);
  }

  /** @param rows what the query answered */
  async take(rows: Rows): Promise<void> {
    const { issues, queue, twoWay, state } = this.#parts;
    const isIgnored = (row: Rows[number]) => row['State__c'] === 'ignored';
    await saveIgnored(
      state,
      rows.filter(isIgnored).map((row) => String(row['Issue_Key__c'])),
    );
    const decided = rows.filter((row) => !isIgnored(row));
    const open = decided.map((row) => ({
      key: String(row['Issue_Key__c']),
      decision: `${String(row['Resolution__c'])} ${String(row['SystemModstamp'])}`,
    }));
    const fresh = open.filter(({ key, decision }) => this.#taken.get(key) !== decision);
    const found = await issues.changesOf(fresh.map(({ key }) => key));
    await twoWay.markDirty(editableIn(found));
    await queue.add(found);
    this.#taken.clear();
    for (const { key, decision } of open) this.#taken.set(key, decision);
  }
}
