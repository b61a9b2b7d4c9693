import type { FieldWriter } from '../build/field-writer.ts';
import { isRequired } from '../build/fill-field.ts';
import type { Fields } from '../fields/fields.ts';
import type { OffRows } from '../model/config-rows.ts';
import type { Settings } from '../model/mapping.ts';
import type { Problems } from '../model/problems.ts';
import { findField } from '../model/schema.ts';

/** Holds a mapping whose field mappings do not fit its settings, or do not fill a record. */
export function checkFields(
  settings: Settings,
  fields: Fields,
  { hasRows, off }: { readonly hasRows: boolean; readonly off: OffRows['fields'] },
  problems: Problems,
): void {
  holdForOwnMetaKey(settings, fields, problems);
  holdForStaticMatch(settings, fields, problems);
  if (hasRows) requireFields(settings, [...fields.writers, ...fields.lookups], off, problems);
  else holdForNoFields(settings, off, problems);
}

/** One whose fields are all hidden from us is held for that already. */
function holdForNoFields({ name }: Settings, off: OffRows['fields'], problems: Problems): void {
  if (problems.held) return;
  problems.hold({
    code: 'MAPPING_NO_FIELDS',
    message: `${name} has no field mappings${off.length > 0 ? ' that are on' : ''}, so its records would hold a key and nothing else.`,
    cure:
      off.length > 0
        ? `Check Active of those that it needs (${off.length} are off), or deactivate the mapping.`
        : 'Add field mappings to it (Setup › Custom Metadata Types › Woo Field Mapping), or deactivate it. If it has some, the integration user may not see them: it needs read on their object.',
  });
}

/** The id of the Salesforce record would take the place of what the field mapping is to read. */
function holdForOwnMetaKey(
  { name, wooMetaKey }: Settings,
  { mapped }: Fields,
  problems: Problems,
): void {
  const reader = mapped.find(
    ({ attribute, direction }) =>
      direction === 'to_salesforce' && attribute === `meta_data.${wooMetaKey ?? ''}`,
  );
  if (wooMetaKey === null || reader === undefined) return;
  problems.hold({
    code: 'MAPPING_META_KEY',
    place: reader.place,
    message: `${reader.place} reads the custom field "${wooMetaKey}", in which ${name} keeps the Salesforce id.`,
    cure: `Choose another Woo Meta Key for ${name}, or another attribute.`,
  });
}

/** All records would be taken for the first that has the value. */
function holdForStaticMatch(
  { name, matchFields, object }: Settings,
  { writers }: Fields,
  problems: Problems,
): void {
  const constant = new Set(
    writers.filter(({ source }) => source.kind === 'static').map(({ field }) => field.name),
  );
  const wrong = matchFields.find(
    (match) =>
      match.attribute === undefined && match.object === object && constant.has(match.field),
  );
  if (wrong === undefined) return;
  problems.hold({
    code: 'MAPPING_MATCH_STATIC',
    message: `${name} matches by ${wrong.field}, to which it writes the same static value for every record.`,
    cure: 'Match by a field that tells records apart, such as an e-mail address or a SKU.',
  });
}

/** A record cannot be created without its required fields. */
function requireFields(
  { schema, key, direction, events, name }: Settings,
  written: readonly Pick<FieldWriter, 'field'>[],
  off: OffRows['fields'],
  problems: Problems,
): void {
  if (direction === 'to_woo' || !events.create) return;
  const mapped = new Set(written.map(({ field }) => field.name));
  // Salesforce names a person account by its first and last name.
  if (schema.fields.has('ispersonaccount') && mapped.has('LastName')) mapped.add('Name');
  for (const field of schema.fields.values()) {
    const wanted = isRequired(field) && field.createable && !field.calculated;
    if (!wanted || field.name === key.name || mapped.has(field.name)) continue;
    const row = off.find((one) => findField(schema, one.field ?? '')?.name === field.name);
    problems.hold({
      code: 'MAPPING_REQUIRED_FIELD',
      ...(row && { place: row.name }),
      message: `${name} does not fill ${field.name}, which ${schema.name} requires${row ? `: ${row.name} is off` : ''}.`,
      cure: row
        ? `Check Active of ${row.name}, or add another field mapping for ${field.name}.`
        : `Add a field mapping for ${field.name}, of an attribute or a static value.`,
    });
  }
}
