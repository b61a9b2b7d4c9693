import { CodedError } from '../errors.ts';
import type { Mapping, WooRecord } from '../mapping/types.ts';
import { Checkpoint } from './checkpoint.ts';
import { dried } from './dry.ts';
import { fieldsRead } from './fields-read.ts';
import { Intake, settle, stage } from './intake.ts';
import { LostOrders } from './lost-orders.ts';
import { pullOrders, pullRefunds } from './orders.ts';
import { candidates, plan, type Read } from './plan.ts';
import type { Org, PageCursor, State, WooList, WooStore } from './ports.ts';
import { applyDeleteRules, hasDeleteRule, leavingOf } from './removal.ts';
import { Report, type MappingReport } from './report.ts';
import { forStore, type Run } from './run.ts';
import { SalesforceIds } from './salesforce-ids.ts';
import { withParentNames } from './variations.ts';
import { Writer } from './writer.ts';

export interface BackfillProgress {
  readonly store: string;
  readonly list: WooList;
  /** Records read so far, of those that the list has. */
  readonly read: number;
  readonly total: number;
  /** An earlier run stopped here; this one goes on behind it. */
  readonly resumed: boolean;
}

export interface BackfillOptions {
  readonly org: Org;
  readonly state: State;
  readonly store: WooStore;
  readonly mappings: readonly Mapping[];
  readonly onProgress?: (progress: BackfillProgress) => void;
  /** Reads and looks everything up, and writes nothing: neither to the org, nor to the store, nor to the state. */
  readonly dry?: boolean;
}

/** A list that could not be read, or not wholly; the others were. */
export interface ListFailure {
  readonly list: WooList;
  readonly code: string;
  readonly message: string;
  readonly cure: string;
}

export interface BackfillResult {
  readonly store: string;
  readonly mappings: readonly MappingReport[];
  readonly lists: readonly ListFailure[];
}

interface Stage {
  readonly list: WooList;
  readonly resource: Mapping['resource'];
  readonly params: Readonly<Record<string, string>>;
  /** Name of the place where a walk that was stopped goes on. */
  readonly cursor: string;
  /** Whether there is something to do for a mapping of the resource. */
  readonly concerns: (mapping: Mapping) => boolean;
  readonly pull: (run: Run, records: readonly WooRecord[], read: Read) => Promise<void>;
}

/** Parents before those that name them; the trash after the records that are there. */
const STAGES: readonly Stage[] = [
  listOf('products', 'product', pullOf('product')),
  listOf('variations', 'product', pullVariations),
  trashOf('products', 'product'),
  trashOf('variations', 'product'),
  listOf('customers', 'customer', pullOf('customer')),
  listOf('orders', 'order', pullOrders),
  trashOf('orders', 'order'),
  listOf('refunds', 'refund', pullRefunds),
];

function listOf(list: WooList, resource: Stage['resource'], pull: Stage['pull']): Stage {
  return { list, resource, pull, params: {}, cursor: `backfill:${list}`, concerns: () => true };
}

/** Lists leave out what is in the trash. Customers and refunds have none of their own. */
function trashOf(list: 'products' | 'variations' | 'orders', resource: 'product' | 'order'): Stage {
  return {
    ...{ list, resource, params: { status: 'trash' }, cursor: `backfill:${list}:trash` },
    concerns: hasDeleteRule,
    pull: async (run, trashed, read) => {
      await applyDeleteRules(run, await leavingOf(run, resource, trashed), read);
    },
  };
}

/**
 * Walks all lists of a store and brings Salesforce into step. A run that was stopped is resumed; one that
 * was finished starts anew and writes only what differs.
 * @throws CodedError where the org or the state cannot go on; a list that fails is in the result
 */
export async function backfill(options: BackfillOptions): Promise<BackfillResult> {
  const given = options.dry === true ? { ...options, ...dried(options) } : options;
  const { store } = given;
  const mappings = forStore(options.mappings, store.key);
  const report = new Report(mappings);
  const asked = new Set<string>();
  const lists: ListFailure[] = [];
  for (const stage of STAGES) {
    const { resource, concerns } = stage;
    if (!mappings.some((one) => one.resource === resource && concerns(one))) continue;
    try {
      const failedBefore = await walk(given, stage, { mappings, report, asked });
      if (failedBefore) lists.push(notTriedAgain(stage.list));
    } catch (error) {
      if (!(error instanceof CodedError) || !error.code.startsWith('WOO_')) throw error;
      lists.push({ list: stage.list, code: error.code, message: error.message, cure: error.cure });
    }
  }
  return { store: store.key, mappings: report.rows, lists };
}

/** How far a walk came. */
interface Saved {
  readonly cursor: PageCursor;
  /** Whether records failed on the way: they are not tried again by the run that goes on. */
  readonly failed: boolean;
}

/** @returns whether records failed before the place from which this run goes on */
async function walk(
  { org, state, store, onProgress, dry = false }: BackfillOptions,
  { list, params, cursor: name, pull }: Stage,
  shared: Pick<Run, 'mappings' | 'report' | 'asked'>,
): Promise<boolean> {
  const saved = (await state.cursor(store.key, name)) as Saved | null;
  const from = saved?.cursor ?? null;
  const failedBefore = saved?.failed === true;
  const { failed } = shared.report;
  const checkpoint = new Checkpoint((cursor) => {
    const place: Saved = { cursor, failed: failedBefore || shared.report.failed > failed };
    return state.saveCursor(store.key, name, place);
  });
  const lost = new LostOrders();
  const writer = new Writer({
    ...{ org, state, report: shared.report },
    onWritten: () => checkpoint.advance(),
    onLost: (rows) => lost.take({ state, mappings: shared.mappings }, rows),
  });
  const intake = new Intake();
  const ids = new SalesforceIds(store, state, shared.report);
  const run: Run = { org, store, state, writer, intake, dry, ids, ...shared };
  let last: Read | null = null;
  try {
    const asked = { ...params, ...fieldsRead(list, shared.mappings) };
    const pages = store.walk(list, from, asked);
    for await (const { records, cursor, storeTime, read, total } of pages) {
      const page = checkpoint.open(cursor);
      last = { readAt: storeTime, page };
      await pull(run, records, last);
      page.settle();
      await checkpoint.advance();
      if (ids.isDue) await ids.write();
      onProgress?.({ store: store.key, list, read, total, resumed: from !== null });
    }
  } finally {
    // Where the list failed, what was read of it is written all the same.
    await settle(run);
    await writer.flush();
    await checkpoint.advance();
  }
  if (last) await lost.restore(run, last);
  await state.saveCursor(store.key, name, null);
  await ids.finish();
  return failedBefore;
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

async function pullVariations(
  run: Run,
  variations: readonly WooRecord[],
  read: Read,
): Promise<void> {
  await pullOf('product')(run, await withParentNames(run.store, variations), read);
}

/** Records that stand for themselves: each through every mapping of its resource. */
function pullOf(resource: 'product' | 'customer'): Stage['pull'] {
  return async (run, records, read) => {
    const owned = records.map((record) => ({ record, parentKey: null }));
    const planned = await plan(run, candidates(run, resource, owned, read));
    await stage(run, { planned, page: read.page, known: null });
  };
}
