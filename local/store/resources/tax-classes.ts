import { RECORDED_ORIGIN } from '../core/recordings.ts';
import { ok } from '../rest/response/reply.ts';
import type { Route } from '../rest/route.ts';
import { filterOf } from './settings.ts';

const names = {
  standard: 'Standard rate',
  'reduced-rate': 'Reduced rate',
  'zero-rate': 'Zero rate',
};

/** The classes that a new shop has, in the form of WooCommerce's handbook: a list without pages, ids and dates. */
export function taxClassRoutes(): Route[] {
  const collection = [{ href: `${RECORDED_ORIGIN}/wp-json/wc/v3/taxes/classes` }];
  const classes = Object.entries(names).map(([slug, name]) => ({
    slug,
    name,
    _links: { collection },
  }));
  return [
    {
      pattern: '/wc/v3/taxes/classes',
      params: {},
      refusal: 'list',
      handlers: { GET: (call) => ok(classes.map((one) => filterOf(call.query).inList(one))) },
    },
  ];
}
