import { expect, vi } from 'vitest';

import { parseKey } from '../../sidecar/src/mapping/keys/keys.ts';
import { MemoryState } from '../../sidecar/test/support/memory-state.ts';
import type { EngineParts } from './engine-parts.ts';
import type { World } from './support.ts';

/** What a field holds in the records that carry a key, by the id in it. */
async function keyed(
  { org }: EngineParts,
  object: string,
  field: string,
): Promise<ReadonlyMap<number, unknown>> {
  const rows = await org.query(
    `SELECT Woo_Key__c, ${field} FROM ${object} WHERE Woo_Key__c LIKE 'main:%'`,
  );
  return new Map(
    rows.map((row) => [
      parseKey(String(row['Woo_Key__c'])).id ?? 0,
      row[field.split('.')[0] ?? ''],
    ]),
  );
}

const idsOf = (list: { all(): readonly { readonly id: number; readonly status: string }[] }) =>
  list.all().flatMap(({ id, status }) => (status === 'trash' ? [] : [id]));

/** What the shop does not have any more is flagged, or gone with what it was part of. */
export async function deletionsAreTold({ store }: World, parts: EngineParts): Promise<void> {
  const { orders, products, variations, refunds } = store.shop;
  const there = new Set(idsOf(orders));
  const flags = await keyed(parts, 'Woo_Order__c', 'Deleted_In_Woo__c');
  for (const [id, flag] of flags) expect(flag, `order ${id} is deleted`).toBe(!there.has(id));
  const sold = new Set([...idsOf(products), ...idsOf(variations)]);
  for (const [id, isActive] of await keyed(parts, 'Product2', 'IsActive')) {
    if (!sold.has(id)) expect(isActive, `product ${id} is active`).toBe(false);
  }
  const left = new Set(refunds.all().map(({ id }) => id));
  for (const [id, order] of await keyed(parts, 'Woo_Refund__c', 'Order__r.Woo_Key__c')) {
    const { id: owner } = parseKey((order as { readonly Woo_Key__c: string }).Woo_Key__c);
    if (there.has(owner ?? 0)) expect(left, `refund ${id} is gone`).toContain(id);
  }
}

/** A state that knows nothing compares what the org holds with the shop, record by record. */
export async function nothingDiffers({ org }: World, parts: EngineParts): Promise<void> {
  const before = org.requestLog.totals().writes;
  const write = vi.spyOn(parts.org, 'write');
  const { lists, mappings } = await parts.backfill(new MemoryState());
  const written = write.mock.calls.flat(2);
  write.mockRestore();
  expect(written).toEqual([]);
  expect(lists).toEqual([]);
  expect(mappings.flatMap(({ failures }) => failures)).toEqual([]);
  // A state that knows nothing takes what differs in fields that follow the shop for what a person typed.
  expect(mappings.filter(({ kept }) => kept > 0)).toEqual([]);
  expect(org.requestLog.totals().writes).toBe(before);
}
