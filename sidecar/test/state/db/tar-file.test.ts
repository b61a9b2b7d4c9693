import { describe, expect, it } from 'vitest';
import { tarEntries, type TarEntry } from '../../../src/state/db/tar-file.ts';

interface Made {
  readonly path: string;
  readonly type?: string;
  readonly content?: string;
  readonly prefix?: string;
}

/** In chunks that end anywhere. */
async function* inChunks(tar: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < tar.length; at += 700)
    yield await Promise.resolve(tar.subarray(at, at + 700));
}

async function entriesIn(tar: Buffer): Promise<readonly TarEntry[]> {
  const found: TarEntry[] = [];
  for await (const entry of tarEntries(inChunks(tar))) found.push(entry);
  return found;
}

function tarOf(...entries: readonly Made[]): Buffer {
  const blocks = entries.flatMap(({ path, type = '0', content = '', prefix = '' }) => {
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write(type, 156);
    header.write(prefix, 345);
    const filled = Buffer.alloc(Math.ceil(content.length / 512) * 512);
    filled.write(content);
    return [header, filled];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

describe('a tar file', () => {
  it('holds folders and files, empty ones and those that fill blocks', async () => {
    const long = 'x'.repeat(512);
    const name = `/${'n'.repeat(99)}`;
    const tar = tarOf(
      { path: '/base', type: '5' },
      { path: '/base/empty' },
      { path: name, content: long },
      { path: '/last', content: 'end' },
    );
    const found = (await entriesIn(tar)).map(({ path, content }) => [path, content?.toString()]);
    expect(found).toEqual([
      ['/base', undefined],
      ['/base/empty', ''],
      [name, long],
      ['/last', 'end'],
    ]);
  });

  it.each([
    ['a link', { path: '/link', type: '2' }],
    ['a name in two parts', { path: '/name', prefix: '/far/away' }],
  ])('is refused with %s in it', async (_what, entry) => {
    await expect(entriesIn(tarOf(entry))).rejects.toThrow(/neither a plain file nor a folder/);
  });

  it('is refused where it was cut short', async () => {
    const tar = tarOf({ path: '/cut', content: 'x'.repeat(2000) }).subarray(0, 1000);
    await expect(entriesIn(tar)).rejects.toThrow('The tar file was cut short.');
  });
});
