import type { Mapping } from './mapping.ts';
import type { WooRecord } from './record.ts';
import { mapsSame } from './resources.ts';

/**
 * The mappings that apply to a store: its own, and those for every store unless it has its own for the
 * same resource and object, be it held by a problem. One that only goes to the shop goes along with the one that
 * brings the same records to Salesforce; where there is none it stands for itself.
 */
export function forStore(mappings: readonly Mapping[], store: string): readonly Mapping[] {
  const own = mappings.filter(
    (mapping) =>
      mapping.store === store || (mapping.store === null && !mapping.notFor.includes(store)),
  );
  const [outward, inward] = [
    own.filter(({ direction }) => direction === 'to_woo'),
    own.filter(({ direction }) => direction !== 'to_woo'),
  ];
  const others = mappings.filter((mapping) => !own.includes(mapping));
  const alone = outward.filter((one) => !inward.some((other) => sameRecords(one, other)));
  return [
    ...inward
      .map((mapping) =>
        outward.filter((one) => sameRecords(one, mapping)).reduce(withFieldsOf, mapping),
      )
      .map((mapping) => withUnsent(mapping, others)),
    ...alone,
  ];
}

/** @param others mappings of other stores alone; none where the store's own were chosen before */
function withUnsent(mapping: Mapping, others: readonly Mapping[]): Mapping {
  const sent = new Set(mapping.outgoing.map(({ field }) => field));
  const unsent = others
    .filter((one) => sameRecords(one, mapping))
    .flatMap(({ outgoing }) => outgoing)
    .filter(({ field, kind }) => kind === 'value' && !sent.has(field));
  if (unsent.length === 0) return mapping;
  return { ...mapping, unsent: [...new Map(unsent.map((one) => [one.field, one])).values()] };
}

function sameRecords(a: Mapping, b: Mapping): boolean {
  return mapsSame(a, b) && a.object === b.object;
}

/** What only goes to the shop is said by the mapping made for that, as long as its condition is met. */
function withFieldsOf(mapping: Mapping, outward: Mapping): Mapping {
  const { outgoing, keepShopImages } = outward;
  const bringsImages = outgoing.some(({ kind }) => kind !== 'value');
  const { foreign } = mapping;
  return {
    ...mapping,
    outgoing: saidBy(outward, mapping.outgoing, outgoing),
    foreign: { ...foreign, outgoing: saidBy(outward, foreign.outgoing, outward.foreign.outgoing) },
    reads: [...new Set([...mapping.reads, ...outward.reads])],
    createInWoo: mapping.createInWoo || outward.createInWoo,
    ...(bringsImages && { keepShopImages }),
  };
}

function saidBy(
  outward: Mapping,
  before: Mapping['outgoing'],
  outgoing: Mapping['outgoing'],
): Mapping['outgoing'] {
  const said = new Set(outgoing.map(({ attribute }) => attribute));
  const meets = (record: WooRecord) => outward.meets(record);
  return [
    ...before.filter(({ attribute }) => !said.has(attribute)),
    ...outgoing.map((field) => ({ ...field, meets })),
  ];
}
