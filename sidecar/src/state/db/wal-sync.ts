import { readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { GroupCommit } from './group-commit.ts';

/** PGlite never forces its log onto the disk. This does, once for all who wait together. */
export class WalSync {
  readonly #directory: string;
  /** Those written last stay open. */
  readonly #files = new Map<string, Promise<FileHandle>>();
  /** A run under way may have passed our bytes already: whoever comes then shares the next. */
  readonly #flushes = new GroupCommit<never>(() => this.#flush());

  /** @param directory the folder of the log */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Resolves when everything written before the call is on the disk. */
  sync(): Promise<void> {
    return this.#flushes.add([]);
  }

  /** To be called when nothing is written any more. */
  async close(): Promise<void> {
    await this.#flushes.idle();
    await this.#close(() => true);
  }

  async #flush(): Promise<void> {
    // A transaction may have crossed into a new segment: the two written last hold it.
    const newest = this.#segments().slice(0, 2);
    await Promise.all(newest.map(async (path) => (await this.#file(path)).datasync()));
    await this.#close((path) => !newest.includes(path));
  }

  /**
   * The log's files, the one written last first. By time: names of files kept for reuse lie ahead. Looked up without
   * a pause: a webhook that waits would wait for all that comes in between.
   */
  #segments(): readonly string[] {
    return readdirSync(this.#directory)
      .filter((name) => /^[0-9A-F]{24}$/.test(name))
      .map((name) => join(this.#directory, name))
      .map((path) => ({ path, written: statSync(path).mtimeMs }))
      .sort((a, b) => b.written - a.written)
      .map(({ path }) => path);
  }

  #file(path: string): Promise<FileHandle> {
    const known = this.#files.get(path);
    if (known) return known;
    const opening = open(path, 'r+');
    this.#files.set(path, opening);
    opening.catch(() => this.#files.delete(path));
    return opening;
  }

  async #close(which: (path: string) => boolean): Promise<void> {
    for (const [path, file] of this.#files) {
      if (!which(path)) continue;
      this.#files.delete(path);
      await (await file).close();
    }
  }
}
