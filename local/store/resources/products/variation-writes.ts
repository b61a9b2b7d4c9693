import type { BodyFields } from '../../rest/request/body.ts';
import { writableSchema } from '../../rest/request/body-schema.ts';
import { created, ok, wpError } from '../../rest/response/reply.ts';
import { fieldsAsked, pathId } from '../../rest/route.ts';
import type { Call, Handler } from '../../rest/route.ts';
import { RECORDED_ORIGIN } from '../../core/recordings.ts';
import type { VariationRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import type { VariationWrites } from '../../write/products/variation-writes.ts';
import { batchHandlers, batchReply } from '../batch.ts';
import { truthy } from '../force.ts';
import type { WriteRoutes } from '../write-routes.ts';
import { editedVariation } from './variation-views.ts';

const schema = writableSchema('products-variations');

/** WooCommerce names the pattern of the route, not the parent, in the address of a new variation. */
const LOCATION = `${RECORDED_ORIGIN}/wp-json/wc/v3/products/(?P<product_id>[\\d]+)/variations`;

/** The writing verbs of a product's variations. */
export function variationWriteRoutes(shop: Shop, writes: VariationWrites): WriteRoutes {
  const view = (variation: VariationRecord): object => editedVariation(shop, variation);
  const parent = (call: Call): number => pathId(call.path, 'product_id');
  const put: Handler = async (call) => {
    const variation = await writes.update(parent(call), pathId(call.path), call.body);
    return ok(fieldsAsked(call, view(variation)));
  };
  return {
    list: {
      body: schema,
      handlers: {
        POST: async (call) => {
          const variation = await writes.create(parent(call), call.body);
          return created(fieldsAsked(call, view(variation)), `${LOCATION}/${variation.id}`);
        },
      },
    },
    one: {
      body: schema,
      handlers: {
        POST: put,
        PUT: put,
        PATCH: put,
        DELETE: (call) => {
          const force = truthy(call.body['force']);
          return ok(view(writes.remove(parent(call), pathId(call.path), force)));
        },
      },
    },
    batch: {
      pattern: '/wc/v3/products/(?P<product_id>[\\d]+)/variations/batch',
      params: {},
      refusal: 'batch',
      handlers: batchHandlers((call) => batch(call, view, writes)),
    },
  };
}

function batch(
  call: Call,
  view: (variation: VariationRecord) => object,
  writes: VariationWrites,
): ReturnType<typeof batchReply> {
  const parent = pathId(call.path, 'product_id');
  return batchReply(call.body, {
    create: async (item: BodyFields) => view(await writes.create(parent, item)),
    update: async (id: number, item: BodyFields) => view(await writes.update(parent, id, item)),
    delete: (id: number) => view(writes.remove(parent, id, true)),
    withoutId: () => wpError(404, 'woocommerce_rest_product_variation_invalid_id', 'Invalid ID.'),
  });
}
