import type { FieldWriter } from '../build/field-writer.ts';
import { localPart } from '../keys/email.ts';
import { member, text } from '../model/json-shape.ts';
import type { KeptField, Settings } from '../model/mapping.ts';
import type { WooRecord } from '../model/record.ts';
import { canonical } from '../values/canonical.ts';
import { decodeEntities } from '../values/html-text.ts';

/**
 * The fields that follow the shop until somebody edits them in Salesforce, and those by which people are found: a
 * customer may write any e-mail address into the shop, so that it must not go where a record was adopted by it.
 */
export function keptFields(
  { resource, matchFields }: Settings,
  writers: readonly FieldWriter[],
): readonly KeptField[] {
  const matched = matchFields.filter(({ through }) => through === null).map(({ field }) => field);
  const isMatch = ({ field }: FieldWriter) =>
    resource === 'customer' && matched.includes(field.name);
  return writers
    .filter(
      (writer) =>
        writer.writeWhen === 'unless_edited' || (writer.writeWhen === 'always' && isMatch(writer)),
    )
    .map((writer) => {
      const { field, attribute, transform, writeWhen } = writer;
      const isName = transform === 'name_fallback' || attribute === 'display_name';
      return {
        field: field.name,
        attribute,
        isMatch: isMatch(writer),
        isHashed: writeWhen === 'always',
        form: (value) => canonical(field, value),
        isStandIn: (held, record) => isName && standIns(record).includes(text(held)),
        isNameless: (record) =>
          isName && namesOf(record, attribute === 'display_name').every((name) => name === ''),
      };
    });
}

/** What stands for a name that the shop does not have yet. */
function standIns({ email, billing, first_name, last_name }: WooRecord): readonly string[] {
  const [first, last] = [first_name, last_name].map(text);
  const found = [
    localPart(text(email)),
    localPart(text(member(billing, 'email'))),
    text(member(billing, 'company')),
    // A first name alone stands for the last one.
    ...(last === '' ? [] : [first ?? '']),
  ];
  return found.filter((one) => one !== '').map(decodeEntities);
}

/** The shop's names of a customer: of a person its last name, of a display name all that it is made of. */
function namesOf(customer: WooRecord, isDisplayName: boolean): readonly string[] {
  const { billing } = customer;
  const last = [customer['last_name'], member(billing, 'last_name')];
  const others = [
    customer['first_name'],
    ...['first_name', 'company'].map((one) => member(billing, one)),
  ];
  return (isDisplayName ? [...last, ...others] : last).map(text);
}
