import type { FieldWriter, LookupWriter } from './fields.ts';
import { lossyBecause } from './lossy.ts';
import type { Direction, FieldMappingRow, MappedField, Resource } from './types.ts';

/** A field mapping that fills a field, as checks see it. */
export function describeWriter(
  resource: Resource,
  writer: FieldWriter,
  direction: Direction,
): MappedField {
  const { place, field, attribute, writeWhen, source } = writer;
  const isStatic = source.kind === 'static';
  return {
    ...{ place, field: field.name, kind: source.kind, direction, writeWhen },
    attribute: isStatic ? null : attribute,
    lossy: isStatic
      ? 'a static value comes from no attribute'
      : lossyBecause({ resource, ...writer }),
  };
}

/** A lookup, as checks see it. */
export function describeLookup(
  { row, field, path, writeWhen }: LookupWriter,
  direction: Direction,
): MappedField {
  return {
    ...{ place: row.name, field: field.name, kind: 'lookup', direction, writeWhen },
    attribute: path.canonical,
    lossy: 'a lookup is found by key, and the shop cannot be told another record',
  };
}

/** A field mapping that only goes to the shop. */
export function towardsWoo({ name: place, field, attribute }: FieldMappingRow): MappedField {
  return {
    ...{ place, field: field ?? '', kind: 'attribute', direction: 'to_woo', writeWhen: 'always' },
    ...{ attribute: attribute ?? null, lossy: null },
  };
}
