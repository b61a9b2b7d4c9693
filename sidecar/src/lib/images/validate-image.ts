import { imageSize } from 'image-size';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { headerOf } from './image-header.ts';
import { kindOf } from './image-type.ts';
import type { ImageType } from './image-type.ts';

/** An image that a shop takes, by its bytes: what the file is called or said to be counts for nothing. */
export interface Image {
  /** Such as `image/jpeg`. */
  readonly type: string;
  /** Without a dot. */
  readonly extension: 'jpg' | 'png' | 'gif' | 'webp';
  readonly width: number;
  readonly height: number;
}

/** Why a file is no image for a shop. */
export interface ImageProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly cure: string;
}

/** What WordPress can make the sizes of, with the memory that PHP usually has. */
export interface ImageLimits {
  readonly bytes: number;
  /** Pixels. */
  readonly side: number;
  readonly pixels: number;
}

export const imageLimits: ImageLimits = {
  bytes: 10 * 1024 * 1024,
  side: 10_000,
  pixels: 50_000_000,
};

const TYPES: Readonly<Record<ImageType, Pick<Image, 'type' | 'extension'>>> = {
  jpeg: { type: 'image/jpeg', extension: 'jpg' },
  png: { type: 'image/png', extension: 'png' },
  gif: { type: 'image/gif', extension: 'gif' },
  webp: { type: 'image/webp', extension: 'webp' },
};

const AGAIN = 'Upload the file again, as a new version of the one in Salesforce.';
const SMALLER = 'Upload a smaller image as a new version of the file.';
const OTHER_KIND =
  'Save the image as JPEG, PNG, WebP or GIF and upload that as a new version of the file.';

/** Whether a file is an image that can be brought to a shop. */
export function examine(bytes: Buffer, limits: ImageLimits = imageLimits): Image | ImageProblem {
  if (bytes.length === 0) return problem('IMAGE_EMPTY', 'The file has no bytes.', AGAIN);
  const kind = kindOf(bytes);
  if (typeof kind === 'object')
    return problem(
      'IMAGE_TYPE',
      `The file is ${kind.other}, which a shop does not take.`,
      OTHER_KIND,
    );
  const { type, extension } = TYPES[kind];
  if (bytes.length > limits.bytes)
    return problem(
      'IMAGE_TOO_LARGE',
      `The file has ${inMegabytes(bytes.length)}, and ${inMegabytes(limits.bytes)} are taken.`,
      SMALLER,
    );
  const header = headerOf(bytes, kind);
  if (header === null)
    return problem(
      'IMAGE_EMPTY',
      'The image is cut off: the file ends in the middle of it.',
      AGAIN,
    );
  const size = sizeIn(header);
  if (size === null)
    return problem(
      'IMAGE_TYPE',
      `The file begins like an image (${type}), and its dimensions cannot be read.`,
      OTHER_KIND,
    );
  const { width, height } = size;
  if (Math.max(width, height) > limits.side || width * height > limits.pixels)
    return problem(
      'IMAGE_TOO_LARGE',
      `The image has ${width} × ${height} pixels; ${limits.side} a side and ${limits.pixels / 1_000_000} million in all are taken.`,
      SMALLER,
    );
  return { type, extension, width, height };
}

/** Whether it is one: a problem has a code. */
export function isProblem(examined: Image | ImageProblem): examined is ImageProblem {
  return 'code' in examined;
}

function problem(code: ErrorCode, message: string, cure: string): ImageProblem {
  return { code, message, cure };
}

/** Of the header alone, so that hostile bytes behind it cost nothing. */
function sizeIn(header: Buffer): { readonly width: number; readonly height: number } | null {
  try {
    const { width, height } = imageSize(header);
    return width > 0 && height > 0 ? { width, height } : null;
  } catch {
    // Whatever is wrong with it, its dimensions are not known.
    return null;
  }
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil((bytes / 1024 / 1024) * 10) / 10} MB`;
}
