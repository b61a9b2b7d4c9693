import type { WooRecord } from '../../mapping/model/record.ts';
import { mergePatches } from '../../mapping/to-woo/outgoing-field.ts';
import { seenOf } from '../../mapping/to-woo/seen.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { Seen } from '../../ports/store.ts';
import type { ChangedField, ShopChange } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import type { Reached } from './applied.ts';

/** What the shop held when it was decided to write over it, where its own changes count; nothing where they do not. */
export function seenBy(
  record: WooRecord,
  fields: readonly ChangedField[],
): { readonly seen?: Seen } {
  const both = fields.filter(({ field }) => field.direction === 'both' && field.onlyEdits !== true);
  const seen = seenOf(record, mergePatches(both.map(({ patch }) => patch)));
  return Object.keys(seen).length === 0 ? {} : { seen };
}

/** Somebody has changed the record in the shop since it was read, so that nothing was sent: both sides are read once more. */
export function mergeAnew(run: Run, { mapping, key }: ShopChange): Reached {
  run.shopBacklog?.refused(mapping.resource, key);
  run.stillDirty.add(key);
  const change = changeFor(mapping.resource, key, null);
  if (change !== null) run.enqueueFollowUps?.([change]);
  return [];
}
