import { hashOfName, pictureMark } from '../lib/images/image-name.ts';
import type { ListedPicture, MediaLibrary, WooList, WooStore } from '../ports/store.ts';
import { shownPictures } from '../sync/images/product-images.ts';

/** Where pictures show; one in the trash may come back, and shows them then. */
const SHOWING: readonly (readonly [WooList, string, Readonly<Record<string, string>>])[] = [
  ['products', 'images', {}],
  ['variations', 'image', {}],
  ['products', 'images', { status: 'trash' }],
  ['variations', 'image', { status: 'trash' }],
];

/**
 * The pictures of ours in the media library of a shop that no product or variation shows.
 * @throws CodedError where the shop does not answer, or does not let us in
 */
export async function unusedPictures(
  store: Pick<WooStore, 'walk'>,
  media: Pick<MediaLibrary, 'all'>,
): Promise<readonly ListedPicture[]> {
  // First, so that what comes and is shown meanwhile is not among them.
  const ours: ListedPicture[] = [];
  for await (const picture of media.all(pictureMark)) {
    if (hashOfName(picture.src) !== null) ours.push(picture);
  }
  if (ours.length === 0) return [];
  const shown = new Set<number>();
  for (const [list, field, params] of SHOWING) {
    const fields = { _fields: `id,parent_id,date_modified_gmt,${field}` };
    for await (const { records } of store.walk(list, null, { ...params, ...fields })) {
      for (const { id } of records.flatMap(shownPictures)) shown.add(id);
    }
  }
  return ours.filter(({ id }) => !shown.has(id));
}
