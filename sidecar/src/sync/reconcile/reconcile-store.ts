import { CHANGE_RESOURCES } from '../../mapping/model/resources.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { IssueStore } from '../../ports/issues.ts';
import type { State } from '../../ports/state.ts';
import { queueForeignEdits, type SalesforceParts } from './foreign-edits.ts';
import { type CountParts, queueMissing } from './missing-in-woo.ts';
import { type OrphanParts, reportOrphans } from './orphans.ts';
import { type PassedOverParts, queuePassedOver } from './passed-over.ts';

export interface ReconcileParts extends CountParts, SalesforceParts {
  readonly org: SalesforceParts['org'] & OrphanParts['org'];
  readonly queue: OrphanParts['queue'];
  readonly store: CountParts['store'];
  readonly state: CountParts['state'] &
    SalesforceParts['state'] &
    PassedOverParts['state'] &
    Pick<State, 'slice' | 'totals'>;
  readonly issues: Pick<IssueStore, 'queueAll' | 'find' | 'causes'>;
  /** Where what differs is queued, by whom follows it; the queue itself where it is left out. */
  readonly differing?: CountParts['queue'];
}

export interface ReconcileResult {
  /** Records that the shop lists. */
  readonly counted: number;
  /** Linked records that the shop does not list any more. */
  readonly missing: number;
  /** Records that sweeps have passed over, and of which something else was read. */
  readonly passedOver: number;
  /** Records of the part that was due to be looked at again. */
  readonly slice: number;
  /** Linked records that somebody else changed in Salesforce. */
  readonly foreign: number;
  /** Records of Salesforce with a key of the shop that the shop does not have. */
  readonly orphans: number;
}

/** In how many nights all linked records are looked at once. */
const NIGHTS = 30;
const CURSOR = 'proof:slice';
/** Change events of one transaction. */
const AT_ONCE = 1000;

/**
 * Looks for differences of which neither side says anything, and queues the records; due once a night. What is
 * done of it when it breaks off is not done again.
 * @throws CodedError where the store or the org cannot answer
 */
export async function reconcileStore(parts: ReconcileParts): Promise<ReconcileResult> {
  const differing = { ...parts, queue: parts.differing ?? parts.queue };
  const { counted, missing } = await queueMissing(differing);
  const passedOver = await queuePassedOver(parts, differing.queue, parts.queue);
  const slice = await changeSlice(parts);
  const { changed: foreign, strangers, sources } = await queueForeignEdits(differing);
  const orphans = await reportOrphans(parts, strangers, sources);
  await parts.issues.queueAll(parts.store.key);
  return { counted, missing, passedOver, slice, foreign, orphans };
}

/**
 * Queues a thirtieth of the linked records, another one each time: some changes move no date, such as those of
 * order lines saved alone or of custom fields that a plugin writes past WooCommerce.
 */
async function changeSlice({ store, state, queue, mappings }: ReconcileParts): Promise<number> {
  const last = (await state.cursor(store.key, CURSOR)) as { readonly at: number } | null;
  const at = ((last?.at ?? -1) + 1) % NIGHTS;
  let changed = 0;
  for (const resource of CHANGE_RESOURCES) {
    const objects = mappings.filter((one) => one.resource === resource).map((one) => one.object);
    const keys = new Set<string>();
    for (const object of new Set(objects)) {
      for (const key of await state.slice(store.key, object, NIGHTS, at)) keys.add(key);
    }
    const found = [...keys].map((key): ChangeEvent => ({ resource, key }));
    for (let from = 0; from < found.length; from += AT_ONCE) {
      await queue.add(found.slice(from, from + AT_ONCE));
    }
    changed += found.length;
  }
  await state.saveCursor(store.key, CURSOR, { at });
  return changed;
}
