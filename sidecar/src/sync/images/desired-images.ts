import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { ValueProblem } from '../../mapping/model/record.ts';
import { parseImageIds } from '../../mapping/to-woo/image-ids.ts';
import { isVariation } from '../../mapping/to-woo/writable-attributes.ts';
import type { SeenFile } from '../../ports/images.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { SyncBase, FieldVersions } from '../../ports/two-way-state.ts';
import { digest, IMAGES } from '../model/digest.ts';
import { NOT_WRITTEN } from '../merge/three-way.ts';
import type { Planned } from '../model/record.ts';
import { type ShownImage, shownImages } from './product-images.ts';

/** The texts of two empty fields. */
const NOTHING = '["",""]';

/** The images that Salesforce wants a product of the shop to show. */
export interface DesiredImages {
  readonly row: Planned;
  readonly recordId: string;
  /** Id of a file's document, of 18 characters. */
  readonly featured: string | null;
  readonly gallery: readonly string[];
  /** Whether a field is mapped to each; what is not stays as the shop has it. */
  readonly says: { readonly featured: boolean; readonly gallery: boolean };
  /** What the fields hold, as it was typed. */
  readonly texts: string;
  /** The field that a problem with its images is said of. */
  readonly field: string;
  readonly problems: readonly ValueProblem[];
  readonly shown: readonly ShownImage[];
  readonly isVariation: boolean;
  readonly base: FieldVersions | undefined;
  readonly pending: FieldVersions | undefined;
}

export function desiredImagesOf(
  row: Planned,
  recordId: string,
  held: OrgRow,
  base: SyncBase | undefined,
): DesiredImages {
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
    row,
    recordId,
    ...parsed,
    says: { featured: featuredField !== undefined, gallery: galleryField !== undefined },
    texts: JSON.stringify([textOf(featuredField) ?? '', textOf(galleryField) ?? '']),
    field: featuredField ?? galleryField ?? '',
    shown: shownImages(record),
    isVariation: isVariation(record),
    base: known(base?.base[IMAGES]),
    pending: base?.pending[IMAGES],
  };
}

export function idsOf({ featured, gallery }: DesiredImages): readonly string[] {
  return featured === null ? gallery : [featured, ...gallery];
}

/** Stands for what Salesforce wants: the ids, and which versions of the files were seen. */
export function desiredDigest(
  desired: DesiredImages,
  files: ReadonlyMap<string, Pick<SeenFile, 'versionId'>>,
): string {
  const versions = idsOf(desired).map((id) => files.get(id)?.versionId ?? '');
  return digest(`${desired.texts} ${versions.join(' ')}`);
}

/**
 * Whether the shop is to be brought into step: Salesforce wants something else than at the last agreement; or it has
 * reported the record, and the shop shows something else. Empty fields clear nothing on first contact.
 */
export function isNews(
  desired: DesiredImages,
  files: ReadonlyMap<string, SeenFile>,
  isTold: boolean,
): boolean {
  const { base, pending, texts, shown } = desired;
  if (base === undefined && pending === undefined && texts === NOTHING) return false;
  if (desiredDigest(desired, files) !== base?.[1]) return true;
  return isTold && shownDigest(shown.map(({ id }) => id)) !== base[0];
}

/** Whether an attempt to bring just this about broke off, for a reason that may be one of the images. */
export function brokeOff(desired: DesiredImages, files: ReadonlyMap<string, SeenFile>): boolean {
  return desiredDigest(desired, files) === desired.pending?.[1];
}

/** Stands for the images that the shop shows. */
export function shownDigest(ids: readonly number[]): string {
  return digest(ids.join(' '));
}

/** An agreement of which neither side is known is none. */
function known(base: FieldVersions | undefined): FieldVersions | undefined {
  return base?.every((side) => side === NOT_WRITTEN) === true ? undefined : base;
}
