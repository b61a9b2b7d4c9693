import type { Mapping } from '../../mapping/model/mapping.ts';
import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { Org, OrgAudit } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import type { WooStore } from '../../ports/store.ts';
import { countedObjects, CustomerTotals, type TotalsParts } from './customer-totals.ts';
import { learnForeignTotals } from './learn-totals.ts';

export interface RepairParts {
  readonly org: OrgAudit & Pick<Org, 'queries' | 'write' | 'recordStates'>;
  readonly state: TotalsParts['state'] & Pick<State, 'saveCursor'>;
  readonly store: Pick<WooStore, 'key' | 'paidStatuses'>;
  readonly queue: Pick<ChangeQueue, 'add'>;
  readonly mappings: readonly Mapping[];
  readonly now: Date;
}

/** What the night found out about customers. */
export interface TotalsRepaired {
  /** Records that were written. */
  readonly repaired: number;
  /** Nothing is told before a load has walked all orders of the store. */
  readonly waits: boolean;
}

/**
 * Compares what customers ordered with what the org was told and with what others have changed there, and writes
 * what differs; an order that a setting counts from now on, too.
 * @throws CodedError where the org cannot answer
 */
export async function repairTotals(parts: RepairParts): Promise<TotalsRepaired> {
  const { queue, mappings } = parts;
  const refused: ChangeEvent[] = [];
  const enqueue = (changes: readonly ChangeEvent[]) => void refused.push(...changes);
  const totals = CustomerTotals.of({ ...parts, report: null, enqueue });
  if (totals === null) return { repaired: 0, waits: false };
  if (!(await totals.isWhole())) return { repaired: 0, waits: true };
  await learnForeignTotals({ ...parts, objects: countedObjects(mappings) });
  await totals.recount();
  const repaired = await totals.writeAll();
  if (refused.length > 0) await queue.add(refused);
  return { repaired, waits: false };
}
