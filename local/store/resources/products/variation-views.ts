import { priceHtml } from '../../generate/products.ts';
import { RECORDED_ORIGIN, recordedBody } from '../../core/recordings.ts';
import type { ProductImage, ProductRecord, VariationRecord } from '../../core/records.ts';
import type { Shop } from '../../shop/shop.ts';
import { withParentStock } from '../../write/products/stock.ts';

const api = `${RECORDED_ORIGIN}/wp-json/wc/v3`;
const allow = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * A variation as its parent's list shows it, or (no parent in the path) as the global list does. What it lacks of SKU
 * and stock it has from its parent.
 */
export function variationIn(shop: Shop, own: VariationRecord, product: number | undefined): object {
  const { id } = own;
  const parentRecord = shop.products.get(own.parent_id)?.read();
  const variation = {
    ...withParentStock(own, parentRecord),
    sku: own.sku || (parentRecord?.sku ?? ''),
  };
  if (product === undefined) {
    return {
      ...variation,
      _links: {
        self: [{ href: `${api}/variations/${id}` }],
        collection: [{ href: `${api}/variations` }],
        up: [{ href: `${api}/products/0` }],
      },
    };
  }
  const parent = `${api}/products/${product}`;
  return {
    ...variation,
    _links: {
      self: [{ href: `${parent}/variations/${id}`, targetHints: { allow } }],
      collection: [{ href: `${parent}/variations` }],
      up: [{ href: parent }],
    },
  };
}

/** A variation as every write answers with it: what it only has from its parent is not its own. */
export function editedVariation(shop: Shop, variation: VariationRecord): object {
  const parent = shop.products.get(variation.parent_id)?.read();
  const lent = variation.image !== null && variation.image.id === parent?.images[0]?.id;
  const own = {
    ...variation,
    image: lent ? null : variation.image,
    tax_class: variation.tax_class === '' ? 'parent' : variation.tax_class,
  };
  return variationIn(shop, own, variation.parent_id);
}

const template = recordedBody('products/get-variation-through-products.json') as ProductRecord;

/** A variation as `GET /products/{id}` shows it: the fields of a product, with type `variation`. */
export function variationAsProduct(own: VariationRecord, parent: ProductRecord): ProductRecord {
  const variation = withParentStock(own, parent);
  const shared = Object.fromEntries(
    Object.keys(template)
      .filter((field) => field in variation)
      .map((field) => [field, variation[field]]),
  );
  return {
    ...template,
    ...shared,
    type: 'variation',
    name: `${parent.name} - ${variation.name}`,
    slug: `${parent.slug}-${variation.name.toLowerCase().replace(/\W+/g, '-')}`,
    images: variation.image === null ? [] : [fullImage(variation.image)],
    price_html: variation.price === '' ? '' : priceHtml(variation.price),
    _links: {
      self: [{ href: `${api}/products/${variation.id}`, targetHints: { allow } }],
      collection: [{ href: `${api}/products` }],
      up: [{ href: `${api}/products/${parent.id}` }],
    },
  };
}

/** The sizes of an image; the shop builds `srcset` with its http address, also for https requests. */
function fullImage(image: ProductImage): ProductImage {
  const at = (src: string, size: string): string => src.replace(/(\.\w+)$/, `-${size}$1`);
  const plain = image.src.replace(/^https:/, 'http:');
  const sizes = ['300x300', '150x150', '100x100'] as const;
  return {
    ...image,
    srcset: [
      `${plain} 600w`,
      ...sizes.map((size) => `${at(plain, size)} ${size.slice(0, 3)}w`),
    ].join(', '),
    sizes: '(max-width: 600px) 100vw, 600px',
    thumbnail: at(image.src, '300x300'),
  };
}
