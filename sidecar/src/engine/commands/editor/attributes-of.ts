import { parsePath } from '../../../mapping/attributes/attribute-path.ts';
import { ATTRIBUTES } from '../../../mapping/attributes/known-attributes.ts';
import { isObject, objects } from '../../../mapping/model/json-shape.ts';
import type { Resource, StoreContext, WooRecord } from '../../../mapping/model/record.ts';
import { shortened } from './data-result.ts';

/** What a row of a mapping can read, and the value that a record has there. */
export interface AttributeExample {
  readonly name: string;
  /** Undefined where the record was sent without it. */
  readonly example: unknown;
}

/**
 * The attributes of a resource in WooCommerce's words, those that are made included; of groups such as an address their
 * parts too, and the custom fields that the record has.
 * @param record null for none: the names alone
 */
export function attributesOf(
  resource: Resource,
  record: WooRecord | null,
  store: StoreContext,
): readonly AttributeExample[] {
  const names = [...ATTRIBUTES[resource]].flatMap((name) => partsOf(name, record));
  return names.map((name) => {
    const path = parsePath(resource, name).path;
    const value = record === null ? undefined : path?.get(record, store);
    return { name, example: shortened(value) };
  });
}

function partsOf(name: string, record: WooRecord | null): readonly string[] {
  const value = record?.[name];
  if (name === 'meta_data') {
    const keys = objects(value).flatMap(({ key }) => (typeof key === 'string' ? [key] : []));
    return [...new Set(keys)].map((key) => `meta_data.${key}`);
  }
  if (isObject(value)) return [name, ...Object.keys(value).map((part) => `${name}.${part}`)];
  return [name];
}
