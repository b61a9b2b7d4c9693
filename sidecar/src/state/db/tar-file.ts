/** Of a header, and what everything is filled up to. */
const BLOCK = 512;

/** A file of a tar file, or a folder, which has no content. */
export interface TarEntry {
  /** With a slash before it. */
  readonly path: string;
  readonly content: Buffer | null;
}

/**
 * What a tar file holds, in its order: files and folders, with names of up to 100 bytes. No more of it is in memory
 * than one of the files. @throws Error for anything else
 */
export async function* tarEntries(tar: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(tar);
  for (;;) {
    const header = await bytes.take(BLOCK);
    if (!header[0]) return;
    const [path, type] = [textIn(header, 0, 100), textIn(header, 156, 1)];
    const size = parseInt(textIn(header, 124, 12), 8);
    const isFolder = type === '5';
    if ((type !== '0' && !isFolder) || textIn(header, 345, 155) !== '')
      throw new Error(`${path} is neither a plain file nor a folder.`);
    const filled = await bytes.take(Math.ceil(size / BLOCK) * BLOCK);
    yield { path, content: isFolder ? null : filled.subarray(0, size) };
  }
}

function textIn(header: Buffer, from: number, length: number): string {
  const [text = ''] = header.toString('latin1', from, from + length).split('\0');
  return text;
}

/** Bytes that come in chunks, and are taken in others. */
class Bytes {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** @throws Error where there are not so many any more */
  async take(size: number): Promise<Buffer> {
    const parts = [this.#held];
    for (let there = this.#held.length; there < size;) {
      const next = await this.#chunks.next();
      if (next.done === true) throw new Error('The tar file was cut short.');
      parts.push(next.value);
      there += next.value.length;
    }
    const whole = parts.length === 1 ? this.#held : Buffer.concat(parts);
    this.#held = whole.subarray(size);
    return whole.subarray(0, size);
  }
}
