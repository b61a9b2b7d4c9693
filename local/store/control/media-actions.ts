import type { MediaRecord } from '../media/library.ts';
import { fullSize, sizesOf } from '../media/sizes.ts';
import type { Shop } from '../shop/shop.ts';
import type { Action } from './action.ts';

/** The media library: what is in it, and images that vanish from under their products. */
export const mediaActions: readonly Action[] = [
  {
    method: 'GET',
    path: /^\/media$/,
    run: ({ shop }) => {
      const media = shop.media.all.all().map((entry) => seen(shop, entry.read()));
      return { count: media.length, media };
    },
  },
  {
    method: 'DELETE',
    path: /^\/media\/(\d+)$/,
    run: async ({ shop, media }, [id = 0]) => {
      if (shop.media.get(id) === undefined) {
        throw new Error(`There is no image ${id} in the media library.`);
      }
      await media.remove(id);
      return { done: true };
    },
  },
];

/** An image with its sizes, a hash of its bytes (null: recorded, nobody kept them) and what shows it. */
function seen(shop: Shop, media: MediaRecord): object {
  const { id, file, mimeType, filesize, sha256, title, alt } = media;
  const products = shop.products.all().filter((entry) => {
    return entry.read().images.some((image) => image.id === id);
  });
  const variations = shop.variations.all().filter((entry) => entry.read().image?.id === id);
  return {
    id,
    file,
    mime_type: mimeType,
    filesize,
    sha256: sha256 ?? null,
    title,
    alt,
    sizes: [fullSize(media), ...sizesOf(media)],
    products: products.map((entry) => entry.id),
    variations: variations.map((entry) => entry.id),
  };
}
