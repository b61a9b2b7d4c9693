import { describe, expect, it } from 'vitest';
import { examine, isProblem, imageLimits } from '../../../src/lib/images/validate-image.ts';
import type { Image, ImageProblem } from '../../../src/lib/images/validate-image.ts';
import { gif, jpeg, png, segment, webp } from '../../support/image-bytes.ts';

function imageOf(bytes: Buffer): Image {
  const examined = examine(bytes);
  if (isProblem(examined)) throw new Error(examined.message);
  return examined;
}

function problemOf(bytes: Buffer, limits = imageLimits): ImageProblem {
  const examined = examine(bytes, limits);
  if (!isProblem(examined)) throw new Error(`It is an image: ${examined.type}.`);
  for (const text of [examined.message, examined.cure]) expect(text).toMatch(/^\p{Lu}.{8,}\.$/u);
  return examined;
}

describe('an image', () => {
  it.each([
    ['image/png', 'png', png(640, 480)],
    ['image/jpeg', 'jpg', jpeg(640, 480)],
    ['image/gif', 'gif', gif(640, 480)],
    ['image/webp', 'webp', webp(640, 480)],
  ])('of the type %s is known by its bytes', (type, extension, bytes) => {
    expect(imageOf(bytes)).toEqual({ type, extension, width: 640, height: 480 });
  });

  it('of a camera has large segments in front, a small image of itself among them', () => {
    const thumbnail = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), jpeg(160, 120)]));
    const profile = Array.from({ length: 8 }, () => segment(0xe2, Buffer.alloc(65_000, 7)));
    expect(imageOf(jpeg(4000, 3000, [thumbnail, ...profile]))).toMatchObject({
      width: 4000,
      height: 3000,
    });
  });

  it('may have bytes behind its end', () => {
    for (const bytes of [png(2, 2), jpeg(2, 2), gif(2, 2), webp(2, 2)])
      expect(imageOf(Buffer.concat([bytes, Buffer.alloc(100)])).width).toBe(2);
  });
});

describe('what is no image for a shop', () => {
  const text = (content: string): Buffer => Buffer.from(content);
  const brand = (name: string): Buffer => Buffer.from(`\0\0\0\x18ftyp${name}\0\0\0\0`, 'latin1');
  it.each([
    ['an SVG drawing', text('<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="…"><script/></svg>')],
    ['an SVG drawing', text('\ufeff<svg width="1"/>')],
    ['a HEIC image', brand('heic')],
    ['a HEIC image', brand('mif1')],
    ['an AVIF image', brand('avif')],
    ['a film', brand('isom')],
    ['a BMP image', text('BM123456')],
    ['a TIFF image', Buffer.from('49492a0008000000', 'hex')],
    ['a TIFF image', Buffer.from('4d4d002a00000008', 'hex')],
    ['a PDF document', text('%PDF-1.7')],
    ['a ZIP archive', Buffer.from('504b030414000000', 'hex')],
    ['a web page', text('\n<!DOCTYPE html><title>Sign in</title>')],
    ['not known', text('jane@example.com')],
    ['not known', Buffer.from([0xff])],
  ])('is named: %s', (named, bytes) => {
    const problem = problemOf(bytes);
    expect(problem.code).toBe('IMAGE_TYPE');
    expect(problem.message).toContain(named);
    expect(problem.message).not.toContain('jane');
  });

  it('may be nothing at all', () => {
    expect(problemOf(Buffer.alloc(0))).toMatchObject({
      code: 'IMAGE_EMPTY',
      message: 'The file has no bytes.',
    });
  });

  it.each([
    ['PNG', png(640, 480)],
    ['JPEG', jpeg(640, 480)],
    ['GIF', gif(640, 480)],
    ['WebP', webp(640, 480)],
    [
      'JPEG with a small image of itself',
      jpeg(9, 9, [segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), jpeg(1, 1)]))]),
    ],
  ])('may be a %s that is cut off anywhere', (_kind, bytes) => {
    const lengths = Array.from({ length: bytes.length - 1 }, (_, at) => at + 1);
    const taken = lengths.filter((length) => !isProblem(examine(bytes.subarray(0, length))));
    // Of a PNG the checksum of the end may be missing.
    expect(taken.filter((length) => length < bytes.length - 4)).toEqual([]);
    expect(problemOf(bytes.subarray(0, bytes.length - 5)).code).toBe('IMAGE_EMPTY');
  });

  it('may have no dimensions', () => {
    expect(problemOf(png(0, 10)).code).toBe('IMAGE_TYPE');
    expect(problemOf(gif(10, 0)).code).toBe('IMAGE_TYPE');
    const withoutFrame = jpeg(2, 2).toString('hex').replace('ffc0', 'ffe5');
    expect(problemOf(Buffer.from(withoutFrame, 'hex')).code).toBe('IMAGE_TYPE');
  });

  it.each([
    ['too wide', png(10_001, 1)],
    ['too high', webp(1, 10_001)],
    ['too much in all', jpeg(8_000, 7_000)],
    ['far too much', png(0x7fffffff, 0x7fffffff)],
  ])('may be %s', (_what, bytes) => {
    const problem = problemOf(bytes);
    expect(problem.code).toBe('IMAGE_TOO_LARGE');
    expect(problem.message).toContain('10000 a side and 50 million in all');
  });

  it('may have too many bytes', () => {
    const bytes = Buffer.concat([png(2, 2), Buffer.alloc(1024 * 1024)]);
    expect(isProblem(examine(bytes))).toBe(false);
    expect(problemOf(bytes, { ...imageLimits, bytes: 1024 * 1024 })).toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: 'The file has 1.1 MB, and 1 MB are taken.',
    });
  });

  it('costs little to find out, however hostile', () => {
    const size = imageLimits.bytes - 100;
    const fill = (bytes: Buffer, value: number): Buffer =>
      Buffer.concat([bytes, Buffer.alloc(size - bytes.length, value)]);
    const hostile = [
      fill(Buffer.from('ffd8ffe00002', 'hex'), 0xff),
      fill(Buffer.from('ffd8ffe0', 'hex'), 0),
      Buffer.concat([
        Buffer.from('ffd8', 'hex'),
        ...Array.from({ length: 150 }, () => segment(0xe1, Buffer.alloc(65_533))),
        segment(0xda, Buffer.alloc(2)),
        Buffer.from('ffd9', 'hex'),
      ]),
      fill(jpeg(2, 2).subarray(0, 30), 0),
      fill(Buffer.from('89504e470d0a1a0a', 'hex'), 0),
      fill(gif(2, 2).subarray(0, 19), 0x21),
      fill(Buffer.from('<'), 0x3c),
    ];
    // Were one of them quadratic, it would take longer than a test may.
    for (const bytes of hostile) expect(isProblem(examine(bytes))).toBe(true);
  });
});
