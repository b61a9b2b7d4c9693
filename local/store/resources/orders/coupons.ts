import { listParams, readParams } from '../../rest/request/params.ts';
import { wpError } from '../../rest/response/reply.ts';
import { listReply, pathId, recordReply } from '../../rest/route.ts';
import type { Route } from '../../rest/route.ts';
import type { Shop } from '../../shop/shop.ts';
import { found, listPage } from '../listing.ts';

/** Coupons: list and single read. Codes are compared in lower case. */
export function couponRoutes(shop: Shop): Route[] {
  const specs = listParams('coupons');
  return [
    {
      pattern: '/wc/v3/coupons',
      params: specs,
      refusal: 'list',
      handlers: {
        GET: (call) => {
          const code = call.params.text('code')?.toLowerCase();
          const search = call.params.text('search') ?? '';
          return listReply(call, {
            specs,
            page: listPage(shop.coupons, call.params, {
              columns: 'site',
              zone: shop.zone,
              matches: (entry) =>
                entry.status !== 'trash' &&
                (code === undefined || entry.read().code === code) &&
                (search === '' || found(search, [entry.read().code])),
            }),
            render: (coupon) => coupon,
          });
        },
      },
    },
    {
      pattern: '/wc/v3/coupons/(?P<id>[\\d]+)',
      params: readParams,
      refusal: 'read',
      rightsNeedRecord: (path) => shop.coupons.get(pathId(path)) !== undefined,
      handlers: {
        GET: (call) => {
          const coupon = shop.coupons.get(pathId(call.path))?.read();
          return coupon === undefined
            ? wpError(404, 'woocommerce_rest_shop_coupon_invalid_id', 'Invalid ID.')
            : recordReply(call, coupon);
        },
      },
    },
  ];
}
