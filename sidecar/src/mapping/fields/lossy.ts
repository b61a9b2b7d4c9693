import { isDerived } from '../attributes/derived-attributes.ts';
import type { Overflow, Resource } from '../model/record.ts';
import type { FieldSchema } from '../model/schema.ts';
import { REVERSIBLE, type Transform } from '../values/transforms.ts';

/** What decides whether a value can be turned back into the shop's. */
export interface Conversion {
  readonly resource: Resource;
  /** In WooCommerce's words. */
  readonly attribute: string;
  readonly field: FieldSchema;
  readonly transform: Transform;
  readonly overflow: Overflow;
}

/** Of a product it is the name itself. Only a variation's is made, and the shop makes that anew from its options. */
const NAME_OF_PRODUCT = 'display_name';

const DATE_AND_TIME = /(?:^|\.)date_\w+$/;

/**
 * Why the value in Salesforce cannot be turned back into the attribute's, as the rest of a sentence; null
 * where it can. Rounding to a field's decimals is not counted: a value that only lost precision is never
 * written back.
 */
export function lossyBecause(conversion: Conversion): string | null {
  const { resource, attribute, field, transform, overflow } = conversion;
  const isName = resource === 'product' && attribute === NAME_OF_PRODUCT;
  if (isDerived(resource, attribute) && !isName) return `${attribute} is made of other attributes`;
  if (!REVERSIBLE.has(transform)) return `the transform ${transform} cannot be turned back`;
  if (overflow === 'truncate') return 'what is too long is cut';
  if (field.type === 'date' && DATE_AND_TIME.test(attribute)) return 'the time of day is lost';
  return null;
}
