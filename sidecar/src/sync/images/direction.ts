import type { OutgoingField } from '../../mapping/model/mapping.ts';
import { isVariation } from '../../mapping/to-woo/writable-attributes.ts';
import type { SeenFile } from '../../ports/images.ts';
import type { SyncBase, FieldVersions } from '../../ports/two-way-state.ts';
import { NOT_WRITTEN } from '../merge/three-way.ts';
import type { Planned } from '../model/record.ts';
import { IMAGES } from '../model/digest.ts';
import { idsOf, shownDigest, type DesiredImages, desiredDigest } from './desired-images.ts';
import { shownImages } from './product-images.ts';

/** Where images go: `compare` where both sides may have changed, so that it takes the images to tell. */
export type ImageDirection = 'none' | 'inward' | 'outward' | 'compare';

/**
 * The fields of a record whose images go both ways. A variation has none: one without an image of its own shows
 * that of its product, and the shop does not tell which it is.
 */
export function imageFields({ mapping, record }: Planned): readonly OutgoingField[] {
  if (isVariation(record)) return [];
  return mapping.outgoing.filter(
    ({ kind, direction, meets }) =>
      kind !== 'value' && direction === 'both' && (meets?.(record) ?? true),
  );
}

/** Whether Salesforce must be asked what its side of the images is. */
export function imagesMayDiffer(row: Planned, agreement: SyncBase | undefined): boolean {
  if (imageFields(row).length === 0) return false;
  const shown = shownImages(row.record).map(({ id }) => id);
  const [base, pending] = [agreement?.base[IMAGES], agreement?.pending[IMAGES]];
  if (pending !== undefined) return true;
  return base === undefined ? shown.length > 0 : base[0] !== shownDigest(shown);
}

/** Which side has changed since both were in step; at the first contact an empty side is filled, and clears nothing. */
export function imageDirectionOf(
  desired: DesiredImages,
  files: ReadonlyMap<string, Pick<SeenFile, 'versionId'>>,
): ImageDirection {
  const { base, pending, shown } = desired;
  const wanted = desiredDigest(desired, files);
  const isBegun = pending?.[1] === wanted;
  // A change of Salesforce that was on its way to the shop: what the shop shows may be the end of it.
  if (isBegun && pending[0] === NOT_WRITTEN) return 'outward';
  const step = isBegun ? pending : base;
  if (step === undefined) return first(desired);
  const shopChanged = shownDigest(shown.map(({ id }) => id)) !== step[0];
  const salesforceChanged = wanted !== step[1];
  if (salesforceChanged) return shopChanged ? 'compare' : 'outward';
  return shopChanged || isBegun ? 'inward' : 'none';
}

function first(desired: DesiredImages): ImageDirection {
  const isEmpty = idsOf(desired).length === 0 && desired.problems.length === 0;
  if (desired.shown.length === 0) return isEmpty ? 'none' : 'outward';
  return isEmpty ? 'inward' : 'compare';
}

/** Written ahead: where both are in step once Salesforce holds what the shop shows. */
export function stepOf(
  desired: DesiredImages,
  files: ReadonlyMap<string, Pick<SeenFile, 'versionId'>>,
): FieldVersions {
  return [shownDigest(desired.shown.map(({ id }) => id)), desiredDigest(desired, files)];
}
