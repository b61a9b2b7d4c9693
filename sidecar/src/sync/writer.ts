import { setTimeout as delay } from 'node:timers/promises';

import { toRecord, type Entry, type Upsert } from './entry.ts';
import { COLLECTION_SIZE, COLLECTIONS_PER_CALL, Outbox, type Parcel } from './outbox.ts';
import { afterRefusal } from './refusal.ts';
import type { Collection, ItemResult, Link, Org, SavedLink, State } from './ports.ts';
import type { Report } from './report.ts';

/** Rows of a full call. */
const CALL_ROWS = COLLECTION_SIZE * COLLECTIONS_PER_CALL;

export interface WriterOptions {
  readonly org: Org;
  readonly state: State;
  readonly report: Report;
  /** Called after each call's results are saved. */
  readonly onWritten: () => Promise<void>;
  /** First wait before rows are repeated after a lock or a race; doubles per attempt. */
  readonly retryDelayMs?: number;
}

/**
 * Writes rows to the org, one call at a time: rows are collected until a call is full, and while a call is
 * under way the next one fills. One lane per process keeps rows of one parent from locking each other.
 */
export class Writer {
  readonly #options: WriterOptions;
  readonly #outbox = new Outbox();
  /** Records of the call under way. */
  readonly #underWay = new Set<string>();
  #call: Promise<void> = Promise.resolve();
  /** Rows to be repeated after a wait. */
  #again: Entry[] = [];

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Whether the record is on its way, so that others may refer to it by its key. */
  has(object: string, key: string): boolean {
    return this.#outbox.has(object, key) || this.#underWay.has(`${object}\n${key}`);
  }

  /** Takes rows; waits while more than a call's worth is ahead of them. */
  async add(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) this.#put(entry);
    while (this.#outbox.size >= CALL_ROWS) await this.#send();
  }

  /** Writes all that is waiting. */
  async flush(): Promise<void> {
    do {
      while (this.#outbox.size > 0) await this.#send();
      await this.#call;
      await this.#waitForRepeats();
    } while (this.#outbox.size > 0);
  }

  #put(entry: Entry): void {
    entry.page.take();
    this.#outbox.add(entry)?.page.settle();
  }

  /** A row that was refused; a newer one of the same record that waits already makes it needless. */
  #putAgain(entry: Entry): void {
    if (!this.#outbox.has(entry.object, entry.key)) this.#put(entry);
  }

  /** Starts the next call as soon as the one before is through. */
  async #send(): Promise<void> {
    await this.#call;
    if (this.#again.length >= CALL_ROWS) await this.#waitForRepeats();
    const parcels = this.#outbox.take();
    for (const { entries } of parcels) {
      for (const { object, key } of entries) this.#underWay.add(`${object}\n${key}`);
    }
    this.#call = this.#write(parcels);
    // The error is thrown at the next await of the call; without this line it would end the process first.
    this.#call.catch(() => undefined);
  }

  async #waitForRepeats(): Promise<void> {
    const again = this.#again;
    if (again.length === 0) return;
    this.#again = [];
    const attempt = Math.max(...again.map((entry) => entry.attempt));
    const wait = (this.#options.retryDelayMs ?? 250) * 2 ** attempt;
    await delay(wait / 2 + Math.random() * (wait / 2));
    for (const entry of again) {
      this.#putAgain(entry);
      entry.page.settle();
    }
  }

  async #write(parcels: readonly Parcel[]): Promise<void> {
    const { org, state, onWritten } = this.#options;
    for (const { object, entries } of parcels) {
      const known = entries.filter((entry) => entry.kind === 'upsert' && entry.linked);
      if (known.length > 0) await state.willWrite(object, keysOf(known));
    }
    const results = await org.write(parcels.map(toCollection));
    const outcome = new Outcome(this.#options.report);
    parcels.forEach(({ entries }, at) => {
      entries.forEach((entry, item) => {
        outcome.take(entry, results[at]?.[item]);
      });
    });
    await state.didWrite(outcome.saved, outcome.removed);
    this.#underWay.clear();
    for (const entry of outcome.repeatNow) this.#putAgain(entry);
    this.#again.push(...outcome.repeatLater);
    for (const entry of outcome.repeatLater) entry.page.take();
    for (const { entries } of parcels) for (const entry of entries) entry.page.settle();
    await onWritten();
  }
}

/** Sorts the results of one call into what is saved, what is repeated and what has failed. */
class Outcome {
  readonly saved: SavedLink[] = [];
  readonly removed: Pick<Link, 'object' | 'key'>[] = [];
  readonly repeatNow: Upsert[] = [];
  readonly repeatLater: Entry[] = [];
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  take(entry: Entry, result: ItemResult | undefined): void {
    if (!result) throw new Error(`no result for ${entry.object} ${entry.key}`);
    if (result.errors.length > 0) this.#refused(entry, result);
    else if (entry.kind === 'delete') this.#gone(entry);
    else this.#written(entry, result);
  }

  #gone(entry: Entry): void {
    this.removed.push({ object: entry.object, key: entry.key });
    this.#report.of(entry.mapping).removed += 1;
  }

  #written(entry: Upsert, { id, created }: ItemResult): void {
    if (id === null) throw new Error(`no record id for ${entry.object} ${entry.key}`);
    const { object, key, parentKey, readAt, mode } = entry;
    // Written without a reference that it should have: no hash, so that the next run looks again.
    const hash = mode === 'required_only' ? null : entry.hash;
    this.saved.push({ object, key, recordId: id, hash, parentKey, readAt });
    const row = this.#report.of(entry.mapping);
    if (created) row.created += 1;
    else row.updated += 1;
  }

  #refused(entry: Entry, { errors }: ItemResult): void {
    const next = afterRefusal(entry, errors);
    this.removed.push(...next.forget);
    if (next.step === 'repeat_now') this.repeatNow.push(next.entry);
    else if (next.step === 'repeat_later') this.repeatLater.push(next.entry);
    else this.#report.fail(entry.mapping, next.failure);
  }
}

function keysOf(entries: readonly Entry[]): string[] {
  return entries.map(({ key }) => key);
}

function toCollection({ object, entries }: Parcel): Collection {
  const ids: string[] = [];
  const records = [];
  let keyField = '';
  for (const entry of entries) {
    if (entry.kind === 'delete') {
      ids.push(entry.recordId);
    } else {
      keyField = entry.mapping.keyField;
      records.push(toRecord(entry));
    }
  }
  if (ids.length > 0) return { kind: 'delete', object, ids };
  return { kind: 'upsert', object, keyField, records };
}
