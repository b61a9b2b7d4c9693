import { recordTypeField } from './record-types.ts';
import {
  address,
  checkbox,
  date,
  email,
  phone,
  picklist,
  readOnly,
  reference,
  text,
} from './fields.ts';
import { leadSources, salutations } from './standard/people.ts';
import type { FieldDefinition, ObjectDefinition } from '../model/schema.ts';

/** Fields of the person's contact that stand on the account, by their names there. */
const personFields: readonly FieldDefinition[] = [
  text('LastName', 80),
  text('FirstName', 40),
  picklist('Salutation', 40, salutations),
  ...address('PersonMailing'),
  ...address('PersonOther'),
  phone('PersonMobilePhone', { label: 'Mobile' }),
  phone('PersonHomePhone', { label: 'Home Phone' }),
  phone('PersonOtherPhone', { label: 'Other Phone' }),
  phone('PersonAssistantPhone', { label: 'Asst. Phone' }),
  email('PersonEmail', { label: 'Email' }),
  text('PersonTitle', 128, { label: 'Title' }),
  text('PersonDepartment', 80, { label: 'Department' }),
  text('PersonAssistantName', 40, { label: 'Assistant' }),
  picklist('PersonLeadSource', 255, leadSources, { label: 'Lead Source' }),
  date('PersonBirthdate', { label: 'Birthdate' }),
  checkbox('PersonHasOptedOutOfEmail', { label: 'Email Opt Out' }),
  checkbox('PersonHasOptedOutOfFax', { label: 'Fax Opt Out' }),
  checkbox('PersonDoNotCall', { label: 'Do Not Call' }),
];

const isPersonAccount = checkbox('IsPersonAccount', readOnly, { label: 'Is Person Account' });

const accountFields: readonly FieldDefinition[] = [
  recordTypeField,
  isPersonAccount,
  reference('PersonContactId', ['Contact'], readOnly, { label: 'Contact ID' }),
  ...personFields,
];

/** The object as it is in an org with Person Accounts. */
export function withPersonFields(object: ObjectDefinition): ObjectDefinition {
  if (object.name === 'Contact') {
    return { ...object, fields: [...object.fields, isPersonAccount] };
  }
  if (object.name !== 'Account') return object;
  return { ...object, fields: [...object.fields, ...accountFields] };
}

export const hasPersonAccounts = (object: ObjectDefinition | undefined): boolean =>
  object?.fields.some((one) => one.name === 'IsPersonAccount') ?? false;

/** The account's name for a field of the person's contact; undefined where it has none. */
function accountNameOf(field: FieldDefinition): string | undefined {
  if (field.custom) return field.name.replace(/__c$/, '__pc');
  const own = personFields.find((one) => one.name === field.name);
  return own?.name ?? personFields.find((one) => one.name === `Person${field.name}`)?.name;
}

/** Name on the account and name on the contact of each field that a person account shows of its contact. */
export function sharedFields(contact: ObjectDefinition): readonly (readonly [string, string])[] {
  return contact.fields.flatMap((field) => {
    const name = accountNameOf(field);
    return name === undefined || field.type === 'address' ? [] : [[name, field.name] as const];
  });
}

const person = (name: string): string => name.replace(/__r$/, '__pr');

function onAccount(field: FieldDefinition): FieldDefinition {
  const { relationshipName, childRelationshipName } = field;
  return {
    ...field,
    name: field.name.replace(/__c$/, '__pc'),
    required: false,
    unique: false,
    externalId: false,
    ...(relationshipName === undefined ? {} : { relationshipName: person(relationshipName) }),
    ...(childRelationshipName === undefined
      ? {}
      : { childRelationshipName: person(childRelationshipName) }),
  };
}

/**
 * The account with a `__pc` field for each custom field of Contact. They are no external ids there:
 * an upsert of accounts cannot go by them.
 */
export function withContactFields(
  account: ObjectDefinition,
  contact: ObjectDefinition,
): ObjectDefinition {
  const mirrored = contact.fields.filter((one) => one.custom).map(onAccount);
  const names = new Set(mirrored.map((one) => one.name));
  const others = account.fields.filter((one) => !names.has(one.name));
  return { ...account, fields: [...others, ...mirrored] };
}
