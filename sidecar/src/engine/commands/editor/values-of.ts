import { CodedError } from '../../../errors/coded-error.ts';
import { parsePath } from '../../../mapping/attributes/attribute-path.ts';
import { FEW_VALUES } from '../../../mapping/attributes/few-values.ts';
import type { Resource, StoreContext, WooRecord } from '../../../mapping/model/record.ts';
import type { OrderStatus, WooReports } from '../../../ports/store.ts';

/** A value that records of the shop have, and what the shop calls it. */
interface ShopValue {
  readonly value: string;
  readonly label?: string;
}

/** Values of an attribute, for conditions and translations. */
export type ShopValues = readonly [attribute: string, values: readonly ShopValue[]];

/** Values of a custom field are named where so many records on average share one; others may tell of a person. */
const SHARED = 2;
/** Values of one attribute, and characters of a value. */
const MOST = 50;
const LONGEST = 60;

/**
 * The values that records really have: of attributes with few values, and of custom fields that share them.
 * @param records the latest ones
 * @param custom names of custom fields
 */
export function valuesOf(
  resource: Resource,
  records: readonly WooRecord[],
  custom: readonly string[],
  store: StoreContext,
): readonly ShopValues[] {
  const found = (name: string) => textsOf(resource, name, records, store);
  const few = FEW_VALUES[resource].map((name) => ({ name, texts: found(name) }));
  const shared = custom
    .map((name) => ({ name, texts: found(name) }))
    .filter(({ texts }) => texts.length >= SHARED * new Set(texts).size);
  return [...few, ...shared].flatMap(({ name, texts }) => {
    const values = [...new Set(texts)].toSorted().slice(0, MOST);
    return values.length === 0 ? [] : [[name, values.map((value) => ({ value }))] as const];
  });
}

/** Those that a record can have, as the shop names them, and others that records have. One request, for orders. */
export async function statusesOf(
  store: WooReports & StoreContext,
  resource: Resource,
  records: readonly WooRecord[],
): Promise<readonly ShopValues[]> {
  if (resource !== 'order') return [];
  const named = await namedStatuses(store);
  const known = new Set(named.map(({ slug }) => slug));
  const others = new Set(textsOf(resource, 'status', records, store));
  const values: readonly ShopValue[] = [
    ...named.map(({ slug, name }) => ({ value: slug, label: name })),
    ...[...others].flatMap((value) => (known.has(value) ? [] : [{ value }])),
  ];
  return values.length === 0 ? [] : [['status', values]];
}

/** None where the key of the shop may not see reports, or the gateway of the org is older. */
export async function namedStatuses(store: WooReports): Promise<readonly OrderStatus[]> {
  try {
    return await store.orderStatuses();
  } catch (error) {
    if (error instanceof CodedError) return [];
    throw error;
  }
}

function textsOf(
  resource: Resource,
  name: string,
  records: readonly WooRecord[],
  store: StoreContext,
): readonly string[] {
  const path = parsePath(resource, name).path;
  return records.flatMap((record) => {
    const value = path?.get(record, store);
    return typeof value === 'string' && value !== '' && value.length <= LONGEST ? [value] : [];
  });
}
