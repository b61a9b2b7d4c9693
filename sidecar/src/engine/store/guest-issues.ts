import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Issue, IssueStore } from '../../ports/issues.ts';
import { issueKey } from '../../sync/report/issue-key.ts';
import type { BackfillResult } from '../../sync/pipeline/backfill.ts';
import type { ReportListener } from '../../sync/report/run-report.ts';

/** What a load has ended with. */
interface Load {
  readonly result: Pick<BackfillResult, 'lists' | 'before'>;
  /** Whether it was stopped before its end, or went on behind that of an earlier one. */
  readonly isPart: boolean;
  /** Of its store. */
  readonly mappings: readonly Mapping[];
}

/** Issues of one read. */
const PAGE = 1000;

type Guest = Pick<Issue, 'object' | 'recordKey'>;

const nameOf = ({ object, recordKey }: Guest): string => `${object} ${recordKey}`;

/**
 * Open issues of guests. Nothing can look at a guest again but an order that needs one whom Salesforce does not know
 * yet: once a load has linked the guest, no later order does, so the load itself says what is over.
 */
export class GuestIssues {
  readonly #issues: Pick<IssueStore, 'find' | 'resolve'>;
  readonly #store: string;
  /** How often each was said before the load, by its key. */
  readonly #before: ReadonlyMap<string, number>;
  /** Of whom something is open; of other records nothing is kept, for a load has any number of them. */
  readonly #guests: ReadonlySet<string>;
  readonly #failed = new Set<string>();
  readonly #seen = new Set<string>();

  private constructor(
    issues: Pick<IssueStore, 'find' | 'resolve'>,
    store: string,
    open: readonly Issue[],
  ) {
    this.#issues = issues;
    this.#store = store;
    this.#before = new Map(open.map((one) => [one.key, one.attempts]));
    this.#guests = new Set(open.map(nameOf));
  }

  static async of(
    issues: Pick<IssueStore, 'find' | 'resolve'>,
    store: string,
  ): Promise<GuestIssues> {
    return new GuestIssues(issues, store, await openOf(issues, store));
  }

  /** Takes what the load tells of its records. */
  readonly listener: ReportListener = {
    seen: (mapping, recordKey) => {
      this.#take(this.#seen, mapping, recordKey);
    },
    failed: (mapping, { recordKey }) => {
      this.#take(this.#failed, mapping, recordKey);
    },
  };

  #take(names: Set<string>, { object }: Mapping, recordKey: string): void {
    if (this.#guests.size === 0) return;
    const name = nameOf({ object, recordKey });
    if (this.#guests.has(name)) names.add(name);
  }

  /** Closes those that are over. */
  async close({ result, isPart, mappings }: Load): Promise<void> {
    const isRead = result.lists.every(({ list }) => list !== 'orders');
    const isWhole = isRead && !isPart && result.before.length === 0;
    // By their own keys: of the same guest something else may be wrong still.
    await this.#issues.resolve(await this.over(isWhole ? mappings : []));
  }

  /**
   * Those that are over. Of a guest of whom nothing was said only that the guest could not be linked: a linked one
   * is not looked at, so that nobody knows of the lead, or of a field that waits for a person.
   * @param mappings of a store all of whose orders were walked: a guest of whom nothing was said is known, or named by
   * no order any more; empty where not all were
   */
  async over(mappings: readonly Mapping[]): Promise<readonly Issue[]> {
    const objects = new Set(
      mappings.flatMap(({ resource, object }) => (resource === 'customer' ? [object] : [])),
    );
    // As they are now: one that is counted with others meanwhile is another version of the same.
    const open = await openOf(this.#issues, this.#store);
    return open.filter((one) => {
      if (this.#before.get(one.key) !== one.attempts || this.#failed.has(nameOf(one))) return false;
      return this.#seen.has(nameOf(one)) || (objects.has(one.object) && isOfLinking(one));
    });
  }
}

async function openOf(issues: Pick<IssueStore, 'find'>, store: string): Promise<readonly Issue[]> {
  const open: Issue[] = [];
  for (let after = ''; ;) {
    const page = await issues.find({ store, prefix: 'customer:', after }, PAGE);
    open.push(...page.filter(({ change }) => change === null));
    if (page.length < PAGE) return open;
    after = page.at(-1)?.key ?? '';
  }
}

function isOfLinking({ key, kind, resource, object, recordKey }: Issue): boolean {
  if (resource === null || kind === 'conflict') return false;
  return key === issueKey(resource, object, recordKey);
}
