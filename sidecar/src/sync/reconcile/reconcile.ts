import { reconcileCustomers, type CustomersSwept } from './reconcile-customers.ts';
import { reconcileStore, type ReconcileParts, type ReconcileResult } from './reconcile-store.ts';
import type { HeldMapping } from '../../ports/held-mappings.ts';
import { type RepairParts, repairTotals, type TotalsRepaired } from '../totals/repair-totals.ts';
import { sweepWholeLists } from './whole-lists.ts';
import { failureOf, isWhole, type ListFailure, ListFailures } from '../detect/list-failures.ts';
import { isPart } from '../../mapping/model/resources.ts';
import { GROUPING } from '../report/issue-group.ts';
import { STANDING_PREFIX } from '../report/issue-key.ts';
import { cut } from '../report/own-objects.ts';
import { Following, noteProof, type Proof } from '../report/status/proof-days.ts';
import { noteLists, noteReconcile, RECONCILE } from '../report/store-activity.ts';

export interface Reconciled extends ReconcileResult {
  readonly customers: CustomersSwept;
  /** Lists of their own, read whole. */
  readonly content: CustomersSwept;
  /** What customers ordered, in fields of their records. */
  readonly totals: TotalsRepaired;
  /** Records of the shop that open issues say are not in step: comparing finds none of them anew. */
  readonly failing: number;
  /** Lists that could not be read, while the others were. */
  readonly failures: readonly ListFailure[];
}

/** Mappings of the store that are held: of their records nothing was compared, and nothing is repaired. */
type Held = readonly HeldMapping[];

/** Characters of the names of what is held: the status takes 255 of it all. */
const HELD_LENGTH = 100;

/** The list of all customers, of which sweeps read the newest alone. */
const CUSTOMERS = 'customers:all';
const NONE: CustomersSwept = { listed: 0, changed: 0, missing: 0 };

/** When a store was compared last. */
export const RECONCILED = 'nightly';

/**
 * Compares a store with Salesforce for differences of which neither side has told, queues the records, and keeps
 * what it found for the status of the store.
 * @throws CodedError where the store or the org cannot answer
 */
export async function reconcile(
  parts: ReconcileParts & RepairParts & { readonly held: Held },
): Promise<Reconciled> {
  const { store, state, mappings } = parts;
  const note = (read: readonly string[], failures: readonly ListFailure[]) =>
    noteLists(state, store.key, mappings, { read, failures });
  try {
    const { read, ...found } = await compare(parts);
    const broken = found.failures.find(({ error }) => error.code === 'LIST_BROKE');
    // Sweeps by date may read the list all the same, so its failure is noted as that of the comparison.
    if (broken === undefined) await note([...read, RECONCILE], found.failures);
    else await note(read, [...found.failures, { ...broken, list: RECONCILE }]);
    return found;
  } catch (error) {
    if (!isWhole(error)) await note([], [{ list: RECONCILE, error: failureOf(RECONCILE, error) }]);
    throw error;
  }
}

async function compare(
  parts: ReconcileParts & RepairParts & { readonly held: Held },
): Promise<Reconciled & { readonly read: readonly string[] }> {
  const { store, state, now, held } = parts;
  const own = new ListFailures();
  const queued = new Following();
  const differing: ReconcileParts['differing'] = {
    add: async (changes, how) => {
      queued.add(changes);
      await parts.queue.add(changes, how);
    },
  };
  const following = { ...parts, queue: differing };
  const customers = await own.attempt(CUSTOMERS, () => reconcileCustomers(following));
  const { failures: others, read: lists, ...content } = await sweepWholeLists(following, now);
  const failures = [...own.all, ...others];
  const read = customers === null ? lists : [CUSTOMERS, ...lists];
  const compared = { customers: customers ?? NONE, content };
  const proof = await reconcileStore({ ...parts, differing });
  const failing = await failingOf(parts);
  const found = { ...proof, ...compared, failing, failures, totals: await repairTotals(parts) };
  const at = now.toISOString();
  await state.saveCursor(store.key, RECONCILED, { at });
  await noteReconcile(state, store.key, { at, text: reconcileText(found, held) });
  await noteProof(state, store.key, { ...proofOf(found), at, queued: queued.changes });
  return { ...found, read };
}

/** Parts are not counted: an order that cannot be written has its items left out with it. */
async function failingOf({ store, issues }: Pick<ReconcileParts, 'store' | 'issues'>) {
  const causes = await issues.causes([STANDING_PREFIX, GROUPING.prefix], []);
  return causes
    .filter((one) => one.store === store.key && one.resource !== null && !isPart(one.resource))
    .reduce((sum, { count }) => sum + count, 0);
}

/** Records that the shop does not have are found too, and only a person can put them right. */
export function proofOf(found: Reconciled): Pick<Proof, 'counted' | 'found' | 'repaired' | 'lost'> {
  const { all, differ } = sumsOf(found);
  const { orphans, totals } = found;
  const { repaired } = totals;
  return { counted: all, found: differ + orphans + repaired, repaired, lost: orphans };
}

/** Records of the shop, those gone from it, and all that differ and are queued. */
function sumsOf(found: Reconciled) {
  const { counted, missing, passedOver, foreign, customers, content } = found;
  const all = counted + customers.listed + content.listed;
  const gone = missing + customers.missing + content.missing;
  return { all, gone, differ: gone + passedOver + foreign + customers.changed + content.changed };
}

/** In the words of the status. */
export function reconcileText(found: Reconciled, held: Held): string {
  const { passedOver, foreign, orphans, slice, customers, content, totals, failing } = found;
  const { all, gone, differ } = sumsOf(found);
  const which = counts([
    [gone, 'gone from the shop'],
    [passedOver, 'changed in the shop'],
    [foreign, 'changed in Salesforce'],
    [customers.changed, customers.changed === 1 ? 'customer' : 'customers'],
    [content.changed, 'changed in other lists'],
  ]);
  return [
    `${number(all)} ${all === 1 ? 'record' : 'records'} of the shop compared: `,
    differ === 0
      ? `none ${failing === 0 ? '' : 'else '}differs.`
      : `${differText(differ, foreign > 0)} (${which}).`,
    failing === 0 ? '' : ` Not in step, as open issues say: ${number(failing)}.`,
    held.length === 0 ? '' : ` Left out, since held: ${namesOf(held)}.`,
    orphans === 0 ? '' : ` Records in Salesforce that the shop does not have: ${number(orphans)}.`,
    slice === 0
      ? ''
      : ` As each time, the next thirtieth of all records is read again: ${number(slice)}.`,
    totals.repaired === 0 ? '' : ` Order totals repaired: ${number(totals.repaired)}.`,
    totals.waits ? ' Order totals of customers wait for the command Backfill.' : '',
  ].join('');
}

/** What somebody has changed in Salesforce may be what the shop was told since. */
function differText(differ: number, isDoubtful: boolean): string {
  if (isDoubtful) return `${number(differ)} may differ and ${isOrAre(differ)} looked at again`;
  return `${number(differ)} ${differ === 1 ? 'differs' : 'differ'} and ${isOrAre(differ)} repaired`;
}

const isOrAre = (count: number): string => (count === 1 ? 'is' : 'are');

function namesOf(held: Held): string {
  const names = held.map(({ label, problems }) => `${label} (${problems[0]?.code ?? ''})`);
  return cut(names.join(', '), HELD_LENGTH);
}

/** What there is any of, in words. */
const counts = (found: readonly (readonly [number, string])[]): string =>
  found
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${number(count)} ${what}`)
    .join(', ');

function number(value: number): string {
  return value.toLocaleString('en-US');
}
