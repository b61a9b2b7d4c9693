import { isObject, objects } from '../model/json-shape.ts';
import type { Resource } from '../model/record.ts';
import { decodeEntities } from '../values/html-text.ts';
import { DERIVED, type Getter } from './derived-attributes.ts';
import { ATTRIBUTES, resolveAlias } from './known-attributes.ts';

/** An attribute path that was understood. */
export interface Path {
  /** In WooCommerce's words: aliases resolved, list positions as parts. */
  readonly canonical: string;
  readonly segments: readonly string[];
  readonly get: Getter;
}

export type PathResult =
  | { readonly path: Path; readonly wrong?: undefined }
  | { readonly path?: undefined; readonly wrong: 'syntax' | 'unknown'; readonly segment: string };

/** Names that lead out of the data, into JavaScript's own objects. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);

/** Texts that WooCommerce stores with HTML entities though they are plain; decoded once when read. */
const ENCODED: Readonly<Partial<Record<Resource, RegExp>>> = {
  product:
    /^(?:name|parent_name|(?:categories|tags|brands|attributes)\.(?:\d+\.)?(?:name|options?))$/,
  order: /^(?:billing|shipping)\.\w+$/,
  order_item: /^(?:parent_name|method_title|label)$/,
  customer: /^(?:first_name|last_name|(?:billing|shipping)\.\w+)$/,
};

/**
 * Understands an attribute path: dotted (`billing.city`), with list positions (`line_items.0.sku` or
 * `line_items[0].sku`), a name on a list meaning that of each element (`categories.name`), meta by key
 * (`meta_data.vat_number`, the first of that key), and WordPress's names (`_sku`).
 *
 * Its getter gives undefined for what the record was sent without, which leaves a field alone, and null
 * for what is empty, which clears it; a meta key that a record's list does not hold counts as empty, since
 * WooCommerce drops meta that is cleared.
 */
export function parsePath(resource: Resource, attribute: string): PathResult {
  const alias = resolveAlias(resource, attribute.trim());
  const canonical = alias.replace(/\[(\d+)\]/g, '.$1');
  const segments = canonical.split('.');
  const bad = segments.find((segment) => segment.trim() === '' || FORBIDDEN.has(segment));
  if (bad !== undefined) return { wrong: 'syntax', segment: bad };
  const [first = '', ...rest] = segments;
  if (!ATTRIBUTES[resource].has(first)) return { wrong: 'unknown', segment: first };
  return { path: { canonical, segments, get: getter(resource, canonical, first, rest) } };
}

function getter(
  resource: Resource,
  canonical: string,
  first: string,
  rest: readonly string[],
): Getter {
  const derived = rest.length === 0 ? DERIVED[resource][first] : undefined;
  if (derived) return derived;
  if (first === 'meta_data' && rest.length > 0) return ({ meta_data }) => meta(meta_data, rest);
  const encoded = ENCODED[resource]?.test(canonical) === true;
  const [second] = rest;
  if (second === undefined) {
    return encoded ? (record) => decodeAll(record[first]) : (record) => record[first];
  }
  const read: Getter =
    rest.length === 1
      ? (record) => step(record[first], second)
      : (record) => rest.reduce(step, record[first]);
  return encoded ? (record, store) => decodeAll(read(record, store)) : read;
}

/** One part of a path. Nothing is below null, a text or a number: that is empty, not absent. */
function step(value: unknown, segment: string): unknown {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) {
    if (/^\d+$/.test(segment)) return (value[Number(segment)] as unknown) ?? null;
    return value.map((element) => step(element, segment)).filter((part) => part !== undefined);
  }
  if (!isObject(value)) return null;
  return Object.hasOwn(value, segment) ? value[segment] : undefined;
}

/** Keys may hold dots themselves, so the longest key that the list has wins. */
function meta(list: unknown, segments: readonly string[]): unknown {
  if (!Array.isArray(list)) return undefined;
  for (let length = segments.length; length > 0; length -= 1) {
    const key = segments.slice(0, length).join('.');
    const found = objects(list).find((entry) => entry['key'] === key);
    if (found) return segments.slice(length).reduce(step, found['value']) ?? null;
  }
  return null;
}

function decodeAll(value: unknown): unknown {
  if (typeof value === 'string') return decodeEntities(value);
  return Array.isArray(value) ? value.map(decodeAll) : value;
}
