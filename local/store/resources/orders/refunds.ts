import type { Entry } from '../../core/collection.ts';
import type { Edits } from '../../write/edits.ts';
import { writableSchema } from '../../rest/request/body-schema.ts';
import { listParams, readParams } from '../../rest/request/params.ts';
import type { Params } from '../../rest/request/params.ts';
import { created, wpError } from '../../rest/response/reply.ts';
import type { Reply } from '../../rest/response/reply.ts';
import { listReply, pathId, recordReply } from '../../rest/route.ts';
import type { Call, Route } from '../../rest/route.ts';
import type { RefundRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import { RECORDED_ORIGIN } from '../../core/recordings.ts';
import type { RefundWrites } from '../../write/orders/refund-writes.ts';
import { truthy } from '../force.ts';
import { withDecimals } from '../decimals.ts';
import { found, listPage, withMeta } from '../listing.ts';

const schema = writableSchema('refunds');

/** Refunds of one order, and of all orders. */
export function refundRoutes(shop: Shop, writes: RefundWrites, edits: Edits): Route[] {
  const ofOrder = listParams('orders/1000/refunds');
  const all = listParams('refunds');
  return [
    {
      pattern: '/wc/v3/refunds',
      params: all,
      refusal: 'list',
      handlers: { GET: (call) => refundList(shop, call, all, undefined) },
    },
    {
      pattern: '/wc/v3/orders/(?P<order_id>[\\d]+)/refunds',
      params: ofOrder,
      refusal: 'list',
      handlers: {
        GET: (call) => refundList(shop, call, ofOrder, pathId(call.path, 'order_id')),
        POST: (call) => newRefund(shop, call, writes),
      },
      body: schema,
    },
    {
      pattern: '/wc/v3/orders/(?P<order_id>[\\d]+)/refunds/(?P<id>[\\d]+)',
      params: readParams,
      refusal: 'read',
      rightsNeedRecord: (path) => shop.refunds.get(pathId(path)) !== undefined,
      handlers: {
        GET: (call) => oneRefund(shop, call),
        DELETE: (call) => deletedRefund(shop, call, edits),
      },
    },
  ];
}

function refundList(
  shop: Shop,
  call: Call,
  specs: Route['params'],
  order: number | undefined,
): Reply {
  const { params } = call;
  return listReply(call, {
    specs,
    page: listPage(shop.refunds, params, {
      columns: 'utc',
      zone: shop.zone,
      matches: refundFilter(params, order),
    }),
    render: (refund) => {
      const shown = withDecimals(withMeta(refund, params), params.number('dp') ?? 2);
      return order === undefined ? shown : withoutParent(shown);
    },
    emptyPageForgetsTotal: true,
    repeat: (query, hasItems) => {
      if (hasItems) {
        query.set('dp', String(params.number('dp') ?? 2));
      }
    },
  });
}

function refundFilter(
  params: Params,
  order: number | undefined,
): (entry: Entry<RefundRecord>) => boolean {
  const parents = params.ids('parent');
  const notParents = params.ids('parent_exclude');
  const search = params.text('search') ?? '';
  return (entry) =>
    (order === undefined || entry.owner === order) &&
    (parents.length === 0 || parents.includes(entry.owner)) &&
    !notParents.includes(entry.owner) &&
    (search === '' || String(entry.id) === search || found(search, [entry.read().reason]));
}

function oneRefund(shop: Shop, call: Call): Reply {
  const refund = shop.refunds.get(pathId(call.path))?.read();
  if (refund === undefined) {
    return wpError(404, 'woocommerce_rest_shop_order_refund_invalid_id', 'Invalid ID.');
  }
  if (shop.orders.get(pathId(call.path, 'order_id')) === undefined) {
    return numberError('woocommerce_rest_invalid_order_id', 'Invalid order ID.');
  }
  return refund.parent_id === pathId(call.path, 'order_id')
    ? recordReply(call, withoutParent(refund))
    : numberError('woocommerce_rest_invalid_order_refund_id', 'Invalid order refund ID.');
}

function newRefund(shop: Shop, call: Call, writes: RefundWrites): Reply {
  const order = shop.orders.get(pathId(call.path, 'order_id'))?.read();
  if (order === undefined) {
    return numberError('woocommerce_rest_invalid_order_id', 'Invalid order ID.');
  }
  const refund = writes.create(order, call.body);
  // WooCommerce names the pattern of the route, not the order, in the address of a new refund.
  const location = `${RECORDED_ORIGIN}/wp-json/wc/v3/orders/(?P<order_id>[\\d]+)/refunds/${refund.id}`;
  return created(withoutParent(refund), location);
}

/** Gone for good; the order's modified date does not move and nobody hears of it. */
function deletedRefund(shop: Shop, call: Call, edits: Edits): Reply {
  const shown = oneRefund(shop, call);
  if (shown.status !== 200) {
    return shown;
  }
  if (!truthy(call.body['force'])) {
    const message = 'The shop_order_refund does not support trashing.';
    return wpError(501, 'woocommerce_rest_trash_not_supported', message);
  }
  edits.deleteRefund(pathId(call.path));
  return shown;
}

/** Refund errors carry a bare number as data, which WordPress then answers with 500. */
function numberError(code: string, message: string): Reply {
  return { status: 500, headers: {}, body: { code, message, data: 404 } };
}

function withoutParent(refund: RefundRecord): Partial<RefundRecord> {
  const shown: Partial<RefundRecord> = { ...refund };
  delete shown.parent_id;
  return shown;
}
