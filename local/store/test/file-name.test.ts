import { describe, expect, it } from 'vitest';
import { checkedFile, cleanName, freeName } from '../media/file-name.ts';
import { imageHeader } from '../media/image-header.ts';
import { sampleImage } from './sample-image.ts';

describe('a file name', () => {
  it.each([
    ['weird name (1) & co.png', 'weird-name-1-co.png'],
    ['%E6%97%A5%E6%9C%AC.png', 'E697A5E69CAC.png'],
    ['.hidden..png', 'hidden.png'],
    ['Café.png', 'Cafe.png'],
    ['shell.php.png', 'shell.php_.png'],
    ['archive.zip.png', 'archive.zip.png'],
  ])('%s becomes %s', (given, clean) => {
    expect(cleanName(given)).toBe(clean);
  });

  it('gets a number where it is taken, or looks like a size of another image', () => {
    const taken = new Set(['a.png', 'a-1.png']);
    const isTaken = (name: string): boolean => taken.has(name);
    expect(freeName('a.png', isTaken)).toBe('a-2.png');
    expect(freeName('b.png', isTaken)).toBe('b.png');
    expect(freeName('b-300x225.png', isTaken)).toBe('b-300x225-1.png');
    expect(freeName('b-scaled.jpg', isTaken)).toBe('b-scaled-1.jpg');
  });

  it('keeps an extension that fits the content, in small letters, and loses one that does not', () => {
    const named = (name: string, content: string): string | undefined =>
      checkedFile(name, sampleImage(content))?.name;
    expect(named('a.JPEG', 'x.jpg')).toBe('a.jpeg');
    expect(named('a.png', 'x.gif')).toBe('a.gif');
    expect(named('a', 'x.png')).toBeUndefined();
    expect(named('a.txt', 'x.png')).toBeUndefined();
    expect(named('a.png', 'x.txt')).toBeUndefined();
  });
});

describe('an image', () => {
  it.each(['a.png', 'a.jpg', 'a.webp', 'a.gif'])('%s is measured by its bytes', (name) => {
    expect(imageHeader(sampleImage(name, 640, 48))).toMatchObject({ width: 640, height: 48 });
  });

  it.each([
    ['lossy', '52494646000000005745425056503820000000000000009d012a8002300000', 640, 48],
    ['lossless', '5249464600000000574542505650384c000000002f7fc20b0000000000000000', 640, 48],
  ])('WebP is measured when it is %s', (_form, hex, width, height) => {
    expect(imageHeader(Buffer.from(hex, 'hex'))).toMatchObject({ width, height });
  });

  it('that is cut short is none', () => {
    expect(imageHeader(sampleImage('a.jpg').subarray(0, 8))).toBeUndefined();
    expect(imageHeader(sampleImage('a.png').subarray(0, 12))).toBeUndefined();
  });
});
