import { createReadStream } from 'node:fs';
import type { ReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The bytes of stored images, on disk so that many large ones need no memory. They live as long as the store. */
export class MediaFiles {
  #folder: Promise<string> | undefined;

  async put(id: number, bytes: Buffer): Promise<void> {
    await writeFile(await this.#path(id), bytes);
  }

  async read(id: number): Promise<ReadStream> {
    return createReadStream(await this.#path(id));
  }

  async remove(id: number): Promise<void> {
    await rm(await this.#path(id), { force: true });
  }

  async close(): Promise<void> {
    if (this.#folder !== undefined) {
      await rm(await this.#folder, { recursive: true, force: true });
      this.#folder = undefined;
    }
  }

  async #path(id: number): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'local-store-media-'));
    return join(await this.#folder, String(id));
  }
}
