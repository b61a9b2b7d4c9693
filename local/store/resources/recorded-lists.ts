import type { Shop } from '../shop/shop.ts';
import { listParams } from '../rest/request/params.ts';
import { notEmulated, ok } from '../rest/response/reply.ts';
import type { Reply } from '../rest/response/reply.ts';
import { sliceOf } from '../rest/route.ts';
import type { Call, Route } from '../rest/route.ts';
import { recordedBody } from '../core/recordings.ts';
import { filterOf } from './settings.ts';

interface RecordedList {
  /** Without `/wc/v3`. */
  readonly path: string;
  readonly recording: string;
  /** The recorded parameters of the list, where it has pages. */
  readonly pages?: string;
  /** Numbers in the path that were recorded. */
  readonly only?: Readonly<Record<string, string>>;
}

const LISTS: readonly RecordedList[] = [
  { path: '/taxes', recording: 'settings/taxes.json', pages: 'taxes' },
  { path: '/shipping/zones', recording: 'settings/shipping-zones.json' },
  { path: '/payment_gateways', recording: 'settings/payment-gateways.json' },
  { path: '/products/attributes', recording: 'products/attributes.json' },
  {
    path: '/products/attributes/(?P<attribute_id>[\\d]+)/terms',
    recording: 'products/attribute-terms.json',
    only: { attribute_id: '1' },
  },
];

/** What a list that nothing in this store changes may be asked with. */
const UNDERSTOOD = ['_fields', 'context', 'page', 'per_page'];

/** Lists that are as they were recorded, and the number of orders by status. */
export function recordedListRoutes(shop: Shop): Route[] {
  return [
    ...LISTS.map(listRoute),
    {
      pattern: '/wc/v3/reports/orders/totals',
      params: {},
      refusal: 'list',
      handlers: {
        GET: (call) => ok(orderTotals(shop).map((row) => filterOf(call.query).inList(row))),
      },
    },
  ];
}

function listRoute({ path, recording, pages, only = {} }: RecordedList): Route {
  const items = recordedBody(recording) as readonly object[];
  return {
    pattern: `/wc/v3${path}`,
    params: pages === undefined ? {} : listParams(pages),
    refusal: 'list',
    handlers: { GET: (call) => unknownPart(call, only) ?? page(call, items, pages !== undefined) },
  };
}

/** What the recordings do not tell. */
function unknownPart({ path, query }: Call, only: Readonly<Record<string, string>>) {
  for (const [name, recorded] of Object.entries(only)) {
    if (path[name] !== recorded) return notEmulated(`${name} ${path[name] ?? ''}`);
  }
  const strange = [...query.keys()].find(
    // Over plain http the signature is among them.
    (name) => !UNDERSTOOD.includes(name) && !name.startsWith('oauth_'),
  );
  return strange === undefined ? undefined : notEmulated(`the list parameter "${strange}" here`);
}

/** The list as a whole; its pages only where one holds all of it. */
function page(call: Call, items: readonly object[], hasPages: boolean): Reply {
  const { offset, limit } = hasPages ? sliceOf(call.params) : { offset: 0, limit: items.length };
  if (offset > 0 || limit < items.length) return notEmulated('pages of a list that was recorded');
  const fields = filterOf(call.query);
  return ok(
    items.map((item) => fields.inList(item)),
    { 'x-wp-total': String(items.length), 'x-wp-totalpages': '1' },
  );
}

/** Orders by status, in the order and by the names that were recorded. */
function orderTotals(shop: Shop): readonly object[] {
  const counts = new Map<string, number>();
  for (const { status } of shop.orders.all()) counts.set(status, (counts.get(status) ?? 0) + 1);
  const recorded = recordedBody('settings/orders-totals-report.json') as { slug: string }[];
  return recorded.map((row) => ({ ...row, total: counts.get(row.slug) ?? 0 }));
}
