import { notEmulated, ReplyError, wpError } from '../http/reply.ts';
import type { ProductImage } from '../records.ts';
import { isSafeUrl } from '../safe-url.ts';
import type { UrlRules } from '../safe-url.ts';
import { plainLine } from './text.ts';
import { listOf, objectOf, textOf, wholeOf } from './values.ts';

/** Pictures of products: known ones by id, from the media library. */
export class Images {
  readonly #media: Map<number, ProductImage>;
  readonly #rules: UrlRules;

  constructor(media: Map<number, ProductImage>, rules: UrlRules) {
    this.#media = media;
    this.#rules = rules;
  }

  /**
   * The pictures that a product's `images` name: the first is the featured one, the others the gallery, where each
   * stands once. An item with neither id nor address is none.
   * @throws ReplyError where one of them is bad: then nothing is written.
   */
  async gallery(given: unknown): Promise<ProductImage[]> {
    const found: ProductImage[] = [];
    for (const item of listOf(given)) {
      const picture = await this.one(item);
      if (picture !== undefined && !found.slice(1).includes(picture)) {
        found.push(picture);
      }
    }
    return found;
  }

  /** One picture by id; an address counts only where there is no id. */
  async one(given: unknown): Promise<ProductImage | undefined> {
    const { id, src } = objectOf(given);
    const wanted = wholeOf(id);
    if (wanted === 0) {
      return (src ?? '') === '' ? undefined : this.#bySrc(textOf(src));
    }
    const picture = this.#media.get(wanted);
    if (picture === undefined) {
      const message = `#${wanted} is an invalid image ID.`;
      throw new ReplyError(wpError(400, 'woocommerce_product_invalid_image_id', message));
    }
    return picture;
  }

  /** @returns the pictures whose name or alternative text the items change; an empty text changes nothing. */
  renamed(given: unknown): ProductImage[] {
    return listOf(given).flatMap((item) => {
      const { id, name, alt } = objectOf(item);
      const picture = this.#media.get(wholeOf(id));
      const texts = {
        ...(textOf(name) === '' ? {} : { name: textOf(name).replace(/&(?!#?\w+;)/g, '&#038;') }),
        ...(textOf(alt) === '' ? {} : { alt: plainLine(textOf(alt)) }),
      };
      if (picture === undefined || Object.keys(texts).length === 0) {
        return [];
      }
      const changed = { ...picture, ...texts };
      this.#media.set(changed.id, changed);
      return changed;
    });
  }

  async #bySrc(src: string): Promise<never> {
    const url = cleanUrl(src);
    if (!(await isSafeUrl(url, this.#rules))) {
      const why = url === '' ? 'No URL Provided.' : 'A valid URL was not provided.';
      const message = `Error getting remote image ${url}. Error: ${why}`;
      throw new ReplyError(wpError(400, 'woocommerce_product_image_upload_error', message));
    }
    throw new ReplyError(notEmulated('fetching pictures by their address (images[].src)'));
  }
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
