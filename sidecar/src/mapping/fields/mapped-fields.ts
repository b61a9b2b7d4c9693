import type { FieldWriter, LookupWriter } from '../build/field-writer.ts';
import type { FieldMappingRow } from '../model/config-rows.ts';
import type { MappedField } from '../model/mapping.ts';
import type { Problems } from '../model/problems.ts';
import type { Direction, Resource } from '../model/record.ts';
import { isEmpty } from '../values/convert.ts';
import { lossyBecause } from './lossy.ts';

/**
 * A field mapping that fills a field, as checks see it. One that goes both ways must be able to be turned
 * back; a static value goes to Salesforce only where the mapping alone says both.
 */
export function describeWriter(
  resource: Resource,
  row: FieldMappingRow,
  writer: FieldWriter,
  direction: Direction,
  problems: Problems,
): MappedField {
  const { place, field, attribute, writeWhen, source } = writer;
  const isStatic = source.kind === 'static';
  const lossy = isStatic
    ? STATIC
    : (lossyBecause({ resource, ...writer }) ?? source.table?.lossy ?? null);
  const oneWay = isStatic && isEmpty(row.direction);
  if (direction === 'both' && lossy !== null && !oneWay) {
    problems.hold({
      code: 'MAPPING_LOSSY_BOTH_WAYS',
      place,
      message: `${place} goes both ways, but ${field.name} cannot go back to the shop: ${lossy}.`,
      cure: `Set its direction to to_salesforce${otherCure(source)}.`,
    });
  }
  return {
    place,
    field: field.name,
    kind: source.kind,
    writeWhen,
    lossy,
    ...(isStreet(writer) && { isStreet: true }),
    direction: oneWay ? 'to_salesforce' : direction,
    attribute: isStatic ? null : attribute,
  };
}

/** Of a whole address these transforms make the two lines of its street. */
function isStreet({ attribute, transform }: FieldWriter): boolean {
  return (
    ['billing', 'shipping'].includes(attribute) &&
    (transform === 'street' || transform === 'address')
  );
}

const STATIC = 'a static value comes from no attribute';

function otherCure(source: FieldWriter['source']): string {
  if (source.kind === 'static') return '';
  return source.table === null
    ? ', or map the attribute as it is, without a transform or truncation'
    : ', or give each line of its table a value of its own, without a default value, transform or truncation';
}

/** A lookup, as checks see it. Whatever its mapping says, it goes to Salesforce. */
export function describeLookup({ row, field, path, writeWhen }: LookupWriter): MappedField {
  return {
    place: row.name,
    field: field.name,
    kind: 'lookup',
    direction: 'to_salesforce',
    writeWhen,
    attribute: path.canonical,
    lossy: 'a lookup refers to a record by its key',
  };
}

/** A field mapping that only goes to the shop, or one of images, which become files by themselves. */
export function towardsWoo(
  { name: place, field, attribute }: FieldMappingRow,
  direction: MappedField['direction'],
): MappedField {
  return {
    place,
    field: field ?? '',
    kind: 'attribute',
    direction,
    writeWhen: 'always',
    attribute: attribute ?? null,
    lossy: null,
  };
}
