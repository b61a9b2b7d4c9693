import { IMAGE_ATTRIBUTES, resolveAlias } from '../../mapping/attributes.ts';
import { parsePath } from '../../mapping/paths.ts';
import { findField } from '../../mapping/settings.ts';
import type { FieldMappingRow, FieldSchema, ObjectSchema, Resource } from '../../mapping/types.ts';
import { isReadOnly, kindOf, type AttributeKind } from '../../mapping/attribute-kinds.ts';
import { error, warning, type Finding } from './finding.ts';

/** Types of fields by what they take, in describe's words. */
const TAKES: Readonly<Record<string, string>> = {
  ...{ double: 'a number', currency: 'a number', percent: 'a number' },
  ...{ int: 'a number', long: 'a number', boolean: 'true or false' },
  ...{ date: 'a date', datetime: 'a date', time: 'a time', email: 'an e-mail address' },
  ...{ reference: 'a record id', id: 'a record id' },
};

const IS: Readonly<Record<AttributeKind, string>> = {
  ...{ word: 'a word', text: 'a text', email: 'an e-mail address', number: 'a number' },
  ...{ date: 'a date', yes_no: 'true or false', list: 'a list', object: 'a group of values' },
};

/** What a kind of attribute fits, of the types that do not take every text. */
const FITS: Readonly<Partial<Record<AttributeKind, readonly string[]>>> = {
  number: ['a number'],
  date: ['a date'],
  yes_no: ['true or false'],
  email: ['an e-mail address'],
  word: [],
};

/**
 * Whether what an attribute holds can be what its field takes: sees that a list will never fit a number before
 * the first record is refused.
 */
export function checkFieldType(
  resource: Resource,
  row: FieldMappingRow,
  schema: ObjectSchema,
): Finding[] {
  const field = findField(schema, row.field ?? '');
  const path = parsePath(resource, resolveAlias(resource, row.attribute?.trim() ?? '')).path;
  if (!field || !path || !['', 'attribute'].includes(lower(row.kind))) return [];
  const kind = afterTransform(kindOf(resource, path.canonical), lower(row.transform));
  if (kind === null) return [];
  return mismatch(row, field, path.canonical, kind);
}

function mismatch(
  { name: place }: FieldMappingRow,
  { name, type }: FieldSchema,
  attribute: string,
  kind: AttributeKind,
): Finding[] {
  const takes = TAKES[type];
  const said = `${place} writes ${attribute} to ${name}: ${IS[kind]} to a field that takes ${takes ?? 'one value'}.`;
  const details = { code: 'CHECK_FIELD_TYPE', place, message: said };
  if (kind === 'list') {
    if (type === 'multipicklist') return [];
    const cure = `Take one of it by the transform first or by its position (${attribute}.0), all as one text by join, or choose another field.`;
    return [error({ ...details, cure })];
  }
  if (kind === 'object') {
    const cure = `Choose one of its values, such as ${attribute}.${attribute === 'dimensions' ? 'width' : 'city'}, or the transform json.`;
    return [error({ ...details, cure })];
  }
  if (takes === undefined || FITS[kind]?.includes(takes)) return [];
  if (kind === 'text') {
    const cure = 'Records with anything else will be refused: see that none has it.';
    return [warning({ ...details, cure })];
  }
  const cure =
    takes === 'a record id'
      ? 'Choose the kind lookup, or another field.'
      : 'Choose another attribute, or another field.';
  return [error({ ...details, cure })];
}

/** Transforms that leave a value of the kind that it is. */
const SAME_KIND: ReadonlySet<string> = new Set([
  ...['', 'none', 'gmt_date', 'plain_text', 'lower_case', 'upper_case'],
]);
const MAKE_TEXT: ReadonlySet<string> = new Set(['json', 'name_fallback', 'street']);

/** Null where it cannot be known: a transform that is not named here may make anything of anything. */
function afterTransform(kind: AttributeKind | null, transform: string): AttributeKind | null {
  if (SAME_KIND.has(transform)) return kind;
  if (MAKE_TEXT.has(transform)) return 'text';
  if (transform === 'join') return kind === 'list' ? 'text' : kind;
  if (transform === 'first') return kind === 'list' ? null : kind;
  return null;
}

/** Whether a field that goes to WooCommerce can be read here and written there. */
export function checkTowardsWoo(
  resource: Resource,
  row: FieldMappingRow,
  schema: ObjectSchema,
): Finding[] {
  const { name: place, field, attribute } = row;
  const findings: Finding[] = [];
  if (!findField(schema, field ?? '')) {
    findings.push(
      error({
        ...{ code: 'MAPPING_UNKNOWN_FIELD', place },
        message: `${place} reads "${field ?? ''}" for WooCommerce, which ${schema.name} does not have or the integration user may not see.`,
        cure: 'Correct its Salesforce field, or deploy the field and grant read on it in the permission set Woo_Integration.',
      }),
    );
  }
  const name = attribute?.trim() ?? '';
  if (IMAGE_ATTRIBUTES.has(name)) return findings;
  const path = parsePath(resource, resolveAlias(resource, name)).path;
  if (!path) {
    findings.push(
      error({
        ...{ code: 'MAPPING_UNKNOWN_ATTRIBUTE', place },
        message: `${place} writes to the attribute "${name}", which no ${resource.replace('_', ' ')} has.`,
        cure: 'Correct its attribute; custom fields are reached by meta_data.<key>.',
      }),
    );
  } else if (isReadOnly(path.canonical)) {
    findings.push(
      error({
        ...{ code: 'CHECK_READ_ONLY_IN_WOO', place },
        message: `${place} writes to ${path.canonical}, which WooCommerce makes itself and lets nobody change.`,
        cure: 'Set the direction of the field mapping to to_salesforce.',
      }),
    );
  }
  return findings;
}

/** A setting as compile.ts reads it; '' for one left blank. */
export function lower(value: string | null): string {
  return value?.trim().toLowerCase() ?? '';
}
