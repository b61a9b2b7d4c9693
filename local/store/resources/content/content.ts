import { Rights } from '../../content/rights.ts';
import type { Route } from '../../rest/route.ts';
import type { Shop } from '../../shop/shop.ts';
import { postRoutes } from './posts.ts';
import { termRoutes } from './terms.ts';
import { typeRoutes } from './types.ts';
import { userRoutes } from './users.ts';

/** What WordPress itself shows of the site, but for images. */
export function contentRoutes(shop: Shop): Route[] {
  const rights = new Rights(shop.site);
  return [
    ...typeRoutes(shop.site, rights),
    ...postRoutes(shop, rights),
    ...userRoutes(shop, rights),
    ...termRoutes(shop.site, rights),
  ];
}
