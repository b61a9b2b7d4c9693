import type { SeenFile } from '../../../ports/images.ts';
import type { Returning } from '../../model/record.ts';
import type { Run } from '../../model/run.ts';
import { IMAGES } from '../../model/digest.ts';
import { idsOf, type DesiredImages, desiredImagesOf } from '../desired-images.ts';
import { imageFields, stepOf, imageDirectionOf } from '../direction.ts';
import type { ImageProblem } from '../types.ts';
import { reportConflict, winnerOf } from './conflict.ts';
import { FileFinder } from './find-files.ts';
import { type Brought, saveFileIds } from './save-file-ids.ts';
import { type Places, placesFor, shopImages, textsOf } from './shop-images.ts';

/** Records whose files are asked for together. */
const AT_ONCE = 100;
/** After that the rest of a batch is looked at by itself, well before the batch is too late. */
const LONG_MS = 120_000;

/**
 * Brings images that were changed in the shop to Salesforce, as files of the record whose ids its fields hold
 * then. Records that Salesforce has changed go on to the galleries. Nothing is written to the shop.
 * @throws CodedError where the org is out
 */
export async function importImages(run: Run, items: readonly Returning[]): Promise<void> {
  const start = performance.now();
  for (let at = 0; at < items.length; at += AT_ONCE) {
    await bringSome(run, items.slice(at, at + AT_ONCE), start + LONG_MS);
  }
}

async function bringSome(run: Run, items: readonly Returning[], until: number): Promise<void> {
  const all = items.map((item) => ({
    item,
    desired: desiredImagesOf(item.row, item.recordId, item.held, item.base),
  }));
  const { images, twoWay } = run.state;
  const files = await images.files(all.flatMap(({ desired }) => idsOf(desired)));
  const ways = Map.groupBy(all, ({ desired }) => imageDirectionOf(desired, files));
  // A file may have got a new version, which the galleries look for where Salesforce has reported the record.
  const still = Map.groupBy(ways.get('none') ?? [], ({ desired }) =>
    run.dirty.has(desired.row.key),
  );
  for (const { item } of [...(ways.get('outward') ?? []), ...(still.get(true) ?? [])]) {
    run.imageUploads.add(item);
  }
  const over = (still.get(false) ?? []).filter(({ desired }) => desired.pending !== undefined);
  await twoWay.saveBase(over.map(({ desired }) => agreed(desired, files)));
  const open = [...(ways.get('inward') ?? []), ...(ways.get('compare') ?? [])];
  if (open.length === 0) return;
  const finder = new FileFinder(run);
  await finder.learn(open.map(({ desired }) => desired));
  // Those of files that were replaced meanwhile are a change of Salesforce.
  const latest = new Map([...files, ...seenBy(finder)]);
  const brought = await bringOpen(run, finder, open, latest, until);
  // Galleries go to the shop later.
  await run.keepDecided?.();
  await saveFileIds(run, brought, new Map([...files, ...seenBy(finder)]));
}

/** Nothing that a side holds is written over here. @returns those whose fields are to hold what the shop shows */
async function bringOpen(
  run: Run,
  finder: FileFinder,
  open: readonly { readonly item: Returning; readonly desired: DesiredImages }[],
  latest: ReadonlyMap<string, SeenFile>,
  until: number,
): Promise<readonly Brought[]> {
  const brought: Brought[] = [];
  for (const { item, desired } of open) {
    if (run.enqueueFollowUps !== undefined && performance.now() > until) {
      run.stillDirty.add(desired.row.key);
      run.enqueueFollowUps([{ resource: 'product', key: desired.row.key }]);
      continue;
    }
    const isOpen = imageDirectionOf(desired, latest) === 'compare';
    if (isOpen && !(await shopWins(run, finder, item, desired))) continue;
    brought.push(await bring(finder, item, desired));
  }
  return brought;
}

/** Both may have changed: whether Salesforce is to get what the shop shows. Else it is seen to. */
async function shopWins(
  run: Run,
  finder: FileFinder,
  item: Returning,
  desired: DesiredImages,
): Promise<boolean> {
  const { documents, isWhole, places } = await findAll(finder, desired, false);
  const next = nextDesired(item, places, documents);
  if (isWhole && isSame(next, desired)) {
    const reached = agreed(desired, seenBy(finder));
    await run.state.images.keepUses([{ ...reached, documentIds: idsOf(desired) }]);
    await run.state.twoWay.saveBase([reached]);
    return false;
  }
  const winner = winnerOf(item);
  reportConflict(run, item, desired, winner);
  if (winner === 'salesforce') run.imageUploads.add(item);
  return winner === 'woo';
}

async function bring(
  finder: FileFinder,
  item: Returning,
  desired: DesiredImages,
): Promise<Brought> {
  const { documents, problems, places } = await findAll(finder, desired, true);
  const texts = textsOf(places, imageFields(item.row), documents);
  const next = nextDesired(item, places, documents);
  return { desired, held: item.held, texts, next, problems };
}

/** What the fields would say. */
function nextDesired(
  item: Returning,
  places: Places,
  documents: ReadonlyMap<number, string>,
): DesiredImages {
  const { row, recordId, held, base } = item;
  const texts = textsOf(places, imageFields(row), documents);
  return desiredImagesOf(row, recordId, { ...held, ...texts }, base);
}

function isSame(a: DesiredImages, b: DesiredImages): boolean {
  return a.featured === b.featured && idsOf(a).join() === idsOf(b).join();
}

interface Found {
  readonly places: Places;
  /** Ids of files by those of images. */
  readonly documents: ReadonlyMap<number, string>;
  readonly problems: readonly ImageProblem[];
  /** Each image that has room is a file. */
  readonly isWhole: boolean;
}

async function findAll(finder: FileFinder, desired: DesiredImages, makes: boolean): Promise<Found> {
  const { row, says } = desired;
  const places = placesFor(shopImages(row.record), imageFields(row), says.featured);
  const wanted = [...places.featured, ...places.gallery];
  const documents = new Map<number, string>();
  const problems: ImageProblem[] = [];
  for (const image of wanted) {
    const found = await finder.find(desired, image, makes);
    if (found === null) continue;
    if ('code' in found) problems.push(found);
    else documents.set(image.id, found.documentId);
  }
  const isWhole = wanted.every(({ id }) => documents.has(id));
  if (places.leftOut.length > 0) problems.push(noRoom(places));
  return { places, documents, problems, isWhole };
}

function noRoom({ gallery, leftOut }: Places): ImageProblem {
  const ids = leftOut.map(({ id }) => id).join(', ');
  const message = `The gallery field has room for ${gallery.length} images; left out: ${ids}.`;
  return { code: 'SHOP_IMAGE_LEFT_OUT', message };
}

function agreed(desired: DesiredImages, files: ReadonlyMap<string, Pick<SeenFile, 'versionId'>>) {
  const { row, recordId } = desired;
  const base = { [IMAGES]: stepOf(desired, files) };
  return { object: row.mapping.object, key: row.key, recordId, base };
}

function seenBy({ versions }: FileFinder): ReadonlyMap<string, SeenFile> {
  return new Map(
    [...versions].map(([id, { documentId, versionId, checksum }]) => [
      id,
      { documentId, versionId, hash: checksum },
    ]),
  );
}
