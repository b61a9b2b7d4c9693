import { textOf } from '../../core/values.ts';
import type { BodySchema } from '../../rest/request/body-schema.ts';
import type { ParamSpecs } from '../../rest/request/params.ts';
import { readParams } from '../../rest/request/params.ts';
import { created, ok, wpError } from '../../rest/response/reply.ts';
import type { Reply } from '../../rest/response/reply.ts';
import { pathId } from '../../rest/route.ts';
import type { Call, Route } from '../../rest/route.ts';
import { RECORDED_ORIGIN } from '../../core/recordings.ts';
import type { Ledger } from '../../shop/ledger.ts';
import { truthy } from '../force.ts';

interface OrderNote {
  id: number;
  author: string;
  date_created: string;
  date_created_gmt: string;
  note: string;
  customer_note: boolean;
  _links: object;
}

/** Of what the REST API adds, recorded: the shop's, whoever asked. */
const AUTHOR = 'WooCommerce';

const specs: ParamSpecs = {
  ...readParams,
  type: { type: 'string', enum: ['any', 'customer', 'internal'], default: 'any' },
};
const schema: BodySchema = {
  fields: {
    note: { type: 'string' },
    customer_note: { type: 'boolean' },
    added_by_user: { type: 'boolean' },
  },
  required: ['note'],
};

/**
 * Notes of an order, by the handbook of the REST API: newest first, not paged. One moves no date of its order and
 * fires no webhook.
 */
export function noteRoutes(ledger: Ledger): Route[] {
  const notes = new Map<number, OrderNote[]>();
  const orderOf = ({ path }: Call): number | undefined =>
    ledger.shop.orders.get(pathId(path, 'order_id'))?.id;
  const add = (call: Call): Reply => {
    const order = orderOf(call);
    if (order === undefined) return unknownOrder();
    const { site, gmt } = ledger.instant();
    const id = ledger.ids.meta();
    const up = `${RECORDED_ORIGIN}/wp-json/wc/v3/orders/${order}`;
    const note: OrderNote = {
      id,
      author: AUTHOR,
      date_created: site,
      date_created_gmt: gmt,
      note: textOf(call.body['note']),
      customer_note: truthy(call.body['customer_note']),
      _links: linksOf(id, up),
    };
    notes.set(order, [note, ...(notes.get(order) ?? [])]);
    return created(note, `${up}/notes/${id}`);
  };
  const list = (call: Call): Reply => {
    const order = orderOf(call);
    if (order === undefined) return unknownOrder();
    const wanted = call.params.text('type');
    const all = notes.get(order) ?? [];
    return ok(
      wanted === 'any'
        ? all
        : all.filter(({ customer_note }) => customer_note === (wanted === 'customer')),
    );
  };
  return [
    {
      pattern: '/wc/v3/orders/(?P<order_id>[\\d]+)/notes',
      params: specs,
      refusal: 'list',
      handlers: { GET: list, POST: add },
      body: schema,
    },
  ];
}

function linksOf(id: number, order: string): object {
  return {
    self: [{ href: `${order}/notes/${id}`, targetHints: { allow: ['GET', 'DELETE'] } }],
    collection: [{ href: `${order}/notes` }],
    up: [{ href: order }],
  };
}

function unknownOrder(): Reply {
  return wpError(404, 'woocommerce_rest_order_invalid_id', 'Invalid order ID.');
}
