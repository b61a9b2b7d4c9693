import { examine } from '../../picture.ts';
import type { Clock } from '../clock.ts';
import type { Org, State } from '../ports.ts';
import type { OfferedPicture, PictureExtension, PictureLinks } from './picture-book.ts';

/** A picture as the shop is given it. */
export interface Picture {
  /** Such as `image/jpeg`. */
  readonly type: string;
  readonly bytes: Buffer;
}

export interface OffersParts {
  readonly org: Pick<Org, 'files'>;
  readonly state: Pick<State, 'pictures'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Makes the address of a picture. */
  readonly url: (link: {
    readonly hash: string;
    readonly name: string;
    readonly extension: PictureExtension;
    readonly expires: Date;
  }) => string;
}

/** Bytes of pictures that are held in memory, while shops come for them. */
const HELD = 64 * 1024 * 1024;
/** Bytes of one picture. */
const LARGEST = 10 * 1024 * 1024;
/** A shop comes at once; one that is asked again comes later. */
const VALID_MS = 60 * 60_000;

/** Pictures that shops may come for. Those that do not fit into memory are read again from Salesforce. */
export class Offers implements PictureLinks {
  readonly #parts: OffersParts;
  /** The oldest first. */
  readonly #held = new Map<string, Picture>();
  #bytes = 0;

  constructor(parts: OffersParts) {
    this.#parts = parts;
  }

  offer({ hash, name, type, extension, bytes }: OfferedPicture): string {
    this.#hold(hash, { type, bytes });
    const expires = new Date(this.#parts.clock.now().getTime() + VALID_MS);
    const stem = name.slice(0, name.lastIndexOf('.'));
    return this.#parts.url({ hash, name: stem, extension, expires });
  }

  /**
   * The picture with a hash; null for none that we know.
   * @throws CodedError where the org is out
   */
  async image(hash: string): Promise<Picture | null> {
    const held = this.#held.get(hash);
    if (held !== undefined) return held;
    const file = await this.#parts.state.pictures.fileOf(hash);
    const bytes = file && (await this.#parts.org.files.read(file.versionId, LARGEST));
    if (!bytes) return null;
    const picture = examine(bytes);
    if ('code' in picture) return null;
    this.#hold(hash, { type: picture.type, bytes });
    return { type: picture.type, bytes };
  }

  #hold(hash: string, picture: Picture): void {
    this.#bytes -= this.#held.get(hash)?.bytes.length ?? 0;
    this.#held.delete(hash);
    this.#held.set(hash, picture);
    this.#bytes += picture.bytes.length;
    for (const [oldest, { bytes }] of this.#held) {
      if (this.#bytes <= HELD) return;
      this.#held.delete(oldest);
      this.#bytes -= bytes.length;
    }
  }
}
