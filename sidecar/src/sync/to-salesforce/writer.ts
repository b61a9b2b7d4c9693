import { setTimeout as delay } from 'node:timers/promises';
import type { Link, StaleLink } from '../../ports/link.ts';
import {
  type Collection,
  COLLECTION_SIZE,
  COLLECTIONS_PER_CALL,
  type RecordState,
  type ItemResult,
  type Org,
  PartlyWritten,
} from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import type { TwoWayState } from '../../ports/two-way-state.ts';
import { type Coming, comingBases } from '../model/coming-record.ts';
import { type PendingWrite, toRecord, type PendingUpsert } from '../model/pending-write.ts';
import { RecordMap } from '../model/record-map.ts';
import { noteWritten } from '../report/status/last-written.ts';
import type { Report } from '../report/run-report.ts';
import { CallPacker, type CollectionBatch, partsOf } from './call-packer.ts';
import { missingIn } from './missing-targets.ts';
import { looksOf, Overwritten } from './overwritten.ts';
import { WriteResults, type Repeat } from './write-results.ts';

/** Rows of a full call. */
const CALL_ROWS = COLLECTION_SIZE * COLLECTIONS_PER_CALL;
/** Rows that wait at most: enough for the next call, however long the next pages take to read. */
const ROWS_AHEAD = 3 * CALL_ROWS;

export interface WriterOptions {
  readonly org: Org;
  readonly state: State;
  readonly report: Report;
  /** Called after each call's results are saved. */
  readonly onWritten: () => Promise<void>;
  /** As `Run.keepDecided`. */
  readonly keepDecided?: () => Promise<void>;
  /**
   * Called with rows whose record was deleted in Salesforce, and which make a new one.
   * @returns the links of what was deleted with them
   */
  readonly onLost?: (
    lost: readonly PendingUpsert[],
  ) => Promise<readonly Pick<Link, 'object' | 'key'>[]>;
  /** Called with links that led to records which were deleted in Salesforce. */
  readonly onGone?: (links: WriteResults['gone']) => Promise<void>;
  /** Where it is remembered what both sides of written records hold; absent where nothing goes both ways. */
  readonly twoWay?: Pick<TwoWayState, 'saveBase' | 'saveMade'>;
  /** Called with links whose record somebody read later than we did, or was merged into another one's. */
  readonly onStale?: (links: readonly StaleLink[]) => void;
  /** What rides along in calls that have room, and is told of customers that were made with their totals. */
  readonly totals?: TotalsOnBoard;
  /** First wait before rows are repeated after a lock or a race; doubles per attempt. */
  readonly retryDelayMs?: number;
}

/** Records that need no call of their own where others make one. */
interface TotalsOnBoard {
  readonly size: number;
  take(collections: number): readonly Collection[];
  took(results: readonly (readonly ItemResult[])[]): Promise<void>;
  made(records: WriteResults['counted']): Promise<void>;
  /** Gives up what waits, so that others may write it. */
  release(): Promise<void>;
}

/**
 * Writes rows to the org, one call at a time: rows are collected until a call is full, and while a call is
 * under way the next ones fill. One lane per process keeps rows of one parent from locking each other.
 */
export class Writer {
  readonly #options: WriterOptions;
  readonly #packer = new CallPacker();
  /** Records of the call under way. */
  readonly #underWay = new RecordMap<true>();
  /** Calls on their way, one after the other; null where there is none. */
  #sending: Promise<void> | null = null;
  #call: Promise<void> = Promise.resolve();
  /** The results of the call before, on their way into the state. */
  #save: Promise<void> = Promise.resolve();
  /** Rows to be repeated after a wait; none of a record that waits in the outbox too. */
  readonly #again = new RecordMap<PendingWrite>();

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Whether the record is on its way, so that others may refer to it by its key. */
  has(object: string, key: string): boolean {
    return this.#waits(object, key) || this.#underWay.has(object, key);
  }

  /** Takes rows, and sends them once they fill a call; waits while too many are ahead of them. */
  async add(entries: readonly PendingWrite[]): Promise<void> {
    for (const entry of entries) this.#put(entry);
    if (this.#packer.size >= CALL_ROWS && this.#sending === null) void this.#start(CALL_ROWS);
    while (this.#packer.size >= ROWS_AHEAD) await this.#call;
  }

  /** Writes all that is waiting. */
  async flush(): Promise<void> {
    do {
      while (this.#sending !== null) await this.#sending;
      if (this.#packer.size > 0 || this.#riders > 0) await this.#start(1);
      await this.#save;
      await this.#waitForRepeats();
    } while (this.#packer.size > 0 || this.#riders > 0);
  }

  get #riders(): number {
    return this.#options.totals?.size ?? 0;
  }

  #waits(object: string, key: string): boolean {
    return this.#packer.has(object, key) || this.#again.has(object, key);
  }

  /** Takes a row in place of any older one of the same record. */
  #put(entry: PendingWrite): void {
    const { object, key, page } = entry;
    page.take();
    this.#packer.add(entry)?.page.release();
    this.#again.get(object, key)?.page.release();
    this.#again.delete(object, key);
  }

  /** A row that was refused; a newer one of the same record that waits already makes it needless. */
  #repeat({ entry, when }: Repeat): void {
    if (this.#packer.has(entry.object, entry.key)) return;
    if (when === 'now') {
      this.#put(entry);
    } else {
      entry.page.take();
      this.#again.set(entry.object, entry.key, entry);
    }
  }

  /** Sends what waits, if nobody does; there must be `least` rows. */
  #start(least: number): Promise<void> {
    const sending = this.#sendCalls(least);
    // The error is thrown where a call is awaited; without this line it would end the process first.
    sending.catch(() => undefined);
    this.#sending = sending;
    return sending;
  }

  /** Calls of at least so many rows; each is followed by the next at once, whatever the reader is busy with. */
  async #sendCalls(least: number): Promise<void> {
    while (this.#packer.size >= least || (least === 1 && this.#riders > 0)) {
      this.#call = this.#write();
      await this.#call;
    }
    this.#sending = null;
  }

  async #waitForRepeats(): Promise<void> {
    const again = [...this.#again.values()];
    if (again.length === 0) return;
    const attempt = Math.max(...again.map((entry) => entry.attempt));
    const wait = (this.#options.retryDelayMs ?? 250) * 2 ** attempt;
    await delay(wait / 2 + Math.random() * (wait / 2));
    for (const entry of again) this.#put(entry);
  }

  async #write(): Promise<void> {
    const { org, report, totals, keepDecided } = this.#options;
    if (this.#again.size >= CALL_ROWS) await this.#waitForRepeats();
    const batches = this.#packer.take();
    for (const { entries } of batches) {
      for (const { object, key } of entries) this.#underWay.set(object, key, true);
    }
    const announced = await this.#announce(batches);
    const parts = batches.reduce((sum, batch) => sum + partsOf(batch), 0);
    const riding = totals?.take(COLLECTIONS_PER_CALL - parts) ?? [];
    const results = await org
      .write([...batches.map(toCollection), ...riding])
      .catch((error: unknown) => this.#abandon(error, batches));
    if (riding.length > 0) await totals?.took(results.slice(batches.length));
    const overwritten = new Overwritten(batches, results);
    await overwritten.giveBack(org);
    if (overwritten.report(report)) await keepDecided?.();
    // The next call goes while these results are saved; one save at a time keeps them in order.
    await this.#save;
    const fates = await this.#search(batches, results);
    const waits = (object: string, key: string) => this.#waits(object, key);
    const outcome = new WriteResults(report, waits, { fates, overwritten });
    batches.forEach(({ entries }, at) => {
      entries.forEach((entry, item) => {
        outcome.take(entry, results[at]?.[item]);
      });
    });
    // Before the next call is packed: a newer row of the same record must find the one that it replaces.
    for (const repeat of outcome.repeats.values()) this.#repeat(repeat);
    this.#save = this.#saveResults(batches, outcome, announced);
    this.#save.catch(() => undefined);
  }

  /** Rows that the org has taken before it stopped are remembered; all of the call are read again. */
  async #abandon(error: unknown, batches: readonly CollectionBatch[]): Promise<never> {
    const { report, totals, keepDecided } = this.#options;
    await totals?.release();
    if (error instanceof PartlyWritten) {
      await this.#save;
      // It takes nothing back either.
      const overwritten = new Overwritten(batches, error.results);
      if (overwritten.report(report)) await keepDecided?.();
      const outcome = new WriteResults(report, () => false, { overwritten });
      batches.forEach(({ entries }, at) => {
        entries.forEach((entry, item) => {
          const result = error.results[at]?.[item];
          if (result?.errors.length === 0) outcome.take(entry, result);
        });
      });
      await this.#keep(outcome, []);
    }
    throw error;
  }

  /** What became of records that the org did not find, though we know their ids. */
  async #search(
    batches: readonly CollectionBatch[],
    results: readonly (readonly ItemResult[])[],
  ): Promise<ReadonlyMap<string, RecordState>> {
    const missing = missingIn(batches, results);
    return missing.length === 0 ? new Map() : this.#options.org.recordStates(missing);
  }

  /**
   * Write-ahead; never before the save of an earlier row of the same record. That a record was flagged as
   * deleted is not forgotten before the flag is gone: it makes the write repeat all the same. What records will hold
   * that are about to be made is kept too: somebody may edit them before the next process learns of them.
   * @returns that
   */
  async #announce(batches: readonly CollectionBatch[]): Promise<readonly Coming[]> {
    const now = new Date();
    const coming = batches.flatMap(({ entries }) => comingBases(entries, now));
    const announced = coming.length > 0 ? await this.#announceNew(coming) : [];
    for (const { object, route, entries } of batches) {
      if (route !== 'update') continue;
      await this.#save;
      await this.#options.state.willWrite(object, keysOf(entries.filter(isForgotten)));
    }
    return announced;
  }

  /** But for records that an earlier row has made, whose link the later one did not know yet. */
  async #announceNew(coming: readonly Coming[]): Promise<readonly Coming[]> {
    await this.#save;
    const byObject = [...Map.groupBy(coming, ({ object }) => object)];
    const { state, twoWay } = this.#options;
    const known = new Map(
      await Promise.all(
        byObject.map(
          async ([object, some]) => [object, await state.links(object, keysOf(some))] as const,
        ),
      ),
    );
    const unknown = coming.filter(({ object, key }) => known.get(object)?.has(key) !== true);
    await twoWay?.saveBase(unknown);
    return unknown;
  }

  async #saveResults(
    batches: readonly CollectionBatch[],
    outcome: WriteResults,
    announced: readonly Coming[],
  ): Promise<void> {
    const { onWritten } = this.#options;
    await this.#keep(outcome, announced);
    for (const { entries } of batches) {
      for (const { object, key } of entries) this.#underWay.delete(object, key);
    }
    for (const { entries } of batches) for (const entry of entries) entry.page.release();
    await onWritten();
  }

  async #keep(outcome: WriteResults, announced: readonly Coming[]): Promise<void> {
    const { state, onGone, onLost, onStale, totals } = this.#options;
    const wentAlong = (await onLost?.(outcome.lost)) ?? [];
    if (outcome.gone.length > 0) await onGone?.(outcome.gone);
    const away = [...outcome.removed, ...outcome.gone, ...wentAlong];
    const stale = await state.didWrite(outcome.saved, away);
    if (outcome.refused.length > 0) await state.matchClaims.release(outcome.refused);
    await noteWritten(state, outcome.written);
    onStale?.(stale);
    if (outcome.counted.length > 0) await totals?.made(outcome.counted);
    await this.#saveAgreed(outcome.agreed, announced);
    await state.followMerged(outcome.merged);
    onStale?.([...lent(outcome), ...outcome.again]);
  }

  /** Of records that came as announced nothing but their ids is to be saved. */
  async #saveAgreed(agreed: WriteResults['agreed'], announced: readonly Coming[]): Promise<void> {
    const { twoWay } = this.#options;
    const bases = new RecordMap<Coming['base']>();
    for (const { object, key, base } of announced) bases.set(object, key, base);
    const { made = [], others = [] } = Object.groupBy(agreed, ({ object, key, base }) =>
      bases.get(object, key) === base ? 'made' : 'others',
    );
    // One moment stands in place of the ids of all that a call makes.
    const [first] = announced;
    const changed = first === undefined ? [] : await twoWay?.saveMade(first.recordId, made);
    await twoWay?.saveBase([...others, ...(changed ?? [])]);
  }
}

/** Links that lead to a record of another key from now on. */
function lent({ relinked }: WriteResults): readonly StaleLink[] {
  return relinked.flatMap(({ object, key, byId }) =>
    byId ? [{ object, key, parentKey: null }] : [],
  );
}

function isForgotten(entry: PendingWrite): boolean {
  return entry.kind === 'delete' || entry.marks !== 'restored';
}

function keysOf(entries: readonly { readonly key: string }[]): string[] {
  return entries.map(({ key }) => key);
}

function toCollection({ object, route, entries }: CollectionBatch): Collection {
  const ids: string[] = [];
  const records: string[] = [];
  let keyField = '';
  for (const entry of entries) {
    if (entry.kind === 'delete') {
      ids.push(entry.recordId);
    } else {
      ({ keyField } = entry.mapping);
      records.push(toRecord(entry));
    }
  }
  if (route === 'delete') return { kind: 'delete', object, ids };
  return route === 'update'
    ? { kind: 'update', object, records, looks: looksOf(entries) }
    : { kind: 'upsert', object, keyField, records };
}
