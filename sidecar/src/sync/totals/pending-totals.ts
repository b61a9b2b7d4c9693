import {
  type Collection,
  COLLECTION_SIZE,
  type ItemError,
  type ItemResult,
} from '../../ports/org.ts';
import type { CustomerRecord, HeldTotals, TotalsState } from '../../ports/totals/totals-state.ts';
import type { NewTotals } from '../model/pending-write.ts';
import { childOf } from './held-values.ts';

/** One record that is written: the customer, or what it spent in one more currency. */
export interface TotalsWrite extends CustomerRecord {
  readonly kind: 'own' | 'currency' | 'leaves';
  readonly currency: string;
  /** As the API takes it; '' for one that leaves. */
  readonly text: string;
  readonly digest: string;
  /** Of the record for the currency, where it is known. */
  readonly childId: string | null;
  /** A key by which the customer is linked. */
  readonly key: string | null;
  readonly attempt: number;
}

export interface RefusedTotals {
  readonly write: TotalsWrite;
  readonly errors: readonly ItemError[];
}

/** Attempts after a lock. */
const MAX_ATTEMPTS = 3;

/** Totals that wait for a call: they ride along in those that are made anyway, as far as these have room. */
export class PendingTotals {
  readonly #state: Pick<TotalsState, 'settle'>;
  readonly #onRefused: (refused: readonly RefusedTotals[]) => Promise<void>;
  #waiting: TotalsWrite[] = [];
  #underWay: (readonly TotalsWrite[])[] = [];

  constructor(
    state: Pick<TotalsState, 'settle'>,
    onRefused: (refused: readonly RefusedTotals[]) => Promise<void>,
  ) {
    this.#state = state;
    this.#onRefused = onRefused;
  }

  get size(): number {
    return this.#waiting.length;
  }

  put(writes: readonly TotalsWrite[]): void {
    this.#waiting.push(...writes);
  }

  /** Takes what fits into so many collections. */
  take(most: number): readonly Collection[] {
    const groups = new Map<string, TotalsWrite[]>();
    const left: TotalsWrite[] = [];
    const full: TotalsWrite[][] = [];
    for (const write of this.#waiting) {
      const name = `${write.kind} ${write.object}`;
      let group = groups.get(name);
      if (group === undefined || group.length === COLLECTION_SIZE) {
        if (full.length === most) {
          left.push(write);
          continue;
        }
        group = [];
        groups.set(name, group);
        full.push(group);
      }
      group.push(write);
    }
    this.#waiting = left;
    this.#underWay = full;
    return full.map(toCollection);
  }

  /** What became of those taken last, in the order of `take`. */
  async took(results: readonly (readonly ItemResult[])[]): Promise<void> {
    const held: HeldTotals[] = [];
    const gone: Omit<HeldTotals, 'digest'>[] = [];
    const refused: RefusedTotals[] = [];
    for (const [at, group] of this.#underWay.entries()) {
      for (const [item, write] of group.entries()) {
        const { errors, id } = results[at]?.[item] ?? NO_RESULT;
        const { object, recordId, currency, digest } = write;
        const childId = write.kind === 'own' ? null : id;
        if (errors.length === 0 && write.kind === 'leaves') gone.push({ ...write });
        else if (errors.length === 0) held.push({ object, recordId, currency, digest, childId });
        else if (isLock(errors) && write.attempt < MAX_ATTEMPTS)
          this.#waiting.push({ ...write, attempt: write.attempt + 1 });
        else refused.push({ write, errors });
      }
    }
    this.#underWay = [];
    await this.#state.settle([...held, ...refused.flatMap(released)], gone);
    if (refused.length > 0) await this.#onRefused(refused);
  }

  /** Records that were made with their totals. */
  async made(records: readonly (CustomerRecord & NewTotals)[]): Promise<void> {
    const held = records.map(({ object, recordId, digest }) => ({
      object,
      recordId,
      digest,
      currency: '',
      childId: null,
    }));
    await this.#state.settle(held, []);
  }

  /** Gives up what waits or is under way: whoever looks next writes it. */
  async release(): Promise<void> {
    const open = [...this.#waiting, ...this.#underWay.flat()];
    this.#waiting = [];
    this.#underWay = [];
    await this.#state.settle(
      open.flatMap((write) => released({ write })),
      [],
    );
  }
}

const NO_RESULT: Pick<ItemResult, 'errors' | 'id'> = {
  id: null,
  errors: [
    { code: 'UNKNOWN_EXCEPTION', kind: 'retry', message: 'The org gave no result.', fields: [] },
  ],
};

function isLock(errors: readonly ItemError[]): boolean {
  return errors.every(({ kind }) => kind === 'retry');
}

/** What a customer holds is not known any more. */
function released({ write }: Pick<RefusedTotals, 'write'>): HeldTotals[] {
  const { object, recordId, kind } = write;
  return kind === 'own' ? [{ object, recordId, currency: '', digest: null, childId: null }] : [];
}

function toCollection(writes: readonly TotalsWrite[]): Collection {
  const [first] = writes;
  if (first === undefined) throw new Error('an empty collection of totals');
  const { kind, object } = first;
  const records = writes.map(({ text }) => text);
  if (kind === 'own') return { kind: 'update', object, records };
  const { child } = childOf(object);
  if (kind === 'currency')
    return { kind: 'upsert', object: child, keyField: 'Woo_Key__c', records };
  return { kind: 'delete', object: child, ids: writes.flatMap(({ childId }) => childId ?? []) };
}
