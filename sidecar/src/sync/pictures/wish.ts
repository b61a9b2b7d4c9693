import { parseImageIds } from '../../mapping/image-ids.ts';
import type { ValueProblem } from '../../mapping/types.ts';
import { digest } from '../merge/digest.ts';
import { isVariation } from '../../mapping/woo-attributes.ts';
import type { OrgRow } from '../org-records.ts';
import type { Agreement, Held } from '../pairs.ts';
import type { Planned } from '../plan.ts';
import { shownPictures, type ShownPicture } from './gallery.ts';
import type { SeenFile } from './picture-book.ts';

/** What an agreement about the pictures of a record is kept under. */
export const PICTURES = '#pictures';

/** The pictures that Salesforce wants a product of the shop to show. */
export interface Wish {
  readonly row: Planned;
  readonly recordId: string;
  /** Id of a file's document, of 18 characters. */
  readonly featured: string | null;
  readonly gallery: readonly string[];
  /** What the fields hold, as it was typed. */
  readonly texts: string;
  /** The field that a problem with its pictures is said of. */
  readonly field: string;
  readonly problems: readonly ValueProblem[];
  readonly shown: readonly ShownPicture[];
  readonly isVariation: boolean;
  readonly base: Held | undefined;
  readonly pending: Held | undefined;
}

export function wishOf(
  row: Planned,
  recordId: string,
  held: OrgRow,
  agreement: Agreement | undefined,
): Wish {
  const { mapping, record } = row;
  const fieldOf = (kind: string) => mapping.outgoing.find((one) => one.kind === kind)?.field;
  const featuredField = fieldOf('featured_image');
  const galleryField = fieldOf('gallery_images');
  const textOf = (field: string | undefined) => (field === undefined ? null : held[field]);
  const parsed = parseImageIds(textOf(featuredField), textOf(galleryField), {
    featured: featuredField ?? '',
    gallery: galleryField ?? '',
  });
  return {
    ...{ row, recordId, ...parsed },
    texts: JSON.stringify([textOf(featuredField) ?? '', textOf(galleryField) ?? '']),
    field: featuredField ?? galleryField ?? '',
    shown: shownPictures(record),
    isVariation: isVariation(record),
    base: agreement?.base[PICTURES],
    pending: agreement?.pending[PICTURES],
  };
}

export function idsOf({ featured, gallery }: Wish): readonly string[] {
  return featured === null ? gallery : [featured, ...gallery];
}

/** Stands for what Salesforce wants: the ids, and which versions of the files were seen. */
export function wishDigest(
  wish: Wish,
  files: ReadonlyMap<string, Pick<SeenFile, 'versionId'>>,
): string {
  const versions = idsOf(wish).map((id) => files.get(id)?.versionId ?? '');
  return digest(`${wish.texts} ${versions.join(' ')}`);
}

/** Whether Salesforce wants something else than at the last agreement. Empty fields clear nothing on first contact. */
export function isNews(wish: Wish, files: ReadonlyMap<string, SeenFile>): boolean {
  const { base, pending, texts } = wish;
  if (base === undefined && pending === undefined && texts === '["",""]') return false;
  const now = wishDigest(wish, files);
  return now !== base?.[1];
}

/** Stands for the pictures that the shop shows. */
export function shownDigest(ids: readonly number[]): string {
  return digest(ids.join(' '));
}
