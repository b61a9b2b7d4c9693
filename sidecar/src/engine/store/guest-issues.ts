import type { Mapping } from '../../mapping/model/mapping.ts';
import type { IssueStore } from '../../ports/issues.ts';
import type { BatchResult } from '../../ports/change-queue.ts';
import type { HeardFailure } from '../../sync/report/run-report.ts';

/** Issues of one read. */
const PAGE = 1000;

type Seen = BatchResult['seen'][number];

const nameOf = ({ object, key }: Seen): string => `${object} ${key}`;

/**
 * Open issues of guests. Nothing can look at a guest again but an order that needs one whom Salesforce does not know
 * yet: once a load has linked the guest, no later order does, so the load itself says what is over.
 */
export class GuestIssues {
  readonly #open: ReadonlyMap<string, Seen>;
  readonly #failed = new Set<string>();
  readonly #seen = new Set<string>();

  private constructor(open: readonly Seen[]) {
    this.#open = new Map(open.map((one) => [nameOf(one), one]));
  }

  static async of(issues: Pick<IssueStore, 'find'>, store: string): Promise<GuestIssues> {
    const open: Seen[] = [];
    for (let after = ''; ;) {
      const page = await issues.find({ store, prefix: 'customer:', after }, PAGE);
      const guests = page.filter(({ change }) => change === null);
      open.push(...guests.map(({ object, recordKey: key }) => ({ object, key })));
      if (page.length < PAGE) return new GuestIssues(open);
      after = page.at(-1)?.key ?? '';
    }
  }

  seen({ object }: Mapping, key: string): void {
    this.#note(this.#seen, { object, key });
  }

  failed({ object }: Mapping, { recordKey: key }: HeardFailure): void {
    this.#note(this.#failed, { object, key });
  }

  /**
   * Those that are over.
   * @param mappings of a store all of whose orders were walked: a guest of whom nothing was said is known, or named by
   * no order any more; empty where not all were
   */
  over(mappings: readonly Mapping[]): readonly Seen[] {
    const objects = new Set(
      mappings.flatMap(({ resource, object }) => (resource === 'customer' ? [object] : [])),
    );
    return [...this.#open.values()].filter(
      (one) =>
        !this.#failed.has(nameOf(one)) && (this.#seen.has(nameOf(one)) || objects.has(one.object)),
    );
  }

  #note(those: Set<string>, one: Seen): void {
    const name = nameOf(one);
    if (this.#open.has(name)) those.add(name);
  }
}
