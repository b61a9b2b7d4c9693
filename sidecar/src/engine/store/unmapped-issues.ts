import { explanationOf } from '../../errors/catalogue.ts';
import { editableIn } from '../../ports/change-for.ts';
import type { ChangeQueue, HeldChange } from '../../ports/change-queue.ts';
import type { Issue, IssueStore } from '../../ports/issues.ts';
import type { StoreSetup } from '../../ports/setup.ts';
import type { TwoWayState } from '../../ports/two-way-state.ts';
import { isStanding } from '../../sync/report/issue-key.ts';
import { NOT_MAPPED } from '../../sync/report/issue-row.ts';
import { offName } from '../held-changes.ts';
import { isUnmapped } from '../issue-scope.ts';

/** Issues of one read. */
const PAGE = 1000;

interface Parts {
  readonly issues: Pick<IssueStore, 'find' | 'resolve'>;
  readonly queue: Pick<ChangeQueue, 'finish'>;
  readonly state: { readonly twoWay: Pick<TwoWayState, 'markDirty'> };
}

/**
 * Closes the issues of records that no active mapping is of, since it was deactivated or deleted, and says so:
 * nothing looks at them any more. Their changes are kept until a mapping is of them again.
 * @returns how many
 */
export async function closeUnmapped(
  parts: Parts,
  setup: Pick<StoreSetup, 'mappings' | 'held'> & { readonly store: { readonly key: string } },
): Promise<number> {
  let closed = 0;
  for (let after = ''; ;) {
    const page = await parts.issues.find({ store: setup.store.key, after }, PAGE);
    const over = page.filter((issue) => !isStanding(issue) && isUnmapped(setup, issue));
    // First, so that whoever ends before the issues are closed does the same again.
    await keepChanges(parts, over.flatMap(changeOf));
    closed += await parts.issues.resolve(over.map(notMapped));
    if (page.length < PAGE) return closed;
    after = page.at(-1)?.key ?? '';
  }
}

/** Salesforce is asked too of what can go back: what kept an edit from the shop may be what the issue was. */
async function keepChanges({ queue, state }: Parts, held: readonly HeldChange[]): Promise<void> {
  if (held.length === 0) return;
  await state.twoWay.markDirty([...new Set(editableIn(held))]);
  await queue.finish({ jobs: [], failures: [], seen: [], followUps: [], held });
}

function changeOf(issue: Issue): readonly HeldChange[] {
  const { change } = issue;
  return change === null ? [] : [{ ...change, mapping: offName(issue) }];
}

function notMapped({ key, version, resource, object, code, reason }: Issue) {
  return {
    key,
    version,
    code: NOT_MAPPED,
    reason: `Closed, not cured: no active mapping of ${resource ?? 'any record'} to ${object} is there any more. It was ${code}: ${reason}`,
    cure: explanationOf(NOT_MAPPED)?.cure ?? '',
  };
}
