import { hashOfName } from '../../picture-name.ts';
import { objects, text } from '../../mapping/shape.ts';
import { wooId } from '../../mapping/keys.ts';
import type { WooRecord } from '../../mapping/types.ts';

/** A picture that a product of the shop shows. */
export interface ShownPicture {
  readonly id: number;
  /** The piece of the hash in its file name; null for one that somebody has put there by hand. */
  readonly mark: string | null;
}

/** Characters of a hash that file names carry. */
const MARK = 16;

export function markOf(hash: string): string {
  return hash.slice(0, MARK);
}

/** The pictures of a product or variation, the featured one first. */
export function shownPictures(record: WooRecord): readonly ShownPicture[] {
  const image = record['image'];
  const list = Array.isArray(record['images'])
    ? objects(record['images'])
    : objects(image === null || image === undefined ? [] : [image]);
  return list.flatMap((picture) => {
    const id = wooId(picture['id']);
    return id === null ? [] : [{ id, mark: hashOfName(text(picture['src'])) }];
  });
}

/** A picture that Salesforce wants: by its id in the shop where it is there, else by its hash. */
export type Wanted = { readonly hash: string; readonly id: number | null };

/**
 * The pictures that the product is to show, featured first. Those that were put there by hand stay behind
 * ours, and one of them stays featured where Salesforce names none.
 */
export function arranged(
  featured: Wanted | null,
  gallery: readonly Wanted[],
  shown: readonly ShownPicture[],
  keepsShopImages: boolean,
): readonly (Wanted | { readonly hash: null; readonly id: number })[] {
  const byHand = keepsShopImages
    ? shown.filter(({ mark }) => mark === null).map(({ id }) => ({ hash: null, id }))
    : [];
  const [first, ...others] = byHand;
  const list =
    featured !== null
      ? [featured, ...gallery, ...byHand]
      : first !== undefined
        ? [first, ...gallery, ...others]
        : gallery;
  const seen = new Set<string>();
  return list.filter(({ hash, id }) => {
    const name = id === null ? `hash ${hash}` : `id ${id}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
