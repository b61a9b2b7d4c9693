/** Which version of a file was seen last, and what its bytes are. */
export interface SeenFile {
  readonly documentId: string;
  readonly versionId: string;
  /** MD5 of the bytes, in hexadecimal digits: what identifies a picture. */
  readonly hash: string;
}

/** Where pictures are in the shops, and which files they come from. */
export interface PictureBook {
  /** Ids in the media library of a store, by hash. */
  media(store: string, hashes: readonly string[]): Promise<ReadonlyMap<string, number>>;
  keepMedia(store: string, media: ReadonlyMap<string, number>): Promise<void>;
  forgetMedia(store: string, mediaIds: readonly number[]): Promise<void>;
  /** By document id. */
  files(documentIds: readonly string[]): Promise<ReadonlyMap<string, SeenFile>>;
  keepFiles(files: readonly SeenFile[]): Promise<void>;
  /** A version with these bytes; null for none that was seen. */
  fileOf(hash: string): Promise<SeenFile | null>;
}

/** Without a real one WordPress refuses an address. */
export type PictureExtension = 'jpg' | 'png' | 'webp' | 'gif';

export interface OfferedPicture {
  readonly hash: string;
  /** Of the file, with its extension. */
  readonly name: string;
  readonly extension: PictureExtension;
  /** Such as `image/png`. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** Makes pictures fetchable for the shops. */
export interface PictureLinks {
  /** An address that the shop can fetch the picture from for some time. */
  offer(picture: OfferedPicture): string;
}
