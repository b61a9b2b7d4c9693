/** What the first bytes of a file say of it. */
export interface ImageHeader {
  mimeType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  width: number;
  height: number;
}

/** Images that WordPress takes and this store cannot measure. */
const otherKinds: readonly { mimeType: string; starts: RegExp }[] = [
  { mimeType: 'image/bmp', starts: /^BM/ },
  { mimeType: 'image/tiff', starts: /^(II\*\0|MM\0\*)/ },
  { mimeType: 'image/x-icon', starts: /^\0\0[^\0]\0/ },
  { mimeType: 'image/avif', starts: /^.{4}ftypavi[fs]/s },
  { mimeType: 'image/heic', starts: /^.{4}ftyp(hei|mif)/s },
];

/** The image that these bytes are, by what is in them and not by any name. */
export function imageHeader(bytes: Buffer): ImageHeader | undefined {
  const head = bytes.toString('latin1', 0, 12);
  if (head.startsWith('\x89PNG\r\n\x1a\n') && bytes.length >= 24) {
    return { mimeType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (/^GIF8[79]a/.test(head) && bytes.length >= 10) {
    return { mimeType: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  if (head.startsWith('\xff\xd8\xff')) {
    return jpeg(bytes);
  }
  return /^RIFF.{4}WEBP/s.test(head) && bytes.length >= 30 ? webp(bytes) : undefined;
}

/** The type of an image that this store refuses though WordPress takes it. */
export function otherKindIn(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, 16);
  return otherKinds.find(({ starts }) => starts.test(head))?.mimeType;
}

/** Walks the segments up to the frame header, which alone knows the size. */
function jpeg(bytes: Buffer): ImageHeader | undefined {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
      return { mimeType: 'image/jpeg', width, height };
    }
    // A fill byte stands alone; every other marker up to here has a length.
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** The three forms of WebP each keep the size elsewhere. */
function webp(bytes: Buffer): ImageHeader | undefined {
  const mimeType = 'image/webp';
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { mimeType, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { mimeType, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return {
        mimeType,
        width: bytes.readUInt16LE(26) & 0x3fff,
        height: bytes.readUInt16LE(28) & 0x3fff,
      };
    default:
      return undefined;
  }
}
