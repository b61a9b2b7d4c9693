/** The kinds of images that WordPress takes as it is installed, and every browser shows. */
export type ImageType = 'jpeg' | 'png' | 'gif' | 'webp';

const STARTS: readonly (readonly [string, string])[] = [
  ['ffd8ff', 'jpeg'],
  ['89504e470d0a1a0a', 'png'],
  ['474946383761', 'gif'],
  ['474946383961', 'gif'],
  ['424d', 'a BMP image'],
  ['49492a00', 'a TIFF image'],
  ['4d4d002a', 'a TIFF image'],
  ['25504446', 'a PDF document'],
  ['504b0304', 'a ZIP archive or an Office document'],
];

const BRANDS: readonly (readonly [RegExp, string])[] = [
  [/^avi[fs]$/, 'an AVIF image'],
  [/^(?:hei|hev|mif1|msf1)/, 'a HEIC image, as iPhones make them'],
  [/^./, 'a film'],
];

/**
 * What the bytes begin like, whatever the file is called.
 * @returns for what is no image for a shop, what it is, in words that can follow "The file is "
 */
export function kindOf(bytes: Buffer): ImageType | { readonly other: string } {
  const start = bytes.toString('hex', 0, 8);
  const kind = STARTS.find(([beginning]) => start.startsWith(beginning))?.[1];
  if (kind !== undefined) return isKind(kind) ? kind : { other: kind };
  const latin = bytes.toString('latin1', 0, 12);
  if (latin.startsWith('RIFF') && latin.endsWith('WEBP')) return 'webp';
  if (latin.slice(4, 8) === 'ftyp') {
    const brand = latin.slice(8);
    return { other: BRANDS.find(([pattern]) => pattern.test(brand))?.[1] ?? 'a film' };
  }
  return { other: markup(bytes.toString('utf8', 0, 1024)) ?? 'of a kind that is not known' };
}

function isKind(kind: string): kind is ImageType {
  return ['jpeg', 'png', 'gif', 'webp'].includes(kind);
}

function markup(text: string): string | null {
  if (/<svg[\s>]/i.test(text)) return 'an SVG drawing';
  return /^\W*<(?:!doctype html|html|head|body)/i.test(text) ? 'a web page' : null;
}
