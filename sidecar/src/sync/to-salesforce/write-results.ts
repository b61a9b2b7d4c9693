import type { Link, MergedRecord, SavedLink, StaleLink } from '../../ports/link.ts';
import { TOTALS_FIELDS } from '../../mapping/attributes/customer-totals.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import type { ItemError, RecordState, ItemResult } from '../../ports/org.ts';
import type { Base, Pair } from '../../ports/two-way-state.ts';
import { notComing } from '../model/coming-record.ts';
import { mergedAmong } from '../model/merged-records.ts';
import {
  type PendingWrite,
  type Reference,
  saysNothing,
  type PendingUpsert,
} from '../model/pending-write.ts';
import { RecordMap } from '../model/record-map.ts';
import type { FailureDetails, Report } from '../report/run-report.ts';
import type { Written } from '../report/status/last-written.ts';
import { isSoughtAnew, type Relinked } from './gone-records.ts';
import type { Overwritten } from './overwritten.ts';
import { nextStepAfterError } from './rejections.ts';

/** A row to be written once more. */
export interface Repeat {
  readonly entry: PendingWrite;
  readonly when: 'now' | 'later';
}

/** Sorts the results of one call into what is saved, what is repeated and what has failed. */
export class WriteResults {
  readonly saved: SavedLink[] = [];
  readonly written: Written[] = [];
  readonly removed: Pick<Link, 'object' | 'key'>[] = [];
  /** Customers who were refused: whoever brings the same person may try. */
  readonly refused: Pick<Link, 'object' | 'key'>[] = [];
  readonly relinked: Relinked[] = [];
  /** What both sides hold of written records. */
  readonly agreed: (Pair & { readonly base: Base })[] = [];
  /** Customers that were made with their totals. */
  readonly counted: {
    readonly object: string;
    readonly recordId: string;
    readonly digest: string;
  }[] = [];
  /** Rows whose record was deleted in Salesforce, so that they make a new one, or are looked for anew. */
  readonly lost: PendingUpsert[] = [];
  /** Links that lead to nothing any more: their records were deleted in Salesforce. */
  readonly gone: Pick<Link, 'object' | 'key'>[] = [];
  readonly repeats = new RecordMap<Repeat>();
  readonly #report: Report;
  readonly #waits: (object: string, key: string) => boolean;
  /**
   * Records of which edits of the moment were written over, or kept us from writing, and those that were deleted and are
   * looked for anew: they are looked at once more.
   */
  readonly again: StaleLink[] = [];
  readonly #fates: ReadonlyMap<string, RecordState>;
  readonly #overwritten: Overwritten;

  /**
   * @param waits whether a record is to be written by a later call
   * @param fates what became of records that the org did not find, by record id
   */
  constructor(
    report: Report,
    waits: (object: string, key: string) => boolean,
    {
      fates = new Map(),
      overwritten,
    }: { readonly fates?: ReadonlyMap<string, RecordState>; readonly overwritten: Overwritten },
  ) {
    this.#report = report;
    this.#waits = waits;
    this.#fates = fates;
    this.#overwritten = overwritten;
  }

  /** Records that the org did not find, since they were merged. */
  get merged(): readonly MergedRecord[] {
    return mergedAmong(this.#fates);
  }

  /** Takes the results in the order sent: what becomes of a record decides about those that refer to it. */
  take(entry: PendingWrite, result: ItemResult | undefined): void {
    if (!result) throw new Error(`no result for ${entry.object} ${entry.key}`);
    if (result.errors.length > 0) this.#refused(entry, result);
    else if (entry.kind === 'delete') this.#gone(entry);
    else this.#written(entry, result);
  }

  #gone(entry: PendingWrite): void {
    this.removed.push({ object: entry.object, key: entry.key });
    this.#report.of(entry.mapping).removed += 1;
    this.#report.see(entry.mapping, entry.key);
  }

  #written(entry: PendingUpsert, { id, created }: ItemResult): void {
    if (id === null) throw new Error(`no record id for ${entry.object} ${entry.key}`);
    const { object, key, parentKey, readNumber, readAt, mode, formerKey } = entry;
    if (this.#overwritten.isAnothers(entry)) {
      this.again.push({ object, key, parentKey });
      return;
    }
    const state = entry.marks === 'deleted' ? 'soft_deleted' : 'verified';
    const byId = entry.target?.byId === true;
    // Written without a reference that it should have: no hash, so that the next run looks again.
    const hash = mode === 'required_only' ? null : entry.hash;
    this.saved.push({ object, key, recordId: id, state, hash, parentKey, readNumber, byId });
    this.written.push({ mapping: entry.mapping.name, key, readAt });
    if (formerKey !== null) {
      const former = { object, key: formerKey, recordId: id, byId: true, parentKey: null };
      this.saved.push({ ...former, state: 'verified', hash: null, readNumber });
    }
    if (entry.target === null && entry.beside)
      this.counted.push({ object, recordId: id, digest: entry.beside.digest });
    this.#agree(entry, id);
    const row = this.#report.of(entry.mapping);
    if (created) row.created += 1;
    else if (entry.marks === 'deleted') row.removed += 1;
    else if (entry.adopted) row.adopted += 1;
    else row.updated += 1;
  }

  #agree(entry: PendingUpsert, recordId: string): void {
    const { object, key, parentKey, agrees } = entry;
    if (agrees === undefined) return;
    const others = this.#overwritten.namesOf(entry);
    const inStep = Object.entries(agrees).filter(([name]) => !others.has(name));
    const base = others.size === 0 ? agrees : Object.fromEntries(inStep);
    this.agreed.push({ object, key, recordId, base });
    if (this.#overwritten.has(entry)) this.again.push({ object, key, parentKey });
  }

  #refused(entry: PendingWrite, { errors }: ItemResult): void {
    if (errors.some(({ kind }) => kind === 'changed')) {
      this.again.push(linkOf(entry));
      return;
    }
    if (entry.kind === 'upsert' && isOfTotals(entry, errors)) {
      // A customer comes without its totals rather than not at all.
      this.#repeat({ entry: { ...entry, beside: undefined }, when: 'now' });
      return;
    }
    const next = nextStepAfterError(entry, errors, {
      isComing: (reference) => this.#isComing(reference),
      fates: this.#fates,
    });
    this.gone.push(...next.forget);
    this.relinked.push(...next.relink);
    // Nothing but its orders has a guest looked at, who is made anew then.
    if (next.forget.some(({ key }) => parseKey(key).email !== null)) this.again.push(linkOf(entry));
    if (next.step === 'repeat_now') this.#repeatNow(entry, next.entry);
    else if (next.step === 'repeat_later') this.#repeat({ entry: next.entry, when: 'later' });
    else {
      this.#report.fail(entry.mapping, { ...next.failure, ...whereabouts(entry) });
      const { mapping, object, key } = entry;
      if (mapping.resource === 'customer') this.refused.push({ object, key });
      if (entry.kind === 'upsert' && entry.target === null && entry.agrees)
        this.agreed.push(notComing(entry));
    }
  }

  #repeatNow(entry: PendingWrite, next: PendingUpsert): void {
    if (isNeedless(next)) return;
    const lost = entry.kind === 'upsert' && entry.target && !next.target ? entry : null;
    if (lost) this.lost.push(lost);
    if (lost && isSoughtAnew(lost)) this.again.push(linkOf(lost));
    else this.#repeat({ entry: next, when: 'now' });
  }

  #repeat(repeat: Repeat): void {
    this.repeats.set(repeat.entry.object, repeat.entry.key, repeat);
  }

  #isComing({ object, key }: Reference): boolean {
    return this.repeats.has(object, key) || this.#waits(object, key);
  }
}

/** Whether the org minds the totals that go along, by the field that it names. */
function isOfTotals({ beside }: PendingUpsert, errors: readonly ItemError[]): boolean {
  if (beside === undefined) return false;
  return TOTALS_FIELDS.some((field) =>
    errors.some(({ fields, message }) => fields.includes(field) || message.includes(field)),
  );
}

function linkOf({ object, key, parentKey }: PendingWrite): StaleLink {
  return { object, key, parentKey };
}

function whereabouts(entry: PendingWrite): Pick<FailureDetails, 'parentKey' | 'recordId'> {
  const { parentKey } = entry;
  const recordId = entry.kind === 'delete' ? entry.recordId : (entry.target?.recordId ?? null);
  return { parentKey, recordId };
}

/** Whether the record that should be flagged as deleted is gone itself, or is another one's that needs no word of ours. */
function isNeedless(entry: PendingUpsert): boolean {
  const { marks, target } = entry;
  return (marks === 'deleted' && target?.byId !== false) || saysNothing(entry);
}
