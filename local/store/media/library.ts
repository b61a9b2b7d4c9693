import { Collection } from '../core/collection.ts';
import { recordedBody } from '../core/recordings.ts';
import type { ProductImage } from '../core/records.ts';
import { textOf } from '../core/values.ts';
import { wireSeconds } from '../core/zone.ts';
import { sizesOf } from './sizes.ts';

/** One image of the media library. Times are UTC seconds. */
export interface MediaRecord {
  id: number;
  /** below the uploads, such as `2026/11/a.png` */
  file: string;
  /** the name before WordPress shrank the image */
  original: string | undefined;
  mimeType: string;
  width: number;
  height: number;
  filesize: number;
  /** undefined for a recorded image, whose bytes nobody kept */
  sha256: string | undefined;
  slug: string;
  title: string;
  alt: string;
  caption: string;
  description: string;
  created: number;
  modified: number;
}

/** The media library. What is deleted is gone; there is no trash. */
export class MediaLibrary {
  readonly all = new Collection<MediaRecord>([]);
  /** every file below the uploads, sizes included, and whose it is */
  readonly #owners = new Map<string, number>();

  constructor(records: readonly MediaRecord[]) {
    for (const record of records) {
      this.put(record);
    }
  }

  get(id: number): MediaRecord | undefined {
    return this.all.get(id)?.read();
  }

  put(record: MediaRecord): void {
    const { id, created, modified } = record;
    this.all.put({ id, created, modified, status: 'inherit', owner: 0, read: () => record });
    for (const file of filesOf(record)) {
      this.#owners.set(file, id);
    }
  }

  remove(id: number): void {
    const record = this.get(id);
    if (record !== undefined) {
      this.all.remove(id);
      for (const file of filesOf(record)) {
        this.#owners.delete(file);
      }
    }
  }

  /** The image that a file below the uploads belongs to, as itself or as one of its sizes. */
  ownerOf(file: string): MediaRecord | undefined {
    const id = this.#owners.get(file);
    return id === undefined ? undefined : this.get(id);
  }
}

function filesOf(record: MediaRecord): string[] {
  const { file, original } = record;
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const others = [
    ...sizesOf(record).map((size) => size.file),
    ...((original ?? '') ? [original] : []),
  ];
  return [file, ...others.map((name) => folder + String(name))];
}

/** The library's record of a recorded image, from what products show of it. */
export function recordedMedia(image: ProductImage): MediaRecord {
  const file = image.src.replace(/^.*\/wp-content\/uploads\//, '');
  const text = (field: string): string => textOf(image[field]);
  const width = Number(/ (\d+)w/.exec(text('srcset'))?.[1] ?? 600);
  const [, across = '1', down = '1'] = /-(\d+)x(\d+)\.\w+ /.exec(text('srcset')) ?? [];
  const title = text('name').replaceAll('&#038;', '&');
  return {
    id: image.id,
    file,
    original: undefined,
    mimeType: file.endsWith('.jpg') ? 'image/jpeg' : `image/${file.replace(/^.*\./, '')}`,
    width,
    height: Math.round((width * Number(down)) / Number(across)),
    filesize: 0,
    sha256: undefined,
    slug: title.toLowerCase().replace(/\W+/g, '-'),
    title,
    alt: text('alt'),
    caption: '',
    description: '',
    created: wireSeconds(text('date_created_gmt')),
    modified: wireSeconds(text('date_modified_gmt')),
  };
}

/** An image as `wp/v2/media` was recorded to show it to an editor. */
interface ShownMedia {
  id: number;
  date_gmt: string;
  modified_gmt: string;
  slug: string;
  title: { raw: string };
  caption: { raw: string };
  description: { raw: string };
  alt_text: string;
  mime_type: string;
  media_details: { width: number; height: number; file: string; filesize: number };
}

/** The images of the recorded site's posts. */
export function recordedSiteMedia(): MediaRecord[] {
  const shown = recordedBody('wordpress/media/list-all-edit.json') as ShownMedia[];
  return shown.map(({ id, slug, media_details, ...media }) => ({
    id,
    slug,
    ...media_details,
    original: undefined,
    mimeType: media.mime_type,
    sha256: undefined,
    title: media.title.raw,
    alt: media.alt_text,
    caption: media.caption.raw,
    description: media.description.raw,
    created: wireSeconds(media.date_gmt),
    modified: wireSeconds(media.modified_gmt),
  }));
}
