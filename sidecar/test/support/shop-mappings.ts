import type { Mapping } from '../../src/mapping/model/mapping.ts';
import type { Lookup, Resource, WooRecord } from '../../src/mapping/model/record.ts';
import { mappingTo, rowOf } from './rows.ts';

export const keyOf = (id: unknown) => `main:${String(id)}`;

export function lookup(object: string, key: string | null, required = false): Lookup {
  const names = { field: `${object}__c`, relationshipName: `${object}__r` };
  return { ...names, object, keyField: 'Woo_Key__c', key, required };
}

/** What mappings in tests say of their records. */
const READS = [
  'name',
  'parent_name',
  'status',
  'customer_id',
  'product_id',
  'parent_id',
  'category',
];

/** A mapping in the shape of the defaults: the record's name, and references by key. */
export function mapping(
  resource: Resource,
  object: string,
  lookups: (record: WooRecord) => Lookup[],
  over: Partial<Mapping> = {},
): Mapping {
  return mappingTo(object, {
    resource,
    reads: [...READS, ...(resource === 'order_item' ? ['line_items'] : [])],
    build: (record) => {
      const name = String(record['parent_name'] ?? record['name'] ?? record['status']);
      const row = rowOf(keyOf(record['id']), { Name: name });
      return { row: { ...row, lookups: lookups(record) } };
    },
    ...over,
  });
}
