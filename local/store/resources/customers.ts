import type { Entry } from '../core/collection.ts';
import { listParams, readParams } from '../rest/request/params.ts';
import type { Params } from '../rest/request/params.ts';
import { wpError } from '../rest/response/reply.ts';
import { listReply, pathId, recordReply } from '../rest/route.ts';
import type { Route } from '../rest/route.ts';
import type { CustomerRecord } from '../core/records.ts';
import type { Shop } from '../shop/shop.ts';
import { found, listPage } from './listing.ts';
import type { WriteRoutes } from './write-routes.ts';

/** Customers: unlike the other lists they know no dates, and show the role `customer` unless asked. */
export function customerRoutes(shop: Shop, writes: WriteRoutes): Route[] {
  const specs = listParams('customers');
  return [
    {
      pattern: '/wc/v3/customers',
      params: specs,
      refusal: 'list',
      handlers: {
        GET: (call) =>
          listReply(call, {
            specs,
            page: listPage(shop.customers, call.params, {
              columns: 'utc',
              zone: shop.zone,
              matches: customerFilter(call.params),
              ...(call.params.text('orderby') === 'name' ? { compare: byName } : {}),
            }),
            render: (customer) => customer,
          }),
        ...writes.list.handlers,
      },
      body: writes.list.body,
    },
    writes.batch,
    {
      pattern: '/wc/v3/customers/(?P<id>[\\d]+)',
      params: readParams,
      refusal: 'read',
      missing: (path) =>
        shop.customers.get(pathId(path)) === undefined
          ? wpError(404, 'wc_user_invalid_id', 'Invalid user ID.')
          : undefined,
      handlers: {
        GET: (call) => recordReply(call, shop.customers.get(pathId(call.path))?.read() ?? {}),
        ...writes.one.handlers,
      },
      body: writes.one.body,
      forgetsAllow: (path) => shop.customers.get(pathId(path)) === undefined,
    },
  ];
}

function customerFilter(params: Params): (entry: Entry<CustomerRecord>) => boolean {
  const role = params.text('role') ?? 'customer';
  const email = params.text('email')?.toLowerCase();
  const search = params.text('search') ?? '';
  return (entry) =>
    (role === 'all' || entry.status === role) &&
    (email === undefined || entry.read().email.toLowerCase() === email) &&
    (search === '' || String(entry.id) === search || found(search, searched(entry.read())));
}

function searched(customer: CustomerRecord): string[] {
  return [customer.email, customer.username, displayName(customer)];
}

function byName(a: CustomerRecord, b: CustomerRecord): number {
  const [one, two] = [displayName(a).toLowerCase(), displayName(b).toLowerCase()];
  return one < two ? -1 : one > two ? 1 : 0;
}

function displayName({ first_name, last_name, username }: CustomerRecord): string {
  return `${first_name} ${last_name}`.trim() || username;
}
