import { parsePath, type Path } from '../attributes/attribute-path.ts';
import { IMAGE_ATTRIBUTES, resolveAlias } from '../attributes/known-attributes.ts';
import { nearestPath, wrongPart } from '../attributes/path-parts.ts';
import type { Problems } from '../model/problems.ts';
import type { Resource } from '../model/record.ts';
import type { FieldSchema } from '../model/schema.ts';
import type { Transform } from '../values/transforms.ts';

/**
 * Understands an attribute, or says why not.
 * @param prepare makes the path to read of the attribute's name in WooCommerce
 * @param does what the row does with the attribute
 */
export function readPath(
  resource: Resource,
  row: { readonly name: string; readonly attribute: string | null },
  problems: Problems,
  prepare: (attribute: string) => string,
  does: 'reads' | 'writes to' = 'reads',
): Path | null {
  const place = row.name;
  const attribute = row.attribute?.trim() ?? '';
  if (attribute === '') {
    const message = `${place} does not say which WooCommerce attribute it ${does}.`;
    const cure = 'Choose an attribute, or enter a path.';
    problems.hold({ code: 'MAPPING_NO_ATTRIBUTE', place, message, cure });
    return null;
  }
  if (IMAGE_ATTRIBUTES.has(attribute)) {
    problems.hold({
      code: 'MAPPING_ATTRIBUTE_DIRECTION',
      place,
      message: `${place} reads ${attribute}, which only goes from Salesforce to WooCommerce, or both ways on a mapping of products.`,
      cure: 'Set its direction to to_woo or both, and that of its mapping to both; to read addresses of images use images.0.src.',
    });
    return null;
  }
  const result = parsePath(resource, prepare(resolveAlias(resource, attribute)));
  if (result.path) {
    const part = wrongPart(resource, result.path.segments);
    if (part === null) return result.path;
    problems.hold({
      code: 'MAPPING_BAD_PATH',
      place,
      cure: part.cure,
      message: `${place} ${does} "${attribute}", but ${part.why}.`,
    });
    return null;
  }
  const { wrong, segment } = result;
  const near = wrong === 'unknown' ? nearestPath(resource, attribute) : null;
  const known = near === null ? '' : `Did you mean ${near}? `;
  problems.hold({
    code: wrong === 'unknown' ? 'MAPPING_UNKNOWN_ATTRIBUTE' : 'MAPPING_BAD_PATH',
    place,
    message:
      wrong === 'unknown'
        ? `${place} ${does} "${attribute}", but no ${resource.replace('_', ' ')} has an attribute "${segment}".`
        : `${place} ${does} "${attribute}", which is not a path: "${segment}" cannot be a part of one.`,
    cure: `${known}Custom fields are reached by meta_data.<key>, such as meta_data.${segment || 'vat_number'}.`,
  });
  return null;
}

const SITE_TIME = /(^|\.)(date_(?:created|modified|paid|completed|on_sale_from|on_sale_to))$/;

/** What the transform and the field make of the path: a date's GMT twin, a street's whole address. */
export function preparePath(
  attribute: string,
  transform: Transform,
  { type }: FieldSchema,
): string {
  if (transform === 'street') return attribute.replace(/\.address_[12]$/, '');
  return transform === 'gmt_date' || type === 'datetime' ? gmtTwin(attribute) : attribute;
}

/** The same moment in GMT. Dates of WooCommerce's own; a meta key of the same name is left alone. */
export function gmtTwin(attribute: string): string {
  if (attribute.startsWith('meta_data')) return attribute;
  return attribute.replace(SITE_TIME, '$1$2_gmt');
}
