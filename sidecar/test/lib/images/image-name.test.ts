import { describe, expect, it } from 'vitest';
import { hashOfName, imageMark, imageName } from '../../../src/lib/images/image-name.ts';

const hash = '0123456789abcdef'.repeat(4);
const piece = '0123456789abcdef';

describe('the name of an image', () => {
  it.each([
    ['Tea & Mug', 'tea-mug-sf-0123456789abcdef.png'],
    ['  Größe—Ärmel.JPG ', 'grosse-armel-jpg-sf-0123456789abcdef.png'],
    ['日本語Tシャツ', 't-sf-0123456789abcdef.png'],
    ['🎌', 'picture-sf-0123456789abcdef.png'],
    ['', 'picture-sf-0123456789abcdef.png'],
    ['../../etc/passwd"; x=', 'etc-passwd-x-sf-0123456789abcdef.png'],
  ])('of "%s" is plain ASCII', (title, name) => {
    expect(imageName(title, hash, 'png')).toBe(name);
  });

  it('has at most 100 characters, whatever the title', () => {
    for (const title of ['a'.repeat(5_000), 'Tea '.repeat(100), 'ﬃ'.repeat(400)]) {
      const name = imageName(title, hash, 'webp');
      expect(name.length).toBeLessThanOrEqual(100);
      expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*-0123456789abcdef\.webp$/);
      expect(name).toContain(imageMark);
    }
  });
});

describe('the piece of the hash', () => {
  it.each([
    imageName('Tea', hash, 'png'),
    imageName('fedcba9876543210-fedcba9876543210', hash, 'png'),
    `https://shop.example/wp-content/uploads/2026/11/tea-sf-${piece}.png`,
    `https://shop.example/uploads/tea-sf-${piece}.png?v=2&w=fedcba9876543210.png#top`,
    `tea-sf-${piece}-1.png`,
    `tea-sf-${piece}-12-scaled.jpg`,
    `tea-sf-${piece}-rotated.jpg`,
    `tea-sf-${piece}-300x300.png`,
    `tea-sf-${piece}-scaled-1-1024x683.jpg`,
    `tea-sf-${piece}-e1764000000000.jpg`,
    `tea-sf-${piece}-e1764000000000-150x150.jpg`,
    `tea-sf-${piece}.png.webp`,
    `TEA-SF-${piece.toUpperCase()}.PNG`,
  ])('is read from %s', (name) => {
    expect(hashOfName(name)).toBe(piece);
  });

  it.each([
    'tea.png',
    // A number of sixteen digits, as networks and cameras give them.
    'tea-1234567890123456.jpg',
    `tea-${piece}.png`,
    `tea-sf-${piece}`,
    `tea-sf${piece}.png`,
    `tea-sf-${piece}0.png`,
    `tea-${piece.slice(1)}.png`,
    `tea-sf-${piece}-front.png`,
    `https://shop.example/${piece}.png/tea.png`,
    `https://shop.example/?file=tea-sf-${piece}.png`,
    '',
  ])('is not read from %s', (name) => {
    expect(hashOfName(name)).toBeNull();
  });

  it('costs nothing to look for in hostile names', () => {
    const names = ['-1'.repeat(990), `-sf-${piece}`.repeat(95), 'a'.repeat(1_000_000)];
    // Were it quadratic, it would take longer than a test may.
    for (const name of names) expect(hashOfName(`${name}!`)).toBeNull();
  });
});
