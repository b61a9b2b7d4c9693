import { CodedError } from '../../errors/coded-error.ts';
import { paidStatuses } from '../../mapping/attributes/customer-totals.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { State } from '../../ports/state.ts';
import type { WooStore } from '../../ports/store.ts';
import { BACKFILLED } from '../model/backfill-marker.ts';
import { minuteOf } from '../report/status/store-snapshot.ts';
import { lastWritten } from '../report/status/last-written.ts';

/** By which paid statuses the orders of a store in Salesforce say whether they count as sold. Plain JSON. */
interface Counted {
  /** As the last whole backfill has written them. */
  readonly by: string;
  /** Since when the service has seen other ones, as ISO 8601; null for never. */
  readonly otherSince: string | null;
}

type Notes = Pick<State, 'cursor' | 'saveCursor'>;
type Store = Pick<WooStore, 'key' | 'paidStatuses'>;

const COUNTED = 'sales:paid';
/** Those of the walk under way through all orders. */
const WALKED = 'sales:walked';
/** Of a walk that went on after the setting had changed: equal to no setting. */
const SEVERAL = '';
/** So long before a change is seen orders may be written: the setting is read each minute, and clocks differ by minutes. */
const UNSEEN_MS = 10 * 60_000;

/** A walk through all orders begins, or goes on behind where one was stopped. */
export async function noteWalk(state: Notes, store: Store, goesOn: boolean): Promise<void> {
  const by = listOf(store);
  const before = goesOn ? ((await state.cursor(store.key, WALKED)) as string | null) : null;
  await state.saveCursor(store.key, WALKED, before === null || before === by ? by : SEVERAL);
}

/** A backfill has walked everything, orders too where they are mapped. */
export async function noteCounted(state: Notes, store: Store): Promise<void> {
  const by = (await state.cursor(store.key, WALKED)) as string | null;
  if (by === null) return;
  await state.saveCursor(store.key, COUNTED, { by, otherSince: null } satisfies Counted);
  await state.saveCursor(store.key, WALKED, null);
}

/**
 * Whether orders of a store were brought while other paid statuses were set, so that some count by those; null for no.
 * Where no mapping brings what counts, nothing in Salesforce goes by the setting but the totals of customers, which
 * the night repairs.
 */
export async function salesProblem(
  state: Notes,
  of: SalesOf,
  now: Date,
): Promise<CodedError | null> {
  return (await look(state, of, now)).problem;
}

/**
 * The same, and keeps when other ones were first seen. One caller does: what a backfill notes meanwhile counts. A state
 * of an earlier version knows of no backfill: the setting of that moment is taken for its.
 */
export async function watchSales(state: Notes, of: SalesOf, now: Date): Promise<CodedError | null> {
  const { problem, before, news } = await look(state, of, now);
  if (news === null) return problem;
  const held = await countedOf(state, of.store);
  if (held?.by === before?.by) await state.saveCursor(of.store.key, COUNTED, news);
  return problem;
}

interface Look {
  readonly problem: CodedError | null;
  /** As it was kept. */
  readonly before: Counted | null;
  /** What is to be kept from now on; null where nothing is new. */
  readonly news: Counted | null;
}

async function look(state: Notes, { store, label, mappings }: SalesOf, now: Date): Promise<Look> {
  const nothing = { problem: null, before: null, news: null };
  const bringing = mappings.filter(bringsSales);
  if (bringing.length === 0) return nothing;
  const by = listOf(store);
  const before = await countedOf(state, store);
  if (before === null) {
    const isLoaded = (await state.cursor(store.key, BACKFILLED)) !== null;
    return isLoaded ? { ...nothing, news: { by, otherSince: null } } : nothing;
  }
  const { otherSince } = before;
  if (before.by !== by) {
    const news = otherSince === null ? { ...before, otherSince: now.toISOString() } : null;
    return { problem: changed(label, setTo(store), before.by), before, news };
  }
  if (otherSince === null) return { ...nothing, before };
  const written = await lastWritten(state, store.key);
  const first = Date.parse(otherSince) - UNSEEN_MS;
  if (bringing.some(({ name }) => Date.parse(written[name] ?? '') >= first))
    return { problem: setBack(label, setTo(store), new Date(otherSince)), before, news: null };
  return { problem: null, before, news: { by, otherSince: null } };
}

async function countedOf(state: Notes, store: Store): Promise<Counted | null> {
  return (await state.cursor(store.key, COUNTED)) as Counted | null;
}

interface SalesOf {
  readonly store: Store;
  /** As people call it. */
  readonly label: string;
  /** Of the store. */
  readonly mappings: readonly Pick<Mapping, 'name' | 'resource' | 'fields'>[];
}

function bringsSales({ resource, fields }: SalesOf['mappings'][number]): boolean {
  return (
    resource === 'order' &&
    fields.some(({ attribute, direction }) => attribute === 'is_sale' && direction !== 'to_woo')
  );
}

/** By which orders count as sold: without a count of customers, as with an empty setting. */
function listOf({ paidStatuses: listed = [] }: Store): string {
  const paid = listed.length > 0 ? listed : paidStatuses(null);
  return [...new Set(paid)].sort().join(', ');
}

/** As the setting says it, which need not be by what orders count. */
function setTo(store: Store): string {
  const by = listOf(store);
  return store.paidStatuses?.length === 0 ? `none (orders count by ${by})` : by;
}

const CURE = 'Give the command Backfill once: it writes anew what counts as sold.';

function changed(label: string, set: string, before: string): CodedError {
  const former = before === SEVERAL ? 'former ones' : before;
  return new CodedError(
    'PAID_STATUSES_CHANGED',
    `Paid Statuses of ${label} are ${set} now, while orders brought before count as sold by ${former}: charts and reports mix both.`,
    CURE,
  );
}

function setBack(label: string, set: string, since: Date): CodedError {
  return new CodedError(
    'PAID_STATUSES_CHANGED',
    `Paid Statuses of ${label} are ${set} again, while orders brought since ${minuteOf(since)} may count as sold by other ones.`,
    CURE,
  );
}
