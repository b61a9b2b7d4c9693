import type { Mapping } from '../../mapping/model/mapping.ts';

type Mapped = { readonly mappings: readonly Mapping[] };

/** Whether records of a store may be found to be those of another one: it looks for them by match fields. */
export function mayShare({ mappings }: Mapped, other: Mapped): boolean {
  const theirs = new Set(other.mappings.map(({ object }) => object));
  return mappings.some(({ matchFields, object }) => matchFields.length > 0 && theirs.has(object));
}
