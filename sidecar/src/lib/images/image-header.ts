import type { ImageType } from './image-type.ts';

/**
 * Where the pixels begin, at most: what lies before says the dimensions.
 * @returns null where the file is cut off, or its parts do not lead to its end
 */
export function headerOf(bytes: Buffer, kind: ImageType): Buffer | null {
  switch (kind) {
    case 'jpeg':
      return jpegHeader(bytes);
    case 'png':
      return pngReachesEnd(bytes) ? bytes.subarray(0, 64) : null;
    case 'gif':
      return gifReachesEnd(bytes) ? bytes.subarray(0, 64) : null;
    case 'webp':
      return bytes.length >= 30 && bytes.readUInt32LE(4) + 8 <= bytes.length
        ? bytes.subarray(0, 64)
        : null;
  }
}

const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);
const START_OF_SCAN = 0xda;

/** Segments with their lengths up to the first scan, which must have an end behind it. */
function jpegHeader(bytes: Buffer): Buffer | null {
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1];
    if (marker === START_OF_SCAN)
      return bytes.indexOf(END_OF_IMAGE, at) === -1 ? null : bytes.subarray(0, at);
    // More than one 0xff may stand before a marker.
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** Chunks: length, name, data, checksum. */
function pngReachesEnd(bytes: Buffer): boolean {
  for (let at = 8; at + 12 <= bytes.length;) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return true;
    at += 12 + bytes.readUInt32BE(at);
  }
  return false;
}

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

function gifReachesEnd(bytes: Buffer): boolean {
  let at = 13 + colours(bytes[10] ?? 0);
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === TRAILER) return true;
    if (block === EXTENSION) at = behindSubBlocks(bytes, at + 2);
    else if (block === IMAGE) at = behindSubBlocks(bytes, at + 11 + colours(bytes[at + 9] ?? 0));
    else return false;
  }
  return false;
}

/** Bytes of the colour table that the flags speak of. */
function colours(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Each has its length in front; one of 0 ends them. */
function behindSubBlocks(bytes: Buffer, start: number): number {
  let at = start;
  for (let length = bytes[at]; length !== undefined && length > 0; length = bytes[at])
    at += 1 + length;
  return at + 1;
}
