import { postEntry } from '../../content/site.ts';
import { createHash } from 'node:crypto';
import type { RequestCount } from '../../rest/request-count.ts';
import type { Ledger } from '../../shop/ledger.ts';
import { checkedFile, freeName, partsOf } from '../../media/file-name.ts';
import type { CheckedFile } from '../../media/file-name.ts';
import type { MediaFiles } from '../../media/files.ts';
import type { MediaRecord } from '../../media/library.ts';
import { showAnew } from '../../shop/shown-media.ts';
import { shownSize } from '../../media/sizes.ts';
import { wireDate } from '../../core/zone.ts';
import { slugOf } from '../../core/text.ts';

/** What people may write of an image. */
export type MediaTexts = Partial<Pick<MediaRecord, 'title' | 'alt' | 'caption' | 'description'>>;

/** Where an image came from: WooCommerce fetched it, or somebody uploaded it. */
export type MediaSource = 'fetched' | 'uploaded';

/** Puts images into the media library, changes and deletes them. */
export class MediaWrites {
  readonly #ledger: Ledger;
  readonly #files: MediaFiles;
  readonly #requests: RequestCount;

  constructor(ledger: Ledger, files: MediaFiles, requests: RequestCount) {
    this.#ledger = ledger;
    this.#files = files;
    this.#requests = requests;
  }

  /**
   * Stores a file under a name that is free. The same bytes are another image every time.
   * @returns undefined for what WordPress does not allow to be uploaded
   */
  async add(
    name: string,
    bytes: Buffer,
    source: MediaSource,
    texts: MediaTexts = {},
  ): Promise<MediaRecord | undefined> {
    const file = checkedFile(name, bytes);
    if (file === undefined) {
      return undefined;
    }
    const id = this.#ledger.ids.record();
    await this.#files.put(id, bytes);
    const media = { ...this.#record(id, file, source, texts.title), ...texts };
    media.filesize = bytes.length;
    media.sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#ledger.shop.media.put(media);
    this.#requests.addMedia(source);
    return media;
  }

  /** Products that show the image follow; nothing else hears of it. */
  change(id: number, texts: MediaTexts): MediaRecord | undefined {
    const before = this.#ledger.shop.media.get(id);
    if (before === undefined || Object.keys(texts).length === 0) {
      return before;
    }
    const media = { ...before, ...texts, modified: this.#ledger.now() };
    this.#ledger.shop.media.put(media);
    showAnew(this.#ledger.shop, id);
    return media;
  }

  /** For good: the image vanishes from every product, whose dates stay. */
  async remove(id: number): Promise<void> {
    const { media, site } = this.#ledger.shop;
    media.remove(id);
    showAnew(this.#ledger.shop, id);
    // Posts lose it too, and no date moves.
    const shown = site.posts.all().filter((entry) => entry.read().featured_media === id);
    for (const entry of shown) {
      site.posts.put(postEntry({ ...entry.read(), featured_media: 0 }));
    }
    await this.#files.remove(id);
  }

  #record(
    id: number,
    { name, image }: CheckedFile,
    source: MediaSource,
    title: string | undefined,
  ): MediaRecord {
    const { media, zone } = this.#ledger.shop;
    const now = this.#ledger.now();
    const folder = wireDate(zone.wall(now)).slice(0, 7).replace('-', '/');
    const free = freeName(name, (taken) => media.ownerOf(`${folder}/${taken}`) !== undefined);
    const { stem, extension } = partsOf(free);
    const { width, height, scaled } = shownSize(image, image.mimeType);
    // Images that WooCommerce fetched are called after their whole file name.
    const named = title ?? (source === 'fetched' ? free : stem);
    return {
      id,
      file: `${folder}/${scaled ? `${stem}-scaled.${extension}` : free}`,
      original: scaled ? free : undefined,
      mimeType: image.mimeType,
      width,
      height,
      filesize: 0,
      sha256: undefined,
      slug: this.freeSlug(slugOf(named), id),
      title: named,
      alt: '',
      caption: '',
      description: '',
      created: now,
      modified: now,
    };
  }

  /** The address of an image's page, with a number where another image has it. */
  freeSlug(wanted: string, ownId: number): string {
    const all = this.#ledger.shop.media.all.all().map((entry) => entry.read());
    const taken = new Set(all.filter(({ id }) => id !== ownId).map(({ slug }) => slug));
    let number = 2;
    let candidate = wanted;
    while (taken.has(candidate)) {
      candidate = `${wanted}-${number}`;
      number += 1;
    }
    return candidate;
  }
}
