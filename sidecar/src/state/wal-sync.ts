import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** PGlite never forces its log onto the disk. This does, once for all who wait together. */
export class WalSync {
  readonly #directory: string;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Resolves when everything written before the call is on the disk. */
  sync(): Promise<void> {
    // A run under way may have passed our bytes already: join the one that has not begun.
    this.#next ??= this.#after(this.#running);
    return this.#next;
  }

  async #after(previous: Promise<void>): Promise<void> {
    await Promise.allSettled([previous]);
    this.#running = this.#next ?? Promise.resolve();
    this.#next = null;
    await this.#flush();
  }

  async #flush(): Promise<void> {
    // A transaction may have crossed into a new segment: the two written last hold it.
    for (const path of (await this.#segments()).slice(0, 2)) {
      const file = await open(path, 'r+');
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
    }
  }

  /** The log's files, the one written last first. By time: names of files kept for reuse lie ahead. */
  async #segments(): Promise<readonly string[]> {
    const names = (await readdir(this.#directory)).filter((name) => /^[0-9A-F]{24}$/.test(name));
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#directory, name);
        return { path, written: (await stat(path)).mtimeMs };
      }),
    );
    return files.sort((a, b) => b.written - a.written).map(({ path }) => path);
  }
}
