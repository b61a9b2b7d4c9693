import { type AttributeKind, kindOf } from '../model/attribute-kinds.ts';
import { nearest } from '../model/did-you-mean.ts';
import type { Resource } from '../model/record.ts';
import { ATTRIBUTES, knownNames } from './known-attributes.ts';

const ADDRESS =
  'first_name last_name company address_1 address_2 city state postcode country email phone';
const CATEGORY = 'id name slug';

/** Names of what groups and lists hold, as the recorded schema of WooCommerce 10.5 has them. Plugins add others. */
const PARTS: Readonly<Record<string, string>> = {
  billing: ADDRESS,
  shipping: ADDRESS,
  dimensions: 'length width height',
  categories: CATEGORY,
  tags: CATEGORY,
  brands: CATEGORY,
  images: 'id date_created date_created_gmt date_modified date_modified_gmt src name alt',
  attributes: 'id name slug position visible variation options option',
  refunds: 'id reason total',
  ...Object.fromEntries(
    ['line_items', 'shipping_lines', 'fee_lines', 'coupon_lines', 'tax_lines'].map((list) => [
      list,
      [...ATTRIBUTES.order_item, 'date_created'].join(' '),
    ]),
  ),
};

/** Kinds of values that have no parts. */
const SINGLE: ReadonlySet<AttributeKind> = new Set([
  'word',
  'text',
  'email',
  'number',
  'date',
  'yes_no',
]);

/** What is wrong with a part of a path that begins well, as the rest of a sentence, and what to do; null for nothing. */
export function wrongPart(
  resource: Resource,
  segments: readonly string[],
): { readonly why: string; readonly cure: string } | null {
  const [first = '', ...rest] = segments;
  const kind = kindOf(resource, first);
  if (rest.length > 0 && kind !== null && SINGLE.has(kind)) {
    const why = `${first} is a single value, and has nothing below it: the path is always empty`;
    return { why, cure: `Write ${first} alone.` };
  }
  const at = rest.findIndex((part) => !/^\d+$/.test(part));
  const part = rest[at];
  const known = PARTS[first]?.split(' ');
  if (part === undefined || known === undefined || known.includes(part)) return null;
  const near = nearest(part, known);
  if (near === null) return null;
  const meant = [first, ...rest.slice(0, at), near, ...rest.slice(at + 1)].join('.');
  return { why: `${first} has no "${part}"`, cure: `Did you mean ${meant}?` };
}

/** The path that is most like a misspelt one: another name, or another first part; null where none is near. */
export function nearestPath(resource: Resource, path: string): string | null {
  const names = knownNames(resource);
  const whole = nearest(path, names);
  if (whole !== null) return whole;
  const [first = '', ...rest] = path.split('.');
  const near = rest.length > 0 ? nearest(first, names) : null;
  return near === null ? null : [near, ...rest].join('.');
}
