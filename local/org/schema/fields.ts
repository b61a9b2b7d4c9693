import type { FieldDefinition, FieldType, PicklistValue } from '../model/schema.ts';

/** What a field may state beyond its type; the rest is derived. */
export type Facets = Partial<Omit<FieldDefinition, 'name' | 'type'>>;

export const required: Facets = { required: true };
export const readOnly: Facets = { createable: false, updateable: false };
export const createOnly: Facets = { updateable: false };

/** `StockKeepingUnit` → `Stock Keeping Unit`, `AccountId` → `Account ID`. */
function labelOf(name: string): string {
  return name
    .replace(/__c$/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/\bId$/, 'ID');
}

/** A whole field definition from its name, its type and what is not usual about it. */
export function field(
  name: string,
  type: FieldType,
  ...facets: readonly Facets[]
): FieldDefinition {
  const usual: FieldDefinition = {
    name,
    label: labelOf(name),
    type,
    custom: false,
    length: 0,
    precision: 0,
    scale: 0,
    required: false,
    createable: true,
    updateable: true,
    filterable: true,
    unique: false,
    caseSensitive: false,
    externalId: false,
    referenceTo: [],
    masterDetail: false,
    reparentable: false,
    metadataRelationship: false,
    restrictedPicklist: false,
    picklistValues: [],
  };
  return facets.reduce<FieldDefinition>((all, one) => ({ ...all, ...one }), usual);
}

export const text = (name: string, length: number, ...facets: Facets[]): FieldDefinition =>
  field(name, 'string', { length }, ...facets);

/** Up to 255 characters is a text area that can be filtered; more is long text that cannot. */
export const textArea = (name: string, length: number, ...facets: Facets[]): FieldDefinition =>
  field(name, 'textarea', { length, filterable: length <= 255 }, ...facets);

export const checkbox = (name: string, ...facets: Facets[]): FieldDefinition =>
  field(name, 'boolean', { defaultValue: false }, ...facets);

export const integer = (name: string, digits: number, ...facets: Facets[]): FieldDefinition =>
  field(name, 'int', { precision: digits }, ...facets);

export const decimal = (
  name: string,
  precision: number,
  scale: number,
  ...facets: Facets[]
): FieldDefinition => field(name, 'double', { precision, scale }, ...facets);

export const currency = (name: string, scale = 2, ...facets: Facets[]): FieldDefinition =>
  field(name, 'currency', { precision: 18, scale }, ...facets);

export const date = (name: string, ...facets: Facets[]): FieldDefinition =>
  field(name, 'date', ...facets);

export const dateTime = (name: string, ...facets: Facets[]): FieldDefinition =>
  field(name, 'datetime', ...facets);

export const email = (name: string, ...facets: Facets[]): FieldDefinition =>
  field(name, 'email', { length: 80 }, ...facets);

export const phone = (name: string, ...facets: Facets[]): FieldDefinition =>
  field(name, 'phone', { length: 40 }, ...facets);

export const url = (name: string, ...facets: Facets[]): FieldDefinition =>
  field(name, 'url', { length: 255 }, ...facets);

/** Picklist entries from `A|B|C`; labels are the values. */
export function values(list: string, standardDefault?: string): readonly PicklistValue[] {
  return list
    .split('|')
    .map((value) => ({ value, label: value, default: value === standardDefault, active: true }));
}

export const picklist = (
  name: string,
  length: number,
  entries: readonly PicklistValue[],
  ...facets: Facets[]
): FieldDefinition => field(name, 'picklist', { length, picklistValues: entries }, ...facets);

/** A standard lookup; `OwnerId` gives the relationship `Owner`. */
export const reference = (
  name: string,
  to: readonly string[],
  ...facets: Facets[]
): FieldDefinition =>
  field(
    name,
    'reference',
    { length: 18, referenceTo: to, relationshipName: name.replace(/Id$/, '') },
    ...facets,
  );

/** The parts of a standard address and the read-only compound field, as describe lists them. */
export function address(prefix: string): readonly FieldDefinition[] {
  return [
    textArea(`${prefix}Street`, 255),
    text(`${prefix}City`, 40),
    text(`${prefix}State`, 80, { label: `${prefix} State/Province` }),
    text(`${prefix}PostalCode`, 20, { label: `${prefix} Zip/Postal Code` }),
    text(`${prefix}Country`, 80),
    decimal(`${prefix}Latitude`, 18, 15),
    decimal(`${prefix}Longitude`, 18, 15),
    picklist(
      `${prefix}GeocodeAccuracy`,
      40,
      values(
        'Address|NearAddress|Block|Street|ExtendedZip|Zip|Neighborhood|City|County|State|Unknown',
      ),
      { restrictedPicklist: true },
    ),
    field(`${prefix}Address`, 'address', readOnly, { filterable: false }),
  ];
}
