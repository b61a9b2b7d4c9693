import type { LineItem, ProductRecord, VariationRecord } from '../core/records.ts';
import { exactCents } from '../core/money.ts';

/** What a line item copies from the product (or variation) that was sold. `price` is in cents, not rounded. */
export interface Sellable {
  productId: number;
  variationId: number;
  name: string;
  sku: string | null;
  globalUniqueId: string | null;
  price: number;
  image: LineItem['image'];
  parentName: string | null;
  attributes: { key: string; value: string; label: string; shown: string }[];
}

/** Products and variations that orders may hold. */
export interface Catalogue {
  onSale: readonly Sellable[];
  /** sold once, force-deleted since */
  deleted: Sellable;
  trashed: readonly Sellable[];
}

export function buildCatalogue(
  products: readonly ProductRecord[],
  variations: readonly VariationRecord[],
): Catalogue {
  const parents = new Map(products.map((product) => [product.id, product]));
  const simple = products.filter(({ type, price }) => type === 'simple' && price !== '');
  const sold = variations.flatMap((variation) => {
    const parent = parents.get(variation.parent_id);
    return parent === undefined ? [] : [sellableVariation(variation, parent)];
  });
  return {
    onSale: [...simple.filter(({ status }) => status === 'publish').map(sellableProduct), ...sold],
    trashed: simple.filter(({ status }) => status === 'trash').map(sellableProduct),
    deleted: {
      productId: 0,
      variationId: 0,
      name: 'Discontinued lamp',
      sku: null,
      globalUniqueId: null,
      price: 1800,
      image: { id: 0, src: '' },
      parentName: null,
      attributes: [],
    },
  };
}

/** A product as an order's line copies it. */
export function sellableProduct(product: ProductRecord): Sellable {
  const image = product.images[0];
  return {
    productId: product.id,
    variationId: 0,
    name: product.name,
    sku: product.sku,
    globalUniqueId: product.global_unique_id,
    price: exactCents(product.price),
    image: image === undefined ? { id: '', src: '' } : { id: String(image.id), src: image.src },
    parentName: null,
    attributes: [],
  };
}

/** A variation as an order's line copies it. */
export function sellableVariation(variation: VariationRecord, parent: ProductRecord): Sellable {
  const { image } = variation;
  // The REST API gives the id of an own image as text, and of one that the product lends as a number.
  const isLent = image !== null && image.id === parent.images[0]?.id;
  return {
    productId: parent.id,
    variationId: variation.id,
    name: `${parent.name} - ${variation.name}`,
    sku: variation.sku,
    globalUniqueId: variation.global_unique_id,
    price: exactCents(variation.price),
    image:
      image === null
        ? { id: '', src: '' }
        : { id: isLent ? image.id : String(image.id), src: image.src },
    parentName: parent.name,
    attributes: variation.attributes.map(({ name, slug, option }) => ({
      key: slug,
      value: option.toLowerCase(),
      label: name,
      shown: option,
    })),
  };
}
