import { ATTRIBUTES } from '../../mapping/attributes/known-attributes.ts';
import type { Resource } from '../../mapping/model/record.ts';

/** Names of values that say who somebody is, or let somebody in. */
const PERSONAL: ReadonlySet<string> = new Set([
  'first_name',
  'last_name',
  'company',
  'address_1',
  'address_2',
  'city',
  'postcode',
  'email',
  'phone',
  'username',
  'avatar_url',
  'customer_note',
  'customer_ip_address',
  'customer_user_agent',
  'transaction_id',
  'order_key',
  'cart_hash',
  'payment_url',
  'reason',
  'post_password',
]);

/** The same, of one resource: coupons are made out to people, and content may be a user. */
const PERSONAL_OF: Readonly<Partial<Record<Resource, readonly string[]>>> = {
  coupon: ['code', 'email_restrictions', 'used_by', 'description'],
  product_review: ['reviewer', 'reviewer_email', 'review', 'reviewer_avatar_urls'],
  content: [
    'name',
    'slug',
    'link',
    'url',
    'description',
    'meta',
    'registered_date',
    'rendered',
    'raw',
  ],
};

const LINES = /^(?:line_items|shipping_lines|fee_lines|tax_lines|coupon_lines)$/;

/** What anybody may have typed into, or what is only for buyers: everything below them is replaced. */
const FREE: ReadonlySet<string> = new Set(['meta_data', 'acf', 'downloads']);

/** `Visa ending in 4242`: four digits of a card. */
const CARD = /\d{4}/;

/**
 * Whether a value of a record may stay as it is. What is not known to be the shop's own is not: attributes that
 * plugins add, custom fields, whatever is new.
 * @param path names from the record down, without positions of lists
 */
export function isShopsOwn(resource: Resource, path: readonly string[], value: unknown): boolean {
  const [first = '', ...rest] = path;
  const last = path.at(-1) ?? '';
  if (path.some((name) => FREE.has(name)) || !ATTRIBUTES[resource].has(first)) return false;
  if (isPersonal(resource, first, last)) return false;
  if (last === 'payment_method_title') return typeof value !== 'string' || !CARD.test(value);
  if (first === 'billing' || first === 'shipping') return ['country', 'state'].includes(last);
  if (first === 'refunds') return ['id', 'total'].includes(last);
  if (LINES.test(first)) {
    // Coupons are made out to people: THANKS-ADA.
    if (first === 'coupon_lines' && last === 'code') return false;
    return ATTRIBUTES.order_item.has(rest[0] ?? '');
  }
  return true;
}

function isPersonal(resource: Resource, first: string, last: string): boolean {
  const own = PERSONAL_OF[resource] ?? [];
  return PERSONAL.has(last) || own.includes(first) || own.includes(last);
}

/** Texts of the shop's own that may still have somebody's name in them. */
export const PROSE: ReadonlySet<string> = new Set([
  'name',
  'parent_name',
  'label',
  'method_title',
  'payment_method_title',
  'description',
  'short_description',
  'slug',
  'permalink',
  'src',
  'alt',
  'sku',
  'purchase_note',
]);
