import type { Edits } from '../write/edits.ts';
import { writableSchema } from '../rest/request/body-schema.ts';
import { ReplyError, wpError } from '../rest/response/reply.ts';
import type { Reply } from '../rest/response/reply.ts';
import type { CustomerRecord } from '../core/records.ts';
import type { Shop } from '../shop/shop.ts';
import type { CustomerWrites } from '../write/customer-writes.ts';
import { writeRoutes } from './write-routes.ts';
import type { WriteRoutes } from './write-routes.ts';

const schema = writableSchema('customers', { required: ['email'], freeOnCreation: ['email'] });

/** The writing verbs of customers. */
export function customerWriteRoutes(shop: Shop, writes: CustomerWrites, edits: Edits): WriteRoutes {
  return writeRoutes({
    resource: 'customers',
    schema,
    create: (body) => writes.create(body),
    update: (id, body) => writes.update(id, body),
    remove: (id, force) => {
      if (force) return removed(shop, edits, id);
      const message = 'Customers do not support trashing.';
      throw new ReplyError(wpError(501, 'woocommerce_rest_trash_not_supported', message));
    },
    withoutId: invalidId,
  });
}

const invalidId = (): Reply => wpError(404, 'wc_user_invalid_id', 'Invalid user ID.');

/** @returns the customer as it was; nobody may do anything with it any more. */
function removed(shop: Shop, edits: Edits, id: number): CustomerRecord {
  const customer = shop.customers.get(id)?.read();
  if (customer === undefined) {
    throw new ReplyError(invalidId());
  }
  edits.deleteCustomer(id);
  const { self = [], ...links } = customer._links;
  return { ...customer, _links: { self: self.map(({ href }) => ({ href })), ...links } };
}
