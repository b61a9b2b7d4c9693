import type { Edits } from '../edits.ts';
import { writableSchema } from '../http/body-schema.ts';
import { created, ok, ReplyError, wpError } from '../http/reply.ts';
import { fieldsAsked, pathId } from '../http/route.ts';
import type { Handler } from '../http/route.ts';
import { RECORDED_ORIGIN } from '../recordings.ts';
import type { CustomerRecord } from '../records.ts';
import type { Shop } from '../shop.ts';
import type { CustomerWrites } from '../write/customer-writes.ts';
import { batchHandlers, batchReply } from './batch.ts';
import { truthy } from './force.ts';
import type { WriteRoutes } from './product-writes.ts';

const schema = writableSchema('customers', { required: ['email'] });

/** The writing verbs of customers. */
export function customerWriteRoutes(shop: Shop, writes: CustomerWrites, edits: Edits): WriteRoutes {
  const put: Handler = (call) => ok(fieldsAsked(call, writes.update(pathId(call.path), call.body)));
  return {
    list: {
      body: schema,
      handlers: {
        POST: (call) => {
          const customer = writes.create(call.body);
          const location = `${RECORDED_ORIGIN}/wp-json/wc/v3/customers/${customer.id}`;
          return created(fieldsAsked(call, customer), location);
        },
      },
    },
    one: {
      body: schema,
      handlers: {
        POST: put,
        PUT: put,
        PATCH: put,
        DELETE: (call) => {
          if (!truthy(call.body['force'])) {
            const message = 'Customers do not support trashing.';
            return wpError(501, 'woocommerce_rest_trash_not_supported', message);
          }
          return ok(removed(shop, edits, pathId(call.path)));
        },
      },
    },
    batch: {
      pattern: '/wc/v3/customers/batch',
      params: {},
      refusal: 'batch',
      handlers: batchHandlers((call) =>
        batchReply(call.body, {
          create: (item) => writes.create(item),
          update: (id, item) => writes.update(id, item),
          delete: (id) => removed(shop, edits, id),
          withoutId: () => wpError(404, 'wc_user_invalid_id', 'Invalid user ID.'),
        }),
      ),
    },
  };
}

/** @returns the customer as it was; nobody may do anything with it any more. */
function removed(shop: Shop, edits: Edits, id: number): CustomerRecord {
  const customer = shop.customers.get(id)?.read();
  if (customer === undefined) {
    throw new ReplyError(wpError(404, 'wc_user_invalid_id', 'Invalid user ID.'));
  }
  edits.deleteCustomer(id);
  const { self = [], ...links } = customer._links;
  return { ...customer, _links: { self: self.map(({ href }) => ({ href })), ...links } };
}
