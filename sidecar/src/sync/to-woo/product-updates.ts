import { outgoingProblem } from '../../mapping/build/value-problems.ts';
import { wooId } from '../../mapping/keys/keys.ts';
import { mergePatches } from '../../mapping/to-woo/outgoing-field.ts';
import { salePriceLost } from '../../mapping/to-woo/product-rules.ts';
import { isVariation } from '../../mapping/to-woo/writable-attributes.ts';
import type { UpdateResult } from '../../ports/store.ts';
import type { ChangedField, ShopChange } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { changedByWrite } from '../read/inherited.ts';
import { withoutParentSku } from '../read/variations.ts';
import { applied, type Reached } from './applied.ts';
import { mergeAnew, seenBy } from './changed-meanwhile.ts';
import { shopRefusal } from './shop-refusal.ts';

/** Sends what waits of products. @throws as `ShopUpdates.flush` */
export async function sendProducts(run: Run, changes: readonly ShopChange[]): Promise<void> {
  const waiting = changes.flatMap((change) => withSafePrices(run, change));
  if (waiting.length === 0) return;
  run.shopBacklog?.sending(
    'product',
    waiting.map(({ key }) => key),
  );
  const results = await run.store.updateProducts(waiting.map(toUpdate));
  const reached = waiting.flatMap((change, at) => applyResult(run, change, results[at]));
  await run.state.twoWay.saveBase(reached);
}

/** Without a regular price that would cost the product its sale price: that is reported, and the rest goes. */
function withSafePrices(run: Run, change: ShopChange): readonly ShopChange[] {
  const { mapping, key, recordId, record, fields } = change;
  const given = mergePatches(fields.map(({ patch }) => patch));
  if (given['regular_price'] === undefined) return [change];
  const refused = salePriceLost(given['regular_price'], { ...record, ...given });
  if (refused === null) return [change];
  const isRegular = ({ field }: ChangedField) => field.attribute === 'regular_price';
  const field = fields.find(isRegular)?.field.field ?? '';
  const { code, message } = outgoingProblem(mapping.name, field, 'regular_price', refused);
  run.stillDirty.add(key);
  run.report.fail(mapping, { key, recordId, field, aspect: 'shop', code, message });
  const others = fields.filter((one) => !isRegular(one));
  return others.length === 0 ? [] : [{ ...change, fields: others }];
}

function toUpdate({ record, fields }: ShopChange) {
  return {
    id: Number(record['id']),
    parentId: isVariation(record) ? wooId(record['parent_id']) : null,
    fields: mergePatches(fields.map(({ patch }) => patch)),
    ...seenBy(record, fields),
  };
}

function applyResult(run: Run, change: ShopChange, result: UpdateResult | undefined): Reached {
  const { mapping, key, recordId, fields, record } = change;
  if (result === undefined) throw new Error(`no result for ${key}`);
  if ('changed' in result) return mergeAnew(run, change);
  if ('error' in result) {
    run.shopBacklog?.refused('product', key);
    run.stillDirty.add(key);
    run.report.fail(mapping, {
      key,
      ...shopRefusal(result.error),
      recordId,
      aspect: 'shop',
      field: fields.length === 1 ? (fields[0]?.field.field ?? null) : null,
    });
    return [];
  }
  const now = withoutParentSku({ ...record, ...result.record });
  run.echoes?.note(mapping, key, record, now, new Set(fields.map(({ field }) => field)));
  const reached = applied(run, change, now);
  // The event of our own change is passed over, and there is none for those that inherit.
  run.enqueueFollowUps?.(changedByWrite(run.store.key, record, now));
  return [reached];
}
