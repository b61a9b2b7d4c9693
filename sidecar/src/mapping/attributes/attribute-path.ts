import type { Resource } from '../model/record.ts';
import { decodeEntities } from '../values/html-text.ts';
import { DERIVED, type Getter } from './derived-attributes.ts';
import { ATTRIBUTES, hasOtherAttributes, resolveAlias } from './known-attributes.ts';
import { meta, step } from './read-steps.ts';

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
  product_category: /^name$/,
  product_tag: /^name$/,
  product_attribute: /^name$/,
  product_review: /^product_name$/,
  content: /^(?:name|title\.rendered|first_name|last_name)$/,
};

/**
 * Understands an attribute path: dotted (`billing.city`), with list positions (`line_items.0.sku` or
 * `line_items[0].sku`), a name on a list meaning that of each element (`categories.name`), meta by key
 * (`meta_data.vat_number`, the first of that key; `meta_data.vat_number#2` is the second), a part of what a text holds
 * as JSON or serialised by PHP (`meta_data.gift.message`), and WordPress's names (`_sku`).
 *
 * Its getter gives undefined for what the record was sent without, which leaves a field alone, and null
 * for what is empty, which clears it; a meta key that a record's list does not hold counts as empty, since
 * WooCommerce drops meta that is cleared. A Refusal says that a text on the way is broken.
 */
export function parsePath(resource: Resource, attribute: string): PathResult {
  const alias = resolveAlias(resource, attribute.trim());
  const canonical = alias.replace(/\[(\d+)\]/g, '.$1');
  const segments = canonical.split('.');
  const bad = segments.find((segment) => isBad(segment));
  if (bad !== undefined) return { wrong: 'syntax', segment: bad };
  const [first = '', ...rest] = segments;
  if (!ATTRIBUTES[resource].has(first) && !hasOtherAttributes(resource))
    return { wrong: 'unknown', segment: first };
  return { path: { canonical, segments, get: getter(resource, canonical, first, rest) } };
}

/** Numbers of custom fields of one key begin with 1. */
function isBad(segment: string): boolean {
  return segment.trim() === '' || FORBIDDEN.has(segment) || /#0+$/.test(segment);
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

function decodeAll(value: unknown): unknown {
  if (typeof value === 'string') return decodeEntities(value);
  return Array.isArray(value) ? value.map(decodeAll) : value;
}
