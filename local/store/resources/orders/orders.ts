import type { Entry } from '../../core/collection.ts';
import { listParams, readParams } from '../../rest/request/params.ts';
import type { Params } from '../../rest/request/params.ts';
import type { QueryArray } from '../../rest/request/php-query.ts';
import { wpError } from '../../rest/response/reply.ts';
import type { Reply } from '../../rest/response/reply.ts';
import { listReply, pathId, recordReply } from '../../rest/route.ts';
import type { Call, Route } from '../../rest/route.ts';
import type { OrderRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import { withDecimals } from '../decimals.ts';
import { found, listPage, withMeta } from '../listing.ts';
import type { WriteRoutes } from '../write-routes.ts';

/** Parts of an order that WooCommerce builds only when they are asked for whole. */
const builtOnRequest = new Set([
  'meta_data',
  'line_items',
  'tax_lines',
  'shipping_lines',
  'fee_lines',
  'coupon_lines',
  'refunds',
]);

const wholeOnly = (field: string): boolean => builtOnRequest.has(field);

/** Orders. */
export function orderRoutes(
  shop: Shop,
  customStatuses: readonly string[],
  writes: WriteRoutes,
): Route[] {
  const specs = listParams('orders', customStatuses);
  return [
    {
      pattern: '/wc/v3/orders',
      params: specs,
      refusal: 'list',
      handlers: {
        GET: (call) =>
          listReply(call, {
            specs,
            page: listPage(shop.orders, call.params, {
              columns: 'utc',
              zone: shop.zone,
              matches: orderFilter(call.params),
            }),
            render: (order) => shown(order, call.params),
            wholeOnly,
            emptyPageForgetsTotal: true,
            repeat: (query, hasItems) => {
              repeatInLinks(query, call, hasItems);
            },
          }),
        ...writes.list.handlers,
      },
      body: writes.list.body,
    },
    writes.batch,
    {
      pattern: '/wc/v3/orders/(?P<id>[\\d]+)',
      params: { ...readParams, dp: { type: 'integer', default: 2 } },
      refusal: 'read',
      rightsNeedRecord: (path) => shop.orders.get(pathId(path)) !== undefined,
      handlers: {
        GET: (call) => {
          const order = shop.orders.get(pathId(call.path))?.read();
          return order === undefined
            ? unknownOrder()
            : recordReply(call, shown(order, call.params), wholeOnly);
        },
        ...writes.one.handlers,
      },
      body: writes.one.body,
    },
  ];
}

function unknownOrder(): Reply {
  return wpError(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');
}

function shown(order: OrderRecord, params: Params): OrderRecord {
  return withDecimals(withMeta(order, params), params.number('dp') ?? 2);
}

/** WooCommerce puts the statuses back at the end, and decimals and context once it has shown an order. */
function repeatInLinks(query: QueryArray, { params }: Call, hasItems: boolean): void {
  query.delete('status');
  query.set('status', new Map(params.texts('status').map((status, at) => [String(at), status])));
  if (hasItems) {
    query.set('dp', String(params.number('dp') ?? 2));
    query.set('context', params.text('context') ?? 'view');
  }
}

/** Cheap filters first: the later ones have to build the order. */
function orderFilter(params: Params): (entry: Entry<OrderRecord>) => boolean {
  const tests = [statusTest(params), ownerTest(params), ...recordTests(params)].filter(
    (test) => test !== undefined,
  );
  return (entry) => tests.every((test) => test(entry));
}

type Test = (entry: Entry<OrderRecord>) => boolean;

/** `any`, wherever it stands in the list, means all but the trash and unfinished admin drafts. */
function statusTest(params: Params): Test {
  const wanted = new Set(params.texts('status'));
  return wanted.size === 0 || wanted.has('any')
    ? ({ status }) => status !== 'trash' && status !== 'auto-draft'
    : ({ status }) => wanted.has(status);
}

function ownerTest(params: Params): Test | undefined {
  const customer = params.number('customer');
  return customer === undefined ? undefined : ({ owner }) => owner === customer;
}

function recordTests(params: Params): Test[] {
  const product = params.number('product');
  const search = params.text('search');
  const createdVia = params.texts('created_via');
  const parents = params.ids('parent');
  const tests: Test[] = [];
  if (product !== undefined && product !== 0) {
    tests.push((entry) => entry.read().line_items.some((line) => line.product_id === product));
  }
  if (search !== undefined && search !== '') {
    tests.push((entry) => String(entry.id) === search || found(search, searched(entry.read())));
  }
  if (createdVia.length > 0) {
    tests.push((entry) => createdVia.includes(entry.read().created_via));
  }
  if (parents.length > 0) {
    tests.push((entry) => parents.includes(entry.read().parent_id));
  }
  return tests;
}

function searched({ billing, shipping, line_items }: OrderRecord): string[] {
  return [
    billing.email ?? '',
    `${billing.first_name} ${billing.last_name}`,
    `${shipping.first_name} ${shipping.last_name}`,
    ...line_items.map(({ name }) => name),
  ];
}
