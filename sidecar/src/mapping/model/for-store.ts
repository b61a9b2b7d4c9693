import type { Mapping, UnsentField } from './mapping.ts';
import type { WooRecord } from './record.ts';
import { mapsSame } from './resources.ts';

/**
 * The mappings that apply to a store: its own, and those for every store unless it has its own for the
 * same resource and object, be it held by a problem. One that only goes to the shop goes along with the one that
 * brings the same records to Salesforce; where there is none it stands for itself.
 */
export function forStore(mappings: readonly Mapping[], store: string): readonly Mapping[] {
  const own = mappings.filter((mapping) => isFor(mapping, store));
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
  const theirs = others
    .filter((one) => sameRecords(one, mapping))
    .flatMap((one) => one.outgoing.map((field) => ({ field, of: one })))
    .filter(({ field: { field, kind } }) => kind === 'value' && !sent.has(field));
  if (theirs.length === 0) return mapping;
  const unsent = [...Map.groupBy(theirs, ({ field }) => field.field).values()].flatMap((same) => {
    const goesTo: UnsentField['goesTo'] = (store, record) =>
      same.some(({ field, of }) => {
        const { outgoing } = record === 'own' ? of : of.foreign;
        return isFor(of, store) && outgoing.some((one) => one.field === field.field);
      });
    const ofStores = same.flatMap(({ of: { store } }) =>
      store !== null && goesTo(store, 'foreign') ? [store] : [],
    );
    return same.slice(-1).map(({ field }) => ({ ...field, goesTo, ofStores }));
  });
  return { ...mapping, unsent };
}

function isFor(mapping: Mapping, store: string): boolean {
  return mapping.store === null ? !mapping.notFor.includes(store) : mapping.store === store;
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
