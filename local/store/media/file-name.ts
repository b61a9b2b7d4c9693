import { notEmulated, ReplyError } from '../rest/response/reply.ts';
import { otherKindIn, imageHeader } from './image-header.ts';
import type { ImageHeader } from './image-header.ts';

/** Extensions that WordPress knows as images, in WooCommerce's list for images by address. */
const ofImages = new Set('jpg jpeg jpe gif png bmp tiff tif ico webp'.split(' '));

/** Further ones that may stand in the middle of a name without getting a `_`. */
const ofOthers = new Set(
  'avif heic pdf zip gz tar txt csv doc docx xls xlsx ppt pptx mp3 mp4 mov avi'.split(' '),
);

/** The extensions that go with a content; the first one is given where the name has another. */
const extensionsOf: Record<ImageHeader['mimeType'], readonly string[]> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe'],
  'image/png': ['png'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
};

/** A file that may be stored, under the name that its content asks for. */
export interface CheckedFile {
  name: string;
  image: ImageHeader;
}

/**
 * Looks at a file as WordPress does before it stores it: its name needs the extension of an image, its content
 * must be one, and an extension that does not fit the content is corrected.
 * @returns undefined for what WordPress does not allow
 * @throws ReplyError 501 for images that only a real store can take
 */
export function checkedFile(given: string, bytes: Buffer): CheckedFile | undefined {
  const name = cleanName(given);
  const { stem, extension } = partsOf(name);
  if (!ofImages.has(extension.toLowerCase())) {
    if (['avif', 'heic', 'pdf'].includes(extension.toLowerCase())) {
      throw new ReplyError(notEmulated(`files named .${extension.toLowerCase()}`));
    }
    return undefined;
  }
  const image = imageHeader(bytes);
  if (image === undefined) {
    const kind = otherKindIn(bytes);
    if (kind !== undefined) {
      throw new ReplyError(notEmulated(`images of the type ${kind}`));
    }
    return undefined;
  }
  const fitting = extensionsOf[image.mimeType];
  const kept = extension.toLowerCase();
  return { name: `${stem}.${fitting.includes(kept) ? kept : (fitting[0] ?? kept)}`, image };
}

/** A name without the signs that WordPress takes out; of what is percent-encoded only the `%` goes. */
export function cleanName(given: string): string {
  const plain = given
    .normalize('NFD')
    .replace(/(?<=[a-zA-Z])[\u0300-\u036f]+/g, '')
    .normalize('NFC')
    .replaceAll('\u00a0', ' ')
    .replace(/[?[\]/\\=<>:;,'"&$#*()|~`!{}%+’«»”“\0]/g, '')
    .replace(/\.{2,}/g, '.')
    .replace(/[\r\n\t -]+/g, '-')
    .replace(/^[.\-_]+|[.\-_]+$/g, '');
  const [first = '', ...rest] = plain.split('.');
  const last = rest.pop();
  return [first, ...rest.map(disarmed), ...(last === undefined ? [] : [last])].join('.');
}

/** What looks like a forbidden extension in the middle of a name, such as `a.php.png`. */
function disarmed(part: string): string {
  const known = ofImages.has(part.toLowerCase()) || ofOthers.has(part.toLowerCase());
  return /^[a-zA-Z]{2,5}\d?$/.test(part) && !known ? `${part}_` : part;
}

/**
 * The name with a number where it is taken. Names that look like a size of another image always get one.
 * @param isTaken whether a name is there already
 */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  const { stem, extension } = partsOf(name);
  const numbered = (number: number): string => `${stem}-${number}.${extension}`;
  const looksLikeSize = /-(?:\d+x\d+|scaled|rotated)$/.test(stem);
  let number = 1;
  let candidate = looksLikeSize ? numbered(number) : name;
  while (isTaken(candidate)) {
    number += candidate === name ? 0 : 1;
    candidate = numbered(number);
  }
  return candidate;
}

/** `a.b.png` is the stem `a.b` and the extension `png`. */
export function partsOf(name: string): { stem: string; extension: string } {
  const at = name.lastIndexOf('.');
  return at === -1
    ? { stem: name, extension: '' }
    : { stem: name.slice(0, at), extension: name.slice(at + 1) };
}
