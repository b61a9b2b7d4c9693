import { CodedError } from '../../errors.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { hashOfName, pictureName } from '../../picture-name.ts';
import { examine } from '../../picture.ts';
import type { FileVersion, MediaLibrary, PictureFile } from '../ports.ts';
import type { Run } from '../run.ts';
import { markOf, type ShownPicture } from './gallery.ts';

/** Bytes of a picture that shops are given. */
const LARGEST = 10 * 1024 * 1024;

/** What a media library says of one picture, or of us; text and pictures that it has go on. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(['IMAGE_REFUSED', 'IMAGE_TYPE', 'IMAGE_TOO_LARGE', 'MEDIA_REFUSED'] as const),
]);

/** Why a picture cannot go to the shop. */
export interface PictureProblem {
  readonly code: string;
  readonly message: string;
}

/** How the shop gets a new picture: it has it by now, or fetches it. */
export type Delivery = { readonly id: number } | { readonly src: string };

/** The pictures of the shop that we know, by their marks, and the way for new ones. */
export class Shelf {
  readonly #run: Run;
  readonly #ids = new Map<string, number>();

  constructor(run: Run) {
    this.#run = run;
  }

  /** Learns where pictures are, from what was remembered and from what products show. */
  async learn(marks: readonly string[], shown: readonly ShownPicture[]): Promise<void> {
    const { state, store } = this.#run;
    for (const { id, mark } of shown) if (mark !== null) this.#ids.set(mark, id);
    for (const [mark, id] of await state.pictures.media(store.key, marks)) this.#ids.set(mark, id);
  }

  idOf(mark: string): number | null {
    return this.#ids.get(mark) ?? null;
  }

  async keep(media: ReadonlyMap<string, number>): Promise<void> {
    for (const [mark, id] of media) this.#ids.set(mark, id);
    const { state, store } = this.#run;
    await state.pictures.keepMedia(store.key, media);
  }

  async #upload(
    media: MediaLibrary,
    { checksum, documentId }: FileVersion,
    file: PictureFile,
  ): Promise<Delivery | PictureProblem> {
    const mark = markOf(checksum);
    try {
      // An upload whose answer was lost may be there: a second one would be a second picture.
      const [there] = (await media.find(mark)).filter(({ src }) => hashOfName(src) === mark);
      const { id } = there ?? (await media.upload(file));
      await this.keep(new Map([[mark, id]]));
      return { id };
    } catch (error) {
      if (!(error instanceof CodedError) || !REFUSALS.has(error.code)) throw error;
      return { code: error.code, message: `${documentId}: ${error.message}` };
    }
  }

  /** The shop does not have it any more. */
  async forget(mediaId: number): Promise<void> {
    for (const [mark, id] of this.#ids) if (id === mediaId) this.#ids.delete(mark);
    const { state, store } = this.#run;
    await state.pictures.forgetMedia(store.key, [mediaId]);
  }

  /**
   * Makes a picture ready for the shop: it is read from Salesforce and looked at, and goes to the media library
   * where a way leads there; else the shop will fetch it.
   * @throws CodedError where one of the sides is out
   */
  async deliver(version: FileVersion): Promise<Delivery | PictureProblem> {
    const { org, store, links } = this.#run;
    if (version.size > LARGEST) return tooLarge(version);
    const bytes = await org.files.read(version.versionId, LARGEST);
    if (bytes === null) return notVisible(version.documentId);
    const picture = examine(bytes);
    if ('code' in picture) {
      return { code: picture.code, message: `${version.documentId}: ${picture.message}` };
    }
    const name = pictureName(version.title, version.checksum, picture.extension);
    const file = { name, type: picture.type, bytes };
    if (store.media !== null) return this.#upload(store.media, version, file);
    if (links === null) return noWay(version.documentId);
    const { extension } = picture;
    return { src: links.offer({ hash: version.checksum, extension, ...file }) };
  }
}

export function notVisible(documentId: string): PictureProblem {
  return {
    code: 'IMAGE_NOT_VISIBLE',
    message: `The file ${documentId} is not there, or the integration user may not see it.`,
  };
}

function tooLarge({ documentId, size }: FileVersion): PictureProblem {
  const megabytes = (size / 1024 / 1024).toFixed(1);
  return {
    code: 'IMAGE_TOO_LARGE',
    message: `The file ${documentId} has ${megabytes} MB; shops are given at most ${LARGEST / 1024 / 1024} MB.`,
  };
}

function noWay(documentId: string): PictureProblem {
  return { code: 'IMAGE_NO_WAY', message: `Nothing can bring the file ${documentId} to the shop.` };
}
