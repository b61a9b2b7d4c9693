import { countries } from './address-lists.ts';
import { field } from './fields.ts';
import type { FieldDefinition, ObjectDefinition, PicklistValue } from '../model/schema.ts';

const value = (code: string, label: string): PicklistValue => ({
  value: code,
  label,
  default: false,
  active: true,
});

const countryValues = countries.map(({ code, name }) => value(code, name));
const stateValues = countries.flatMap(({ states }) =>
  [...states].map(([code, name]) => value(code, name)),
);

/** Prefixes of the object's addresses, such as `Billing`; empty for the address of a lead. */
export const addressPrefixes = (object: ObjectDefinition): readonly string[] =>
  object.fields
    .filter((one) => one.type === 'address')
    .map((one) => one.name.slice(0, -'Address'.length));

/**
 * Beside the texts stand the codes. They refuse other values by the address rule and not as picklists do,
 * so they are no restricted picklists.
 */
function codeFields(prefix: string): readonly FieldDefinition[] {
  const label = prefix === '' ? '' : `${prefix} `;
  const code = (name: string, text: string, picklistValues: readonly PicklistValue[]) =>
    field(`${prefix}${name}`, 'picklist', { length: 10, label: `${label}${text}`, picklistValues });
  return [
    code('StateCode', 'State/Province Code', stateValues),
    code('CountryCode', 'Country/Territory Code', countryValues),
  ];
}

/** The object as it is in an org with state and country picklists. */
export function withAddressCodes(object: ObjectDefinition): ObjectDefinition {
  const codes = addressPrefixes(object).flatMap(codeFields);
  return codes.length === 0 ? object : { ...object, fields: [...object.fields, ...codes] };
}

export const hasAddressCodes = (object: ObjectDefinition): boolean =>
  addressPrefixes(object).some((prefix) =>
    object.fields.some((one) => one.name === `${prefix}CountryCode`),
  );
