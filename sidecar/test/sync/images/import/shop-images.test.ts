import { describe, expect, it } from 'vitest';

import type { OutgoingField } from '../../../../src/mapping/model/mapping.ts';
import { placesFor, shopImages, textsOf } from '../../../../src/sync/images/import/shop-images.ts';

const src = 'https://shop.example/uploads/a-b.final.png?v=1';

function fields(
  ...given: readonly (readonly [kind: OutgoingField['kind'], length: number])[]
): readonly OutgoingField[] {
  return given.map(([kind, length]) => ({ kind, length, field: kind }) as unknown as OutgoingField);
}

describe('an image of the shop', () => {
  it.each([
    [{ name: 'Mug &#038; tea', alt: 'A mug' }, 'Mug & tea'],
    [{ name: ' ', alt: 'A mug' }, 'A mug'],
    [{ name: '', alt: '', src }, 'a-b.final'],
    [{ name: null, src: '' }, 'Image 7'],
    [{ name: 'x'.repeat(300) }, 'x'.repeat(255)],
  ])('%j is called %s', (image, title) => {
    expect(shopImages({ images: [{ id: 7, ...image }] })).toMatchObject([{ id: 7, title }]);
  });

  it('that is shown twice is one', () => {
    const images = [{ id: 2, src }, { id: 1, src }, { id: 2, src }, { src }];
    expect(shopImages({ images }).map(({ id }) => id)).toEqual([2, 1]);
  });
});

describe('the places of images', () => {
  const images = shopImages({ images: [1, 2, 3, 4].map((id) => ({ id, src })) });
  const ids = (list: readonly { readonly id: number }[]) => list.map(({ id }) => id);

  it.each([
    [56, [2, 3, 4], []],
    [55, [2, 3], [4]],
    [17, [], [2, 3, 4]],
  ])('in a field of %i characters are %j', (length, gallery, leftOut) => {
    const both = fields(['featured_image', 255], ['gallery_images', length]);
    const places = placesFor(images, both, true);
    expect([ids(places.featured), ids(places.gallery), ids(places.leftOut)]).toEqual([
      [1],
      gallery,
      leftOut,
    ]);
  });

  it('are in the gallery for all where no field takes the featured one', () => {
    const places = placesFor(images, fields(['gallery_images', 255]), false);
    expect([ids(places.featured), ids(places.gallery)]).toEqual([[], [1, 2, 3, 4]]);
  });

  it('make texts without doubles, and none of what there is no file of', () => {
    const both = fields(['featured_image', 255], ['gallery_images', 255]);
    const places = placesFor(images, both, true);
    const documents = new Map(
      Object.entries({ 1: 'a', 2: 'b', 3: 'a' }).map(([id, one]) => [Number(id), one]),
    );
    expect(textsOf(places, both, documents)).toEqual({ featured_image: 'a', gallery_images: 'b' });
    expect(textsOf(places, both, new Map())).toEqual({
      featured_image: null,
      gallery_images: null,
    });
  });
});
