import { hashOfName, imageMark } from '../lib/images/image-name.ts';
import type { ListedImage, MediaLibrary, WooList, WooStore } from '../ports/store.ts';
import { shownImages } from '../sync/images/product-images.ts';

/** Where images show; one in the trash may come back, and shows them then. */
const SHOWING: readonly (readonly [WooList, string, Readonly<Record<string, string>>])[] = [
  ['products', 'images', {}],
  ['variations', 'image', {}],
  ['products', 'images', { status: 'trash' }],
  ['variations', 'image', { status: 'trash' }],
];

/**
 * The images of ours in the media library of a shop that no product or variation shows.
 * @throws CodedError where the shop does not answer, or does not let us in
 */
export async function unusedImages(
  store: Pick<WooStore, 'walk'>,
  media: Pick<MediaLibrary, 'all'>,
): Promise<readonly ListedImage[]> {
  // First, so that what comes and is shown meanwhile is not among them.
  const ours: ListedImage[] = [];
  for await (const image of media.all(imageMark)) {
    if (hashOfName(image.src) !== null) ours.push(image);
  }
  if (ours.length === 0) return [];
  const shown = new Set<number>();
  for (const [list, field, params] of SHOWING) {
    const fields = { _fields: `id,parent_id,date_modified_gmt,${field}` };
    for await (const { records } of store.walk(list, null, { ...params, ...fields })) {
      for (const { id } of records.flatMap(shownImages)) shown.add(id);
    }
  }
  return ours.filter(({ id }) => !shown.has(id));
}
