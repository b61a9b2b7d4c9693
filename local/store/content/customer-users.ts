import { RECORDED_ORIGIN } from '../core/recordings.ts';
import type { CustomerRecord } from '../core/records.ts';
import type { UserRecord } from './records.ts';

/** A buyer with an account, who is a user of the site in the role that the shop gives. */
export function userOfCustomer(customer: CustomerRecord): UserRecord {
  const { id, username, first_name, last_name, email, role, avatar_url } = customer;
  const slug = username.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const name = `${first_name} ${last_name}`.trim() || username;
  const own = { read: true, [role]: true };
  return {
    id,
    username,
    name,
    first_name,
    last_name,
    email,
    url: '',
    description: '',
    link: `${RECORDED_ORIGIN}/author/${slug}/`,
    locale: 'en_US',
    nickname: username,
    slug,
    roles: [role],
    registered_date: `${customer.date_created_gmt}+00:00`,
    capabilities: own,
    extra_capabilities: { [role]: true },
    avatar_urls: Object.fromEntries(
      ['24', '48', '96'].map((size) => [size, avatar_url.replace(/s=\d+/, `s=${size}`)]),
    ),
    meta: { persisted_preferences: [] },
    acf: [],
  };
}
