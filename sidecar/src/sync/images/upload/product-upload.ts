import { wooId } from '../../../mapping/keys/keys.ts';
import type { WooRecord } from '../../../mapping/model/record.ts';
import type { SeenFile } from '../../../ports/images.ts';
import type { FileVersion } from '../../../ports/org.ts';
import type { ProductResult, ProductUpdate } from '../../../ports/store.ts';
import { brokeOff, idsOf, type DesiredImages } from '../desired-images.ts';
import { arranged, type Placed, markOf, shownImages, type Wanted } from '../product-images.ts';
import type { ImageProblem } from '../types.ts';
import { notVisible, type MediaIndex } from './media-index.ts';
import { NEW_PER_BATCH } from './upload-limits.ts';

/** What the shop made of an update: the ids that are there now, or that another round is needed. */
export type UploadOutcome = readonly number[] | 'again';

/** What becomes of the images of one record, round by round. */
export class ProductImageUpload {
  readonly desired: DesiredImages;
  readonly problems: ImageProblem[];
  /** An earlier attempt broke off, be it because of one of its images: none of others goes along. */
  readonly isUnsure: boolean;
  readonly #versions: ReadonlyMap<string, FileVersion>;
  readonly #hashes: ReadonlyMap<string, string>;
  readonly #mediaIndex: MediaIndex;
  readonly #bad = new Set<string>();
  /** New ones of one round. */
  #most: number;
  #losses = 0;
  /** The shop has lost some: what is left is made sure of first, for a refusal does not undo the fetching. */
  #knownFirst = false;
  /** Ids of the images that the shop shows. */
  #there: readonly number[];

  /**
   * @param versions the files that are visible now
   * @param files those that were seen last
   */
  constructor(
    desired: DesiredImages,
    versions: ReadonlyMap<string, FileVersion>,
    files: ReadonlyMap<string, SeenFile>,
    mediaIndex: MediaIndex,
  ) {
    this.desired = desired;
    this.#versions = versions;
    // Of a file that is not visible any more, the image that is in the shop stays there.
    this.#hashes = new Map([...files].map(([id, { hash }]) => [id, hash]));
    this.#mediaIndex = mediaIndex;
    this.#there = desired.shown.map(({ id }) => id);
    this.isUnsure = brokeOff(desired, files);
    this.#most = this.isUnsure ? 1 : NEW_PER_BATCH;
    this.problems = desired.problems.map(({ code, message }) => ({ code, message }));
    for (const id of idsOf(desired)) if (!versions.has(id)) this.problems.push(notVisible(id));
    if (desired.isVariation && desired.gallery.length > 0) {
      const message = 'A variation has one image only; its gallery was left out.';
      this.problems.push({ code: 'IMAGE_VARIATION', message });
    }
  }

  /** Ids of the images that the shop shows. */
  get there(): readonly number[] {
    return this.#there;
  }

  /** Images that the shop does not have yet, as far as they are to come in this round. */
  get missing(): readonly FileVersion[] {
    const found = this.#list().flatMap(({ hash, id }) =>
      hash === null || id !== null ? [] : (this.#versionOf(hash) ?? []),
    );
    return this.#knownFirst ? [] : found.slice(0, this.#most);
  }

  /** An image cannot come; the others go on. */
  markFailed({ checksum }: FileVersion, problem: ImageProblem): void {
    this.#bad.add(checksum);
    this.problems.push(problem);
  }

  /**
   * @param sources where the shop fetches new images from, by hash
   * @returns the change; null where the shop shows already what it should
   */
  update(sources: ReadonlyMap<string, string>): ProductUpdate | null {
    const list = this.#now(sources);
    const isSame =
      list.length === this.#there.length && list.every(({ id }, at) => id === this.#there[at]);
    if (isSame) {
      this.#knownFirst = false;
      return null;
    }
    const images = list.map(({ hash, id }) =>
      id === null ? { src: sources.get(hash ?? '') ?? '', ...this.#texts(hash) } : { id },
    );
    const { record } = this.desired.row;
    const { isVariation } = this.desired;
    return {
      id: Number(record['id']),
      parentId: isVariation ? wooId(record['parent_id']) : null,
      fields: isVariation ? { image: images[0] ?? null } : { images },
    };
  }

  /** Takes what the shop made of an update. */
  async take(sources: ReadonlyMap<string, string>, result: ProductResult): Promise<UploadOutcome> {
    const sent = this.#now(sources);
    if ('error' in result) return this.#refused(sent, result.error);
    this.#knownFirst = false;
    this.#there = await this.#came(sent, result.record);
    return this.missing.length > 0 ? 'again' : this.#there;
  }

  /** New ones are known by their names; where a plugin renames them, by their places. */
  async #came(sent: readonly Placed[], record: WooRecord): Promise<readonly number[]> {
    const now = shownImages(record);
    const places = now.length === sent.length ? now : [];
    const came = sent.flatMap(({ hash, id }, at): (readonly [string, number])[] => {
      if (hash === null || id !== null) return [];
      const image = now.find(({ mark }) => mark === markOf(hash)) ?? places[at];
      return image === undefined ? [] : [[markOf(hash), image.id]];
    });
    await this.#mediaIndex.keep(new Map(came));
    return now.map(({ id }) => id);
  }

  async #refused(
    sent: readonly Placed[],
    { code, message }: { readonly code: string; readonly message: string },
  ): Promise<UploadOutcome> {
    const lost = Number(/#(\d+)/.exec(message)?.[1]);
    if (
      code.endsWith('_invalid_image_id') &&
      lost > 0 &&
      this.#losses < idsOf(this.desired).length
    ) {
      this.#losses += 1;
      this.#knownFirst = true;
      await this.#mediaIndex.forget(lost);
      return 'again';
    }
    if (code === 'SHOP_WRITE_REFUSED') {
      this.problems.push({ code, message });
      return this.#there;
    }
    const fresh = sent.flatMap(({ hash, id }) => (hash !== null && id === null ? [hash] : []));
    if (fresh.length > 1) {
      this.#most = 1;
      return 'again';
    }
    const version = this.#versionOf(fresh[0]);
    // The shop's own words hold the address that it was to fetch from.
    const what = version === undefined ? 'images' : `image of the file ${version.documentId}`;
    const problem = { code: 'IMAGE_REFUSED', message: `The shop refused the ${what} (${code}).` };
    if (version === undefined) {
      this.problems.push(problem);
      return this.#there;
    }
    this.markFailed(version, problem);
    return 'again';
  }

  /** What can be shown in this round. */
  #now(sources: ReadonlyMap<string, string>): readonly Placed[] {
    return this.#list().filter(
      ({ hash, id }) => id !== null || (hash !== null && sources.has(hash)),
    );
  }

  #list(): readonly Placed[] {
    const { featured, gallery, says, shown, row, isVariation } = this.desired;
    const [first] = featured === null ? [] : this.#wanted(featured);
    const wants = {
      featured: says.featured ? (first ?? null) : undefined,
      gallery: says.gallery && !isVariation ? gallery.flatMap((id) => this.#wanted(id)) : undefined,
    };
    const list = arranged(wants, shown, row.mapping.keepShopImages);
    return isVariation ? list.slice(0, 1) : list;
  }

  #wanted(documentId: string): readonly Wanted[] {
    const hash = this.#hashes.get(documentId);
    if (hash === undefined || this.#bad.has(hash)) return [];
    return [{ hash, id: this.#mediaIndex.idOf(markOf(hash)) }];
  }

  /**
   * The file's title is what the shop shows and reads out of a new image. Its file name, not its title, tells later
   * which one it is; and what the shop's staff have made of it since stays.
   */
  #texts(hash: string | null): { readonly name?: string; readonly alt?: string } {
    const title = this.#versionOf(hash ?? undefined)?.title.trim() ?? '';
    return title === '' ? {} : { name: title, alt: title };
  }

  #versionOf(hash: string | undefined): FileVersion | undefined {
    return [...this.#versions.values()].find(({ checksum }) => checksum === hash);
  }
}
