import { isFieldWithoutRights } from './known-rights.ts';
import type { FieldDefinition, ObjectDefinition } from './schema.ts';

const addressParts =
  /(Street|City|State|PostalCode|Country|StateCode|CountryCode|Latitude|Longitude|GeocodeAccuracy)$/;

/** Set and shown by the platform for every record; no permission set names them. */
const systemFields = new Set([
  'Id',
  'IsDeleted',
  'MasterRecordId',
  'RecordTypeId',
  'IsPersonAccount',
  'PersonContactId',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
]);

/** Standard fields without field-level security: who sees the object sees them. */
const unsecuredFields = new Set([
  'Lead.IsConverted',
  'Opportunity.IsClosed',
  'Opportunity.IsWon',
  'Product2.IsActive',
  'Product2.IsArchived',
]);
const unsecuredObjects = new Set([
  'ContentDocument',
  'ContentDocumentLink',
  'ContentVersion',
  'PermissionSetAssignment',
  'Pricebook2',
  'PricebookEntry',
]);

/** Fields of people that belong to the compound field Name. */
const nameParts = new Set(['FirstName', 'LastName', 'MiddleName', 'Salutation', 'Suffix']);

/** The address that a standard field is a part of: `MailingAddress` for `MailingCity`. */
export function addressOf(
  object: ObjectDefinition,
  field: FieldDefinition,
): FieldDefinition | undefined {
  const part = addressParts.exec(field.name)?.[0];
  if (part === undefined || field.custom) return undefined;
  const whole = `${field.name.slice(0, -part.length)}Address`;
  return object.fields.find((one) => one.name === whole && one.type === 'address');
}

/** Metadata names an address as one field: `MailingAddress`, never `MailingCity`. */
export const isAddressPart = (object: ObjectDefinition, field: FieldDefinition): boolean =>
  addressOf(object, field) !== undefined;

function hasFieldSecurity(object: ObjectDefinition, field: FieldDefinition): boolean {
  if (object.kind !== 'standard' && object.kind !== 'custom') return false;
  if (systemFields.has(field.name)) return false;
  const isUnsecured =
    unsecuredObjects.has(object.name) ||
    unsecuredFields.has(`${object.name}.${field.name}`) ||
    (isFieldWithoutRights(object.name, field.name) && !isAlwaysGranted(object, field));
  return field.custom || !isUnsecured;
}

/** The contact's name for a field that a person account shows of it; undefined for fields of its own. */
function contactName(
  object: ObjectDefinition,
  { name, custom }: FieldDefinition,
): string | undefined {
  if (object.name !== 'Account') return undefined;
  if (custom) return name.endsWith('__pc') ? name.replace(/__pc$/, '__c') : undefined;
  return name.startsWith('Person') ? name.slice('Person'.length) : undefined;
}

/**
 * What a permission set names to give the field: the address for its parts, and the contact's field for
 * that of a person account, which has no security of its own.
 */
export function grantedAs(object: ObjectDefinition, field: FieldDefinition): string {
  const named = addressOf(object, field) ?? field;
  const contact = contactName(object, named);
  return contact === undefined ? `${object.name}.${named.name}` : `Contact.${contact}`;
}

/** Whether a permission set can name the field at all. */
export function canBeGranted(object: ObjectDefinition, field: FieldDefinition): boolean {
  return (
    hasFieldSecurity(object, field) && grantedAs(object, field) === `${object.name}.${field.name}`
  );
}

/** Fields that everyone who sees the object sees: naming them in a permission set is refused. */
export function isAlwaysGranted(object: ObjectDefinition, field: FieldDefinition): boolean {
  if (field.required || field.masterDetail) return true;
  if (field.name === object.nameField || field.name === 'OwnerId') return true;
  const isPerson = object.fields.some((one) => one.name === 'LastName');
  return isPerson && !field.custom && nameParts.has(field.name);
}

/** Whether rights decide who sees and changes the field; those of an address decide for its parts. */
export const isSecured = (object: ObjectDefinition, field: FieldDefinition): boolean =>
  hasFieldSecurity(object, field) && !isAlwaysGranted(object, field);
