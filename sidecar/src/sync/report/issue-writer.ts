import { classOf } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { maskEmails, withoutValue } from '../../lib/redact.ts';
import { inQueries, soqlText } from '../../lib/soql.ts';
import type { IssueScope, IssueSeen, IssueStore, UnreportedIssue } from '../../ports/issues.ts';
import type { ItemResult, Org } from '../../ports/org.ts';
import { GROUPING, isGroup } from './issue-group.ts';
import { EVERY_STORE, isStanding } from './issue-key.ts';
import { ISSUE_FIELDS, type IssueInOrg, issueOfRow, issueRow } from './issue-row.ts';
import { OWN_OBJECTS_CURE, ROWS_PER_CALL, upsertOwn } from './own-objects.ts';

const OBJECT = 'Woo_Sync_Issue__c';
const KEY = 'Issue_Key__c';
/** How long the org is not asked again after it refused issues. */
const REST_MS = 15 * 60_000;

export interface IssueWriterParts {
  readonly org: Pick<Org, 'queries' | 'write'>;
  readonly issueStore: Pick<IssueStore, 'group' | 'unreported' | 'markReported' | 'known'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** What the issue store gets back from Salesforce. */
interface TakenBack {
  readonly issues: readonly IssueSeen[];
  /** Whether Salesforce has closed the others; else it is to be asked once more. */
  readonly isWhole: boolean;
}

/**
 * Keeps the issues in Salesforce as the issue store has them. An org that refuses them holds nothing else up: it is
 * said once in the log, they stay unsaid, and are tried again now and then.
 */
export class IssueWriter {
  readonly #parts: IssueWriterParts;
  #restsUntil = 0;
  /** What was logged last; null when the last ones were taken. */
  #logged: string | null = null;

  constructor(parts: IssueWriterParts) {
    this.#parts = parts;
  }

  /**
   * Has one issue stand for many equal ones, and writes up to a thousand issues that Salesforce does not show as they are: two API calls, none when there
   * are none.
   * @returns whether Salesforce shows any of them anew
   * @throws CodedError where the org is out
   */
  async say(): Promise<boolean> {
    const { issueStore, clock } = this.#parts;
    if (clock.now().getTime() < this.#restsUntil) return false;

    await issueStore.group(GROUPING);
    const issues = await issueStore.unreported(ROWS_PER_CALL);
    if (issues.length === 0) return false;
    try {
      const said = await this.#write(issues);
      await issueStore.markReported(said.map(({ key, version }) => ({ key, version })));
      return true;
    } catch (error) {
      if (!(error instanceof CodedError) || classOf(error.code) !== 'setup') throw error;
      this.#refused(error.code, error.message);
      return false;
    }
  }

  /**
   * Takes back what stands open in Salesforce and the issue store does not know, since the state was lost, after all of
   * a store was looked at: what has a record is to be tried again, and closes when that is in step; the rest is closed.
   * One API call where there is nothing to close.
   * @param isHeld whether nothing is looked at for such issues, since their mapping is held
   * @throws CodedError where the org is out
   */
  async takeBack(store: string, isHeld: (issue: IssueScope) => boolean): Promise<TakenBack> {
    const { org, issueStore } = this.#parts;
    try {
      const [rows = []] = await org.queries([
        `SELECT ${ISSUE_FIELDS.join(', ')} FROM ${OBJECT} WHERE Store__c IN (${soqlText(store)}, ${soqlText(EVERY_STORE)}) AND State__c = 'open'`,
      ]);
      const issues = rows.map(issueOfRow);
      const known = await issueStore.known(issues.map(({ key }) => key));
      const unknown = issues.filter(({ key }) => !known.has(key));
      const stays = unknown.filter(
        (issue) =>
          !isGroup(issue) && !isStanding(issue) && (issue.change !== null || isHeld(issue)),
      );
      const over = { State__c: 'resolved', Resolution__c: 'by_itself' };
      const forgotten = unknown.filter((issue) => !stays.includes(issue)).map(({ key }) => key);
      let isWhole = true;
      for (let from = 0; from < forgotten.length; from += ROWS_PER_CALL) {
        const some = forgotten.slice(from, from + ROWS_PER_CALL);
        const rows = some.map((key) => ({ [KEY]: key, ...over }));
        const results = await upsertOwn(org, OBJECT, KEY, rows);
        this.#someRefused(results);
        isWhole &&= results.every(({ errors }) => errors.length === 0);
      }
      return { issues: stays, isWhole };
    } catch (error) {
      if (!(error instanceof CodedError) || classOf(error.code) !== 'setup') throw error;
      this.#refused(error.code, error.message);
      return { issues: [], isWhole: false };
    }
  }

  /** @returns those that Salesforce shows as they are; one that came and went unseen is not shown */
  async #write(issues: readonly UnreportedIssue[]): Promise<readonly UnreportedIssue[]> {
    const { org } = this.#parts;
    const inOrg = await this.#inOrg(issues);
    // What a rule has decided is over by now, and people are to know of it all the same.
    const isShown = ({ key, kind, state, absorbedBy }: UnreportedIssue) =>
      (state === 'open' && absorbedBy === null) || kind === 'conflict' || inOrg.has(key);
    const shown = issues.filter(isShown);
    const rows = shown.map((issue) => issueRow(issue, inOrg.get(issue.key)));
    const results = await upsertOwn(org, OBJECT, KEY, rows);
    const taken = shown.filter((_, at) => results[at]?.errors.length === 0);
    if (taken.length < shown.length) this.#someRefused(results);
    else this.#logged = null;
    return [...taken, ...issues.filter((issue) => !isShown(issue))];
  }

  /** What people may have decided there meanwhile. */
  async #inOrg(issues: readonly UnreportedIssue[]): Promise<ReadonlyMap<string, IssueInOrg>> {
    const keys = new Map([[KEY, new Set(issues.map(({ key }) => key))]]);
    const asked = inQueries(OBJECT, [KEY, 'State__c', 'Resolution__c'], keys);
    const rows = (await this.#parts.org.queries(asked)).flat();
    return new Map(
      rows.map((row) => [
        String(row[KEY]),
        { state: row['State__c'], hasResolution: typeof row['Resolution__c'] === 'string' },
      ]),
    );
  }

  #someRefused(results: readonly ItemResult[]): void {
    const errors = results.flatMap((result) => result.errors);
    // What only met a lock or a race is written the next time.
    const lasting = errors.find(({ kind }) => kind !== 'retry');
    if (lasting) this.#refused(lasting.code, maskEmails(withoutValue(lasting.message)));
  }

  #refused(code: string, reason: string): void {
    const { clock, log } = this.#parts;
    this.#restsUntil = clock.now().getTime() + REST_MS;
    if (this.#logged === code) return;
    this.#logged = code;
    log.error(
      { code, cure: OWN_OBJECTS_CURE },
      `Salesforce does not take sync issues, so they are not shown there: ${reason}`,
    );
  }
}
