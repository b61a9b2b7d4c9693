import type { Clock } from '../../../lib/clock.ts';
import { examine, isProblem, imageLimits } from '../../../lib/images/validate-image.ts';
import type { OfferedImage, ImageExtension, ImageLinks } from '../../../ports/images.ts';
import type { Leases } from '../../../ports/leases.ts';
import type { Org } from '../../../ports/org.ts';
import type { State } from '../../../ports/state.ts';
import { StoreLock } from './store-lock.ts';

/** An image as the shop is given it. */
export interface Image {
  /** Such as `image/jpeg`. */
  readonly type: string;
  readonly bytes: Buffer;
}

export interface OffersParts {
  readonly org: Pick<Org, 'files'>;
  readonly state: Pick<State, 'images'>;
  readonly leases: Leases;
  readonly clock: Clock;
  /** Makes the address of an image; null where the shops do not reach us. */
  readonly url:
    | ((link: {
        readonly hash: string;
        readonly name: string;
        readonly extension: ImageExtension;
        readonly expires: Date;
      }) => string)
    | null;
}

/** Bytes of images that are held in memory, while shops come for them. */
const HELD = 64 * 1024 * 1024;
/** A shop comes at once; one that is asked again comes later. */
const VALID_MS = 60 * 60_000;

/** Images that shops may come for. Those that are not in memory are read again from Salesforce. */
export class OfferedImages implements ImageLinks {
  readonly #parts: OffersParts;
  readonly #turns: StoreLock;
  /** The oldest first. */
  readonly #held = new Map<string, Image>();
  #bytes = 0;
  /** Turns under way. */
  #offering = 0;

  constructor(parts: OffersParts) {
    this.#parts = parts;
    this.#turns = new StoreLock(parts);
  }

  offer({ hash, name, type, extension, bytes }: OfferedImage): string | null {
    const { url, clock } = this.#parts;
    if (url === null) return null;
    this.#hold(hash, { type, bytes });
    const expires = new Date(clock.now().getTime() + VALID_MS);
    const stem = name.slice(0, name.lastIndexOf('.'));
    return url({ hash, name: stem, extension, expires });
  }

  withStoreLock(store: string, work: () => Promise<void>): Promise<void> {
    return this.#turns.take(store, async () => {
      this.#offering += 1;
      try {
        await work();
      } finally {
        this.#offering -= 1;
        // The shops have what they came for.
        if (this.#offering === 0) this.#letGo();
      }
    });
  }

  /**
   * The image with a hash; null for none that we know.
   * @throws CodedError where the org is out
   */
  async image(hash: string): Promise<Image | null> {
    const held = this.#held.get(hash);
    if (held !== undefined) return held;
    const file = await this.#parts.state.images.fileOf(hash);
    const bytes = file && (await this.#parts.org.files.read(file.versionId, imageLimits.bytes));
    if (!bytes) return null;
    const image = examine(bytes);
    return isProblem(image) ? null : { type: image.type, bytes };
  }

  #hold(hash: string, image: Image): void {
    this.#bytes -= this.#held.get(hash)?.bytes.length ?? 0;
    this.#held.delete(hash);
    this.#held.set(hash, image);
    this.#bytes += image.bytes.length;
    for (const [oldest, { bytes }] of this.#held) {
      if (this.#bytes <= HELD) return;
      this.#held.delete(oldest);
      this.#bytes -= bytes.length;
    }
  }

  #letGo(): void {
    this.#held.clear();
    this.#bytes = 0;
  }
}
