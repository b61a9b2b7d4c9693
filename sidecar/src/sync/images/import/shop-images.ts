import { wooId } from '../../../mapping/keys/keys.ts';
import { objects, text } from '../../../mapping/model/json-shape.ts';
import type { OutgoingField } from '../../../mapping/model/mapping.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import { decodeEntities } from '../../../mapping/values/html-text.ts';

/** An image of a product of the shop, as far as it takes to make a file of it. */
export interface ShopImage {
  readonly id: number;
  readonly src: string;
  /** What the file is called. */
  readonly title: string;
}

/** Of ContentVersion.Title. */
const LONGEST_TITLE = 255;
/** An id, and what divides it from the next. */
const ID_AND_DIVIDER = 19;

/** The images of a product, the featured one first, each once. */
export function shopImages(record: WooRecord): readonly ShopImage[] {
  const images = objects(record['images']).flatMap((image) => {
    const id = wooId(image['id']);
    return id === null ? [] : [{ id, src: text(image['src']), title: titleOf(image, id) }];
  });
  return [...new Map(images.map((image) => [image.id, image])).values()];
}

function titleOf(image: WooRecord, id: number): string {
  const said = [text(image['name']), text(image['alt']), nameIn(text(image['src']))];
  const title = said.map((one) => decodeEntities(one).trim()).find((one) => one !== '');
  return (title ?? `Image ${id}`).slice(0, LONGEST_TITLE);
}

function nameIn(src: string): string {
  const name = src.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
  return name.replace(/\.\w+$/, '');
}

/** Which images of a product go into which field. */
export interface Places {
  readonly featured: readonly ShopImage[];
  readonly gallery: readonly ShopImage[];
  /** Those whose ids the gallery field has no room for. */
  readonly leftOut: readonly ShopImage[];
}

/**
 * @param fields those that take images from the shop
 * @param saysFeatured whether Salesforce has a field for the featured one; else it is the first of the gallery
 */
export function placesFor(
  images: readonly ShopImage[],
  fields: readonly OutgoingField[],
  saysFeatured: boolean,
): Places {
  const featured = fields.some(({ kind }) => kind === 'featured_image') ? images.slice(0, 1) : [];
  const gallery = fields.find(({ kind }) => kind === 'gallery_images');
  if (gallery === undefined) return { featured, gallery: [], leftOut: [] };
  const others = saysFeatured ? images.slice(1) : images;
  const room = Math.floor(((gallery.length ?? 0) + 1) / ID_AND_DIVIDER);
  return { featured, gallery: others.slice(0, room), leftOut: others.slice(room) };
}

/** What the fields hold then. @param documents ids of files by those of images; one without is left out */
export function textsOf(
  { featured, gallery }: Places,
  fields: readonly OutgoingField[],
  documents: ReadonlyMap<number, string>,
): Readonly<Record<string, string | null>> {
  const idsOf = (images: readonly ShopImage[]) =>
    images.flatMap(({ id }) => documents.get(id) ?? []);
  const first = idsOf(featured);
  const others = [...new Set(idsOf(gallery))].filter((id) => !first.includes(id));
  const texts = fields.map(({ kind, field }) => {
    const ids = kind === 'featured_image' ? first : others;
    return [field, ids.length === 0 ? null : ids.join(';')] as const;
  });
  return Object.fromEntries(texts);
}
