import { parsePath } from '../../../mapping/attributes/attribute-path.ts';
import {
  aliasesOf,
  ATTRIBUTES,
  hasOtherAttributes,
} from '../../../mapping/attributes/known-attributes.ts';
import { referencedResource } from '../../../mapping/attributes/referenced-resource.ts';
import { type AttributeKind, kindOf } from '../../../mapping/model/attribute-kinds.ts';
import { isObject, objects } from '../../../mapping/model/json-shape.ts';
import type { Resource, StoreContext, WooRecord } from '../../../mapping/model/record.ts';
import { Refusal } from '../../../mapping/model/refusal.ts';
import { isEmpty } from '../../../mapping/values/convert.ts';
import { parseStructured } from '../../../mapping/values/structured-text.ts';
import { shortened } from './data-result.ts';

/** What a row of a mapping can read, and the value that a record has there. */
export interface AttributeExample {
  readonly name: string;
  /** Undefined where the records were sent without it. */
  readonly example: unknown;
  /** Null where it cannot be known, as of custom fields. */
  readonly kind: AttributeKind | null;
  /** Whose id it is, a resource or a type of content; null for none, or where it cannot be known. */
  readonly refersTo: string | null;
  /** What WordPress calls it. */
  readonly also: readonly string[];
}

/**
 * The attributes of a resource in WooCommerce's words, those that are made included; of groups such as an address their
 * parts, and the custom fields that some of the records have.
 * @param records the latest first; none for the names alone
 */
export function attributesOf(
  resource: Resource,
  records: readonly WooRecord[],
  store: StoreContext,
): readonly AttributeExample[] {
  const names = namesIn(resource, records).flatMap((name) => partsOf(name, records));
  return names.map((name) => ({
    name,
    example: shortened(exampleOf(resource, name, records, store)),
    kind: kindOf(resource, name),
    refersTo: refersTo(resource, name),
    also: aliasesOf(resource, name),
  }));
}

/** Where a record may have others than are known, those that it has. */
function namesIn(resource: Resource, records: readonly WooRecord[]): readonly string[] {
  if (!hasOtherAttributes(resource) || records.length === 0) return [...ATTRIBUTES[resource]];
  const sent = records.flatMap((record) => Object.keys(record));
  return [...new Set([...sent, 'store'])].filter((name) => name !== '_links');
}

/** That of the latest record that has one; else that of the latest. */
function exampleOf(
  resource: Resource,
  name: string,
  records: readonly WooRecord[],
  store: StoreContext,
): unknown {
  const path = parsePath(resource, name).path;
  const values = records.map((record) => path?.get(record, store));
  return values.find((value) => !isEmpty(value)) ?? values[0];
}

function refersTo(resource: Resource, name: string): string | null {
  const referred = referencedResource(resource, name);
  return ['list', 'none', 'unknown'].includes(referred) ? null : referred;
}

function partsOf(name: string, records: readonly WooRecord[]): readonly string[] {
  const values = records.map((record) => record[name]);
  if (name === 'meta_data') return [...new Set(values.flatMap(customNames))];
  const parts = values.flatMap((value) => (isObject(value) ? partNames(value) : []));
  if (parts.length === 0) return [name];
  const names = [...new Set(parts)].map((part) => `${name}.${part}`);
  // A field of ACF may be a group of others.
  return [
    name,
    ...(name === 'acf' ? names.flatMap((one) => [one, ...groupNames(one, records)]) : names),
  ];
}

/** A path cannot name a part whose name holds a dot. */
function partNames(group: object): readonly string[] {
  return Object.keys(group).filter((part) => !part.includes('.'));
}

function groupNames(name: string, records: readonly WooRecord[]): readonly string[] {
  const [, field = ''] = name.split('.');
  const parts = records.flatMap(({ acf }) => {
    const held = isObject(acf) ? acf[field] : null;
    return isObject(held) ? partNames(held) : [];
  });
  return [...new Set(parts)].slice(0, MOST_PARTS).map((part) => `${name}.${part}`);
}

/** Parts of one custom field that are named. */
const MOST_PARTS = 20;

/** The custom fields of a record: a key that is there again with its number, and of one that holds a group its parts. */
function customNames(list: unknown): readonly string[] {
  const times = new Map<string, number>();
  return objects(list).flatMap(({ key, value }) => {
    if (typeof key !== 'string') return [];
    const number = (times.get(key) ?? 0) + 1;
    times.set(key, number);
    const name = `meta_data.${key}${number === 1 ? '' : `#${number}`}`;
    const held = typeof value === 'string' ? parseStructured(value) : value;
    const isGroup = isObject(held) && !(held instanceof Refusal);
    const parts = isGroup ? partNames(held) : [];
    return [name, ...parts.slice(0, MOST_PARTS).map((part) => `${name}.${part}`)];
  });
}
