import type { Entry } from '../collection.ts';
import { listParams, readParams } from '../http/params.ts';
import type { Params } from '../http/params.ts';
import { wpError } from '../http/reply.ts';
import type { Reply } from '../http/reply.ts';
import { listReply, pathId, recordReply } from '../http/route.ts';
import type { Call, Route } from '../http/route.ts';
import type { RefundRecord } from '../records.ts';
import type { Shop } from '../shop.ts';
import { withDecimals } from './decimals.ts';
import { found, listPage, withMeta } from './listing.ts';

/** Refunds of one order, and of all orders. */
export function refundRoutes(shop: Shop): Route[] {
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
      },
    },
    {
      pattern: '/wc/v3/orders/(?P<order_id>[\\d]+)/refunds/(?P<id>[\\d]+)',
      params: readParams,
      refusal: 'read',
      rightsNeedRecord: (path) => shop.refunds.get(pathId(path)) !== undefined,
      handlers: { GET: (call) => oneRefund(shop, call) },
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

/** Refund errors carry a bare number as data, which WordPress then answers with 500. */
function numberError(code: string, message: string): Reply {
  return { status: 500, headers: {}, body: { code, message, data: 404 } };
}

function withoutParent(refund: RefundRecord): Partial<RefundRecord> {
  const shown: Partial<RefundRecord> = { ...refund };
  delete shown.parent_id;
  return shown;
}
