import type { PipelineRun } from './pipeline-run.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { forStore } from '../../mapping/model/for-store.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { ImageLinks } from '../../ports/images.ts';
import type { StaleLink } from '../../ports/link.ts';
import type { Org } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import type { PageCursor, WooList, WooStore } from '../../ports/store.ts';
import { Leads, type LeadsOfStore } from '../leads/leads.ts';
import { BackfillMarker } from '../model/backfill-marker.ts';
import { Checkpoint } from '../model/checkpoint.ts';
import { markGone } from '../model/orders-due.ts';
import type { Read } from '../model/record.ts';
import { fieldsRead } from '../read/fields-param.ts';
import { countedObjects, CustomerTotals } from '../totals/customer-totals.ts';
import { totalsSources } from '../totals/learn-totals.ts';
import { beginCounting, finishCounting } from '../totals/load-totals.ts';
import { rebuildLinks } from '../reconcile/rebuild-links.ts';
import type { BackfillProgress } from '../report/backfill-progress.ts';
import { noteCounted, noteWalk } from '../totals/counted-sales.ts';
import type { ReadBefore } from '../report/read-before.ts';
import { type MappingReport, Report, type ReportListener } from '../report/run-report.ts';
import { Writer } from '../to-salesforce/writer.ts';
import { SalesforceIds } from '../to-woo/record-ids.ts';
import { type Stage, stagesOf } from './backfill-lists.ts';
import { dried } from './dry-run.ts';
import { failTooLarge } from '../transform/too-large.ts';
import { MatchBuffer, flushMatchBuffer } from './match-buffer.ts';
import { bothWays, pushToWoo } from './push-to-woo.ts';
import { ReadNumbers } from './read-numbers.ts';
import { RecreatedRecords } from './recreated-records.ts';

export interface BackfillOptions {
  readonly org: Org;
  readonly state: State;
  readonly store: WooStore;
  readonly mappings: readonly Mapping[];
  readonly onProgress?: (progress: BackfillProgress) => void;
  /** Called after each page of a list; the next one is taken when it resolves, so that what it saves never piles up. */
  readonly onPage?: () => Promise<void>;
  /** Reads and looks everything up, and writes nothing: neither to the org, nor to the store, nor to the state. */
  readonly dry?: boolean;
  /** Passes over lists that an earlier run has walked to their end, if that run did not walk all. */
  readonly goesOn?: boolean;
  /** Ends the run after the page under way; the next one goes on behind it. */
  readonly signal?: AbortSignal;
  /** Null or absent where others bring the images: the service. */
  readonly links?: ImageLinks | null;
  /** Takes links whose record somebody read later than the load did. */
  readonly onStale?: (links: readonly StaleLink[]) => void;
  /**
   * Takes what has records looked at that were deleted in Salesforce, with the orders that led to them. Durable when it
   * resolves; absent where nobody would.
   */
  readonly onGone?: (changes: readonly ChangeEvent[]) => Promise<void>;
  /** Id of the user that we write as; asked for where records of both sides differ. */
  readonly userId?: () => Promise<string>;
  /** Sees to open leads of buyers; absent where they are left alone, and by a dry run. */
  readonly leads?: LeadsOfStore;
  /** Hears of every record, not only of the first that fail. */
  readonly listener?: ReportListener;
  /** Keeps the conflicts that the listener has heard of as decided; absent where nothing is kept. */
  readonly keepDecided?: () => Promise<void>;
  /** Called where all lists were walked to their end, by this run and those that it went on from, before that is noted. */
  readonly onWhole?: () => Promise<void>;
}

/** A list that could not be read, or not wholly; the others were. */
interface ListFailure {
  readonly list: WooList;
  readonly code: ErrorCode;
  readonly message: string;
  readonly cure: string;
}

export interface BackfillResult {
  readonly store: string;
  readonly mappings: readonly MappingReport[];
  readonly lists: readonly ListFailure[];
  readonly before: readonly ReadBefore[];
}

/**
 * Walks all lists of a store and brings Salesforce into step. A run that was stopped is resumed; one that
 * was finished starts anew and writes only what differs, also where the state was lost.
 * @throws CodedError where the org or the state cannot go on; a list that fails is in the result
 */
export async function backfill(options: BackfillOptions): Promise<BackfillResult> {
  const given = options.dry === true ? { ...options, ...dried(options) } : options;
  const { org, state, store, signal } = given;
  const mappings = forStore(options.mappings, store.key);
  const report = new Report(mappings, options.listener);
  const asked = new Set<string>();
  const counted = countedObjects(mappings);
  const besides = given.dry === true ? [] : totalsSources({ org, state, objects: counted });
  await rebuildLinks({ org, state, store: store.key, mappings, besides, signal });
  const mark = await BackfillMarker.open(state, store.key);
  const totals =
    given.dry === true ? null : CustomerTotals.of({ org, state, store, mappings, report });
  const lists: ListFailure[] = [];
  const before: ReadBefore[] = [];
  let isWhole = true;
  for (const stage of stagesOf(mappings)) {
    const { resource, concerns, list } = stage;
    if (!mappings.some((one) => one.resource === resource && concerns(one))) continue;
    if (given.goesOn === true && mark.hasWalked(stage.cursor)) {
      before.push({ list, isWhole: true });
      continue;
    }
    const counting = totals === null ? {} : { totals };
    const shared = { mappings, report, requestedParents: asked, mark, before, ...counting };
    const isEnded = signal?.aborted !== true && (await isWalked(given, stage, shared, lists));
    if (isEnded) await mark.walked(stage.cursor);
    else isWhole = false;
  }
  if (isWhole) await finish(given, mark, totals);
  return { store: store.key, mappings: report.rows, lists, before };
}

/** After all lists were walked to their end. */
async function finish(
  { state, store, onWhole }: BackfillOptions,
  mark: BackfillMarker,
  totals: CustomerTotals | null,
): Promise<void> {
  if (totals) await finishCounting({ state, store: store.key }, totals, mark.begun);
  await noteCounted(state, store);
  await onWhole?.();
  await mark.finish();
}

/** The walk in which a store's orders are counted from the first. */
const EVERY_ORDER = 'backfill:orders';

/** What the walks of one backfill share. */
interface Shared extends Pick<PipelineRun, 'mappings' | 'report' | 'requestedParents' | 'totals'> {
  readonly mark: BackfillMarker;
  /** Takes the lists behind whose beginning this run goes on. */
  readonly before: ReadBefore[];
}

/**
 * @param lists take what is to be said of the list
 * @returns whether the walk came to its end
 */
async function isWalked(
  given: BackfillOptions,
  stage: Stage,
  { before, ...shared }: Shared,
  lists: ListFailure[],
): Promise<boolean> {
  const { list, cursor } = stage;
  const { state, store } = given;
  const goesOn = (await state.cursor(store.key, cursor)) !== null;
  if (goesOn) before.push({ list, isWhole: false });
  else if (shared.totals && cursor === EVERY_ORDER) await beginCounting(state, store.key);
  if (cursor === EVERY_ORDER) await noteWalk(state, store, goesOn);
  try {
    const { failedBefore, isWhole, idsRefused } = await walk(given, stage, shared);
    if (failedBefore) lists.push(notTriedAgain(list));
    if (idsRefused) lists.push(failureOf(list, idsRefused));
    return isWhole;
  } catch (error) {
    if (!(error instanceof CodedError) || !/^(?:WOO|CONTENT)_/.test(error.code)) throw error;
    lists.push(failureOf(list, error));
    // What the shop does not show of WordPress's content, or refuses of one list, holds no other up.
    return error.code.startsWith('CONTENT_') || error.code === 'WOO_REQUEST_REFUSED';
  }
}

function failureOf(list: WooList, { code, message, cure }: CodedError): ListFailure {
  return { list, code, message, cure };
}

/** How far a walk came. */
interface Saved {
  readonly cursor: PageCursor;
  /** Whether records failed on the way: they are not tried again by the run that goes on. */
  readonly failed: boolean;
}

function writerOf(
  {
    org,
    state,
    mappings,
    report,
    totals,
    onStale,
    onGone,
    keepDecided,
  }: Pick<BackfillOptions, 'org' | 'state' | 'onStale' | 'onGone' | 'keepDecided'> &
    Pick<Shared, 'mappings' | 'report' | 'totals'>,
  lost: RecreatedRecords,
  checkpoint: Checkpoint,
): Writer {
  return new Writer({
    org,
    state,
    report,
    twoWay: state.twoWay,
    ...(keepDecided && { keepDecided }),
    ...(onStale && { onStale }),
    ...(totals && { totals: totals.pending }),
    onWritten: () => checkpoint.advance(),
    onLost: (rows) => lost.take({ state, mappings }, rows),
    onGone: async (links) => onGone?.(await markGone({ state, mappings }, links)),
  });
}

interface Walked {
  /** Whether records failed before the place from which this run went on. */
  readonly failedBefore: boolean;
  /** Whether it came to the end of the list; else it was told to stop. */
  readonly isWhole: boolean;
  /** Why the shop does not take the ids of Salesforce records; null where it does. */
  readonly idsRefused: CodedError | null;
}

async function walk(
  { org, state, store, signal, ...rest }: BackfillOptions,
  { list, resource, params, cursor: name, pull }: Stage,
  { mark, ...shared }: Omit<Shared, 'before'>,
): Promise<Walked> {
  const { dry = false, links = null, onStale, onGone, keepDecided, leads } = rest;
  const saved = (await state.cursor(store.key, name)) as Saved | null;
  const from = saved?.cursor ?? null;
  const failedBefore = saved?.failed === true;
  const { failed } = shared.report;
  const checkpoint = new Checkpoint((cursor) => {
    const place: Saved = { cursor, failed: failedBefore || shared.report.failed > failed };
    return state.saveCursor(store.key, name, place);
  });
  const lost = new RecreatedRecords();
  const heard = {
    ...(onStale && { onStale }),
    ...(onGone && { onGone }),
    ...(keepDecided && { keepDecided }),
  };
  const writer = writerOf({ org, state, ...heard, ...shared }, lost, checkpoint);
  const matchBuffer = new MatchBuffer();
  const ids = new SalesforceIds(store, state, shared.report);
  const run: PipelineRun = {
    org,
    store,
    state,
    writer,
    matchBuffer,
    dry,
    ids,
    ...(!dry && leadsOf(leads, state, shared.report)),
    ...optional(rest),
    isLoad: true,
    ...bothWays(new Map(), links),
    ...shared,
  };
  let last: Read | null = null;
  let isWhole = true;
  try {
    const asked = { ...params, ...fieldsRead(list, shared.mappings) };
    const pages = store.walk(list, from, asked, (record, why) => {
      failTooLarge(run, resource, record, why);
    });
    const numbers = await ReadNumbers.begin(state);
    for await (const { records, cursor, storeTime, read, total } of pages) {
      const page = checkpoint.open(cursor);
      last = { readNumber: await numbers.next(), readAt: storeTime, page };
      await mark.answered(last);
      await pull(run, records, last);
      // Before the page counts as done: what breaks off here is found again by the run that goes on.
      await pushToWoo(run);
      page.release();
      await checkpoint.advance();
      await writeDue(run, checkpoint);
      await tell(rest, { store: store.key, list, read, total, resumed: from !== null });
      await numbers.ready();
      isWhole = signal?.aborted !== true;
      if (!isWhole) break;
    }
  } finally {
    // Where the list failed, what was read of it is written all the same.
    await writeRows(run, checkpoint);
  }
  if (last) await lost.restore(run, last);
  await seeToLeads(run, checkpoint);
  if (isWhole) await state.saveCursor(store.key, name, null);
  return { failedBefore, isWhole, idsRefused: await ids.finish() };
}

/** What is absent stays so. */
function optional({
  onStale,
  userId,
  keepDecided,
}: Pick<BackfillOptions, 'onStale' | 'userId' | 'keepDecided'>): Partial<PipelineRun> {
  return {
    ...(onStale && { onStaleRead: onStale }),
    ...(userId && { userId }),
    ...(keepDecided && { keepDecided }),
  };
}

async function tell(
  { onProgress, onPage }: Pick<BackfillOptions, 'onProgress' | 'onPage'>,
  progress: BackfillProgress,
): Promise<void> {
  onProgress?.(progress);
  await onPage?.();
}

/** Writes all rows that wait. */
async function writeRows(run: PipelineRun, checkpoint: Checkpoint): Promise<void> {
  await flushMatchBuffer(run);
  await run.writer.flush();
  await checkpoint.advance();
}

function leadsOf(
  leads: LeadsOfStore | undefined,
  state: State,
  report: Report,
): { readonly leads?: Leads } {
  return leads === undefined ? {} : { leads: new Leads({ ...leads, state, report }) };
}

/** What waits for ids and for contacts, once there is enough of it for a call. */
async function writeDue(run: PipelineRun, checkpoint: Checkpoint): Promise<void> {
  if (run.ids?.isDue === true) await run.ids.write();
  if (run.leads?.isDue === true) await seeToLeads(run, checkpoint);
}

/** Once the contacts of those who wait are written: leads become no others. */
async function seeToLeads(run: PipelineRun, checkpoint: Checkpoint): Promise<void> {
  if (run.leads !== undefined) {
    await writeRows(run, checkpoint);
    await run.leads.finish();
    await checkpoint.advance();
  }
  await pushToWoo(run);
}

function notTriedAgain(list: WooList): ListFailure {
  return {
    list,
    code: 'FAILED_BEFORE',
    message:
      'Some records failed before the earlier run was stopped, and this run went on behind them.',
    cure: 'Run the backfill once more: it starts anew, tries them again and names them.',
  };
}
