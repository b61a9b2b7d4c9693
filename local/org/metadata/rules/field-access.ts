import type { FieldDefinition, ObjectDefinition } from '../../schema/types.ts';

const addressParts =
  /(Street|City|State|PostalCode|Country|StateCode|CountryCode|Latitude|Longitude|GeocodeAccuracy)$/;

/** Set and shown by the platform for every record; no permission set names them. */
const systemFields = new Set([
  'Id',
  'IsDeleted',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
]);

/** Fields of people that belong to the compound field Name. */
const nameParts = new Set(['FirstName', 'LastName', 'MiddleName', 'Salutation', 'Suffix']);

/** Metadata names an address as one field: `MailingAddress`, never `MailingCity`. */
export function isAddressPart(object: ObjectDefinition, field: FieldDefinition): boolean {
  const part = addressParts.exec(field.name)?.[0];
  if (part === undefined || field.custom) return false;
  const whole = `${field.name.slice(0, -part.length)}Address`;
  return object.fields.some((one) => one.name === whole && one.type === 'address');
}

/** Whether a permission set can name the field at all. */
export function canBeGranted(object: ObjectDefinition, field: FieldDefinition): boolean {
  return (
    object.kind !== 'customMetadata' &&
    !systemFields.has(field.name) &&
    !isAddressPart(object, field)
  );
}

/** Fields that everyone who sees the object sees: naming them in a permission set is refused. */
export function isAlwaysGranted(object: ObjectDefinition, field: FieldDefinition): boolean {
  if (field.required || field.masterDetail) return true;
  if (field.name === object.nameField || field.name === 'OwnerId') return true;
  const isPerson = object.fields.some((one) => one.name === 'LastName');
  return isPerson && !field.custom && nameParts.has(field.name);
}
