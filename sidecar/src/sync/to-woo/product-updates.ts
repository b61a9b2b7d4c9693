import { outgoingProblem } from '../../mapping/build/value-problems.ts';
import { wooId } from '../../mapping/keys/keys.ts';
import { mergePatches } from '../../mapping/to-woo/outgoing-field.ts';
import { salePriceLost } from '../../mapping/to-woo/product-rules.ts';
import { isVariation } from '../../mapping/to-woo/writable-attributes.ts';
import type { ProductResult } from '../../ports/store.ts';
import type { Base, FieldVersions, Pair } from '../../ports/two-way-state.ts';
import { agreedName, digest } from '../model/digest.ts';
import { editOf } from '../merge/edits-to-all.ts';
import type { ProductChange, ChangedField } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { changedByWrite } from '../read/inherited.ts';
import { withoutParentSku } from '../read/variations.ts';
import { shopRefusal } from './shop-refusal.ts';

/** Changes on their way to the shop, sent together. */
export class ProductUpdates {
  #waiting: ProductChange[] = [];

  add(push: ProductChange): void {
    this.#waiting.push(push);
  }

  /**
   * Writes what waits, in batches, and remembers what both sides hold then. What the shop refuses is reported,
   * and stays reported, so that it is looked at again.
   * @throws CodedError where the shop is out; what was written is written again then, to no effect
   */
  async flush(run: Run): Promise<void> {
    const waiting = this.#waiting.flatMap((push) => withSafePrices(run, push));
    this.#waiting = [];
    if (waiting.length === 0) return;
    const results = await run.store.updateProducts(waiting.map(toUpdate));
    const reached = waiting.flatMap((push, at) => applyResult(run, push, results[at]));
    await run.state.twoWay.saveBase(reached);
  }
}

/** Without a regular price that would cost the product its sale price: that is reported, and the rest goes. */
function withSafePrices(run: Run, push: ProductChange): readonly ProductChange[] {
  const { mapping, key, recordId, record, fields } = push;
  const given = mergePatches(fields.map(({ patch }) => patch));
  if (given['regular_price'] === undefined) return [push];
  const refused = salePriceLost(given['regular_price'], { ...record, ...given });
  if (refused === null) return [push];
  const isRegular = ({ field }: ChangedField) => field.attribute === 'regular_price';
  const field = fields.find(isRegular)?.field.field ?? '';
  const { code, message } = outgoingProblem(mapping.name, field, 'regular_price', refused);
  run.stillDirty.add(key);
  run.report.fail(mapping, { key, recordId, field, aspect: 'shop', code, message });
  const others = fields.filter((one) => !isRegular(one));
  return others.length === 0 ? [] : [{ ...push, fields: others }];
}

function toUpdate({ record, fields }: ProductChange) {
  return {
    id: Number(record['id']),
    parentId: isVariation(record) ? wooId(record['parent_id']) : null,
    fields: mergePatches(fields.map(({ patch }) => patch)),
  };
}

function applyResult(
  run: Run,
  push: ProductChange,
  result: ProductResult | undefined,
): readonly (Pair & { readonly base: Base })[] {
  const { mapping, object, key, recordId, fields, record } = push;
  if (result === undefined) throw new Error(`no result for ${key}`);
  if ('error' in result) {
    run.stillDirty.add(key);
    run.report.fail(mapping, {
      ...{ key, ...shopRefusal(result.error), recordId, aspect: 'shop' },
      field: fields.length === 1 ? (fields[0]?.field.field ?? null) : null,
    });
    return [];
  }
  const now = withoutParentSku({ ...record, ...result.record });
  const written = new Set(fields.map(({ field }) => field));
  run.echoes?.note(mapping, key, record, now, written);
  const base: Record<string, FieldVersions> = {};
  for (const { field, held } of fields) {
    const inSalesforce = digest(field.fromSalesforce(held));
    base[agreedName(field)] = [digest(field.fromWoo(now)), inSalesforce];
    if (mapping.editsToAllStores && !field.onlyEdits)
      Object.assign(base, editOf(field, inSalesforce));
  }
  const other = fields.filter(
    ({ field, held }) => field.fromWoo(now) !== field.fromSalesforce(held),
  );
  if (other.length > 0) {
    const names = other.map(({ field }) => field.field).join(', ');
    run.report.note(mapping, key, [`The shop keeps ${names} otherwise than Salesforce has it.`]);
  }
  // The event of our own change is passed over, and there is none for those that inherit.
  run.enqueueFollowUps?.(changedByWrite(run.store.key, record, now));
  run.report.of(mapping).pushed += 1;
  return [{ object, key, recordId, base }];
}
