import { priceHtml } from '../generate/products.ts';
import { RECORDED_ORIGIN, recordedBody } from '../recordings.ts';
import type { ProductImage, ProductRecord, VariationRecord } from '../records.ts';

const api = `${RECORDED_ORIGIN}/wp-json/wc/v3`;
const allow = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A variation as its parent's list shows it, or (no parent in the path) as the global list does. */
export function variationIn(variation: VariationRecord, product: number | undefined): object {
  const { id } = variation;
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

const template = recordedBody('products/get-variation-through-products.json') as ProductRecord;

/** A variation as `GET /products/{id}` shows it: the fields of a product, with type `variation`. */
export function variationAsProduct(
  variation: VariationRecord,
  parent: ProductRecord,
): ProductRecord {
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

function fullImage(image: ProductImage): ProductImage {
  const at = (size: string): string => image.src.replace(/(\.\w+)$/, `-${size}$1`);
  return {
    ...image,
    srcset: `${image.src} 600w, ${at('300x300')} 300w, ${at('150x150')} 150w, ${at('100x100')} 100w`,
    sizes: '(max-width: 600px) 100vw, 600px',
    thumbnail: at('300x300'),
  };
}
