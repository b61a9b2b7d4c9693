import type { Address } from '../core/records.ts';
import { objectOf, textOf } from '../core/values.ts';

/** An address with the fields that a write gives; fields that addresses do not have are ignored. */
export function changedAddress(address: Address, given: unknown): Address {
  const changes = Object.entries(objectOf(given))
    .filter(([field]) => field in address)
    .map(([field, value]) => [field, textOf(value)]);
  return { ...address, ...(Object.fromEntries(changes) as Partial<Address>) };
}
