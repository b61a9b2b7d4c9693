import { hashOfName } from '../../lib/images/image-name.ts';
import { wooId } from '../../mapping/keys/keys.ts';
import { objects, text } from '../../mapping/model/json-shape.ts';
import type { WooRecord } from '../../mapping/model/record.ts';

/** An image that a product of the shop shows. */
export interface ShownImage {
  readonly id: number;
  /** The piece of the hash in its file name; null for one that somebody has put there by hand. */
  readonly mark: string | null;
}

/** Characters of a hash that file names carry. */
const MARK = 16;

export function markOf(hash: string): string {
  return hash.slice(0, MARK);
}

/** The images of a product or variation, the featured one first. */
export function shownImages(record: WooRecord): readonly ShownImage[] {
  const image = record['image'];
  const list = Array.isArray(record['images'])
    ? objects(record['images'])
    : objects(image === null || image === undefined ? [] : [image]);
  return list.flatMap((image) => {
    const id = wooId(image['id']);
    return id === null ? [] : [{ id, mark: hashOfName(text(image['src'])) }];
  });
}

/** An image that Salesforce wants: by its id in the shop where it is there, else by its hash. */
export interface Wanted {
  readonly hash: string;
  readonly id: number | null;
}

/** An image as the product is to show it; one that the shop has by itself has no hash. */
export type Placed = Wanted | { readonly hash: null; readonly id: number };

/** What Salesforce says of a product's images. */
export interface Wants {
  /** Undefined where no field is mapped to it: the shop's stays. */
  readonly featured: Wanted | null | undefined;
  /** The same. */
  readonly gallery: readonly Wanted[] | undefined;
}

/**
 * The images that the product is to show, featured first. Those that were put there by hand stay behind
 * ours where the mapping keeps them, and one of them stays featured where Salesforce names none.
 */
export function arranged(
  { featured, gallery }: Wants,
  shown: readonly ShownImage[],
  keepsShopImages: boolean,
): readonly Placed[] {
  const [first, ...others] = shown;
  const own = (list: readonly ShownImage[]) =>
    list.filter(({ mark }) => mark === null && keepsShopImages).map(asShown);
  const behind = gallery === undefined ? others.map(asShown) : [...gallery, ...own(others)];
  if (featured === undefined) return unique([...(first ? [asShown(first)] : []), ...behind]);
  if (featured !== null) {
    const former = first === undefined ? [] : own([first]);
    return unique([featured, ...(gallery ?? []), ...former, ...behind]);
  }
  const [stays, ...rest] = own(shown);
  return unique(stays === undefined ? behind : [stays, ...(gallery ?? []), ...rest, ...behind]);
}

function asShown({ id }: ShownImage): Placed {
  return { hash: null, id };
}

/** The shop would show an image twice that comes twice. */
function unique(list: readonly Placed[]): readonly Placed[] {
  const seen = new Set<string>();
  return list.filter(({ hash, id }) => {
    const name = id === null ? `hash ${hash}` : `id ${id}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
