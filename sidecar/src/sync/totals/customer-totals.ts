import { setTimeout as delay } from 'node:timers/promises';
import { recordKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { COLLECTION_SIZE, COLLECTIONS_PER_CALL, type Org } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import type { WooStore } from '../../ports/store.ts';
import {
  COUNTED,
  type CustomerRecord,
  type FormerCustomer,
  type HeldTotals,
  type NotedOrders,
  type RecordTotals,
} from '../../ports/totals/totals-state.ts';
import { paidStatuses } from '../../mapping/attributes/customer-totals.ts';
import type { PendingUpsert } from '../model/pending-write.ts';
import { isEmpty, rowsOf } from './held-values.ts';
import { totalsOfOrder } from './order-totals.ts';
import { PendingTotals } from './pending-totals.ts';
import { type RefusalParts, TotalsRefusals } from './totals-refusals.ts';
import { writesOf } from './totals-writes.ts';

export interface TotalsParts extends RefusalParts {
  readonly org: RefusalParts['org'] & Pick<Org, 'write'>;
  readonly state: RefusalParts['state'] & Pick<State, 'cursor'>;
  readonly store: Pick<WooStore, 'key' | 'paidStatuses'>;
}

/** Records that are counted at a time. */
const PAGE = 1000;
/** Cursor of a load under way that has met a store's orders from the first. */
export const COUNTING = 'totals:counting';
const CALL_ROWS = COLLECTION_SIZE * COLLECTIONS_PER_CALL;
/** How often customers are looked at again that somebody else writes, or that changed meanwhile, and how long between. */
const ROUNDS = 400;
const WAIT_MS = 100;

/** The objects of a store's customers that have fields for what they ordered; none where nothing is counted. */
export function countedObjects(mappings: readonly Mapping[]): readonly string[] {
  if (!mappings.some(({ resource }) => resource === 'order')) return [];
  const those = mappings.filter(
    ({ resource, keepsTotals }) => resource === 'customer' && keepsTotals === true,
  );
  return [...new Set(those.map(({ object }) => object))];
}

/**
 * What customers ordered, kept in fields of their records: counted in the state, compared with what the org was told
 * last, and written where it differs, in calls that are made anyway.
 */
export class CustomerTotals {
  readonly pending: PendingTotals;
  readonly #parts: TotalsParts;
  readonly #objects: readonly string[];
  readonly #paid: readonly string[];
  /** Customers whose orders have changed, or who have. */
  readonly #touched = new Set<string>();
  /** Who is among them since an order is not theirs any more. */
  #former: readonly FormerCustomer[] = [];
  /** Whether all orders of the store are known, so that what is counted is whole; null until somebody asks. */
  #isWhole: boolean | null = null;
  readonly #refused: TotalsRefusals;

  private constructor(parts: TotalsParts, objects: readonly string[]) {
    this.#parts = parts;
    this.#objects = objects;
    this.#paid = parts.store.paidStatuses ?? paidStatuses(null);
    this.#refused = new TotalsRefusals(parts, (keys) => {
      this.touch(keys);
    });
    this.pending = new PendingTotals(parts.state.totals, (refused) => this.#refused.take(refused));
  }

  /** Null where nothing is counted. */
  static of(parts: TotalsParts): CustomerTotals | null {
    const objects = countedObjects(parts.mappings);
    return objects.length === 0 ? null : new CustomerTotals(parts, objects);
  }

  /** Takes orders as the shop shows them, wanted by a mapping or not. */
  async note(orders: readonly WooRecord[], readNumber: number): Promise<void> {
    const { state, store } = this.#parts;
    const found = orders.flatMap((record) => {
      const key = recordKey('order', record, store.key);
      return key === null ? [] : [{ key, read: totalsOfOrder(record, key, store.key, this.#paid) }];
    });
    const counted = found.flatMap(({ read }) => (read.kind === 'order' ? [read.order] : []));
    const others = found.filter(({ read }) => read.kind !== 'order').map(({ key }) => key);
    for (const { key, read } of found) {
      if (read.kind === 'problem') this.#tell(key, read.field, read.message);
    }
    this.#take(await state.totals.note(counted, others, readNumber));
  }

  /** Takes orders that are gone, or in the trash. */
  async gone(orders: readonly WooRecord[], readNumber: number): Promise<void> {
    const { state, store } = this.#parts;
    const keys = orders.flatMap((record) => recordKey('order', record, store.key) ?? []);
    this.#take(await state.totals.note([], keys, readNumber));
  }

  /** Before a load has walked all orders of a store nothing is told of them: it would be too little. */
  async isWhole(): Promise<boolean> {
    const { state, store } = this.#parts;
    this.#isWhole ??= (await state.cursor(store.key, COUNTED)) !== null;
    return this.#isWhole;
  }

  /** Customers of whom something may have changed. */
  touch(keys: readonly string[]): void {
    for (const key of keys) this.#touched.add(key);
  }

  /** Gives customers that are about to be made what they ordered along. */
  async attach(entries: readonly PendingUpsert[]): Promise<readonly PendingUpsert[]> {
    const isNew = ({ mapping, object, target }: PendingUpsert) =>
      mapping.resource === 'customer' && target === null && this.#objects.includes(object);
    const keys = entries.filter(isNew).map(({ key }) => key);
    if (keys.length === 0 || !(await this.isWhole())) return entries;
    const totals = await this.#parts.state.totals.totalsOf(keys);
    return entries.map((entry) => {
      const own = isNew(entry) ? totals.get(entry.key) : undefined;
      if (own === undefined) return entry;
      const { fields, digest } = rowsOf(own).own;
      return { ...entry, beside: { text: JSON.stringify(fields), digest } };
    });
  }

  /**
   * Counts the customers that were touched; what differs waits for the next call.
   * @returns how many somebody else writes at the moment
   */
  async prepare(): Promise<number> {
    if (this.#touched.size === 0 || !(await this.isWhole())) return 0;
    const { totals } = this.#parts.state;
    return this.#plan(await totals.recordsOf(this.#objects, [...this.#touched]));
  }

  /**
   * Writes what is left, and looks once more: customers that were made or found meanwhile, and those that somebody
   * else wrote without knowing what we know.
   */
  async finish(flush: () => Promise<void>): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const busy = await this.prepare();
      if (this.pending.size > 0) await flush();
      else if (busy === 0) return this.#told(this.#former);
      else await delay(WAIT_MS);
    }
  }

  /** Counts all customers, in calls of its own, by pages; for the end of a load, and for the night. */
  async writeAll(): Promise<number> {
    const { totals } = this.#parts.state;
    const former = await totals.former();
    let written = 0;
    let after = '';
    for (;;) {
      const records = await totals.recordsAfter(this.#objects, after, PAGE);
      await this.#plan(records);
      while (this.pending.size >= CALL_ROWS) written += await this.#call();
      if (records.length < PAGE) break;
      after = records.at(-1)?.recordId ?? after;
    }
    while (this.pending.size > 0) written += await this.#call();
    // Survivors of merges that were met by the way, and may have been passed by then.
    await this.prepare();
    while (this.pending.size > 0) written += await this.#call();
    await this.#told(former);
    return written;
  }

  /** Orders whose statuses count by a setting that has changed since. */
  recount(): Promise<void> {
    return this.#parts.state.totals.recount(this.#parts.store.key, this.#paid);
  }

  async #call(): Promise<number> {
    const [before, refusals] = [this.pending.size, this.#refused.writes];
    try {
      const collections = this.pending.take(COLLECTIONS_PER_CALL);
      await this.pending.took(await this.#parts.org.write(collections));
    } catch (error) {
      await this.pending.release();
      throw error;
    }
    return before - this.pending.size - (this.#refused.writes - refusals);
  }

  #take({ customers, former }: NotedOrders): void {
    this.touch(customers);
    this.#former = [...this.#former, ...former];
  }

  async #told(former: readonly FormerCustomer[]): Promise<void> {
    await this.#parts.state.totals.settleFormer(former);
    this.#former = [];
  }

  async #plan(records: readonly CustomerRecord[]): Promise<number> {
    const { totals } = this.#parts.state;
    const open = records.filter(({ recordId }) => !this.#refused.has(recordId));
    const different = (await this.#count(open)).flatMap(({ counted, held }) =>
      isWritten(counted, held) ? [{ object: counted.object, recordId: counted.recordId }] : [],
    );
    const claimed = await totals.claim(different);
    // Counted again under the claim: whoever wrote before us may have known more than we did.
    for (const { counted, held } of await this.#count(claimed)) {
      this.pending.put(writesOf(counted, rowsOf(counted), held));
    }
    return different.length - claimed.length;
  }

  async #count(records: readonly CustomerRecord[]): Promise<readonly Counted[]> {
    const { totals } = this.#parts.state;
    const held = Map.groupBy(await totals.held(records), ({ recordId }) => recordId);
    return (await totals.totals(records))
      .filter(({ isHeld }) => !isHeld)
      .map((counted) => ({ counted, held: held.get(counted.recordId) ?? [] }));
  }

  #tell(key: string, field: string, message: string): void {
    const mapping = this.#parts.mappings.find(({ resource }) => resource === 'order');
    if (mapping)
      this.#parts.report?.fail(mapping, { key, code: 'ORDER_NOT_COUNTED', message, field });
  }
}

interface Counted {
  readonly counted: RecordTotals;
  /** What the org was told of it last. */
  readonly held: readonly HeldTotals[];
}

/** Whether the record does not hold what was counted; one that was told nothing yet is not compared field by field. */
function isWritten(counted: RecordTotals, held: readonly HeldTotals[]): boolean {
  if (held.length === 0) return !isEmpty(counted);
  return writesOf(counted, rowsOf(counted), held).length > 0;
}
