import { parsePath } from '../../mapping/attributes/attribute-path.ts';
import {
  IMAGE_ATTRIBUTES,
  NOTE_ATTRIBUTES,
  resolveAlias,
} from '../../mapping/attributes/known-attributes.ts';
import { typeMismatch } from '../../mapping/fields/type-mismatch.ts';
import { isReadOnly } from '../../mapping/model/attribute-kinds.ts';
import type { FieldMappingRow } from '../../mapping/model/config-rows.ts';
import type { Resource } from '../../mapping/model/record.ts';
import { lower } from '../../mapping/model/resource-of.ts';
import { findField, type ObjectSchema } from '../../mapping/model/schema.ts';
import { error, type Finding, warning } from './finding.ts';

/** Values that may not fit their field; such as never fit hold the mapping, and compiling it says so. */
export function checkFieldType(
  resource: Resource,
  row: FieldMappingRow,
  schema: ObjectSchema,
): Finding[] {
  const field = findField(schema, row.field ?? '');
  const path = parsePath(resource, resolveAlias(resource, row.attribute?.trim() ?? '')).path;
  if (!field || !path || !['', 'attribute'].includes(lower(row.kind))) return [];
  const found = typeMismatch(resource, path.canonical, lower(row.transform), field);
  if (found === null || found.always) return [];
  return [
    warning({
      code: 'CHECK_FIELD_TYPE',
      place: row.name,
      cure: found.cure,
      message: `${row.name} writes ${path.canonical} to ${field.name}: ${found.what}.`,
    }),
  ];
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
        code: 'MAPPING_UNKNOWN_FIELD',
        place,
        message: `${place} reads "${field ?? ''}" for WooCommerce, which ${schema.name} does not have or the integration user may not see.`,
        cure: 'Correct its Salesforce field, or deploy the field and grant read on it in a permission set of your own that the integration user has (an upgrade replaces Woo_Integration).',
      }),
    );
  }
  const name = attribute?.trim() ?? '';
  if (IMAGE_ATTRIBUTES.has(name)) return findings;
  if (resource === 'order' && NOTE_ATTRIBUTES.has(name)) return findings;
  const path = parsePath(resource, resolveAlias(resource, name)).path;
  if (!path) {
    findings.push(
      error({
        code: 'MAPPING_UNKNOWN_ATTRIBUTE',
        place,
        message: `${place} writes to the attribute "${name}", which no ${resource.replace('_', ' ')} has.`,
        cure: 'Correct its attribute; custom fields are reached by meta_data.<key>.',
      }),
    );
  } else if (isReadOnly(path.canonical)) {
    findings.push(
      error({
        code: 'CHECK_READ_ONLY_IN_WOO',
        place,
        message: `${place} writes to ${path.canonical}, which WooCommerce makes itself and lets nobody change.`,
        cure: 'Set the direction of the field mapping to to_salesforce.',
      }),
    );
  }
  return findings;
}
