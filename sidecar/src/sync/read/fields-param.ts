import { metaKeyOf } from '../../mapping/keys/record-id-meta.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Resource } from '../../mapping/model/record.ts';
import type { WooList } from '../../ports/store.ts';

/** Whose records a list holds, an order's items among its own. */
const RESOURCES: Readonly<Record<WooList, readonly Resource[]>> = {
  orders: ['order', 'order_item'],
  refunds: ['refund'],
  products: ['product'],
  variations: ['product'],
  customers: ['customer'],
};

/**
 * What the engine reads itself, for the records of each resource that is mapped: who placed an order, parts
 * that are gone, what leaves with a product, whom a customer's address may match.
 */
const OURS: Readonly<Record<WooList, Readonly<Partial<Record<Resource, readonly string[]>>>>> = {
  orders: {
    customer: ['customer_id', 'billing', 'shipping'],
    refund: ['refunds'],
  },
  refunds: { refund: ['parent_id'] },
  products: { product: ['parent_id', 'variations'] },
  variations: { product: ['parent_id'] },
  customers: { customer: ['email'] },
};

/** What a walk through a list needs of each record. */
const ALWAYS = ['id', 'date_modified_gmt'];

/**
 * The parameter that leaves out of a list's records what no mapping reads: about a third of what the shop
 * would compute and send. Names are cut to their first part, for of an order's lines WooCommerce sends all
 * or nothing (docs/local-store.md).
 */
export function fieldsRead(list: WooList, mappings: readonly Mapping[]): { _fields: string } {
  const mapped = new Set(mappings.map(({ resource }) => resource));
  const ours = [...mapped].flatMap((resource) => OURS[list][resource] ?? []);
  const theirs = mappings
    .filter(({ resource }) => RESOURCES[list].includes(resource))
    .flatMap((mapping) => [
      ...mapping.reads.map((name) => name.split('.', 1)[0] ?? name),
      // Where the Salesforce id is kept, to see whether it is there (salesforce-ids.ts).
      ...(metaKeyOf(mapping) === null ? [] : ['meta_data']),
    ]);
  return { _fields: [...new Set([...ALWAYS, ...ours, ...theirs])].join(',') };
}
