import type { Getter } from '../attributes/derived-attributes.ts';
import { IMAGE_ATTRIBUTES, NOTE_ATTRIBUTES } from '../attributes/known-attributes.ts';
import type { FieldWriter } from '../build/field-writer.ts';
import type { FieldMappingRow } from '../model/config-rows.ts';
import type { OutgoingField, Settings } from '../model/mapping.ts';
import { didYouMean, type Problems } from '../model/problems.ts';
import { lower } from '../model/resource-of.ts';
import { RESOURCES } from '../model/resources.ts';
import { fieldNames, type FieldSchema, findField } from '../model/schema.ts';
import { whyNotOfOrder, writableOfOrder } from '../to-woo/order-attributes.ts';
import { outgoingImages, outgoingValue, type FieldRoute } from '../to-woo/outgoing-field.ts';
import { translatedValue } from '../to-woo/translated-value.ts';
import { fieldTypes } from '../to-woo/woo-type.ts';
import {
  whyNotWritable,
  type WooAttribute,
  writableAttribute,
} from '../to-woo/writable-attributes.ts';
import { type Convert, converter } from '../values/convert.ts';
import { REVERSIBLE } from '../values/transforms.ts';
import type { ValueTable } from '../values/value-table.ts';
import { preparePath, readPath } from './read-path.ts';
import { checkShopValues, isTranslation, readTableTowardsWoo } from './read-table.ts';

/** Whether fields of the mapping can go to the shop. */
export function goesToWoo({ resource, direction }: Settings): boolean {
  return RESOURCES[resource].goesBack && direction !== 'to_salesforce';
}

/** What a field mapping that goes both ways sends; none where it cannot be sent. */
export function readBothWays(
  settings: Settings,
  { place, field, attribute, source }: FieldWriter,
  problems: Problems,
): OutgoingField[] {
  if (!goesToWoo(settings) || source.kind === 'static') return [];
  const way: FieldRoute = { mapping: settings.name, place, field, direction: 'both' };
  return readValue(settings, way, { attribute, get: source.get, table: source.table }, problems);
}

/**
 * What a field mapping sends that only goes to the shop, or is of images; none where it cannot be sent.
 * @param direction `both` for images alone
 */
export function readTowardsWoo(
  settings: Settings,
  row: FieldMappingRow,
  direction: FieldRoute['direction'],
  problems: Problems,
): OutgoingField[] {
  const { name: place } = row;
  const field = readSource(settings, row, problems);
  checkKind(row, problems);
  const way: FieldRoute | null = field && { mapping: settings.name, place, field, direction };
  const named = row.attribute?.trim() ?? '';
  if (settings.resource === 'product' && IMAGE_ATTRIBUTES.has(named)) {
    if (way === null || !fits(way, named, ['string', 'textarea'], problems)) return [];
    return [outgoingImages(way, named)];
  }
  if (settings.resource === 'order' && NOTE_ATTRIBUTES.has(named)) {
    const nothing: Source = { attribute: named, get: () => null, table: null };
    return way === null ? [] : readValue(settings, way, nothing, problems);
  }
  const prepare = (attribute: string) =>
    field ? preparePath(attribute, 'none', field) : attribute;
  const path = readPath(settings.resource, row, problems, prepare, 'writes to');
  if (path === null || way === null) return [];
  const table = isTranslation(row) ? readTableTowardsWoo(row, way.field, problems) : null;
  return readValue(settings, way, { attribute: path.canonical, get: path.get, table }, problems);
}

/** One attribute that two fields write would go back and forth between them. */
export function holdForTwice(outgoing: readonly OutgoingField[], problems: Problems): void {
  const taken = new Map<string, OutgoingField>();
  for (const one of outgoing) {
    const name = one.attribute.replace(/_gmt$/, '');
    const other = taken.get(name);
    taken.set(name, one);
    if (other === undefined) continue;
    problems.hold({
      code: 'MAPPING_ATTRIBUTE_TWICE',
      place: one.place,
      message: `${one.place} writes to ${one.attribute} of the shop, and so does ${other.place}.`,
      cure: 'Set the direction of one of them to to_salesforce, or remove it.',
    });
  }
}

function readSource(
  { schema }: Settings,
  { name: place, field: named }: FieldMappingRow,
  problems: Problems,
): FieldSchema | null {
  const field = findField(schema, named ?? '');
  if (field) return field;
  problems.hold({
    code: 'MAPPING_UNKNOWN_FIELD',
    place,
    message: `${place} reads "${named ?? ''}" for WooCommerce, which ${schema.name} does not have or the integration user may not see.`,
    cure: `${didYouMean(named ?? '', fieldNames(schema))}Correct its Salesforce field, or deploy the field and grant read on it in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration).`,
  });
  return null;
}

const TO_WOO_KINDS: readonly string[] = ['', 'attribute', 'translation'];

function checkKind({ name: place, kind, transform }: FieldMappingRow, problems: Problems): void {
  const [ofKind, ofTransform] = [lower(kind), lower(transform)];
  const wrong = TO_WOO_KINDS.includes(ofKind) ? null : `the kind ${ofKind}`;
  const isReversible = ofTransform === '' || REVERSIBLE.has(ofTransform);
  const said = wrong ?? (isReversible ? null : `the transform ${ofTransform}`);
  if (said === null) return;
  problems.hold({
    code: 'MAPPING_TO_WOO_KIND',
    place,
    message: `${place} goes to the shop and has ${said}, which only works towards Salesforce.`,
    cure: 'Choose the kind attribute or translation and the transform none; a formula field can make the value.',
  });
}

/** What is read of the shop's record, and how it is compared with the field. */
interface Source {
  readonly attribute: string;
  readonly get: Getter;
  readonly table: ValueTable | null;
}

function readValue(
  settings: Settings,
  way: FieldRoute,
  { attribute: canonical, get, table }: Source,
  problems: Problems,
): OutgoingField[] {
  const { place, field } = way;
  const attribute = writable(settings, canonical);
  const convert = converter(field, 'reject');
  if (!attribute || canonical === `meta_data.${settings.wooMetaKey ?? ''}`) {
    const { why, cure } = attribute
      ? { why: 'the Salesforce id is written there', cure: 'Map another custom field.' }
      : whyNot(settings, canonical);
    problems.hold({
      code: 'MAPPING_NOT_WRITABLE',
      place,
      message: `${place} writes to ${canonical} of the shop, but ${why}.`,
      cure,
    });
    return [];
  }
  if (attribute.reverts === true && way.direction !== 'both') {
    problems.hold({
      code: 'MAPPING_NOT_WRITABLE',
      place,
      message: `${place} writes to ${canonical} of the shop and does not read it, so that a status which the shop refuses would stay in Salesforce.`,
      cure: 'Set its direction to both.',
    });
    return [];
  }
  // A table gives the shop its own values, whatever the field takes.
  if (table !== null) {
    if (convert === null) return [];
    checkShopValues(way, attribute, table, problems);
    return [translatedValue(way, attribute, get, convert, table)];
  }
  const types = typesFor(attribute, convert);
  if (!fits(way, attribute.name, types, problems) || convert === null) return [];
  return [outgoingValue(way, attribute, get, convert)];
}

function writable({ resource, transitions }: Settings, canonical: string) {
  return resource === 'order'
    ? writableOfOrder(canonical, transitions)
    : writableAttribute(canonical);
}

function whyNot({ resource }: Settings, canonical: string) {
  return resource === 'order' ? whyNotOfOrder(canonical) : whyNotWritable(canonical);
}

/** A text has no zone, so one that holds a date is taken as GMT. */
function typesFor({ name, type }: WooAttribute, convert: Convert | null): readonly string[] | null {
  if (convert === null) return [];
  const types = fieldTypes(type.from);
  const isSiteTime = type.from === 'date' && !name.endsWith('_gmt');
  return isSiteTime ? ['date', 'datetime'] : types;
}

function fits(
  { place, field }: FieldRoute,
  attribute: string,
  types: readonly string[] | null,
  problems: Problems,
): boolean {
  if (types === null || types.includes(field.type)) return true;
  problems.hold({
    code: 'MAPPING_TO_WOO_TYPE',
    place,
    message: `${place} writes ${field.name} to ${attribute} of the shop, which takes nothing from a field of the type ${field.type}.`,
    cure:
      types.length === 0
        ? 'Choose another field.'
        : `Choose a field of one of the types ${types.join(', ')}.`,
  });
  return false;
}
