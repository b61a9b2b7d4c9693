import { parseKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { Link } from '../../ports/link.ts';
import type { Org } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import { mergedAmong } from '../model/merged-records.ts';
import type { Report } from '../report/run-report.ts';
import { markGone } from '../model/orders-due.ts';
import type { RefusedTotals, TotalsWrite } from './pending-totals.ts';

export interface RefusalParts {
  readonly org: Pick<Org, 'recordStates'>;
  readonly state: Pick<
    State,
    'totals' | 'clearHashes' | 'followMerged' | 'links' | 'didWrite' | 'origins' | 'sharing'
  >;
  readonly mappings: readonly Mapping[];
  /** Null where nobody hears of single customers: those that fail are looked at by themselves. */
  readonly report: Report | null;
  /** Takes customers that are to be looked at by themselves; absent where nobody would. */
  readonly enqueue?: (changes: readonly ChangeEvent[]) => void;
}

/** What the org did not take in one run, of what customers ordered. */
export class TotalsRefusals {
  readonly #parts: RefusalParts;
  readonly #touch: (keys: readonly string[]) => void;
  readonly #records = new Set<string>();
  #writes = 0;

  /** @param touch takes customers who are to be counted again */
  constructor(parts: RefusalParts, touch: (keys: readonly string[]) => void) {
    this.#parts = parts;
    this.#touch = touch;
  }

  /** How many writes it refused. */
  get writes(): number {
    return this.#writes;
  }

  /** Whether a record is not tried again by this run. */
  has(recordId: string): boolean {
    return this.#records.has(recordId);
  }

  /** What becomes of writes that the org has refused. */
  async take(refused: readonly RefusedTotals[]): Promise<void> {
    const { state, enqueue } = this.#parts;
    this.#writes += refused.length;
    const gone = refused.filter(isGone).map(({ write }) => write);
    const merged = gone.length === 0 ? new Set<string>() : await this.#followMerged(gone);
    for (const { write, errors } of refused) {
      const { recordId, object, key } = write;
      this.#records.add(recordId);
      if (!isGone({ write, errors })) {
        if (key !== null) this.#refuse(write, errors);
        continue;
      }
      await state.totals.forget([recordId]);
      if (key === null || merged.has(recordId)) continue;
      await this.#lookAgain({ object, key });
      if (parseKey(key).id !== null) enqueue?.([{ resource: 'customer', key }]);
    }
  }

  /** Whoever looks at the customer next finds what became of the record. */
  async #lookAgain(link: Pick<Link, 'object' | 'key'>): Promise<void> {
    const { state, mappings } = this.#parts;
    const { object, key } = link;
    const known = (await state.links(object, [key])).get(key);
    if (known?.byId !== true) return state.clearHashes([key], [object]);
    // To a record with another key there may be nothing to write, by which that would be found.
    await markGone({ state, mappings }, [link]);
    await state.didWrite([], [link]);
  }

  /**
   * Counts what records that were merged had with what is left of them.
   * @returns the ids of those that were
   */
  async #followMerged(gone: readonly TotalsWrite[]): Promise<ReadonlySet<string>> {
    const { org, state, mappings } = this.#parts;
    const customers = mappings.filter(({ resource }) => resource === 'customer');
    const missing = [...Map.groupBy(gone, ({ object }) => object)].flatMap(([object, writes]) => {
      const keyField = customers.find((one) => one.object === object)?.keyField;
      const ids = writes.map(({ recordId }) => recordId);
      return keyField === undefined ? [] : [{ object, keyField, ids }];
    });
    const merged = mergedAmong(await org.recordStates(missing));
    this.#touch(await state.followMerged(merged));
    return new Set(merged.map(({ lostId }) => lostId));
  }

  #refuse({ object, recordId, key, kind }: TotalsWrite, errors: RefusedTotals['errors']): void {
    const mapping = this.#parts.mappings.find(
      (one) => one.resource === 'customer' && one.object === object,
    );
    if (mapping === undefined || key === null) return;
    if (this.#parts.report === null) {
      if (parseKey(key).id !== null) this.#parts.enqueue?.([{ resource: 'customer', key }]);
      return;
    }
    const said = errors.map(({ code, message }) => `${code}: ${message}`).join('; ');
    const what = kind === 'own' ? 'its order totals' : 'its totals in another currency';
    this.#parts.report.fail(mapping, {
      key,
      recordId,
      code: 'TOTALS_NOT_WRITTEN',
      message: `Salesforce did not take ${what} (${said}). Everything else of the customer is written.`,
      field: errors.flatMap(({ fields }) => fields)[0] ?? null,
    });
  }
}

function isGone({ write, errors }: RefusedTotals): boolean {
  return write.kind === 'own' && errors.every(({ kind }) => kind === 'reference');
}
