import { NOTE_ATTRIBUTES } from '../attributes/known-attributes.ts';
import type { FieldWriter, LookupWriter } from '../build/field-writer.ts';
import type { Conditions } from '../conditions/types.ts';
import type { MatchField, OutgoingField } from '../model/mapping.ts';
import type { Resource } from '../model/record.ts';

/** What derived attributes are made of. */
const MADE_OF: Readonly<Record<Resource, Readonly<Record<string, readonly string[]>>>> = {
  order: {
    customer: ['customer_id', 'billing.email'],
    subtotal: ['line_items.subtotal'],
    refunded_total: ['refunds.total'],
    admin_url: ['id'],
    is_sale: ['status'],
    store: [],
  },
  order_item: {},
  refund: { order_id: ['parent_id'], store: [] },
  product: {
    parent: ['parent_id'],
    display_name: ['name', 'parent_id'],
    parent_name: ['parent_id'],
    store: [],
  },
  customer: {
    customer: ['id', 'email'],
    guest: [],
    store: [],
    display_name: ['first_name', 'last_name', 'email', 'billing'],
  },
  product_category: { store: [] },
  product_tag: { store: [] },
  product_attribute: { store: [] },
  tax_class: { store: [] },
  coupon: { store: [] },
  product_review: { store: [] },
  content: { store: [], content_type: [] },
};

/** An item is made of any of an order's lines. */
const OF_ITEMS = ['id', 'line_items', 'shipping_lines', 'fee_lines', 'coupon_lines', 'tax_lines'];

const OF_NAMES = ['first_name', 'last_name', 'email', 'billing'];

/** The names that a mapping needs of each record, as the parameter `_fields` takes them; see Mapping.reads. */
export function namesRead(
  { resource, matchFields }: { resource: Resource; matchFields: readonly MatchField[] },
  conditions: Conditions,
  writers: readonly FieldWriter[],
  lookups: readonly LookupWriter[],
  outgoing: readonly OutgoingField[] = [],
): readonly string[] {
  if (resource === 'order_item') return OF_ITEMS;
  const attributes = [
    ...conditions.all.flatMap(({ attribute, other }) => [attribute, other?.attribute ?? []].flat()),
    ...writers.map(({ attribute }) => attribute),
    ...lookups.map(({ path }) => path.canonical),
    ...matchFields.flatMap(({ attribute }) => attribute ?? []),
    ...outgoing.flatMap((one) => (resource === 'order' ? ofOrder(one) : neededToSend(one))),
  ];
  const names = new Set(resource === 'customer' ? ['id', 'email'] : ['id']);
  for (const attribute of attributes) {
    for (const name of MADE_OF[resource][attribute] ?? [withoutPositions(attribute)]) {
      if (name !== '') names.add(name);
    }
  }
  if (writers.some(({ transform }) => transform === 'name_fallback')) {
    for (const name of OF_NAMES) names.add(name);
  }
  return [...names].filter((name) => !isWithin(name, names)).sort();
}

/** Each is checked against the other. */
const PRICES = ['regular_price', 'sale_price'];

/** What tells variations, and what a value is checked against, beside what the shop holds of it. */
function neededToSend({ kind, attribute }: OutgoingField): readonly string[] {
  if (kind !== 'value') return ['type', 'parent_id', 'images', 'image'];
  return ['type', 'parent_id', attribute, ...(PRICES.includes(attribute) ? PRICES : [])];
}

/** A status is checked against the one that the order has, and notes are no part of it. */
function ofOrder({ attribute }: OutgoingField): readonly string[] {
  return NOTE_ATTRIBUTES.has(attribute) ? [] : [attribute];
}

/** `_fields` knows neither the positions of a list nor the keys of custom fields. */
function withoutPositions(attribute: string): string {
  if (attribute.startsWith('meta_data.')) return 'meta_data';
  return attribute.replace(/\.\d+(?:\.|$).*/, '');
}

/** Whether the whole of which the name is a part is read anyway. */
function isWithin(name: string, names: ReadonlySet<string>): boolean {
  const parts = name.split('.');
  return parts.some((_, at) => at > 0 && names.has(parts.slice(0, at).join('.')));
}
