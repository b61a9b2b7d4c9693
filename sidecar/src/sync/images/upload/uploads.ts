import type { ImagePair } from '../../model/record.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import type { ImageLinks, SeenFile } from '../../../ports/images.ts';
import type { FileVersion } from '../../../ports/org.ts';
import type { Run } from '../../model/run.ts';
import { idsOf, isNews, type DesiredImages, desiredImagesOf } from '../desired-images.ts';
import { markOf, shownImages } from '../product-images.ts';
import { MediaIndex } from './media-index.ts';
import { ProductImageUpload } from './product-upload.ts';
import { uploadImages } from './upload-batches.ts';

/**
 * Images on their way to the shop. Their identity is the hash of their bytes: what the shop has is never sent
 * again, for whatever product. One bad image stops neither the text nor the others.
 */
export class ImageUploads {
  #waiting: DesiredImages[] = [];
  /** Ids of images of ours that products show, by mark. */
  readonly #seen = new Map<string, number>();

  /** Learns from products where images are. What was known may be lost, and their names say it. */
  see(records: readonly WooRecord[]): void {
    for (const { id, mark } of records.flatMap(shownImages)) {
      if (mark !== null) this.#seen.set(mark, id);
    }
  }

  add(item: ImagePair): void {
    this.#waiting.push(desiredImagesOf(item.row, item.recordId, item.held, item.base));
  }

  /**
   * Brings the images that are wanted to the shop. Salesforce is asked for files only where it has reported the
   * record, or ids or files have changed: one query for all of them, and one call per image that is new.
   * @throws CodedError where one of the sides is out
   */
  async flush(run: Run): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    await this.#keepSeen(run);
    const { images } = run.state;
    const files = await images.files(waiting.flatMap(idsOf));
    const asked = waiting.filter(
      (desired) => run.dirty.has(desired.row.key) || isNews(desired, files, false),
    );
    if (asked.length === 0) return;
    await images.keepUses(asked.map(toUse));
    // The sweep of files will find them.
    if (run.links === null) return;
    await bring(run, run.links, asked, files);
  }

  async #keepSeen({ state, store }: Run): Promise<void> {
    if (this.#seen.size === 0) return;
    const known = await state.images.media(store.key, [...this.#seen.keys()]);
    await state.images.keepMedia(
      store.key,
      new Map([...this.#seen].filter(([mark]) => !known.has(mark))),
    );
    this.#seen.clear();
  }
}

async function bring(
  run: Run,
  links: ImageLinks,
  asked: readonly DesiredImages[],
  known: ReadonlyMap<string, SeenFile>,
): Promise<void> {
  const versions = await readable(run, asked.flatMap(idsOf));
  const seen = [...versions.values()].map(toSeen);
  await run.state.images.keepFiles(seen);
  const files = new Map([...known, ...seen.map((file) => [file.documentId, file] as const)]);
  const wanted = asked.filter(
    (desired) =>
      isNews(desired, files, run.dirty.has(desired.row.key)) ||
      idsOf(desired).some((id) => !versions.has(id)) ||
      desired.problems.length > 0,
  );
  if (wanted.length === 0) return;
  const mediaIndex = new MediaIndex(run, links);
  const marks = wanted.flatMap(idsOf).map((id) => markOf(files.get(id)?.hash ?? ''));
  const remember = async () => {
    await mediaIndex.remember(marks);
    mediaIndex.see(wanted.flatMap(({ shown }) => shown));
  };
  await remember();
  const hangings = wanted.map(
    (desired) => new ProductImageUpload(desired, versions, files, mediaIndex),
  );
  const doHang = () => uploadImages(run, mediaIndex, hangings, files);
  await asIfReported(run, wanted, async () => {
    if (hangings.every(({ missing }) => missing.length === 0)) return doHang();
    await links.withStoreLock(run.store.key, async () => {
      // Whoever had the turn before may have brought them.
      await remember();
      await doHang();
    });
  });
}

/** Until images show, Salesforce is asked whenever their record is looked at, also where it has reported nothing. */
async function asIfReported(
  { state, dirty, stillDirty }: Run,
  wanted: readonly DesiredImages[],
  work: () => Promise<void>,
): Promise<void> {
  const keys = wanted.map(({ row }) => row.key).filter((key) => !dirty.has(key));
  await state.twoWay.markDirty(keys);
  await work();
  const over = keys.filter((key) => !stillDirty.has(key));
  await state.twoWay.clearDirty(new Map(over.map((key) => [key, 1])));
}

/** Files that are kept elsewhere have no checksum, and no bytes that we could read. */
async function readable(
  { org }: Run,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FileVersion>> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return new Map();
  const versions = await org.files.latestVersions(unique);
  return new Map([...versions].filter(([, { checksum }]) => /^[0-9a-f]{32}$/.test(checksum)));
}

function toUse(desired: DesiredImages) {
  const { mapping, key } = desired.row;
  return { object: mapping.object, key, documentIds: idsOf(desired) };
}

function toSeen({ documentId, versionId, checksum }: FileVersion): SeenFile {
  return { documentId, versionId, hash: checksum };
}
