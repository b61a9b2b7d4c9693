import { mergePatches } from '../../mapping/outgoing.ts';
import { isVariation } from '../../mapping/woo-attributes.ts';
import type { Mapping, OutgoingField, WooRecord } from '../../mapping/types.ts';
import { wooId } from '../../mapping/keys.ts';
import { changedByWrite } from '../inherited.ts';
import type { Base, Pair } from '../pairs.ts';
import type { ProductResult } from '../ports.ts';
import type { Run } from '../run.ts';
import { withoutParentSku } from '../variations.ts';
import { agreedName, digest } from './digest.ts';

/** A field whose value in Salesforce goes to the shop. */
export interface PushedField {
  readonly field: OutgoingField;
  readonly patch: WooRecord;
  /** What Salesforce holds. */
  readonly held: unknown;
}

/** What goes to one product or variation of the shop. */
export interface Push extends Pair {
  readonly mapping: Mapping;
  readonly record: WooRecord;
  readonly fields: readonly PushedField[];
}

/** Changes on their way to the shop, sent together. */
export class Pushes {
  #waiting: Push[] = [];

  add(push: Push): void {
    this.#waiting.push(push);
  }

  /**
   * Writes what waits, in batches, and remembers what both sides hold then. What the shop refuses is reported,
   * and stays told of, so that it is looked at again.
   * @throws CodedError where the shop is out; what was written is written again then, to no effect
   */
  async flush(run: Run): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return;
    const results = await run.store.updateProducts(waiting.map(toUpdate));
    const reached = waiting.flatMap((push, at) => settle(run, push, results[at]));
    await run.state.pairs.agree(reached);
  }
}

function toUpdate({ record, fields }: Push) {
  return {
    id: Number(record['id']),
    parentId: isVariation(record) ? wooId(record['parent_id']) : null,
    fields: mergePatches(fields.map(({ patch }) => patch)),
  };
}

function settle(
  run: Run,
  push: Push,
  result: ProductResult | undefined,
): readonly (Pair & { readonly base: Base })[] {
  const { mapping, object, key, recordId, fields, record } = push;
  if (result === undefined) throw new Error(`no result for ${key}`);
  if ('error' in result) {
    const { code, message } = result.error;
    run.unsettled.add(key);
    run.report.fail(mapping, {
      ...{ key, code: 'SHOP_REFUSED', recordId, aspect: 'shop' },
      message: `${code}: ${message}`,
      field: fields.length === 1 ? (fields[0]?.field.field ?? null) : null,
    });
    return [];
  }
  const now = withoutParentSku({ ...record, ...result.record });
  const written = new Set(fields.map(({ field }) => field));
  run.echoes?.note(mapping, key, record, now, written);
  const base = Object.fromEntries(
    fields.map(({ field, held }) => [
      agreedName(field),
      [digest(field.fromWoo(now)), digest(field.fromSalesforce(held))] as const,
    ]),
  );
  const other = fields.filter(
    ({ field, held }) => field.fromWoo(now) !== field.fromSalesforce(held),
  );
  if (other.length > 0) {
    const names = other.map(({ field }) => field.field).join(', ');
    run.report.note(mapping, key, [`The shop keeps ${names} otherwise than Salesforce has it.`]);
  }
  // The event of our own change is passed over, and there is none for those that inherit.
  run.follow?.(changedByWrite(run.store.key, record, now));
  run.report.of(mapping).pushed += 1;
  return [{ object, key, recordId, base }];
}
