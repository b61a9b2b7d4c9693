import { describe, expect, it } from 'vitest';

import { openState } from '../../src/state/state.ts';
import type { ImageStore } from '../../src/ports/images.ts';
import { MemoryImages } from '../support/memory-two-way-state.ts';
import { engines } from './support/engines.ts';

type Work = (book: ImageStore) => Promise<void>;

const places: readonly (readonly [name: string, within: (work: Work) => Promise<void>])[] = [
  ['memory, as tests have it', (work) => work(new MemoryImages())],
  ...engines.map(({ name, start }) => {
    const within = async (work: Work) => {
      const engine = await start();
      const state = await openState(engine.location);
      await work(state.images);
      await state.close();
      await engine.stop();
    };
    return [name, within] as const;
  }),
];

const file = (documentId: string, hash: string) => ({ documentId, versionId: `v${hash}`, hash });

describe.each(places)('the book of images in %s', (_name, within) => {
  it('knows the files that images of a store are of', async () => {
    const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
    await within(async (book) => {
      await book.keepFiles([file('1', a), file('2', b), file('3', a)]);
      const marks = new Map([a, b].map((hash, at) => [hash.slice(0, 16), 10 + at]));
      await book.keepMedia('main', marks);
      await book.keepMedia('other', new Map([[a.slice(0, 16), 11]]));
      const found = await book.filesOfMedia('main', [10, 12]);
      expect([...found]).toEqual([[10, [file('1', a), file('3', a)]]]);
      expect(await book.filesOfMedia('main', [])).toEqual(new Map());
      await book.keepMedia('main', new Map([[b.slice(0, 16), 10]]));
      expect((await book.filesOfMedia('main', [10])).get(10)).toHaveLength(3);
    });
  });
});
