import { ReplyError, wpError } from '../../rest/response/reply.ts';
import type { ImageFetcher } from './fetch-image.ts';
import type { MediaLibrary, MediaRecord } from '../../media/library.ts';
import type { MediaTexts, MediaWrites } from './media-writes.ts';
import { plainLine } from '../../core/text.ts';
import { listOf, objectOf, textOf, wholeOf } from '../../core/values.ts';

/** From WordPress' source: nobody recorded it. */
const EMPTY_FILE =
  'File is empty. Please upload something more substantial. This error could also be caused by uploads being ' +
  'disabled in your php.ini file or by post_max_size being defined as smaller than upload_max_filesize in php.ini.';

/** An image that a write names, with what the write says of it. */
export interface NamedImage {
  media: MediaRecord;
  texts: MediaTexts;
}

/** Images of products: known ones by id, from the media library, and new ones by address. */
export class Images {
  readonly #library: MediaLibrary;
  readonly #fetcher: ImageFetcher;
  readonly #writes: MediaWrites;

  constructor(library: MediaLibrary, fetcher: ImageFetcher, writes: MediaWrites) {
    this.#library = library;
    this.#fetcher = fetcher;
    this.#writes = writes;
  }

  /**
   * The images that a product's `images` name. An item with neither id nor address is none.
   * @throws ReplyError where one of them is bad: then nothing is written, but what was fetched before it stays in the
   * library, as in a real store
   */
  async all(given: unknown): Promise<NamedImage[]> {
    const found: NamedImage[] = [];
    for (const item of listOf(given)) {
      const image = await this.one(item);
      if (image !== undefined) {
        found.push(image);
      }
    }
    return found;
  }

  /** One image by id; an address counts only where there is no id. */
  async one(given: unknown): Promise<NamedImage | undefined> {
    const { id, src, name, alt } = objectOf(given);
    const wanted = wholeOf(id);
    if (wanted === 0 && (src ?? '') === '') {
      return undefined;
    }
    const media = wanted === 0 ? await this.#bySrc(textOf(src)) : this.#library.get(wanted);
    if (media === undefined) {
      const message = `#${wanted} is an invalid image ID.`;
      throw new ReplyError(wpError(400, 'woocommerce_product_invalid_image_id', message));
    }
    // An empty text changes nothing.
    const texts = {
      ...(textOf(name) === '' ? {} : { title: textOf(name) }),
      ...(textOf(alt) === '' ? {} : { alt: plainLine(textOf(alt)) }),
    };
    return { media, texts };
  }

  /**
   * Gives the images their new texts, for every product that shows them.
   * @returns the first as the featured one and the others as the gallery, where each stands once; not those that
   * were deleted meanwhile
   */
  settled(images: readonly NamedImage[]): MediaRecord[] {
    for (const { media, texts } of images) {
      this.#writes.change(media.id, texts);
    }
    const [featured, ...gallery] = images.map(({ media }) => media.id);
    const ids = [featured, ...new Set(gallery)];
    return ids.flatMap((id) => (id === undefined ? [] : (this.#library.get(id) ?? [])));
  }

  async #bySrc(src: string): Promise<MediaRecord> {
    const url = cleanUrl(src);
    const fetched = await this.#fetcher.fetch(url);
    if ('failure' in fetched) {
      throw uploadError(`Error getting remote image ${url}. Error: ${fetched.failure}`);
    }
    const { bytes } = fetched;
    if (bytes.length === 0) {
      throw uploadError(`Invalid image: ${EMPTY_FILE}`);
    }
    const [path = ''] = url.split('?');
    const name = path.slice(path.lastIndexOf('/') + 1);
    const media = await this.#writes.add(name, bytes, 'fetched');
    if (media === undefined) {
      throw uploadError('Invalid image: Sorry, you are not allowed to upload this file type.');
    }
    return media;
  }
}

function uploadError(message: string): ReplyError {
  return new ReplyError(wpError(400, 'woocommerce_product_image_upload_error', message));
}

/** An address as WordPress cleans it: other schemes than the web's give nothing, none means http. */
function cleanUrl(src: string): string {
  const text = src.trim().replaceAll(' ', '%20');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return text === '' || /^[/#?]/.test(text) ? text : `http://${text}`;
  }
  return ['http', 'https'].includes(scheme) ? text : '';
}
