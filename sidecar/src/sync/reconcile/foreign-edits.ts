import { soqlText } from '../../lib/soql.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import { type Resource, RESOURCES } from '../../mapping/model/resources.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { Link } from '../../ports/link.ts';
import type { OrgAudit } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import type { Pair } from '../../ports/two-way-state.ts';
import { rewriteOrdersOfGuests } from '../model/orders-due.ts';
import { backfilledAt } from '../model/sweep-start.ts';
import type { Stranger } from './orphans.ts';

export interface SalesforceParts {
  readonly org: OrgAudit;
  readonly store: { readonly key: string };
  readonly state: Pick<
    State,
    'cursor' | 'saveCursor' | 'links' | 'clearHashes' | 'twoWay' | 'totals'
  >;
  readonly queue: Pick<ChangeQueue, 'add'>;
  readonly mappings: readonly Mapping[];
  readonly now: Date;
}

/** What others have changed. */
export interface Foreign {
  /** How many linked records. */
  readonly changed: number;
  /** Records with a key of the store that is not linked. */
  readonly strangers: readonly Stranger[];
  readonly sources: readonly EditedObject[];
}

interface EditedObject {
  readonly object: string;
  readonly keyField: string;
  readonly resource: Resource;
}

/** When changes were looked for last, as ISO 8601: one whose mapping is held or off stays behind. */
interface Cursor {
  readonly at: string;
  readonly sources?: Readonly<Partial<Record<string, string>>>;
}

/** Behind which record of an object a query goes on: records share their second. */
interface Place {
  readonly source: EditedObject;
  readonly modified: Date;
  readonly id: string | null;
}

type OrgRow = Readonly<Record<string, unknown>>;

const CURSOR = 'proof:salesforce';
/** Our clock and that of the org may differ so much, and a transaction may take so long. */
const OVERLAP_MS = 600_000;
/** One page of Salesforce. */
const PAGE = 2000;

/**
 * Looks for records that somebody else has changed or deleted in Salesforce since the last reconcile, and queues them:
 * what only the shop may change is written again. Five objects are one API call, 2,000 records
 * of each. A person who signs in as the integration user is not told from us.
 * A record whose key was changed is known by its id, and gets its own key back.
 * @throws CodedError where the org cannot answer
 */
export async function queueForeignEdits(parts: SalesforceParts): Promise<Foreign> {
  const { org, store, state, mappings, now } = parts;
  const sources = sourcesOf(mappings);
  if (sources.length === 0) return { changed: 0, strangers: [], sources };
  const last = (await state.cursor(store.key, CURSOR)) as Cursor | null;
  const begin = await backfilledAt(state, store.key);
  const us = await org.userId();
  let changed = 0;
  const strangers: Stranger[] = [];
  let open: readonly Place[] = sources.map((source) => ({
    source,
    modified: new Date((lastLook(last, source) ?? begin ?? now).getTime() - OVERLAP_MS),
    id: null,
  }));
  while (open.length > 0) {
    const theirs = `(LastModifiedById != ${soqlText(us)} OR IsDeleted = true)`;
    const asked = open.map((place) => question(place, store.key, theirs));
    const pages = await org.queriesAll(asked);
    for (const [at, { source }] of open.entries()) {
      const page = pages[at] ?? [];
      const twoWay = await tampered(parts, source, page);
      const keys = [...keysIn(parts, source, page), ...twoWay];
      changed += await rewrite(parts, source, keys, deletedIn(source, page));
      strangers.push(...(await strangersIn(parts, source, page, twoWay)));
    }
    open = open.flatMap(({ source }, at) => placeBehind(source, pages[at] ?? []));
  }
  const at = now.toISOString();
  const looked = Object.fromEntries(sources.map((source) => [nameOf(source), at]));
  const cursor: Cursor = { at, sources: { ...last?.sources, ...looked } };
  await state.saveCursor(store.key, CURSOR, cursor);
  return { changed, strangers, sources };
}

/**
 * Has a load write again what was deleted in Salesforce since that was looked for last, though nothing of it has changed in
 * the shop. Five objects are one API call.
 * @throws CodedError where the org cannot answer
 */
export async function forgetDeleted(
  parts: Omit<SalesforceParts, 'org' | 'queue' | 'now'> & {
    readonly org: Pick<OrgAudit, 'queriesAll'>;
  },
): Promise<void> {
  const { org, store, state, mappings } = parts;
  const last = (await state.cursor(store.key, CURSOR)) as Cursor | null;
  const begin = await backfilledAt(state, store.key);
  let open = sourcesOf(mappings).flatMap((source): readonly Place[] => {
    const since = lastLook(last, source) ?? begin;
    // What was never loaded is not known to be there.
    if (since === null) return [];
    return [{ source, modified: new Date(since.getTime() - OVERLAP_MS), id: null }];
  });
  while (open.length > 0) {
    const asked = open.map((place) => question(place, store.key, 'IsDeleted = true'));
    const pages = await org.queriesAll(asked);
    for (const [at, { source }] of open.entries()) {
      const rows = pages[at] ?? [];
      const deleted = deletedIn(source, rows);
      const links = await unwritten(parts, source, keysIn(parts, source, rows), deleted);
      await rewriteOrdersOfGuests({ state, mappings }, links);
    }
    open = open.flatMap(({ source }, at) => placeBehind(source, pages[at] ?? []));
  }
}

/**
 * Null where nothing is known: changes count from the backfill on. The cursor of an earlier version has no sources,
 * and tells of those that were mapped then.
 */
function lastLook(cursor: Cursor | null, source: EditedObject): Date | null {
  const at = cursor?.sources ? cursor.sources[nameOf(source)] : cursor?.at;
  return at === undefined ? null : new Date(at);
}

const nameOf = ({ object, keyField }: EditedObject): string => `${object} ${keyField}`;

function sourcesOf(mappings: readonly Mapping[]): readonly EditedObject[] {
  const sources = new Map<string, EditedObject>();
  for (const { direction, object, keyField, resource } of mappings) {
    if (direction !== 'to_woo') {
      const source = { object, keyField, resource };
      sources.set(nameOf(source), source);
    }
  }
  return [...sources.values()];
}

/** @param which of the records of the store */
function question({ source, modified, id }: Place, store: string, which: string): string {
  const { object, keyField } = source;
  const at = modified.toISOString();
  const behind =
    id === null
      ? `SystemModstamp > ${at}`
      : `(SystemModstamp > ${at} OR (SystemModstamp = ${at} AND Id > ${soqlText(id)}))`;
  return (
    `SELECT Id, SystemModstamp, IsDeleted, ${keyField} FROM ${object} ` +
    `WHERE ${ofStore(source, store)} ` +
    `AND ${which} ` +
    `AND ${behind} ORDER BY SystemModstamp, Id LIMIT ${PAGE}`
  );
}

function placeBehind(source: EditedObject, rows: readonly OrgRow[]): Place[] {
  const last = rows.at(-1);
  if (last === undefined || rows.length < PAGE) return [];
  return [{ source, modified: new Date(String(last['SystemModstamp'])), id: String(last['Id']) }];
}

/** In an object made for this there is nothing without a key, unless somebody has emptied it. */
function ofStore({ object, keyField }: EditedObject, store: string): string {
  const own = `${keyField} LIKE ${soqlText(`${store}:%`)}`;
  return object.endsWith('__c') ? `(${own} OR ${keyField} = null)` : own;
}

/** LIKE takes an underscore in a store's key for any letter. */
function keysIn(
  { store }: Pick<SalesforceParts, 'store'>,
  { keyField }: EditedObject,
  rows: readonly OrgRow[],
): readonly string[] {
  return rows
    .map((row) => row[keyField])
    .filter((key) => typeof key === 'string' && parseKey(key).store === store.key) as string[];
}

/** Keys of our records that carry another one now; those that were adopted by id keep what they had. */
async function tampered(
  { store, state }: SalesforceParts,
  { object, keyField }: EditedObject,
  rows: readonly OrgRow[],
): Promise<readonly string[]> {
  const carried = new Map(rows.map((row) => [String(row['Id']), row[keyField]]));
  const twoWay = await state.twoWay.linkedTo([...carried.keys()]);
  const other = ({ object: of, key, recordId }: Pair) =>
    of === object && parseKey(key).store === store.key && carried.get(recordId) !== key;
  const keys = twoWay.filter(other).map(({ key }) => key);
  if (keys.length === 0) return [];
  const links = await state.links(object, keys);
  return keys.filter((key) => links.get(key)?.byId === false);
}

async function strangersIn(
  parts: SalesforceParts,
  source: EditedObject,
  rows: readonly OrgRow[],
  tamperedKeys: readonly string[],
): Promise<readonly Stranger[]> {
  const { state } = parts;
  const { object, keyField } = source;
  const keys = keysIn(parts, source, rows);
  if (keys.length === 0) return [];
  const links = await state.links(object, keys);
  const ours = [...(await state.links(object, tamperedKeys)).values()];
  const known = new Set(ours.map(({ recordId }) => recordId));
  return rows.flatMap((row) => {
    const [recordId, key] = [String(row['Id']), String(row[keyField])];
    const isStranger = row['IsDeleted'] !== true && keys.includes(key) && !links.has(key);
    return isStranger && !known.has(recordId) ? [{ ...source, recordId, key }] : [];
  });
}

/** The ids of records that were deleted, by the keys of which nothing else is there. */
function deletedIn(
  { keyField }: EditedObject,
  rows: readonly OrgRow[],
): ReadonlyMap<string, readonly string[]> {
  const groups = [...Map.groupBy(rows, (row) => String(row[keyField]))];
  return new Map(
    groups
      .filter(([, some]) => some.every((row) => row['IsDeleted'] === true))
      .map(([key, some]) => [key, some.map((row) => String(row['Id']))]),
  );
}

/**
 * Of what is not linked, such as records that we deleted ourselves, there is nothing to write, nor of what was deleted and
 * made anew since.
 */
async function rewrite(
  parts: SalesforceParts,
  { object, resource }: EditedObject,
  keys: readonly string[],
  deleted: ReadonlyMap<string, readonly string[]>,
): Promise<number> {
  const { state, queue, mappings } = parts;
  const links = await unwritten(parts, { object, resource }, keys, deleted);
  if (links.length === 0) return 0;
  // A guest has no list to be read from: what somebody changed of it stays. One that was deleted comes with its orders.
  const gone = links.filter(({ key }) => deleted.has(key));
  const orders = await rewriteOrdersOfGuests({ state, mappings }, gone);
  const changes = links.flatMap(({ key, parentKey }) => changeFor(resource, key, parentKey) ?? []);
  const distinct = new Map(changes.map((change) => [change.key, change]));
  // What goes to the shop is for Salesforce to change, so it is asked what it holds.
  const isSent = mappings.some((one) => one.resource === resource && one.outgoing.length > 0);
  if (RESOURCES[resource].goesBack && isSent) await state.twoWay.markDirty([...distinct.keys()]);
  const all = [...distinct.values(), ...orders];
  if (all.length > 0) await queue.add(all);
  return links.length;
}

/** The links of these keys, of which it is forgotten what was last written. */
async function unwritten(
  {
    state,
    mappings,
  }: Pick<SalesforceParts, 'mappings'> & {
    readonly state: Pick<State, 'links' | 'clearHashes'>;
  },
  { object, resource }: Pick<EditedObject, 'object' | 'resource'>,
  keys: readonly string[],
  deleted: ReadonlyMap<string, readonly string[]>,
): Promise<readonly Link[]> {
  if (keys.length === 0) return [];
  const found = await state.links(object, keys);
  const links = [...found.values()].filter(
    ({ key, recordId }) => deleted.get(key)?.includes(recordId) ?? true,
  );
  if (links.length === 0) return [];
  const parts = mappings.filter(
    ({ resource: of }) => of !== resource && RESOURCES[of].comesWith === resource,
  );
  await state.clearHashes(
    links.map(({ key }) => key),
    [object, ...parts.map((part) => part.object)],
  );
  return links;
}
