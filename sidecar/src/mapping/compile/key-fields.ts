import { resolveAlias } from '../attributes/known-attributes.ts';
import type { MappingRow } from '../model/config-rows.ts';
import type { Problems } from '../model/problems.ts';
import { type Resource, RESOURCES } from '../model/resources.ts';
import { type FieldSchema, findField, type ObjectSchema } from '../model/schema.ts';

/** Key fields shorter than this could not hold the keys of guests. */
const KEY_LENGTH = 64;

/** The field of the Salesforce record that holds the key of the shop's. */
export function readKey(
  row: MappingRow,
  schema: ObjectSchema,
  problems: Problems,
): FieldSchema | null {
  const wanted = blankToNull(row.externalIdField) ?? 'Woo_Key__c';
  const field = findField(schema, wanted);
  if (field?.externalId && field.type === 'string' && field.length >= KEY_LENGTH) {
    if (!field.unique) {
      problems.warn({
        code: 'MAPPING_KEY_NOT_UNIQUE',
        message: `${row.name} keeps keys in ${schema.name}.${field.name}, which is not unique: two writers at once could make the same record twice.`,
        cure: `Make ${field.name} unique and case-sensitive.`,
      });
    }
    return field;
  }
  problems.hold({
    code: field ? 'MAPPING_KEY_NOT_EXTERNAL_ID' : 'MAPPING_UNKNOWN_FIELD',
    message: field
      ? `${row.name} keeps keys in ${schema.name}.${field.name}, which is not a text field of at least ${KEY_LENGTH} characters that is an external id.`
      : `${row.name} keeps keys in "${wanted}", which ${schema.name} does not have or the integration user may not see.`,
    cure: 'Choose an external id field of type Text(255), unique and case-sensitive, such as Woo_Key__c.',
  });
  return null;
}

/** The custom field of the shop's record that holds the Salesforce id; null for none. */
export function readMetaKey(
  row: MappingRow,
  resource: Resource,
  problems: Problems,
): string | null {
  const metaKey = blankToNull(row.wooMetaKey);
  if (metaKey === null) return null;
  const code = 'MAPPING_META_KEY';
  if (!RESOURCES[resource].hasMeta) {
    problems.warn({
      code,
      message: `${row.name} wants the Salesforce id in the custom field "${metaKey}", but WooCommerce lets no custom field of ${resource === 'refund' ? 'a refund' : 'an order item'} be written on its own, so it is not.`,
      cure: 'Leave its Woo Meta Key blank.',
    });
    return null;
  }
  const own = resolveAlias(resource, metaKey);
  if (!metaKey.startsWith('_') || own === metaKey) return metaKey;
  problems.hold({
    code,
    message: `${row.name} wants the Salesforce id in "${metaKey}", where WooCommerce keeps ${own}: it would be overwritten.`,
    cure: 'Choose a Woo Meta Key of your own, such as salesforce_id.',
  });
  return null;
}

function blankToNull(value: string | null): string | null {
  return value === null || value.trim() === '' ? null : value.trim();
}
