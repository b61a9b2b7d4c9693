import { describe, expect, it } from 'vitest';
import { DerivedSecrets } from '../../../src/config/derived-secrets.ts';
import { fileName, ImageLinks } from '../../../src/lib/images/signed-links.ts';
import type { LinkParts } from '../../../src/lib/images/signed-links.ts';
import { Secret } from '../../../src/lib/secret.ts';

const first = new Secret('1'.repeat(32));
const second = new Secret('2'.repeat(32));
const linksOf = (current: Secret, old: Secret | null = null): ImageLinks =>
  new ImageLinks('https://sync.example.com', new DerivedSecrets(current, old).imageLinks());

const links = linksOf(first);
const expires = new Date('2026-03-01T10:00:00Z');
const before = new Date('2026-03-01T09:59:59Z');
const image = { hash: 'a'.repeat(64), name: 'mug', extension: 'png', expires } as const;

function partsOf(url: string): LinkParts {
  const [, , hash = '', seconds = '', signature = '', file = ''] = new URL(url).pathname.split('/');
  return { hash, expires: seconds, signature, file };
}

describe('a link to an image', () => {
  it('ends in a real extension, and has no query', () => {
    expect(links.url(image)).toMatch(
      /^https:\/\/sync\.example\.com\/images\/a{64}\/1772359200\/[0-9a-f]{64}\/mug\.png$/,
    );
  });

  it('holds until it expires', () => {
    const parts = partsOf(links.url(image));
    expect(links.check(parts, before)).toBe('valid');
    expect(links.check(parts, expires)).toBe('expired');
  });

  it.each<Partial<LinkParts>>([
    { hash: 'b'.repeat(64) },
    { expires: '1772359201' },
    { expires: '01772359200' },
    { file: 'mug.jpg' },
    { signature: '' },
    { signature: 'A'.repeat(64) },
  ])('is forged with %o', (over) => {
    expect(links.check({ ...partsOf(links.url(image)), ...over }, before)).toBe('forged');
  });

  it.each(['Infinity', '1e12', '-1', ''])(
    'is forged where it is to end at %j, signed or not',
    (end) => {
      const parts = { ...partsOf(links.url(image)), expires: end };
      const signer = new DerivedSecrets(first, null).imageLinks();
      const signature = signer.sign([parts.hash, end, parts.file].join('/'));
      expect(links.check({ ...parts, signature }, before)).toBe('forged');
    },
  );

  it('survives one change of SIDECAR_SECRET, and not two', () => {
    const parts = partsOf(links.url(image));
    expect(linksOf(second, first).check(parts, before)).toBe('valid');
    expect(linksOf(second).check(parts, before)).toBe('forged');
    expect(linksOf(second, first).url(image)).toBe(linksOf(second).url(image));
  });

  it.each(['', 'a', '../../x', 'A'.repeat(64), 'a'.repeat(101)])('has no hash %j', (hash) => {
    expect(() => links.url({ ...image, hash })).toThrow(RangeError);
  });

  it.each(['', 'svg', 'PNG', 'png?x'])('has no extension %j', (extension) => {
    expect(() => links.url({ ...image, extension })).toThrow(RangeError);
  });
});

it.each([
  ['Tea & mug', 'Tea-mug'],
  ['Thé_à-la_menthe', 'The_a-la_menthe'],
  ['чай', 'image'],
  ['чай 3f9a', '3f9a'],
  ['../etc/passwd', 'etc-passwd'],
  ['a.php', 'a-php'],
  [`${'x'.repeat(200)}-3f9a`, `${'x'.repeat(75)}-3f9a`],
])('the file of %j is called %s', (name, file) => {
  expect(fileName(name)).toBe(file);
});
