import { crc32, deflateSync } from 'node:zlib';

export type Colour = readonly [red: number, green: number, blue: number];

const [WIDTH, HEIGHT] = [480, 360];

/** A PNG of a bean bag in one colour, 480 pixels wide and 360 high. */
export function sampleImage(colour: Colour): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  // Eight bits for each of red, green and blue.
  head.set([8, 2], 8);
  const rows = Array.from({ length: HEIGHT }, (_, y) => row(y, colour));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const end = chunk('IEND', Buffer.alloc(0));
  const data = chunk('IDAT', deflateSync(Buffer.concat(rows)));
  return Buffer.concat([signature, chunk('IHDR', head), data, end]);
}

/** A row of pixels behind the number of its filter, none. */
function row(y: number, colour: Colour): Buffer {
  const pixels = Array.from({ length: WIDTH }, (_, x) => pixel(x / WIDTH, y / HEIGHT, colour));
  return Buffer.from([0, ...pixels.flat()]);
}

/** A round bag with a top, lit from the left above, on a bright floor; x and y run from 0 to 1. */
function pixel(x: number, y: number, colour: Colour): readonly number[] {
  const wide = 0.36 * Math.sqrt(Math.max(0, Math.min(1, (y - 0.14) / 0.4)));
  const round = y < 0.62 ? 1 : Math.sqrt(Math.max(0, 1 - ((y - 0.62) / 0.25) ** 2));
  const half = wide * round;
  if (half > 0 && Math.abs(x - 0.5) <= half) {
    const aside = (x - 0.5) / half;
    const light = 0.75 + 0.45 * (1 - Math.hypot(aside + 0.35, (y - 0.4) * 1.6));
    return colour.map((part) => Math.max(0, Math.min(255, Math.round(part * light))));
  }
  const shadow = Math.hypot((x - 0.52) / 0.4, (y - 0.86) / 0.07) < 1 ? 0.88 : 1;
  return [242, 240, 236].map((part) => Math.round(part * shadow * (y < 0.66 ? 1 : 0.97)));
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, sum]);
}
