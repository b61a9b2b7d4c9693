import type { Edits } from '../../write/edits.ts';
import { writableSchema } from '../../rest/request/body-schema.ts';
import { ReplyError, wpError } from '../../rest/response/reply.ts';
import type { Reply } from '../../rest/response/reply.ts';
import type { OrderRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import type { OrderWrites } from '../../write/orders/order-writes.ts';
import { writeRoutes } from '../write-routes.ts';
import type { WriteRoutes } from '../write-routes.ts';

/** The writing verbs of orders. `statuses` are what plugins of the shop registered. */
export function orderWriteRoutes(
  shop: Shop,
  writes: OrderWrites,
  edits: Edits,
  statuses: readonly string[],
): WriteRoutes {
  return writeRoutes({
    resource: 'orders',
    schema: writableSchema('orders', { statuses }),
    create: (body) => writes.create(body),
    update: (id, body) => writes.update(id, body),
    remove: (id, force) => removed(shop, edits, id, force),
    withoutId: () => invalidId(400),
  });
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
