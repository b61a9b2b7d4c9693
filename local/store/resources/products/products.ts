import { listParams, readParams } from '../../rest/request/params.ts';
import type { Params } from '../../rest/request/params.ts';
import { notEmulated, ReplyError, wpError } from '../../rest/response/reply.ts';
import type { Reply } from '../../rest/response/reply.ts';
import { listReply, pathId, recordReply } from '../../rest/route.ts';
import type { Call, Route } from '../../rest/route.ts';
import type { ProductRecord, VariationRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import { listPage, withMeta } from '../listing.ts';
import { itemFilter, itemOrder, productTests, unsupportedProductParams } from './product-filter.ts';
import { inContext } from './product-views.ts';
import type { WriteRoutes } from '../write-routes.ts';
import { variationAsProduct, variationIn } from './variation-views.ts';

/** WooCommerce builds products field by field: a field asked for in part is not built. */
const wholeOnly = (): boolean => true;

/** What the writing verbs need beside the reads. */
export interface ProductWriteParts {
  products: WriteRoutes;
  variations: WriteRoutes;
}

/** Products and variations. */
export function productRoutes(shop: Shop, { products, variations }: ProductWriteParts): Route[] {
  const specs = { ...listParams('products'), global_unique_id: { type: 'string' } as const };
  const ofProduct = listParams('products/60/variations');
  const all = listParams('variations');
  return [
    {
      pattern: '/wc/v3/products',
      params: specs,
      refusal: 'list',
      body: products.list.body,
      handlers: { GET: (call) => productList(shop, call, specs), ...products.list.handlers },
    },
    products.batch,
    variations.batch,
    {
      pattern: '/wc/v3/products/(?P<id>[\\d]+)',
      params: readParams,
      refusal: 'read',
      rightsNeedRecord: (path) => productOrVariation(shop, pathId(path)) !== undefined,
      body: products.one.body,
      handlers: { GET: (call) => oneProduct(shop, call), ...products.one.handlers },
    },
    {
      pattern: '/wc/v3/variations',
      params: all,
      refusal: 'list',
      handlers: { GET: (call) => variationList(shop, call, all, undefined) },
    },
    {
      pattern: '/wc/v3/products/(?P<product_id>[\\d]+)/variations',
      params: ofProduct,
      refusal: 'list',
      handlers: {
        GET: (call) => variationList(shop, call, ofProduct, pathId(call.path, 'product_id')),
        ...variations.list.handlers,
      },
      body: variations.list.body,
    },
    {
      pattern: '/wc/v3/products/(?P<product_id>[\\d]+)/variations/(?P<id>[\\d]+)',
      params: readParams,
      refusal: 'read',
      missing: (path) =>
        shop.variations.get(pathId(path))?.owner === pathId(path, 'product_id')
          ? undefined
          : wpError(404, 'woocommerce_rest_product_variation_invalid_id', 'Invalid ID.'),
      body: variations.one.body,
      handlers: { GET: (call) => oneVariation(shop, call), ...variations.one.handlers },
    },
  ];
}

function productList(shop: Shop, call: Call, specs: Route['params']): Reply {
  const { params } = call;
  refuseUnsupported(params);
  const common = itemFilter<ProductRecord>(params);
  const own = productTests(params);
  const compare = itemOrder(params.text('orderby'));
  return listReply(call, {
    specs,
    page: listPage(shop.products, params, {
      columns: 'site',
      zone: shop.zone,
      matches: (entry) => common(entry) && own(entry),
      ...(compare === undefined ? {} : { compare }),
    }),
    render: (product) => inContext(shop, withMeta(product, params), params),
    wholeOnly,
  });
}

function oneProduct(shop: Shop, call: Call): Reply {
  const product = productOrVariation(shop, pathId(call.path));
  return product === undefined
    ? wpError(404, 'woocommerce_rest_product_invalid_id', 'Invalid ID.')
    : recordReply(call, inContext(shop, product, call.params), wholeOnly);
}

function productOrVariation(shop: Shop, id: number): ProductRecord | undefined {
  const variation = shop.variations.get(id)?.read();
  const parent = variation && shop.products.get(variation.parent_id)?.read();
  return variation !== undefined && parent !== undefined
    ? variationAsProduct(variation, parent)
    : shop.products.get(id)?.read();
}

function variationList(
  shop: Shop,
  call: Call,
  specs: Route['params'],
  product: number | undefined,
): Reply {
  const { params } = call;
  refuseUnsupported(params);
  const matches = itemFilter<VariationRecord>(params);
  const compare = itemOrder(params.text('orderby'));
  return listReply(call, {
    specs,
    page: listPage(shop.variations, params, {
      columns: 'site',
      zone: shop.zone,
      matches: (entry) => (product === undefined || entry.owner === product) && matches(entry),
      ...(compare === undefined ? {} : { compare }),
    }),
    render: (variation) => variationIn(shop, withMeta(variation, params), product),
  });
}

function oneVariation(shop: Shop, call: Call): Reply {
  const variation = shop.variations.get(pathId(call.path))?.read();
  return variation === undefined
    ? wpError(404, 'woocommerce_rest_product_variation_invalid_id', 'Invalid ID.')
    : recordReply(call, variationIn(shop, variation, variation.parent_id));
}

function refuseUnsupported(params: Params): void {
  const name = unsupportedProductParams.find((param) => {
    const list = params.texts(param);
    return list.length > 0 || (params.text(param) ?? '') !== '' || params.flag(param) === true;
  });
  if (name !== undefined) {
    throw new ReplyError(notEmulated(`the list parameter "${name}"`));
  }
  if (params.text('orderby') === 'random') {
    throw new ReplyError(notEmulated('the order "random"'));
  }
}
