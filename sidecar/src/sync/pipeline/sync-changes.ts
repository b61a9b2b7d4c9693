import type { PipelineRun } from './pipeline-run.ts';
import type { CodedError } from '../../errors/coded-error.ts';
import { parseNewKey } from '../../mapping/keys/new-record-key.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { isReadFor } from '../../mapping/model/resources.ts';
import { changeFor, editableIn, isNamedBy } from '../../ports/change-for.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { ImageLinks } from '../../ports/images.ts';
import type { StaleLink } from '../../ports/link.ts';
import type { Org } from '../../ports/org.ts';
import type { HeldRecord, State } from '../../ports/state.ts';
import type { WooStore } from '../../ports/store.ts';
import { Leads, type LeadsOfStore } from '../leads/leads.ts';
import { passEditsOn } from '../merge/other-keys.ts';
import type { OpenPage } from '../model/checkpoint.ts';
import type { Read } from '../model/record.ts';
import { mappingsOf, type SentNotes } from '../model/run.ts';
import type { InheritedValues } from '../read/inherited.ts';
import type { ProductTypeCache } from '../read/product-type-cache.ts';
import { readTyped, type TypedRecords } from '../read/read-typed.ts';
import { changedInShop, mayMoveStock, noteSold, soldProducts } from '../read/sold-products.ts';
import { readChanged, type ChangedRecords } from '../read/read-changed.ts';
import { Report, type ReportListener } from '../report/run-report.ts';
import { Writer } from '../to-salesforce/writer.ts';
import { create, type Created, endCreations } from '../to-woo/creations.ts';
import { CustomerTotals } from '../totals/customer-totals.ts';
import { DecidedConflicts } from './decided-conflicts.ts';
import type { Answered } from '../to-woo/order-updates.ts';
import type { EchoFilter } from '../to-woo/echo-filter.ts';
import { SalesforceIds } from '../to-woo/record-ids.ts';
import { applyDeleteRules, deletionsOf } from '../transform/deletions.ts';
import { markGone } from '../model/orders-due.ts';
import { doubtfulOrders } from '../transform/restored.ts';
import { MatchBuffer, flushMatchBuffer } from './match-buffer.ts';
import { pullNewRefunds, pullOrders } from './orders.ts';
import { bothWays, keepForLater, pullAnswers, pushToWoo } from './push-to-woo.ts';
import { pullSingles, pullVariations } from './records.ts';
import { RecreatedRecords } from './recreated-records.ts';

export interface SyncChangesParts {
  readonly org: Org;
  readonly state: State;
  readonly store: WooStore;
  /** Those that apply to the store. */
  readonly mappings: readonly Mapping[];
  readonly listener: ReportListener;
  /** Remembered from batch to batch. */
  readonly productTypes: ProductTypeCache;
  /** The same. */
  readonly inherited: InheritedValues;
  readonly echoes?: EchoFilter;
  readonly shopBacklog?: SentNotes;
  /** Null where others bring the images: the service. */
  readonly links: ImageLinks | null;
  /** Id of the user that we write as. */
  readonly userId?: () => Promise<string>;
  /** As `Run.openIssues`. */
  readonly openIssues?: NonNullable<PipelineRun['openIssues']>;
  /** Keys of stores that are about to be loaded for the first time; absent where there are none. */
  readonly unreadStores?: () => Promise<readonly string[]>;
  /** Sees to open leads of buyers; absent where they are left alone. */
  readonly leads?: LeadsOfStore;
  /** Keeps the conflicts that the listener has heard of as decided; absent where nothing is kept. */
  readonly keepDecided?: () => Promise<void>;
}

interface ChangesSynced {
  readonly followUps: readonly ChangeEvent[];
  /** Records that are another one, and whose orders are among the follow-ups. */
  readonly ordersQueued: readonly HeldRecord[];
  /** Why the shop does not take ids of Salesforce. */
  readonly idsRefused: CodedError | null;
}

/** Change events have no place in a list: each is done when the batch is. */
const NO_PAGE: OpenPage = { take: () => undefined, release: () => undefined };

/**
 * Brings the records that change events name into step: reads them from the shop in one go, and writes what differs,
 * parents first, packed into as few calls as the limits allow.
 * @returns what should be looked at next: parents that were made for orders, products whose stock an order may
 *   have taken, variations of products that lend them something new, records of which a conflict was decided, and records of which a later reading than ours is known
 * @throws CodedError of the side that is out; what was written until then is saved
 */
export async function syncChanges(
  parts: SyncChangesParts,
  changes: readonly ChangeEvent[],
): Promise<ChangesSynced> {
  const followUps: ChangeEvent[] = [];
  const ordersQueued: HeldRecord[] = [];
  const lost = new RecreatedRecords();
  for (const change of changes) parts.echoes?.forget(change);
  const dirty = await toldOf(parts, changes);
  const decided = new DecidedConflicts(parts.listener);
  const stale: StaleLink[] = [];
  const run = openRun(parts, { lost, decided, stale, followUps, ordersQueued }, dirty);
  // Where all mappings of what a change brings are held, nothing is read for it.
  const wanted = changes.filter((change) =>
    parts.mappings.some(({ resource }) => isReadFor(resource, change.resource)),
  );
  const ofLists = wanted.filter(({ resource }) => resource !== 'content');
  const readNumber = await parts.state.beginRead();
  const looked = await readChanged(parts.store, parts.mappings, ofLists, parts.productTypes);
  const typed = await readTyped(parts.store, parts.mappings, wanted);
  const created = await create(run, newKeys(changes));
  const read: Read = { readNumber, readAt: readAtOf(looked, created), page: NO_PAGE };
  const { page } = read;
  followUps.push(...created.again);
  run.totals?.touch(customersIn(changes));
  const orders = looked.there.get('orders') ?? [];
  parts.echoes?.noteReads(orders, parts.mappings);
  const changed = await changedInShop(run, orders);
  const readFor = stopwatch();
  try {
    await pullAll(run, withCreated(looked, created), read);
    await passEditsOn(run, looked.away);
    for (const some of typed) {
      await pullTyped(run, some, { readNumber, readAt: some.readAt ?? new Date(), page });
    }
  } finally {
    // Where a read failed on the way, what was read before is written all the same.
    await flushMatchBuffer(run);
    await run.totals?.prepare();
    await run.writer.flush();
  }
  await lost.restore(run, read);
  await run.totals?.finish(() => run.writer.flush());
  await run.leads?.finish();
  const sentAt = new Date(read.readAt.getTime() + readFor());
  const answered = await pushToWoo(run);
  const reported = new Set(run.stillDirty);
  await pullAnswers(run, answered, await readOf(run, answered, { ...read, readAt: sentAt }));
  await lost.restore(run, read);
  await run.leads?.finish();
  await keepForLater(run, reported);
  followUps.push(...(await endCreations(run, created, stale)));
  await run.state.twoWay.clearDirty(settled(run, looked.trashed));
  // A shop that does not take them holds nothing else up.
  const idsRefused = (await run.ids?.finish()) ?? null;
  noteSold(orders, parts.productTypes);
  const moved = answered.filter(({ before, now }) => mayMoveStock(before, now));
  followUps.push(...soldProducts(run, [...changed, ...moved.map(({ now }) => now)]));
  followUps.push(...parts.inherited.changed(run.store.key, looked.there.get('products') ?? []));
  followUps.push(...decided.ofNoFailure);
  return { followUps, ordersQueued, idsRefused };
}

/** @returns what tells the milliseconds since then */
function stopwatch(): () => number {
  const begun = performance.now();
  return () => Math.floor(performance.now() - begun);
}

/**
 * Answers are newer than whatever was asked for before they were there: a load may have read the records before they
 * were changed. What others changed meanwhile has a change event of its own, which is looked at when ours is done.
 */
async function readOf(
  { state }: PipelineRun,
  answered: readonly Answered[],
  read: Read,
): Promise<Read> {
  return answered.length === 0 ? read : { ...read, readNumber: await state.beginRead() };
}

/**
 * Which of the records Salesforce has reported, of those that a mapping sends to the shop, or says that it does not: what
 * is reported while none does stays so until one does.
 */
async function toldOf(
  { state, mappings }: SyncChangesParts,
  changes: readonly ChangeEvent[],
): Promise<ReadonlyMap<string, number>> {
  const sending = mappings.filter(
    ({ outgoing, unsent }) => outgoing.length > 0 || unsent !== undefined,
  );
  const sent = changes.filter((change) =>
    sending.some(({ resource }) => isReadFor(resource, change.resource)),
  );
  return sent.length === 0 ? new Map() : state.twoWay.dirty(editableIn(sent));
}

function customersIn(changes: readonly ChangeEvent[]): readonly string[] {
  return changes.flatMap(({ resource, key }) => (resource === 'customer' ? [key] : []));
}

function newKeys(changes: readonly ChangeEvent[]): readonly string[] {
  return changes.flatMap(({ key }) => (parseNewKey(key) === null ? [] : [key]));
}

function withCreated(looked: ChangedRecords, created: Created): ChangedRecords {
  const there = new Map(looked.there);
  for (const [list, records] of created.there) {
    there.set(list, [...(there.get(list) ?? []), ...records]);
  }
  return { ...looked, there };
}

/** Where nothing was read, that of records that were made: they are not younger than their last change. */
function readAtOf({ readAt }: ChangedRecords, { there }: Created): Date {
  if (!Number.isNaN(readAt.getTime())) return readAt;
  const made = [...there.values()].flat();
  const changes = made.map((record) => Date.parse(`${String(record['date_modified_gmt'])}Z`));
  return new Date(Math.min(...changes));
}

/** What Salesforce reported and was dealt with. The rest stays reported until it is, and in the trash until it is back. */
function settled(
  { dirty, stillDirty }: PipelineRun,
  trashed: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  return new Map([...dirty].filter(([key]) => !stillDirty.has(key) && !trashed.has(key)));
}

/** What comes up while the records of a batch are brought into step. */
interface Found {
  readonly lost: RecreatedRecords;
  readonly decided: DecidedConflicts;
  /** Links whose records are to be looked at again. */
  readonly stale: StaleLink[];
  readonly followUps: ChangeEvent[];
  readonly ordersQueued: HeldRecord[];
}

type Optional = Pick<
  SyncChangesParts,
  'echoes' | 'shopBacklog' | 'userId' | 'openIssues' | 'unreadStores' | 'keepDecided'
>;

function openRun(
  { org, state, store, mappings, links, leads, ...parts }: SyncChangesParts,
  { lost, decided, stale, followUps, ordersQueued }: Found,
  dirty: ReadonlyMap<string, number>,
): PipelineRun {
  const report = new Report(mappings, decided);
  const onStale = (links: readonly StaleLink[]) => {
    stale.push(...links);
    followUps.push(...links.flatMap((link) => changeOf(link, mappings) ?? []));
  };
  const enqueue = (some: readonly ChangeEvent[]) => void followUps.push(...some);
  const totals = CustomerTotals.of({ org, state, store, mappings, report, enqueue });
  const writer = new Writer({
    org,
    state,
    report,
    onStale,
    twoWay: state.twoWay,
    ...(parts.keepDecided && { keepDecided: parts.keepDecided }),
    ...(totals && { totals: totals.pending }),
    onWritten: () => Promise.resolve(),
    onLost: (rows) => lost.take({ state, mappings }, rows),
    onGone: async (links) => {
      followUps.push(...(await markGone({ state, mappings }, links)));
    },
  });
  return {
    org,
    store,
    state,
    mappings,
    report,
    writer,
    dry: false,
    ...bothWays(dirty, links),
    ...optional(parts),
    ...(totals && { totals }),
    onStaleRead: onStale,
    requestedParents: new Set(),
    matchBuffer: new MatchBuffer(),
    ids: new SalesforceIds(store, state, report, parts.shopBacklog),
    enqueueFollowUps: enqueue,
    onDecided: (some) => {
      decided.take(some);
    },
    onOrdersQueued: (of) => void ordersQueued.push(...of),
    ...(leads && { leads: new Leads({ ...leads, state, report }) }),
  };
}

/** What is absent stays so. */
function optional(parts: Optional): Partial<PipelineRun> {
  const { echoes, shopBacklog, userId, openIssues, unreadStores, keepDecided } = parts;
  return {
    ...(echoes && { echoes }),
    ...(shopBacklog && { shopBacklog }),
    ...(userId && { userId }),
    ...(openIssues && { openIssues }),
    ...(unreadStores && { unreadStores }),
    ...(keepDecided && { keepDecided }),
  };
}

/** Parents before those that name them, refunds after the orders that they belong to. */
async function pullAll(run: PipelineRun, looked: ChangedRecords, read: Read): Promise<void> {
  const there = (list: Parameters<ChangedRecords['there']['get']>[0]) =>
    looked.there.get(list) ?? [];
  if (there('customers').length > 0) await foresee(run, there('orders'), read);
  await run.totals?.gone(looked.away.get('order') ?? [], read.readNumber);
  if (there('products').length > 0) await pullSingles(run, 'product', there('products'), read);
  if (there('variations').length > 0)
    await pullVariations(run, there('variations'), read, there('products'));
  if (there('customers').length > 0) await pullSingles(run, 'customer', there('customers'), read);
  if (there('orders').length > 0) {
    await pullOrders(run, there('orders'), read);
    await pullNewRefunds(run, there('orders'), read);
  }
  for (const [resource, records] of looked.away) {
    await applyDeleteRules(run, await deletionsOf(run, resource, records), read);
  }
}

/** Counts orders before their customers are made, so that these are made with it; all are counted with the orders. */
async function foresee(
  run: PipelineRun,
  orders: readonly WooRecord[],
  { readAt, readNumber }: Read,
): Promise<void> {
  if (run.totals === undefined) return;
  const doubtful = new Set(await doubtfulOrders(run, orders, readAt));
  await run.totals.note(
    orders.filter((order) => !doubtful.has(order)),
    readNumber,
  );
}

/** Records of a list of their own; what the shop does not show of it is said of each. */
async function pullTyped(
  run: PipelineRun,
  { resource, there, away, refused, keys }: TypedRecords,
  read: Read,
): Promise<void> {
  if (there.length > 0) await pullSingles(run, resource, there, read);
  await applyDeleteRules(run, await deletionsOf(run, resource, away), read);
  if (refused === null) return;
  const { code, message } = refused;
  for (const mapping of mappingsOf(run, resource)) {
    const own = keys.filter((key) => isNamedBy(mapping, { resource: 'content', key }));
    for (const key of own) {
      run.report.fail(mapping, {
        key,
        code,
        message,
        parentKey: null,
        recordId: null,
        field: null,
      });
    }
  }
}

/** What makes the record of a link be looked at again. */
function changeOf(
  { object, key, parentKey }: StaleLink,
  mappings: readonly Mapping[],
): ChangeEvent | null {
  const resource = mappings.find((mapping) => mapping.object === object)?.resource;
  return resource === undefined ? null : changeFor(resource, key, parentKey);
}
