/** Which version of a file was seen last, and what its bytes are. */
export interface SeenFile {
  readonly documentId: string;
  readonly versionId: string;
  /** MD5 of the bytes, in hexadecimal digits: what identifies an image. */
  readonly hash: string;
}

/** A record whose images come from files. */
export interface ImageUse {
  readonly object: string;
  /** `<store>:<id>`. */
  readonly key: string;
  readonly documentIds: readonly string[];
}

/** Where images are in the shops, and which files they come from. */
export interface ImageStore {
  /** Ids in the media library of a store, by mark: the piece of the hash that file names carry. */
  media(store: string, marks: readonly string[]): Promise<ReadonlyMap<string, number>>;
  keepMedia(store: string, media: ReadonlyMap<string, number>): Promise<void>;
  forgetMedia(store: string, mediaIds: readonly number[]): Promise<void>;
  /** By document id. */
  files(documentIds: readonly string[]): Promise<ReadonlyMap<string, SeenFile>>;
  keepFiles(files: readonly SeenFile[]): Promise<void>;
  /** A version with these bytes; null for none that was seen. */
  fileOf(hash: string): Promise<SeenFile | null>;
  /** Takes the place of what was known of those records. */
  keepUses(uses: readonly ImageUse[]): Promise<void>;
  /** Files that records use, behind `after`, in the order of their ids; the version is null where none was seen. */
  used(
    after: string,
    most: number,
  ): Promise<readonly { readonly documentId: string; readonly versionId: string | null }[]>;
  /** Keys of the records that use one of the files. */
  usersOf(documentIds: readonly string[]): Promise<readonly string[]>;
  /** The files that images of a store are known to be of, by media id. */
  filesOfMedia(
    store: string,
    mediaIds: readonly number[],
  ): Promise<ReadonlyMap<number, readonly SeenFile[]>>;
}

/** Without a real one WordPress refuses an address. */
export type ImageExtension = 'jpg' | 'png' | 'webp' | 'gif';

export interface OfferedImage {
  readonly hash: string;
  /** Of the file, with its extension. */
  readonly name: string;
  readonly extension: ImageExtension;
  /** Such as `image/png`. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** How new images get to the shops. */
export interface ImageLinks {
  /** An address that the shop can fetch the image from for some time; null where the shops do not reach us. */
  offer(image: OfferedImage): string | null;
  /** Does what brings new images to a store when nobody else does: two would both bring what neither knows of. */
  withStoreLock(store: string, work: () => Promise<void>): Promise<void>;
}
