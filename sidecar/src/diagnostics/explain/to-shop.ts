import type { Mapping, OutgoingField } from '../../mapping/model/mapping.ts';
import type { ValueProblem, WooRecord } from '../../mapping/model/record.ts';
import type { InOrg } from './org-records.ts';

/** A field that only goes to the shop, beside what the shop has. */
export interface ToShop extends Pick<OutgoingField, 'place' | 'field' | 'attribute'> {
  /** What Salesforce holds; undefined where the record is not there. */
  readonly now: unknown;
  readonly shop: unknown;
  /** Null where that cannot be said: of images, or of a record that is not there. */
  readonly same: boolean | null;
  /** Why the shop would not get it; null where it would, or has it. */
  readonly problem: ValueProblem | null;
}

/** @param there the record of Salesforce; null for none */
export function toShopOf(
  mapping: Pick<Mapping, 'outgoing'>,
  record: WooRecord,
  there: InOrg | null,
): readonly ToShop[] {
  return onlyToShop(mapping).map((one) => {
    const { place, field, attribute, kind } = one;
    const shop = one.fromWoo(record);
    const now = there?.values.get(field);
    const known = { place, field, attribute, now, shop };
    if (there === null || kind !== 'value') return { ...known, same: null, problem: null };
    const same = one.fromSalesforce(now) === shop;
    const given = same ? null : one.toWoo(now, record);
    return { ...known, same, problem: given !== null && 'problem' in given ? given.problem : null };
  });
}

export function onlyToShop({ outgoing }: Pick<Mapping, 'outgoing'>): readonly OutgoingField[] {
  return outgoing.filter(({ direction }) => direction === 'to_woo');
}
