import { createHash } from 'node:crypto';
import { RECORDED_ORIGIN } from '../core/recordings.ts';
import type { CustomerRecord } from '../core/records.ts';
import type { SiteZone } from '../core/zone.ts';
import { customerBilling, customerShipping } from './people.ts';
import type { Person } from './people.ts';

/** A customer in the recorded shape. `created` and `modified` are UTC seconds; some never had an edit. */
export function buildCustomer(
  id: number,
  buyer: Person,
  created: number,
  modified: number | undefined,
  zone: SiteZone,
): CustomerRecord {
  const born = zone.pair(created);
  const changed = modified === undefined ? undefined : zone.pair(modified);
  const api = `${RECORDED_ORIGIN}/wp-json/wc/v3/customers`;
  const allow = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  return {
    id,
    date_created: born.site,
    date_created_gmt: born.gmt,
    date_modified: changed?.site ?? null,
    date_modified_gmt: changed?.gmt ?? null,
    email: buyer.email,
    first_name: buyer.firstName,
    last_name: buyer.lastName,
    role: 'customer',
    username: buyer.email.split('@')[0] ?? '',
    billing: customerBilling(buyer),
    shipping: customerShipping(buyer),
    is_paying_customer: modified !== undefined,
    avatar_url: avatarOf(buyer.email),
    meta_data: id % 5 === 0 ? [{ id: 9_000_000 + id, key: 'loyalty_tier', value: 'gold' }] : [],
    _links: {
      self: [{ href: `${api}/${id}`, targetHints: { allow } }],
      collection: [{ href: api }],
    },
  };
}

/** Where the image for an e-mail address is. */
export function avatarOf(email: string): string {
  const hash = createHash('sha256').update(email.toLowerCase()).digest('hex');
  return `https://secure.gravatar.com/avatar/${hash}?s=96&d=mm&r=g`;
}
