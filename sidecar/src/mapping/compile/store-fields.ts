import type { MappingRow, MappingSource } from '../model/config-rows.ts';

/**
 * The fields, in lower case, that a mapping may use of records which belong to another store: those of a store's
 * own mapping that no mapping of another store or of all stores names. A common mapping has none, for the owner's
 * values are in its fields. One that is held counts: its fields are meant for the owner all the same. So does one that
 * is off, as far as it has no other in its place: its owner's records are still there, and so are their values.
 */
export function storeFields(row: MappingRow, source: MappingSource): ReadonlySet<string> {
  if (row.store === null) return new Set();
  const others = source.mappings.filter(
    (other) => other.store !== row.store && same(other.object, row.object),
  );
  const on = new Set(others.filter(({ active }) => active).map(({ store }) => store));
  const meant = others.filter(({ active, store }) => active || !on.has(store));
  const taken = new Set(meant.flatMap((other) => fieldsOf(other, source)));
  return new Set(fieldsOf(row, source).filter((field) => !taken.has(field)));
}

function fieldsOf({ name }: MappingRow, { fields }: MappingSource): readonly string[] {
  return fields
    .filter(({ mapping }) => same(mapping, name))
    .flatMap(({ field }) => field?.split('.').at(-1)?.trim().toLowerCase() ?? []);
}

function same(a: string | null, b: string | null): boolean {
  return a?.trim().toLowerCase() === b?.trim().toLowerCase();
}
