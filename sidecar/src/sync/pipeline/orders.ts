import type { PipelineRun } from './pipeline-run.ts';
import { orderItems } from '../../mapping/attributes/order-items.ts';
import { parseKey, recordKey, wooKey } from '../../mapping/keys/keys.ts';
import { objects } from '../../mapping/model/json-shape.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { isUncertain } from '../../ports/link.ts';
import { RecordMap } from '../model/record-map.ts';
import type { DeletionCandidate, Planned, Read } from '../model/record.ts';
import { isComing, mappingsOf } from '../model/run.ts';
import { fieldsRead } from '../read/fields-param.ts';
import { readByIds } from '../read/read-by-ids.ts';
import { applyDeleteRules } from '../transform/deletions.ts';
import { candidates, plan } from '../transform/plan-rows.ts';
import { heldOrders } from '../transform/restored.ts';
import { linksOf, resolve, unknownLookups } from '../transform/references.ts';
import { addPage } from './match-buffer.ts';
import { planParents } from './parents.ts';

/**
 * Brings a page of orders into step: the orders that their mapping wants, with their items; customers,
 * guests and products that they name and Salesforce does not know are created first. Items and refunds
 * that an order no longer has are removed.
 */
export async function pullOrders(
  run: PipelineRun,
  orders: readonly WooRecord[],
  read: Read,
): Promise<void> {
  const owned = orders.map((record) => ({ record, parentKey: null }));
  const found = candidates(run, 'order', owned, read);
  // Once for all rows of the page: whoever marks a record as another one later has its orders looked at again.
  const [links, others] = await Promise.all([
    linksOf(run, found),
    run.state.origins.others(run.store.key),
  ]);
  const planned = await plan(run, found, { links, others });
  const wanted = distinct(planned);
  const items = await planItems(run, wanted, read, others);
  const inSalesforce = new RecordMap<true>();
  for (const { mapping, key } of planned) inSalesforce.set(mapping.object, key, true);
  const all = [...planned, ...withTheirOrder(run, items, inSalesforce)];
  await count(run, orders, read);
  const known = await resolve(run, all);
  const unknown = unknownLookups(all, known);
  const parents = await planParents(run, { unknown, orders: wanted, others }, read);
  await addPage(run, { planned: [...parents, ...all], page: read.page, known });
  await removeStaleParts(run, wanted, read);
}

/** Orders count for their customers whether a mapping wants them or not; those that are held stay as they were counted. */
async function count(
  { totals, state, store }: PipelineRun,
  orders: readonly WooRecord[],
  { readNumber }: Read,
): Promise<void> {
  if (totals === undefined) return;
  const keyOf = (order: WooRecord) => recordKey('order', order, store.key) ?? '';
  const held = await heldOrders({ state }, orders.map(keyOf));
  await totals.note(
    orders.filter((order) => !held.has(keyOf(order))),
    readNumber,
  );
  await state.totals.keep([...held], readNumber);
}

/** The items of an order that Salesforce does not know are not asked for: it cannot know them either. */
async function planItems(
  run: PipelineRun,
  orders: readonly Planned[],
  read: Read,
  others: ReadonlySet<string>,
): Promise<readonly Planned[]> {
  const itemsOf = (some: readonly Planned[]) => {
    const items = some.flatMap(({ record, key }) =>
      orderItems(record).map((item) => ({ record: item, parentKey: key })),
    );
    return candidates(run, 'order_item', items, read);
  };
  const { known = [], unknown = [] } = Object.groupBy(orders, ({ link }) =>
    link ? 'known' : 'unknown',
  );
  const there = itemsOf(known);
  const links = await linksOf(run, there);
  return plan(run, [...there, ...itemsOf(unknown)], { links, others });
}

/**
 * Leaves out items and refunds whose order is not in the object that they cannot be without: another mapping of
 * orders, with another condition, wants it.
 * @param inSalesforce the orders that are, or on their way
 */
function withTheirOrder(
  run: PipelineRun,
  parts: readonly Planned[],
  inSalesforce: RecordMap<true>,
): readonly Planned[] {
  const objectsOfOrders = new Set(mappingsOf(run, 'order').map(({ object }) => object));
  if (objectsOfOrders.size === 1) return parts;
  return parts.filter(({ row, parentKey, mapping }) => {
    const missing = row.lookups.some(
      ({ key, object, required }) =>
        required &&
        key !== null &&
        key === parentKey &&
        objectsOfOrders.has(object) &&
        !inSalesforce.has(object, key),
    );
    if (missing) run.report.of(mapping).wanted -= 1;
    return !missing;
  });
}

/**
 * Brings a page of refunds into step; those of orders that are not in Salesforce, nor on their way, are passed
 * over. An order that is flagged as deleted stays as it was then: its refunds come when it is back.
 */
export async function pullRefunds(
  run: PipelineRun,
  refunds: readonly WooRecord[],
  read: Read,
): Promise<void> {
  const keys = refunds.map(({ parent_id }) => wooKey(run.store.key, Number(parent_id)));
  const inSalesforce = await ordersInSalesforce(run, keys);
  const held = await heldOrders(run, keys);
  const ofOrders = [...new Set(mappingsOf(run, 'order').map(({ object }) => object))];
  const owned = refunds.flatMap((record, at) => {
    const parentKey = keys[at];
    if (parentKey === undefined || held.has(parentKey)) return [];
    const isSynced = ofOrders.some((object) => inSalesforce.has(object, parentKey));
    return isSynced ? [{ record, parentKey }] : [];
  });
  const refundsOfOrders = await plan(run, candidates(run, 'refund', owned, read));
  const planned = withTheirOrder(run, refundsOfOrders, inSalesforce);
  await addPage(run, { planned, page: read.page, known: null });
}

/** Refunds never change: those that are known to be in step are not read again. */
export async function pullNewRefunds(
  run: PipelineRun,
  orders: readonly WooRecord[],
  read: Read,
): Promise<void> {
  const refunds = orders.flatMap((order) => objects(order['refunds']));
  const keys = refunds.flatMap((refund) => recordKey('refund', refund, run.store.key) ?? []);
  const unknown = new Set<string>();
  for (const { object } of mappingsOf(run, 'refund')) {
    const links = await run.state.links(object, keys);
    for (const key of keys) {
      const link = links.get(key);
      const isKnown = link !== undefined && link.state !== 'unverified' && !isUncertain(link);
      if (!isKnown) unknown.add(key);
    }
  }
  const ids = [...unknown].flatMap((key) => parseKey(key).id ?? []);
  const params = fieldsRead('refunds', run.mappings);
  await pullRefunds(run, await readByIds(run.store, 'refunds', ids, params), read);
}

/** The orders of these keys that are in Salesforce, or on their way, by object. */
async function ordersInSalesforce(
  run: PipelineRun,
  keys: readonly string[],
): Promise<RecordMap<true>> {
  const found = new RecordMap<true>();
  const objectsOfOrders = mappingsOf(run, 'order').map(({ object }) => object);
  // Those on their way first: an order that is finished in between is found in the state.
  for (const object of objectsOfOrders)
    for (const key of keys) if (isComing(run, object, key)) found.set(object, key, true);
  const links = await Promise.all(objectsOfOrders.map((object) => run.state.links(object, keys)));
  for (const { object, key, state } of links.flatMap((some) => [...some.values()]))
    if (state !== 'soft_deleted') found.set(object, key, true);
  return found;
}

/** Items and refunds in Salesforce that their order does not have any more leave by their delete rule. */
async function removeStaleParts(
  run: PipelineRun,
  orders: readonly Planned[],
  read: Read,
): Promise<void> {
  const inOrg = orders.filter(({ link }) => link !== undefined);
  if (inOrg.length === 0) return;
  const parentKeys = inOrg.map(({ key }) => key);
  const leaving: DeletionCandidate[] = [];
  for (const resource of ['order_item', 'refund'] as const) {
    const current = new Set(inOrg.flatMap(({ record }) => partKeys(run, resource, record)));
    for (const mapping of mappingsOf(run, resource)) {
      const children = await run.state.children(mapping.object, parentKeys);
      for (const link of [...children.values()].flat()) {
        if (!current.has(link.key)) leaving.push({ mapping, link });
      }
    }
  }
  await applyDeleteRules(run, leaving, read);
}

function partKeys(run: PipelineRun, resource: 'order_item' | 'refund', order: WooRecord): string[] {
  const parts = resource === 'order_item' ? orderItems(order) : objects(order['refunds']);
  return parts.flatMap((part) => recordKey(resource, part, run.store.key) ?? []);
}

/** One per order, where several mappings want it. */
function distinct(planned: readonly Planned[]): Planned[] {
  const byKey = new Map<string, Planned>();
  for (const item of planned) if (!byKey.get(item.key)?.link) byKey.set(item.key, item);
  return [...byKey.values()];
}
