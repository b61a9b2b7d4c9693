import { explanationOf } from '../../errors/catalogue.ts';
import type { Issue, IssueStore } from '../../ports/issues.ts';
import type { StoreSetup } from '../../ports/setup.ts';
import { isStanding } from '../../sync/report/issue-key.ts';
import { NOT_MAPPED } from '../../sync/report/issue-row.ts';
import { isUnmapped } from '../issue-scope.ts';

/** Issues of one read. */
const PAGE = 1000;

/**
 * Closes the issues of records that no active mapping is of, since it was deactivated or deleted, and says so:
 * nothing would ever look at them again.
 * @returns how many
 */
export async function closeUnmapped(
  issues: Pick<IssueStore, 'find' | 'resolve'>,
  setup: Pick<StoreSetup, 'mappings' | 'held'> & { readonly store: { readonly key: string } },
): Promise<number> {
  let closed = 0;
  for (let after = ''; ;) {
    const page = await issues.find({ store: setup.store.key, after }, PAGE);
    const over = page.filter((issue) => !isStanding(issue) && isUnmapped(setup, issue));
    closed += await issues.resolve(over.map(notMapped));
    if (page.length < PAGE) return closed;
    after = page.at(-1)?.key ?? '';
  }
}

function notMapped({ key, version, resource, object, code, reason }: Issue) {
  return {
    ...{ key, version, code: NOT_MAPPED },
    reason: `Closed, not cured: no active mapping of ${resource ?? 'any record'} to ${object} is there any more. It was ${code}: ${reason}`,
    cure: explanationOf(NOT_MAPPED)?.cure ?? '',
  };
}
