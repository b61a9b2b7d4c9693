import { describe, expect, it } from 'vitest';

import { arranged, shownImages, type ShownImage } from '../../../src/sync/images/product-images.ts';

const ours = (id: number): ShownImage => ({ id, mark: String(id).padStart(16, '0') });
const byHand = (id: number): ShownImage => ({ id, mark: null });
const there = (id: number) => ({ hash: `hash ${id}`, id });
const fresh = (hash: string) => ({ hash, id: null });

const names = (...given: Parameters<typeof arranged>) =>
  arranged(...given).map(({ hash, id }) => id ?? hash);

describe('the images that a product is to show', () => {
  it.each([
    [
      'featured first, the gallery behind it in order',
      there(1),
      [there(3), fresh('x')],
      [],
      true,
      [1, 3, 'x'],
    ],
    [
      'those by hand behind ours',
      there(1),
      [there(2)],
      [byHand(8), ours(3), byHand(9)],
      true,
      [1, 2, 8, 9],
    ],
    [
      'none by hand where the mapping replaces them',
      there(1),
      [there(2)],
      [byHand(8), ours(3)],
      false,
      [1, 2],
    ],
    [
      'the one by hand stays featured where Salesforce names none',
      null,
      [there(2)],
      [byHand(8), byHand(9)],
      true,
      [8, 2, 9],
    ],
    [
      'the first of the gallery where there is no other',
      null,
      [there(2), there(3)],
      [ours(1)],
      true,
      [2, 3],
    ],
    ['none where Salesforce wants none', null, [], [ours(1), ours(2)], true, []],
    [
      'none by hand either where the mapping replaces them',
      null,
      [],
      [ours(1), byHand(8)],
      false,
      [],
    ],
    [
      'each once, though two files have the same bytes',
      fresh('x'),
      [fresh('x'), there(2), there(2)],
      [byHand(2)],
      true,
      ['x', 2],
    ],
    [
      "the shop's featured one where no field is mapped to it",
      undefined,
      [there(2)],
      [byHand(8), ours(3), byHand(9)],
      false,
      [8, 2],
    ],
    [
      'and those by hand kept',
      undefined,
      [there(2)],
      [ours(7), ours(3), byHand(9)],
      true,
      [7, 2, 9],
    ],
    [
      "the shop's gallery where no field is mapped to it",
      there(1),
      undefined,
      [ours(7), ours(3), byHand(9)],
      false,
      [1, 3, 9],
    ],
    [
      'and its featured one by hand kept',
      there(1),
      undefined,
      [byHand(7), ours(3)],
      true,
      [1, 7, 3],
    ],
    [
      'all as it is where no field is mapped',
      undefined,
      undefined,
      [byHand(7), ours(3)],
      false,
      [7, 3],
    ],
  ] as const)('are %s', (_what, featured, gallery, shown, keeps, list) => {
    expect(names({ featured, gallery }, shown, keeps)).toEqual(list);
  });
});

describe('the images that a record of the shop shows', () => {
  const src = 'https://shop.example/uploads/tea-sf-0123456789abcdef-1.png';
  it.each([
    [
      'a product',
      {
        images: [
          { id: 4, src },
          { id: 5, src: 'https://shop.example/tea.png' },
        ],
      },
      [4, 5],
    ],
    ['a variation', { image: { id: 4, src } }, [4]],
    ['a variation without one', { image: null }, []],
    ['a product whose image has no id', { images: [{ src }] }, []],
    ['what was read without them', {}, []],
  ])('of %s', (_what, record, ids) => {
    const shown = shownImages(record);
    expect(shown.map(({ id }) => id)).toEqual(ids);
    if (ids[0] === 4) expect(shown[0]?.mark).toBe('0123456789abcdef');
    if (ids.length > 1) expect(shown[1]?.mark).toBeNull();
  });
});
