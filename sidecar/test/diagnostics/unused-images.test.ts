import { expect, it } from 'vitest';
import { unusedImages } from '../../src/diagnostics/unused-images.ts';
import type { WooRecord } from '../../src/mapping/model/record.ts';
import type { WalkPage, WooStore } from '../../src/ports/store.ts';

const name = (id: number) => `https://shop.example/tea-sf-${String(id).padStart(16, '0')}.png`;
const images = [1, 2, 3, 4, 5].map((id) => ({ id, src: name(id), bytes: id }));
// One that a person has called so.
const other = { id: 9, src: 'https://shop.example/tea-sf-holiday.png', bytes: 9 };

/** What each list shows, in and out of the trash. */
const shown: Readonly<Record<string, WooRecord>> = {
  'products ': { id: 1, images: [{ id: 1, src: name(1) }, { id: 77 }] },
  'variations ': { id: 2, image: { id: 2, src: name(2) } },
  'products trash': { id: 3, images: [{ id: 3 }] },
  'variations trash': { id: 4, image: null },
};

it('lists the images of ours that neither products nor variations show, be it in the trash', async () => {
  const asked: string[] = [];
  const walk: WooStore['walk'] = async function* (list, _from, params = {}) {
    asked.push(`${list} ${params['status'] ?? ''}`);
    const records = [shown[`${list} ${params['status'] ?? ''}`] ?? {}];
    yield await Promise.resolve({ records } as unknown as WalkPage);
  };
  const media = {
    all: async function* (text: string) {
      asked.push(text);
      yield* await Promise.resolve([...images, other]);
    },
  };
  const unused = await unusedImages({ walk }, media);
  expect(unused.map(({ id }) => id)).toEqual([4, 5]);
  // What comes between would be taken for unused, were it the other way round.
  expect(asked[0]).toBe('-sf-');
});
