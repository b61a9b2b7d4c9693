import { CodedError } from '../errors/coded-error.ts';
import { plainAddress } from '../lib/redact.ts';

/** Which store it is, and where. */
export interface StoreAddress {
  readonly key: string;
  readonly url: string;
  /** Other hosts that its images lie on. */
  readonly imageHosts?: readonly string[];
  /** Statuses in which its orders count for customers, as the admin lists them. */
  readonly paidStatuses?: string | null;
}

/** @throws CodedError `WOO_URL_INVALID` when the store has no usable key or address */
export function shopAddress(store: StoreAddress): string {
  const url = URL.canParse(store.url) ? new URL(store.url) : null;
  const fault =
    store.key === ''
      ? 'has no key'
      : url === null || !['http:', 'https:'].includes(url.protocol)
        ? `has no web address: its URL is "${plainAddress(store.url).slice(0, 100)}"`
        : url.username !== '' || url.password !== ''
          ? 'has a user name or password in its URL'
          : null;
  if (fault === null) return plainAddress(store.url);
  throw new CodedError(
    'WOO_URL_INVALID',
    `The store "${store.key}" ${fault}.`,
    `Put the shop's address (https://shop.example) in Shop Address and a short name in Key of ${store.key === '' ? 'the record' : `the record whose Key is "${store.key}"`} in Setup › Custom Metadata Types › Woo Store, or ${variableOf(store)} and deploy again.`,
  );
}

/** As the records of config/org and config/second-store are deployed. */
function variableOf({ key }: StoreAddress): string {
  return key === 'main'
    ? 'set WOO_STORE_URL'
    : 'set the variable of its record (WOO_OUTLET_URL for the outlet of config/second-store)';
}
