import type { Edits } from '../../write/edits.ts';
import { writableSchema } from '../../rest/request/body-schema.ts';
import { ReplyError, wpError } from '../../rest/response/reply.ts';
import type { Reply } from '../../rest/response/reply.ts';
import type { ProductRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import type { ProductWrites } from '../../write/products/product-writes.ts';
import { editorView } from './product-views.ts';
import { writeRoutes } from '../write-routes.ts';
import type { WriteRoutes } from '../write-routes.ts';

/** The writing verbs of products. */
export function productWriteRoutes(shop: Shop, writes: ProductWrites, edits: Edits): WriteRoutes {
  return writeRoutes({
    resource: 'products',
    schema: writableSchema('products'),
    create: async (body) => editorView(shop, await writes.create(body)),
    update: async (id, body) => {
      refuseVariation(shop, id);
      return editorView(shop, await writes.update(id, body));
    },
    remove: (id, force) => editorView(shop, removed(shop, edits, id, force)),
    withoutId: () => invalidId(400),
  });
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
