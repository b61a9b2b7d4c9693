import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { ValueProblem } from '../../mapping/model/record.ts';
import { parseImageIds } from '../../mapping/to-woo/image-ids.ts';
import { isVariation } from '../../mapping/to-woo/writable-attributes.ts';
import type { SeenFile } from '../../ports/images.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { Agreement, Held } from '../../ports/two-way-state.ts';
import { digest } from '../model/digest.ts';
import type { Planned } from '../model/record.ts';
import { type ShownPicture, shownPictures } from './product-images.ts';

/** What an agreement about the pictures of a record is kept under. */
export const PICTURES = '#pictures';

/** The texts of two empty fields. */
const NOTHING = '["",""]';

/** The pictures that Salesforce wants a product of the shop to show. */
export interface Wish {
  readonly row: Planned;
  readonly recordId: string;
  /** Id of a file's document, of 18 characters. */
  readonly featured: string | null;
  readonly gallery: readonly string[];
  /** Whether a field is mapped to each; what is not stays as the shop has it. */
  readonly says: { readonly featured: boolean; readonly gallery: boolean };
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
  const fieldOf = (kind: OutgoingField['kind']) =>
    mapping.outgoing.find((one) => one.kind === kind && (one.meets?.(record) ?? true))?.field;
  const featuredField = fieldOf('featured_image');
  const galleryField = fieldOf('gallery_images');
  const textOf = (field: string | undefined) => (field === undefined ? null : held[field]);
  const parsed = parseImageIds(textOf(featuredField), textOf(galleryField), {
    featured: featuredField ?? '',
    gallery: galleryField ?? '',
  });
  return {
    ...{ row, recordId, ...parsed },
    says: { featured: featuredField !== undefined, gallery: galleryField !== undefined },
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

/**
 * Whether the shop is to be brought into step: Salesforce wants something else than at the last agreement; or it has
 * told of the record, and the shop shows something else. Empty fields clear nothing on first contact.
 */
export function isNews(wish: Wish, files: ReadonlyMap<string, SeenFile>, isTold: boolean): boolean {
  const { base, pending, texts, shown } = wish;
  if (base === undefined && pending === undefined && texts === NOTHING) return false;
  if (wishDigest(wish, files) !== base?.[1]) return true;
  return isTold && shownDigest(shown.map(({ id }) => id)) !== base[0];
}

/** Whether an attempt to bring just this about broke off, for a reason that may be one of the pictures. */
export function brokeOff(wish: Wish, files: ReadonlyMap<string, SeenFile>): boolean {
  return wishDigest(wish, files) === wish.pending?.[1];
}

/** Stands for the pictures that the shop shows. */
export function shownDigest(ids: readonly number[]): string {
  return digest(ids.join(' '));
}
