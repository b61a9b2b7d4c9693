import { hash } from 'node:crypto';
import { CodedError } from '../../../errors/coded-error.ts';
import { imageName } from '../../../lib/images/image-name.ts';
import { examine, isProblem, type Image, imageLimits } from '../../../lib/images/validate-image.ts';
import type { SeenFile } from '../../../ports/images.ts';
import type { FileVersion } from '../../../ports/org.ts';
import type { Run } from '../../model/run.ts';
import { idsOf, type DesiredImages } from '../desired-images.ts';
import { markOf } from '../product-images.ts';
import type { ImageProblem } from '../types.ts';
import type { ShopImage } from './shop-images.ts';

/**
 * Finds the files that images of the shop are, and makes those that are missing. What identifies an image is its
 * bytes: one that came from a file, or that the record has as a file already, is never uploaded again.
 */
export class FileFinder {
  readonly #run: Run;
  /** Latest versions, by document. */
  readonly #versions = new Map<string, FileVersion>();
  /** The documents that a record shows or names, by record. */
  readonly #own = new Map<string, Set<string>>();
  /** Those that are among its files, by record. */
  readonly #linked = new Map<string, Set<string>>();
  #known: ReadonlyMap<number, readonly SeenFile[]> = new Map();

  constructor(run: Run) {
    this.#run = run;
  }

  /** Reads what there is: the files of the records, and those that images are known to be of. Some API calls. */
  async learn(desired: readonly DesiredImages[]): Promise<void> {
    const { org, state, store } = this.#run;
    const linked = await org.files.linked(desired.map(({ recordId }) => recordId));
    for (const one of desired) {
      const own = [...idsOf(one), ...(linked.get(one.recordId) ?? [])];
      this.#own.set(one.recordId, new Set(own));
      this.#linked.set(one.recordId, new Set(linked.get(one.recordId)));
    }
    const shown = desired.flatMap(({ shown: some }) => some.map(({ id }) => id));
    this.#known = await state.images.filesOfMedia(store.key, shown);
    const known = [...this.#known.values()].flat().map(({ documentId }) => documentId);
    await this.#read([...[...this.#own.values()].flatMap((own) => [...own]), ...known]);
  }

  /** The latest versions of the files that were found. */
  get versions(): ReadonlyMap<string, FileVersion> {
    return this.#versions;
  }

  /**
   * The file that an image is; it is fetched where nothing is known of it.
   * @param makes whether a file is made where there is none
   * @returns null where there is none; why not, where the image cannot become one
   * @throws CodedError where the org is out
   */
  async find(
    desired: DesiredImages,
    image: ShopImage,
    makes: boolean,
  ): Promise<FileVersion | ImageProblem | null> {
    const known = this.#knownOf(desired, image.id);
    if (known !== undefined) return this.#take(desired, image, known, makes);
    const bytes = await this.#run.store.fetchImage(image.src, imageLimits.bytes);
    if (!Buffer.isBuffer(bytes)) return problem(image, bytes.code, bytes.message);
    const examined = examine(bytes);
    if (isProblem(examined)) return notTaken(image, examined.code, examined.message);
    const checksum = hash('md5', bytes, 'hex');
    const there = await this.#withBytes(desired, checksum);
    if (there !== undefined) return this.#take(desired, image, there, makes);
    return makes ? this.#make(desired, image, examined, { bytes, checksum }) : null;
  }

  #knownOf({ recordId, shown }: DesiredImages, mediaId: number): FileVersion | undefined {
    const known = this.#known.get(mediaId) ?? [];
    const named = shown.find(({ id }) => id === mediaId)?.mark ?? null;
    const marks = named === null ? known.map((file) => markOf(file.hash)) : [named];
    const own = [...(this.#own.get(recordId) ?? [])];
    return [...own, ...known.map(({ documentId }) => documentId)]
      .flatMap((id) => this.#versions.get(id) ?? [])
      .find(({ checksum }) => marks.includes(markOf(checksum)));
  }

  async #withBytes({ recordId }: DesiredImages, bytes: string): Promise<FileVersion | undefined> {
    const own = [...(this.#own.get(recordId) ?? [])].flatMap((id) => this.#versions.get(id) ?? []);
    const mine = own.find(({ checksum }) => checksum === bytes);
    if (mine !== undefined) return mine;
    const seen = await this.#run.state.images.fileOf(bytes);
    if (seen === null) return undefined;
    await this.#read([seen.documentId]);
    const version = this.#versions.get(seen.documentId);
    return version?.checksum === bytes ? version : undefined;
  }

  async #read(documentIds: readonly string[]): Promise<void> {
    const unread = [...new Set(documentIds)].filter((id) => !this.#versions.has(id));
    if (unread.length === 0) return;
    const versions = await this.#run.org.files.latestVersions(unread);
    for (const [id, version] of versions) this.#versions.set(id, version);
  }

  /** Remembers which image it is, and hangs a file that is not among the record's on it. */
  async #take(
    { recordId }: DesiredImages,
    { id }: ShopImage,
    version: FileVersion,
    links: boolean,
  ): Promise<FileVersion> {
    const { org, state, store } = this.#run;
    const { documentId, versionId, checksum } = version;
    const linked = this.#linked.get(recordId) ?? new Set();
    if (links && !linked.has(documentId)) {
      // The field names it all the same; only the record's list of files lacks it.
      await org.files.link(documentId, recordId).catch(unlessOut);
      linked.add(documentId);
    }
    await state.images.keepFiles([{ documentId, versionId, hash: checksum }]);
    await state.images.keepMedia(store.key, new Map([[markOf(checksum), id]]));
    return version;
  }

  async #make(
    desired: DesiredImages,
    image: ShopImage,
    { extension }: Image,
    { bytes, checksum }: { readonly bytes: Buffer; readonly checksum: string },
  ): Promise<FileVersion | ImageProblem> {
    const { recordId } = desired;
    const { title } = image;
    const path = imageName(title, checksum, extension);
    try {
      const made = await this.#run.org.files.upload({ title, path, bytes, linkTo: recordId });
      const version = { ...made, title, size: bytes.length, checksum };
      this.#versions.set(version.documentId, version);
      this.#own.get(recordId)?.add(version.documentId);
      this.#linked.get(recordId)?.add(version.documentId);
      return await this.#take(desired, image, version, false);
    } catch (error) {
      unlessOut(error);
      const said = error instanceof CodedError ? error.message : '';
      return problem(image, 'SHOP_IMAGE_NOT_SAVED', said);
    }
  }
}

/** What Salesforce says of one file is no reason to stop. */
function unlessOut(error: unknown): void {
  if (!(error instanceof CodedError) || error.code !== 'SF_REFUSED') throw error;
}

function notTaken(image: ShopImage, code: string, message: string): ImageProblem {
  const isLarge = code === 'IMAGE_TOO_LARGE';
  return problem(image, isLarge ? 'SHOP_IMAGE_TOO_LARGE' : 'SHOP_IMAGE_TYPE', message);
}

function problem({ id }: ShopImage, code: string, message: string): ImageProblem {
  return { code, message: `Image ${id} of the shop: ${message}` };
}
