import { parsePath } from '../../mapping/paths.ts';
import { findField } from '../../mapping/settings.ts';
import type { FieldMappingRow, MappingRow, ObjectSchema, Resource } from '../../mapping/types.ts';
import { kindOf } from './attribute-kinds.ts';
import { error, type Finding } from './finding.ts';
import { lower } from './fields.ts';

/** Whose id an attribute is. */
const REFERS_TO: Readonly<Record<Resource, Readonly<Record<string, Resource>>>> = {
  order: { customer: 'customer', customer_id: 'customer' },
  order_item: {
    ...{ product: 'product', product_id: 'product', variation_id: 'product' },
    order_id: 'order',
  },
  refund: { order_id: 'order', parent_id: 'order' },
  product: { parent: 'product', parent_id: 'product' },
  customer: { customer: 'customer', id: 'customer' },
};

/**
 * Whether a lookup's attribute can be the id of what its field refers to: a product's id in a lookup to Contact
 * would hang records on whoever has the same number.
 * @param mappings the active ones
 */
export function checkLookup(
  resource: Resource,
  row: FieldMappingRow,
  schema: ObjectSchema,
  mappings: readonly MappingRow[],
): Finding[] {
  const field = findField(schema, row.field ?? '');
  const path = parsePath(resource, row.attribute?.trim() ?? '').path;
  if (lower(row.kind) !== 'lookup' || !field || !path) return [];
  const { name: place } = row;
  const { canonical } = path;
  const code = 'CHECK_LOOKUP_ATTRIBUTE';
  const refersTo = REFERS_TO[resource][canonical];
  if (refersTo === undefined) {
    const kind = kindOf(resource, canonical);
    if (kind === null || kind === 'text' || kind === 'number') return [];
    const known = Object.keys(REFERS_TO[resource]).join(', ');
    return [
      error({
        ...{ code, place },
        message: `${place} looks up ${field.name} by ${canonical}, which is no id of another record.`,
        cure: `Choose one of ${known}, or the kind attribute.`,
      }),
    ];
  }
  const targets = mappings.filter(({ object }) => field.referenceTo.includes(object ?? ''));
  if (targets.length === 0 || targets.some((target) => lower(target.resource) === refersTo)) {
    return [];
  }
  return [
    error({
      ...{ code, place },
      message: `${place} looks up ${field.name} by ${canonical}, which is the id of a ${refersTo}, but ${field.referenceTo.join(' and ')} holds ${targets.map((target) => lower(target.resource)).join(' and ')} records.`,
      cure: 'Choose another attribute, or another field.',
    }),
  ];
}
