import { outgoingProblem } from '../../mapping/build/value-problems.ts';
import { objects, text } from '../../mapping/model/json-shape.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { Refusal } from '../../mapping/model/refusal.ts';
import { mergePatches } from '../../mapping/to-woo/outgoing-field.ts';
import { CORE_STATUSES } from '../../mapping/to-woo/order-status.ts';
import type { UpdateResult } from '../../ports/store.ts';
import type { Base } from '../../ports/two-way-state.ts';
import { kept, overFor, type Refused, report } from '../model/refused.ts';
import { NOT_WRITTEN } from '../merge/three-way.ts';
import { agreedName, digest } from '../model/digest.ts';
import type { ChangedField, ShopChange } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { applied, type Reached } from './applied.ts';
import { isNote, sendNotes } from './order-notes.ts';
import { mergeAnew, seenBy } from './changed-meanwhile.ts';
import { shopRefusal } from './shop-refusal.ts';

/** Orders of one request. */
const BATCH = 100;

/** An order that the shop has changed for us. */
export interface Answered {
  /** As it was read. */
  readonly before: WooRecord;
  /** As the shop answered it, whole. */
  readonly now: WooRecord;
}

/**
 * Sends what waits of orders. What was answered of each is kept before the next request goes: the shop tells of them
 * by webhooks as soon as it has answered.
 * @returns the orders as they are now, the newest last; what is not whole the shop's webhook brings
 * @throws as `ShopUpdates.flush`
 */
export async function sendOrders(
  run: Run,
  changes: readonly ShopChange[],
): Promise<readonly Answered[]> {
  if (changes.length === 0) return [];
  const { known, unknown } = await byStatus(run, changes.flatMap(withoutNotes));
  const refused = unknown.flatMap((change) => revert(run, change, statusUnknown(change)));
  const answered: Answered[] = [];
  for (let from = 0; from < known.length; from += BATCH) {
    const some = known.slice(from, from + BATCH);
    run.shopBacklog?.sending(
      'order',
      some.map(({ key }) => key),
    );
    const results = await run.store.updateOrders(some.map(toUpdate));
    const reached = some.flatMap((change, at) => applyResult(run, change, results[at]));
    answered.push(...some.flatMap((change, at) => answerTo(run, change, results[at])));
    await run.state.twoWay.saveBase(reached);
  }
  await run.state.twoWay.saveBase(refused);
  await sendNotes(run, changes);
  return answered;
}

/** The answer may have been cut on its way, or refused. */
function answerTo(
  run: Run,
  { key, record: before }: ShopChange,
  result: UpdateResult | undefined,
): readonly Answered[] {
  if (result === undefined || !('record' in result)) return [];
  const now = result.record;
  if (!Object.keys(before).every((name) => name in now)) return [];
  run.echoes?.noteOrder(key, now, run.mappings);
  return [{ before, now }];
}

function withoutNotes(change: ShopChange): readonly ShopChange[] {
  const fields = change.fields.filter((field) => !isNote(field));
  return fields.length === 0 ? [] : [{ ...change, fields }];
}

/**
 * A batch of the shop makes an order pending whose status it does not know, so that those which not every shop has
 * are looked up first: one call, where there are any.
 */
async function byStatus(run: Run, changes: readonly ShopChange[]) {
  const isCore = (change: ShopChange) => CORE_STATUSES.includes(statusIn(change) ?? 'pending');
  if (changes.every(isCore)) return { known: changes, unknown: [] };
  const own = new Set((await run.store.orderStatuses()).map(({ slug }) => slug));
  const { known = [], unknown = [] } = Object.groupBy(changes, (change) =>
    isCore(change) || own.has(statusIn(change) ?? '') ? 'known' : 'unknown',
  );
  return { known, unknown };
}

function statusIn({ fields }: ShopChange): string | null {
  return text(fieldsOf(fields)['status']) || null;
}

function statusUnknown(change: ShopChange): Refused {
  const status = statusIn(change) ?? '';
  const field = change.fields.find((one) => one.field.attribute === 'status')?.field.field ?? '';
  const refusal = new Refusal(
    'TO_WOO_STATUS_UNKNOWN',
    `is "${status}", which the shop does not have`,
  );
  return outgoingProblem(change.mapping.name, field, 'status', refusal);
}

/** By their keys alone: the gateway lets nobody name a custom field by its row. */
function toUpdate({ record, fields }: ShopChange) {
  const { meta_data: metas, ...patch } = fieldsOf(fields);
  const own = objects(metas).map(({ key, value }) => ({ key, value }));
  const meta = own.length === 0 ? {} : { meta_data: own };
  return {
    id: Number(record['id']),
    parentId: null,
    fields: { ...patch, ...meta },
    ...seenBy(record, fields),
  };
}

function fieldsOf(fields: readonly ChangedField[]): WooRecord {
  return mergePatches(fields.map(({ patch }) => patch));
}

function applyResult(run: Run, change: ShopChange, result: UpdateResult | undefined): Reached {
  const { key, record, fields } = change;
  if (result === undefined) throw new Error(`no result for ${key}`);
  if ('changed' in result) return mergeAnew(run, change);
  if ('error' in result) {
    run.shopBacklog?.refused('order', key);
    return revert(run, change, shopRefusal(result.error));
  }
  const { base, ...pair } = applied(run, change, { ...record, ...result.record });
  const over = fields
    .filter(({ field }) => field.revertsIfRefused)
    .map(({ field }) => overFor(field));
  return [{ ...pair, base: Object.assign({}, base, ...over) as Base }];
}

/**
 * The shop has not taken the change. What goes back to the shop's value counts as agreed in Salesforce and changed
 * in the shop, so that the next look, which is soon, brings it; the rest stays reported.
 */
function revert(run: Run, change: ShopChange, refused: Refused): Reached {
  const { mapping, object, key, recordId, record, fields } = change;
  const base: Record<string, Base[string]> = {};
  for (const { field, held } of fields) {
    if (field.revertsIfRefused !== true) continue;
    base[agreedName(field)] = [NOT_WRITTEN, digest(field.fromSalesforce(held))];
    Object.assign(base, kept(field, record, refused));
    report(run, { row: { mapping, key }, recordId }, field, refused);
  }
  const others = fields.filter(({ field }) => field.revertsIfRefused !== true);
  if (others.length > 0) {
    run.stillDirty.add(key);
    const field = others.length === 1 ? (others[0]?.field.field ?? null) : null;
    run.report.fail(mapping, { ...refused, key, recordId, field, aspect: 'shop' });
  }
  if (Object.keys(base).length === 0) return [];
  run.enqueueFollowUps?.([{ resource: 'order', key }]);
  return [{ object, key, recordId, base }];
}
