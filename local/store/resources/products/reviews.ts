import { listParams, readParams } from '../../rest/request/params.ts';
import { wpError } from '../../rest/response/reply.ts';
import { listReply, pathId, recordReply } from '../../rest/route.ts';
import type { Route } from '../../rest/route.ts';
import type { Shop } from '../../shop/shop.ts';
import { refusing } from '../content/refusals.ts';
import { found, listPage } from '../listing.ts';

/** What buyers say of products: list and single reads. Reviews have no date of change. */
export function reviewRoutes(shop: Shop): Route[] {
  const specs = listParams('products/reviews');
  return [
    {
      pattern: '/wc/v3/products/reviews',
      params: specs,
      refusal: 'list',
      refuse: refusing(['reviewer', 'reviewer_exclude'], { orderby: ['product'] }),
      handlers: {
        GET: (call) => {
          const { params } = call;
          const status = params.text('status') ?? 'approved';
          const products = params.texts('product').map(Number);
          const email = params.text('reviewer_email');
          const search = params.text('search') ?? '';
          return listReply(call, {
            specs,
            page: listPage(shop.reviews, params, {
              columns: 'site',
              zone: shop.zone,
              matches: (entry) => {
                const { review, reviewer, reviewer_email } = entry.read();
                return (
                  (status === 'all' ? entry.status !== 'trash' : entry.status === status) &&
                  (products.length === 0 || products.includes(entry.owner)) &&
                  (email === undefined || email === reviewer_email) &&
                  (search === '' || found(search, [review, reviewer]))
                );
              },
            }),
            render: (review) => review,
          });
        },
      },
    },
    {
      pattern: '/wc/v3/products/reviews/(?P<id>[\\d]+)',
      params: readParams,
      refusal: 'read',
      handlers: {
        GET: (call) => {
          const review = shop.reviews.get(pathId(call.path))?.read();
          return review === undefined
            ? wpError(404, 'woocommerce_rest_review_invalid_id', 'Invalid review ID.')
            : recordReply(call, review);
        },
      },
    },
  ];
}
