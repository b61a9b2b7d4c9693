import { truthy } from './force.ts';
import type { BodyFields } from '../http/body.ts';
import { writableSchema } from '../http/body-schema.ts';
import { created, ok, ReplyError, wpError } from '../http/reply.ts';
import type { Reply } from '../http/reply.ts';
import { pathId } from '../http/route.ts';
import type { Handler, Route } from '../http/route.ts';
import type { Edits } from '../edits.ts';
import { RECORDED_ORIGIN } from '../recordings.ts';
import type { ProductRecord } from '../records.ts';
import type { Shop } from '../shop.ts';
import { fieldsAsked } from '../http/route.ts';
import type { ProductWrites } from '../write/product-writes.ts';
import { batchHandlers, batchReply } from './batch.ts';
import { editorView } from './product-views.ts';

const schema = writableSchema('products');

/** The writing verbs of products, by route pattern. */
export interface WriteRoutes {
  list: Pick<Route, 'handlers' | 'body'>;
  one: Pick<Route, 'handlers' | 'body'>;
  batch: Route;
}

export function productWriteRoutes(shop: Shop, writes: ProductWrites, edits: Edits): WriteRoutes {
  const view = (product: ProductRecord): object => editorView(shop, product);
  const update = async (id: number, body: BodyFields): Promise<object> => {
    refuseVariation(shop, id);
    return view(await writes.update(id, body));
  };
  const put: Handler = async (call) =>
    ok(fieldsAsked(call, await update(pathId(call.path), call.body)));
  const remove = (id: number, force: boolean): object => view(removed(shop, edits, id, force));
  return {
    list: {
      body: schema,
      handlers: {
        POST: async (call) => {
          const product = await writes.create(call.body);
          const location = `${RECORDED_ORIGIN}/wp-json/wc/v3/products/${product.id}`;
          return created(fieldsAsked(call, view(product)), location);
        },
      },
    },
    one: {
      body: schema,
      handlers: {
        POST: put,
        PUT: put,
        PATCH: put,
        DELETE: (call) => ok(remove(pathId(call.path), truthy(call.body['force']))),
      },
    },
    batch: {
      pattern: '/wc/v3/products/batch',
      params: {},
      refusal: 'batch',
      handlers: batchHandlers((call) =>
        batchReply(call.body, {
          create: async (item) => view(await writes.create(item)),
          update,
          delete: (id) => remove(id, true),
          withoutId: () => invalidId(400),
        }),
      ),
    },
  };
}

function invalidId(status: number): Reply {
  return wpError(status, 'woocommerce_rest_product_invalid_id', 'Invalid ID.');
}

function refuseVariation(shop: Shop, id: number): void {
  if (shop.variations.get(id) !== undefined) {
    const message =
      'To manipulate product variations you should use the /products/&lt;product_id&gt;/variations/&lt;id&gt; endpoint.';
    throw new ReplyError(wpError(404, 'woocommerce_rest_invalid_product_id', message));
  }
}

/** @returns the product as it was. */
function removed(shop: Shop, edits: Edits, id: number, force: boolean): ProductRecord {
  refuseVariation(shop, id);
  const product = shop.products.get(id)?.read();
  if (product === undefined) {
    throw new ReplyError(invalidId(404));
  }
  if (force) {
    edits.deleteProduct(id);
  } else if (product.status === 'trash') {
    const message = 'The product has already been deleted.';
    throw new ReplyError(wpError(410, 'woocommerce_rest_already_trashed', message));
  } else {
    edits.trashProduct(id);
  }
  return product;
}
