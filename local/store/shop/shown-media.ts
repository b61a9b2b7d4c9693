import { RECORDED_ORIGIN } from '../core/recordings.ts';
import type { ProductImage, ProductRecord } from '../core/records.ts';
import { texturized } from '../core/text.ts';
import { type SiteZone, wireDate } from '../core/zone.ts';
import type { MediaRecord } from '../media/library.ts';
import { fullSize, sizesOf, srcset } from '../media/sizes.ts';
import { datedEntry } from './entries.ts';
import type { Shop } from './shop.ts';

/** The address of a file that lies beside an image. The shop builds `srcset` with its http address. */
export function uploadUrl({ file }: MediaRecord, name: string, plain = false): string {
  const origin = plain ? RECORDED_ORIGIN.replace(/^https:/, 'http:') : RECORDED_ORIGIN;
  return `${origin}/wp-content/uploads/${file.slice(0, file.lastIndexOf('/') + 1)}${name}`;
}

/** An image as products show it. */
export function productImage(media: MediaRecord, zone: SiteZone): ProductImage {
  const full = fullSize(media);
  const thumbnail = sizesOf(media).find(({ name }) => name === 'woocommerce_thumbnail') ?? full;
  return {
    id: media.id,
    date_created: twiceShifted(media.created, zone),
    date_created_gmt: wireDate(media.created),
    date_modified: twiceShifted(media.modified, zone),
    date_modified_gmt: wireDate(media.modified),
    src: uploadUrl(media, full.file),
    name: texturized(media.title),
    alt: media.alt,
    srcset: srcset(media, full, (file) => uploadUrl(media, file, true)),
    sizes: `(max-width: ${full.width}px) 100vw, ${full.width}px`,
    thumbnail: uploadUrl(media, thumbnail.file),
  };
}

/** WooCommerce applies the site's offset to a site time once more. */
function twiceShifted(utc: number, zone: SiteZone): string {
  return wireDate(zone.wall(zone.wall(utc)));
}

/** A variation without an image shows its parent's; variations show images without their sizes. */
export function variationImage(
  own: ProductImage | undefined,
  parent: ProductRecord,
): ProductImage | null {
  const image = own ?? parent.images[0];
  if (image === undefined) {
    return null;
  }
  const small = { ...image };
  delete small['srcset'];
  delete small['sizes'];
  delete small['thumbnail'];
  return small;
}

/**
 * An image was renamed or deleted: whatever shows it follows, and no date moves. What is gone from the library
 * vanishes from products.
 */
export function showAnew(shop: Shop, id: number): void {
  const media = shop.media.get(id);
  const now = media === undefined ? [] : [productImage(media, shop.zone)];
  for (const product of shop.products.all().map((entry) => entry.read())) {
    if (product.images.some((image) => image.id === id)) {
      const images = product.images.flatMap((image) => (image.id === id ? now : [image]));
      shop.products.put(datedEntry({ ...product, images }));
    }
  }
  for (const variation of shop.variations.all().map((entry) => entry.read())) {
    const parent = shop.products.get(variation.parent_id)?.read();
    if (variation.image?.id === id && parent !== undefined) {
      const image = variationImage(now[0], parent);
      shop.variations.put({ ...datedEntry({ ...variation, image }), owner: parent.id });
    }
  }
}

/** Variations that showed their parent's image show its new one. */
export function lendImage(shop: Shop, product: ProductRecord, before: number | undefined): void {
  for (const entry of shop.variations.all().filter(({ owner }) => owner === product.id)) {
    const variation = entry.read();
    if (variation.image === null || variation.image.id === before) {
      const image = variationImage(undefined, product);
      shop.variations.put({ ...datedEntry({ ...variation, image }), owner: product.id });
    }
  }
}
