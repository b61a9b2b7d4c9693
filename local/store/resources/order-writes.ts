import type { Edits } from '../edits.ts';
import type { BodyFields } from '../http/body.ts';
import { writableSchema } from '../http/body-schema.ts';
import { created, ok, ReplyError, wpError } from '../http/reply.ts';
import type { Reply } from '../http/reply.ts';
import { fieldsAsked, pathId } from '../http/route.ts';
import type { Handler } from '../http/route.ts';
import { RECORDED_ORIGIN } from '../recordings.ts';
import type { OrderRecord } from '../records.ts';
import type { Shop } from '../shop.ts';
import type { OrderWrites } from '../write/order-writes.ts';
import { batchHandlers, batchReply } from './batch.ts';
import { truthy } from './force.ts';
import type { WriteRoutes } from './product-writes.ts';

/** The writing verbs of orders. `statuses` are what plugins of the shop registered. */
export function orderWriteRoutes(
  shop: Shop,
  writes: OrderWrites,
  edits: Edits,
  statuses: readonly string[],
): WriteRoutes {
  const schema = writableSchema('orders', { statuses });
  const put: Handler = (call) => ok(fieldsAsked(call, writes.update(pathId(call.path), call.body)));
  return {
    list: {
      body: schema,
      handlers: {
        POST: (call) => {
          const order = writes.create(call.body);
          const location = `${RECORDED_ORIGIN}/wp-json/wc/v3/orders/${order.id}`;
          return created(fieldsAsked(call, order), location);
        },
      },
    },
    one: {
      body: schema,
      handlers: {
        POST: put,
        PUT: put,
        PATCH: put,
        DELETE: (call) => ok(removed(shop, edits, pathId(call.path), truthy(call.body['force']))),
      },
    },
    batch: {
      pattern: '/wc/v3/orders/batch',
      params: {},
      refusal: 'batch',
      handlers: batchHandlers((call) =>
        batchReply(call.body, {
          create: (item: BodyFields) => writes.create(item),
          update: (id, item) => writes.update(id, item),
          delete: (id) => removed(shop, edits, id, true),
          withoutId: () => invalidId(400),
        }),
      ),
    },
  };
}

function invalidId(status: number): Reply {
  return wpError(status, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');
}

/** @returns the order as it was. */
function removed(shop: Shop, edits: Edits, id: number, force: boolean): OrderRecord {
  const order = shop.orders.get(id)?.read();
  if (order === undefined) {
    throw new ReplyError(invalidId(404));
  }
  if (force) {
    edits.deleteOrder(id);
  } else if (order.status === 'trash') {
    const message = 'The shop_order has already been deleted.';
    throw new ReplyError(wpError(410, 'woocommerce_rest_already_trashed', message));
  } else {
    edits.trashOrder(id);
  }
  return order;
}
