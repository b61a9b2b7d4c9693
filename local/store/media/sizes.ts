import { partsOf } from './file-name.ts';

/** An image in one of its sizes; `file` is a name without folders. */
export interface Size {
  name: string;
  file: string;
  width: number;
  height: number;
}

interface Measured {
  /** below the uploads, such as `2026/11/a.png` */
  file: string;
  width: number;
  height: number;
}

/** Sizes of WordPress and WooCommerce, in the order in which they are made; height 0 leaves it free. */
const registered: readonly { name: string; width: number; height: number; crop: boolean }[] = [
  { name: 'medium', width: 300, height: 300, crop: false },
  { name: 'large', width: 1024, height: 1024, crop: false },
  { name: 'thumbnail', width: 150, height: 150, crop: true },
  { name: 'medium_large', width: 768, height: 0, crop: false },
  { name: '1536x1536', width: 1536, height: 1536, crop: false },
  { name: '2048x2048', width: 2048, height: 2048, crop: false },
  { name: 'woocommerce_thumbnail', width: 300, height: 300, crop: true },
  { name: 'woocommerce_single', width: 600, height: 0, crop: false },
  { name: 'woocommerce_gallery_thumbnail', width: 100, height: 100, crop: true },
];

/** WordPress shrinks what is larger, PNG excepted, and shows that. */
const BIG = 2560;
const WIDEST_IN_SRCSET = 2048;

/** The size that WordPress shows of an image as it came. */
export function shownSize(
  { width, height }: { width: number; height: number },
  mimeType: string,
): { width: number; height: number; scaled: boolean } {
  const scaled = mimeType !== 'image/png' && Math.max(width, height) > BIG;
  return { ...(scaled ? fitted(width, height, BIG, BIG) : { width, height }), scaled };
}

/** The smaller files that WordPress makes of an image. */
export function sizesOf({ file, width, height }: Measured): Size[] {
  const { stem, extension } = partsOf(fileName(file));
  return registered.flatMap(({ name, crop, ...most }) => {
    const size = crop
      ? { width: Math.min(most.width, width), height: Math.min(most.height, height) }
      : fitted(width, height, most.width, most.height);
    if (size.width === width && size.height === height) {
      return [];
    }
    const base = stem.replace(/-scaled$/, '');
    return { name, file: `${base}-${size.width}x${size.height}.${extension}`, ...size };
  });
}

/** What a browser may choose from: sizes of the same shape, the shown one first, each width once. */
export function srcset(media: Measured, shown: Size, urlOf: (file: string) => string): string {
  const all = [shown, ...sizesOf(media), fullSize(media)];
  const alike = all.filter(
    (size) =>
      size.file === shown.file || (sameShape(size, media) && size.width <= WIDEST_IN_SRCSET),
  );
  const byWidth = new Map<number, Size>();
  for (const size of alike) {
    if (!byWidth.has(size.width)) {
      byWidth.set(size.width, size);
    }
  }
  return byWidth.size < 2
    ? ''
    : [...byWidth.values()].map(({ file, width }) => `${urlOf(file)} ${width}w`).join(', ');
}

/** The image itself as a size. */
export function fullSize(media: Measured): Size {
  return { name: 'full', file: fileName(media.file), width: media.width, height: media.height };
}

function fileName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function fitted(
  width: number,
  height: number,
  mostWidth: number,
  mostHeight: number,
): { width: number; height: number } {
  const byHeight = mostHeight === 0 ? 1 : mostHeight / height;
  const ratio = Math.min(1, mostWidth / width, byHeight);
  return {
    width: Math.max(1, Math.round(width * ratio)),
    height: Math.max(1, Math.round(height * ratio)),
  };
}

function sameShape(size: Size, { width, height }: Measured): boolean {
  const scaled = fitted(width, height, size.width, 0);
  return Math.abs(scaled.height - size.height) <= 1;
}
