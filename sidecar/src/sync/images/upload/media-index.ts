import type { ErrorCode } from '../../../errors/catalogue.ts';
import { CodedError } from '../../../errors/coded-error.ts';
import { hashOfName, imageName } from '../../../lib/images/image-name.ts';
import { examine, isProblem, imageLimits } from '../../../lib/images/validate-image.ts';
import type { ImageLinks } from '../../../ports/images.ts';
import type { FileVersion } from '../../../ports/org.ts';
import type { MediaLibrary, ImageFile } from '../../../ports/store.ts';
import type { Run } from '../../model/run.ts';
import { markOf, type ShownImage } from '../product-images.ts';
import type { ImageProblem } from '../types.ts';

/** What a media library says of one image, or of us; text and images that it has go on. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'IMAGE_REFUSED',
  'IMAGE_TYPE',
  'IMAGE_TOO_LARGE',
  'MEDIA_REFUSED',
]);

/** How the shop gets a new image: it has it by now, or fetches it. */
export type Delivery = { readonly id: number } | { readonly src: string };

/** The images of the shop that we know, by their marks, and the way for new ones. */
export class MediaIndex {
  readonly #run: Run;
  readonly #links: ImageLinks;
  readonly #ids = new Map<string, number>();

  constructor(run: Run, links: ImageLinks) {
    this.#run = run;
    this.#links = links;
  }

  /** Learns where images are. */
  async remember(marks: readonly string[]): Promise<void> {
    const { state, store } = this.#run;
    for (const [mark, id] of await state.images.media(store.key, marks)) this.#ids.set(mark, id);
  }

  /** What products show now is there for sure. */
  see(shown: readonly ShownImage[]): void {
    for (const { id, mark } of shown) if (mark !== null) this.#ids.set(mark, id);
  }

  idOf(mark: string): number | null {
    return this.#ids.get(mark) ?? null;
  }

  async keep(media: ReadonlyMap<string, number>): Promise<void> {
    for (const [mark, id] of media) this.#ids.set(mark, id);
    const { state, store } = this.#run;
    await state.images.keepMedia(store.key, media);
  }

  /** The shop does not have it any more. */
  async forget(mediaId: number): Promise<void> {
    for (const [mark, id] of this.#ids) if (id === mediaId) this.#ids.delete(mark);
    const { state, store } = this.#run;
    await state.images.forgetMedia(store.key, [mediaId]);
  }

  /**
   * Makes an image ready for the shop: it is read from Salesforce and looked at, and goes to the media library
   * where a way leads there; else the shop will fetch it.
   * @throws CodedError where one of the sides is out
   */
  async deliver(version: FileVersion): Promise<Delivery | ImageProblem> {
    const { org, store } = this.#run;
    const { documentId, versionId, title, size, checksum } = version;
    if (size > imageLimits.bytes) return tooLarge(version);
    const bytes = await org.files.read(versionId, imageLimits.bytes);
    if (bytes === null) return notVisible(documentId);
    const image = examine(bytes);
    if (isProblem(image)) return problemOf(documentId, image);
    const { type, extension } = image;
    const file = { name: imageName(title, checksum, extension), alt: title.trim(), type, bytes };
    if (store.media !== null) return this.#upload(store.media, version, file);
    const src = this.#links.offer({ hash: checksum, extension, ...file });
    return src === null ? noWay(documentId) : { src };
  }

  async #upload(
    media: MediaLibrary,
    { checksum, documentId }: FileVersion,
    file: ImageFile,
  ): Promise<Delivery | ImageProblem> {
    const mark = markOf(checksum);
    try {
      // An upload whose answer was lost may be there: a second one would be a second image.
      const [there] = (await media.find(mark)).filter(({ src }) => hashOfName(src) === mark);
      const { id } = there ?? (await media.upload(file));
      await this.keep(new Map([[mark, id]]));
      return { id };
    } catch (error) {
      if (await isUnanswered(this.#run, error)) return unanswered(documentId);
      if (!(error instanceof CodedError) || !REFUSALS.has(error.code)) throw error;
      return problemOf(documentId, error);
    }
  }
}

/**
 * Whether it is only the image that the shop did not answer to, as when PHP dies of its size. Else all would wait
 * for the shop, and it for the image.
 * @throws CodedError where the shop is out
 */
export async function isUnanswered({ store }: Run, error: unknown): Promise<boolean> {
  if (!(error instanceof CodedError) || error.code !== 'WOO_OUTCOME_UNKNOWN') return false;
  await store.list('products', { per_page: '1', _fields: 'id' });
  return true;
}

export function unanswered(documentId: string): ImageProblem {
  return {
    code: 'IMAGE_UNANSWERED',
    message: `The shop did not answer when it was given the image of the file ${documentId}, so it may have it or not.`,
  };
}

function problemOf(documentId: string, { code, message }: ImageProblem): ImageProblem {
  return { code, message: `The file ${documentId}: ${message}` };
}

export function notVisible(documentId: string): ImageProblem {
  return {
    code: 'IMAGE_NOT_VISIBLE',
    message: `The file ${documentId} is not there, or the integration user may not see it.`,
  };
}

function tooLarge({ documentId, size }: FileVersion): ImageProblem {
  const [has, most] = [size, imageLimits.bytes].map((bytes) => (bytes / 1024 / 1024).toFixed(1));
  return {
    code: 'IMAGE_TOO_LARGE',
    message: `The file ${documentId} has ${has} MB; shops are given at most ${most} MB.`,
  };
}

function noWay(documentId: string): ImageProblem {
  return { code: 'IMAGE_NO_WAY', message: `Nothing can bring the file ${documentId} to the shop.` };
}
