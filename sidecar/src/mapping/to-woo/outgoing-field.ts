import type { Getter } from '../attributes/derived-attributes.ts';
import { outgoingProblem } from '../build/value-problems.ts';
import { member, objects } from '../model/json-shape.ts';
import type { OutgoingField } from '../model/mapping.ts';
import type { FieldValue, WooRecord } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import type { FieldSchema } from '../model/schema.ts';
import { canonical } from '../values/canonical.ts';
import { type Convert, isEmpty } from '../values/convert.ts';
import { parseImageIds } from './image-ids.ts';
import { customPatch } from './meta-patch.ts';
import { refusedOf } from './product-rules.ts';
import { isVariation, type WooAttribute } from './writable-attributes.ts';

export { mergePatches } from './merge-patches.ts';

/** Which field goes to which attribute. */
export interface FieldRoute {
  readonly mapping: string;
  readonly place: string;
  readonly field: FieldSchema;
  readonly direction: OutgoingField['direction'];
}

/**
 * A field whose value goes to an attribute. Both sides are compared in one form: as the shop sees the value, then
 * as the field holds it. A variation is given nothing that it has not, such as a name: the shop makes that of its
 * options, and says it alone.
 * @param get reads the attribute of a record
 * @param convert fits a value to the field
 */
export function outgoingValue(
  way: FieldRoute,
  attribute: WooAttribute,
  get: Getter,
  convert: Convert,
): OutgoingField {
  const { field } = way;
  const { type, name, ofVariations } = attribute;
  const form = (value: unknown): FieldValue => {
    // What cannot be read differs from whatever the field holds.
    if (value instanceof Refusal) return value.reason;
    const same = type.same(value, field);
    const fitted = convert(same);
    return canonical(field, fitted instanceof Refusal ? shown(same) : fitted);
  };
  return {
    place: way.place,
    field: field.name,
    attribute: name,
    kind: 'value',
    direction: way.direction,
    ...(attribute.reverts === true && { revertsIfRefused: true }),
    ...(!ofVariations && { isShops: isVariation }),
    fromWoo: (record) => form(get(record, null)),
    fromSalesforce: form,
    toWoo: (held, record) => {
      if (!ofVariations && isVariation(record)) return { patch: {} };
      const made = patchOf(attribute, field, held, record);
      if (!(made instanceof Refusal)) return { patch: made };
      return { problem: outgoingProblem(way.mapping, field.name, name, made) };
    },
  };
}

/** What does not fit its field, so that it differs from whatever the field holds. */
function shown(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function patchOf(
  { name, type, refuses }: WooAttribute,
  field: FieldSchema,
  held: unknown,
  record: WooRecord,
): WooRecord | Refusal {
  const given = isEmpty(held) ? type.empty : type.give(held, field);
  if (given instanceof Refusal) return given;
  const refuse = refuses ?? ((value: unknown) => refusedOf(name, value, record));
  const refused = isEmpty(held) ? null : refuse(given, record);
  if (refused !== null) return refused;
  const [first = '', ...rest] = name.split('.');
  if (first === 'meta_data') return customPatch(record, rest.join('.'), given);
  return { [first]: rest.length === 0 ? given : { [rest.join('.')]: given } };
}

/**
 * A field that holds ids of files, which become images of the product. What changes there cannot be told from
 * the ids alone, so it makes no change of the record itself.
 */
export function outgoingImages(
  { place, field, direction }: FieldRoute,
  attribute: string,
): OutgoingField {
  const isFeatured = attribute === 'product_featured_image';
  const ids = (held: unknown): readonly string[] => {
    const { featured, gallery } = parseImageIds(isFeatured ? held : null, isFeatured ? null : held);
    return featured === null ? gallery : [featured];
  };
  return {
    place,
    field: field.name,
    attribute,
    direction,
    length: field.length,
    kind: isFeatured ? 'featured_image' : 'gallery_images',
    fromWoo: (record) => joined(mediaOf(record, isFeatured)),
    fromSalesforce: (held) => joined(ids(held)),
    toWoo: () => ({ patch: {} }),
  };
}

/** The ids that images have in the shop. */
function mediaOf(record: WooRecord, isFeatured: boolean): readonly unknown[] {
  const images = isVariation(record) ? [record['image']] : objects(record['images']);
  const media = images.flatMap((image) => member(image, 'id') ?? []);
  return isFeatured ? media.slice(0, 1) : media.slice(1);
}

function joined(ids: readonly unknown[]): string | null {
  return ids.length === 0 ? null : ids.join(';');
}
