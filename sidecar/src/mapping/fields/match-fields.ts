import type { Getter } from '../attributes/derived-attributes.ts';
import { usableEmail } from '../keys/email.ts';
import type { MappingRow } from '../model/config-rows.ts';
import type { MatchField } from '../model/mapping.ts';
import { didYouMean, type Problems } from '../model/problems.ts';
import type { Resource, Row } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import type { FieldSchema, ObjectSchema } from '../model/schema.ts';
import { isEmpty, scalarText } from '../values/convert.ts';
import { readPath } from './read-path.ts';

/** Types whose values Salesforce compares as text, and lets be asked for. */
const COMPARABLE: ReadonlySet<string> = new Set([
  'string',
  'email',
  'phone',
  'url',
  'picklist',
  'combobox',
  'textarea',
]);

/** Longer text areas cannot be asked for. */
const LONGEST = 255;

/** Where a field's values are held: the mapping's own object, or one whose records hang on it. */
interface Place {
  readonly schema: ObjectSchema;
  readonly through: MatchField['through'];
}

/**
 * The match fields of a mapping, divided by semicolons, in the order in which they are tried: a field of its
 * object that it fills (`StockKeepingUnit`), a field and the Woo attribute that it must equal
 * (`Email=billing.email`), or a field of records that hang on its own (`Contacts.Email=email`).
 */
export function readMatchFields(
  row: MappingRow,
  resource: Resource,
  schema: ObjectSchema,
  schemas: ReadonlyMap<string, ObjectSchema>,
  problems: Problems,
): readonly MatchField[] {
  const terms = (row.matchFields ?? '').split(/[;,]/).map((term) => term.trim());
  return terms.flatMap((term) => {
    if (term === '') return [];
    const [target = '', attribute] = term.split('=', 2).map((part) => part.trim());
    const dot = target.lastIndexOf('.');
    const name = target.slice(dot + 1);
    const place = placeOf(target.slice(0, Math.max(dot, 0)), row, schema, schemas, problems);
    const field = place && fieldOf(name, place.schema, row, problems);
    if (!place || !field) return [];
    const wanted = valueOf(row, resource, field, attribute, place, problems);
    if (wanted === null) return [];
    const { through } = place;
    const { caseSensitive } = field;
    return [
      {
        name: target,
        object: place.schema.name,
        field: field.name,
        caseSensitive,
        through,
        ...wanted,
      },
    ];
  });
}

/** Objects that match fields ask beside the mapped ones, for who describes them. */
export function matchedObjects(
  rows: readonly MappingRow[],
  schemas: ReadonlyMap<string, ObjectSchema>,
): readonly string[] {
  const named = rows.flatMap(({ matchFields, object }) => {
    const schema = schemas.get(object ?? '');
    const terms = (matchFields ?? '').split(/[;,]/).map((term) => term.split('=')[0] ?? '');
    return terms.flatMap((term) => childOf(schema, term.split('.')[0] ?? '')?.object ?? []);
  });
  return [...new Set(named)].filter((object) => !schemas.has(object));
}

function childOf(schema: ObjectSchema | undefined, relationship: string) {
  const wanted = relationship.trim().toLowerCase();
  return schema?.children?.find(
    ({ relationshipName }) => relationshipName.toLowerCase() === wanted,
  );
}

function placeOf(
  prefix: string,
  row: MappingRow,
  schema: ObjectSchema,
  schemas: ReadonlyMap<string, ObjectSchema>,
  problems: Problems,
): Place | null {
  if (prefix === '' || prefix.toLowerCase() === schema.name.toLowerCase()) {
    return { schema, through: null };
  }
  const child = childOf(schema, prefix);
  const other = child && schemas.get(child.object);
  const lookup = child && other?.fields.get(child.field.toLowerCase());
  if (other && lookup) {
    const { name, relationshipName } = lookup;
    return { schema: other, through: { field: name, relationshipName: relationshipName ?? name } };
  }
  problems.hold({
    code: 'MAPPING_UNKNOWN_RELATIONSHIP',
    message: `${row.name} matches by "${prefix}", which is no list of records on ${schema.name}, or one that the integration user may not see.`,
    cure: `${didYouMean(
      prefix,
      (schema.children ?? []).map(({ relationshipName }) => relationshipName),
    )}Write the name of the list, its field and a WooCommerce attribute, such as Contacts.Email=email.`,
  });
  return null;
}

function fieldOf(
  name: string,
  schema: ObjectSchema,
  row: MappingRow,
  problems: Problems,
): FieldSchema | null {
  const field = schema.fields.get(name.toLowerCase());
  if (!field) {
    const names = [...schema.fields.values()].map((one) => one.name);
    problems.hold({
      code: 'MAPPING_UNKNOWN_FIELD',
      message: `${row.name} matches by "${name}", which ${schema.name} does not have or the integration user may not see.`,
      cure: `${didYouMean(name, names)}Correct its match fields.`,
    });
    return null;
  }
  const place = `${schema.name}.${field.name}`;
  if (!field.filterable && field.encrypted) {
    problems.hold({
      code: 'MAPPING_MATCH_ENCRYPTED',
      message: `${row.name} matches by ${place}, which is encrypted so that its values cannot be asked for.`,
      cure: 'Choose the scheme "deterministic, case insensitive" for the field (Setup › Encryption Settings), or match by another field.',
    });
    return null;
  }
  if (field.filterable && COMPARABLE.has(field.type) && field.length <= LONGEST) {
    if (field.encrypted) {
      problems.warn({
        code: 'MAPPING_MATCH_ENCRYPTED',
        message: `${row.name} matches by ${place}, which is encrypted: in the scheme "case sensitive" a record whose value is written with other capitals is not found, and a second one is made.`,
        cure: 'See that the scheme of the field is "deterministic, case insensitive" (Setup › Encryption Settings); if it is, there is nothing to do.',
      });
    }
    return field;
  }
  problems.hold({
    code: 'MAPPING_MATCH_TYPE',
    message: `${row.name} matches by ${place}, whose values cannot be asked for as text (its type is ${field.type}).`,
    cure: 'Match by a text, e-mail, phone, URL or picklist field.',
  });
  return null;
}

/** How the record's value is had: from an attribute, which is named, or from what the mapping writes to the field. */
function valueOf(
  row: MappingRow,
  resource: Resource,
  { name, type }: FieldSchema,
  attribute: string | undefined,
  { through }: Place,
  problems: Problems,
): Pick<MatchField, 'attribute' | 'value'> | null {
  if (attribute === undefined) {
    if (through === null) {
      return { value: (_record, built) => comparable(type, written(built, name)) };
    }
    problems.hold({
      code: 'MAPPING_MATCH_ATTRIBUTE',
      message: `${row.name} matches by ${name} of another record, and does not say what it must equal.`,
      cure: `Add the WooCommerce attribute, such as ${name}=email.`,
    });
    return null;
  }
  const path = readPath(
    resource,
    { name: row.name, attribute },
    problems,
    (canonical) => canonical,
  );
  if (!path) return null;
  const get: Getter = path.get;
  return {
    attribute: path.canonical,
    value: (record, _built, store) => comparable(type, get(record, store)),
  };
}

function written({ fields, onCreate, whenEmpty }: Row, field: string): unknown {
  return fields[field] ?? onCreate[field] ?? whenEmpty[field];
}

/** A text that may be asked for; null for what is empty, and for the address that erased customers share. */
function comparable(type: string, value: unknown): string | null {
  if (isEmpty(value)) return null;
  const text = scalarText(value);
  if (text instanceof Refusal || text.trim() === '') return null;
  return type === 'email' ? usableEmail(text) : text.trim();
}
