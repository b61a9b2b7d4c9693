import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openState } from '../../src/state/state.ts';
import type { DurableState } from '../../src/state/state.ts';
import type { ImageStore } from '../../src/ports/images.ts';
import { MemoryImages } from '../support/memory-two-way-state.ts';
import { engines } from './support/engines.ts';

/** A book of images that is empty, and how it is closed. */
interface Opened {
  readonly book: ImageStore;
  readonly close: () => Promise<void>;
}

const places: readonly (readonly [name: string, open: () => Promise<Opened>])[] = [
  [
    'memory, as tests have it',
    () => Promise.resolve({ book: new MemoryImages(), close: () => Promise.resolve() }),
  ],
  ...engines.map(({ name, start }) => {
    const open = async (): Promise<Opened> => {
      const engine = await start();
      const state: DurableState = await openState(engine.location);
      const close = async () => {
        await state.close();
        await engine.stop();
      };
      return { book: state.images, close };
    };
    return [name, open] as const;
  }),
];

describe.each(places)('the book of images in %s', (_name, open) => {
  let book: ImageStore;
  let close: Opened['close'];

  beforeAll(async () => {
    ({ book, close } = await open());
  });

  afterAll(async () => {
    await close();
  });

  it('knows ids in the library by store and mark, the newest, until they are forgotten', async () => {
    await book.keepMedia(
      'main',
      new Map([
        ['aa', 1],
        ['bb', 2],
      ]),
    );
    await book.keepMedia('other', new Map([['aa', 9]]));
    await book.keepMedia('main', new Map([['bb', 3]]));
    expect(await book.media('main', ['aa', 'bb', 'cc'])).toEqual(
      new Map([
        ['aa', 1],
        ['bb', 3],
      ]),
    );
    await book.forgetMedia('main', [1, 9]);
    expect(await book.media('main', ['aa', 'bb'])).toEqual(new Map([['bb', 3]]));
    expect(await book.media('other', ['aa'])).toEqual(new Map([['aa', 9]]));
    expect(await book.media('main', [])).toEqual(new Map());
    await book.keepMedia('main', new Map());
    await book.forgetMedia('main', []);
  });

  it('knows the last version of a file, and one with given bytes', async () => {
    const file = { documentId: 'doc1', versionId: 'v1', hash: 'h1' };
    const newer = { ...file, versionId: 'v2', hash: 'h2' };
    await book.keepFiles([file, newer]);
    await book.keepFiles([]);
    expect(await book.files(['doc1', 'doc2'])).toEqual(new Map([['doc1', newer]]));
    expect(await book.fileOf('h2')).toEqual(newer);
    expect(await book.fileOf('h1')).toBeNull();
    expect(await book.files([])).toEqual(new Map());
  });

  it('knows which records use which files, as they were said last', async () => {
    const use = (key: string, ...documentIds: string[]) => ({ object: 'P', key, documentIds });
    await book.keepUses([use('main:1', 'u1', 'u2'), use('main:2', 'u2', 'u3', 'u2')]);
    await book.keepUses([use('main:1', 'u4'), use('main:3')]);
    expect(await book.usersOf(['u2', 'u3', 'u4'])).toEqual(['main:1', 'main:2']);
    expect(await book.usersOf(['u1'])).toEqual([]);
    await book.keepUses([use('main:2')]);
    expect(await book.usersOf(['u2', 'u3'])).toEqual([]);
    expect(await book.usersOf([])).toEqual([]);
  });

  it('walks the files that records use, with the version seen last', async () => {
    const ids = ['069a', '069B', '069c'];
    await book.keepUses([
      { object: 'P', key: 'main:1', documentIds: ids },
      { object: 'P', key: 'main:2', documentIds: ['069c'] },
    ]);
    await book.keepFiles([{ documentId: '069a', versionId: 'v1', hash: 'h' }]);
    // By their bytes, capitals first, wherever the database stands.
    expect(await book.used('', 2)).toEqual([
      { documentId: '069B', versionId: null },
      { documentId: '069a', versionId: 'v1' },
    ]);
    expect(await book.used('069a', 2)).toEqual([{ documentId: '069c', versionId: null }]);
  });
});
