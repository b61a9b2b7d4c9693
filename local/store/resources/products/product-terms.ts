import type { Entry } from '../../core/collection.ts';
import { listParams, readParams } from '../../rest/request/params.ts';
import { wpError } from '../../rest/response/reply.ts';
import { listReply, pathId, recordReply } from '../../rest/route.ts';
import type { Route } from '../../rest/route.ts';
import { tagsOf } from '../../shop/catalogue-lists.ts';
import type { ProductTerm } from '../../shop/catalogue-lists.ts';
import type { Shop } from '../../shop/shop.ts';
import { refusing } from '../content/refusals.ts';
import { termPage } from '../term-page.ts';

const refuse = refusing(['product'], { orderby: ['term_group'] });

/** Categories and tags of products: lists and single reads. Terms have no dates. */
export function productTermRoutes(shop: Shop): Route[] {
  return [
    ...routesOf('categories', () => shop.categories.all()),
    ...routesOf('tags', () => tagsOf(shop.products)),
  ];
}

function routesOf(name: string, all: () => readonly Entry<ProductTerm>[]): Route[] {
  const list = `/wc/v3/products/${name}`;
  const specs = listParams(`products/${name}`);
  return [
    {
      pattern: list,
      params: specs,
      refusal: 'list',
      refuse,
      handlers: {
        GET: (call) =>
          listReply(call, {
            specs,
            page: termPage(all(), call.params),
            render: (term) => term,
          }),
      },
    },
    {
      pattern: `${list}/(?P<id>[\\d]+)`,
      params: readParams,
      refusal: 'read',
      handlers: {
        GET: (call) => {
          const term = all().find(({ id }) => id === pathId(call.path));
          return term === undefined
            ? wpError(404, 'woocommerce_rest_term_invalid', 'Resource does not exist.')
            : recordReply(call, term.read());
        },
      },
    },
  ];
}
