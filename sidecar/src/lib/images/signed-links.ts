import type { Signer } from '../hmac.ts';

/** An image that the shop is to fetch. */
export interface LinkedImage {
  /** Of its bytes, in hexadecimal digits. */
  readonly hash: string;
  /** What the shop is to call the file, without an extension; what a file name cannot hold is replaced. */
  readonly name: string;
  /** One of `jpg`, `png`, `webp` and `gif`. */
  readonly extension: string;
  readonly expires: Date;
}

/** The parts of a link's path, as a request brings them. */
export interface LinkParts {
  readonly hash: string;
  /** Seconds since 1970. */
  readonly expires: string;
  readonly signature: string;
  /** Name and extension. */
  readonly file: string;
}

/** Whether a link is ours and still to be served. */
export type LinkState = 'valid' | 'expired' | 'forged';

/** The route of links behind the path of PUBLIC_URL; its parts are those of {@link LinkParts}. */
export const imageRoute = '/images/:hash/:expires/:signature/:file';

/** Without one at its end WordPress refuses an address, whatever is behind it. */
const extensions: ReadonlySet<string> = new Set(['jpg', 'png', 'webp', 'gif']);

/** File systems take 255 characters, of which WordPress needs some for `-1024x1024` and its like. */
const longestName = 80;

/** Links under which the shop, and nobody else, can fetch images for a while. */
export class ImageLinks {
  readonly #publicUrl: string;
  readonly #signer: Signer;

  /** @param publicUrl without a slash at the end */
  constructor(publicUrl: string, signer: Signer) {
    this.#publicUrl = publicUrl;
    this.#signer = signer;
  }

  /** @throws RangeError for a hash or an extension that is none */
  url({ hash, name, extension, expires }: LinkedImage): string {
    if (!/^[0-9a-f]{16,100}$/.test(hash)) throw new RangeError('The hash of an image is not one.');
    if (!extensions.has(extension)) throw new RangeError('The extension is not one of an image.');
    const seconds = String(Math.floor(expires.getTime() / 1000));
    const file = `${fileName(name)}.${extension}`;
    const signature = this.#signer.sign(signed(hash, seconds, file));
    return `${this.#publicUrl}/images/${hash}/${seconds}/${signature}/${file}`;
  }

  check({ hash, expires, signature, file }: LinkParts, now: Date): LinkState {
    // What is no number of seconds was never signed by `url`: `Infinity` would never be over.
    if (!/^\d{1,12}$/.test(expires)) return 'forged';
    if (!this.#signer.accepts(signed(hash, expires, file), signature)) return 'forged';
    return now.getTime() < Number(expires) * 1000 ? 'valid' : 'expired';
  }
}

/** The parts hold no slash when they are signed, so no two links read alike. */
function signed(hash: string, expires: string, file: string): string {
  return [hash, expires, file].join('/');
}

/** Letters without accents, digits, `-` and `_`. Of a long name the end stays: it tells names apart. */
export function fileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-');
  return plain.slice(-longestName).replaceAll(/^-+|-+$/g, '') || 'image';
}
