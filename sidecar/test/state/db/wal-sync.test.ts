import { mkdtemp, open, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WalSync } from '../../../src/state/db/wal-sync.ts';

let folder: string;
let handle: FileHandle;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'woo-wal-'));
  handle = await open(join(folder, 'archive_status'), 'w');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await handle.close();
  await rm(folder, { recursive: true });
});

/** Spies on every datasync and notes the size of the file that it was for, by which the test knows it. */
function syncedSizes(): number[] {
  const sizes: number[] = [];
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  vi.spyOn(prototype, 'datasync').mockImplementation(async function (this: FileHandle) {
    sizes.push((await this.stat()).size);
  });
  return sizes;
}

async function segment(number: number, size: number, written: number): Promise<void> {
  const path = join(folder, number.toString(16).toUpperCase().padStart(24, '0'));
  await writeFile(path, 'x'.repeat(size));
  await utimes(path, written, written);
}

describe('the log of the embedded database', () => {
  it('is forced onto the disk where it was written last, whatever the names say', async () => {
    await segment(1, 1, 1000);
    await segment(2, 2, 3000);
    await segment(3, 3, 4000);
    await segment(9, 9, 2000);
    const sizes = syncedSizes();
    const wal = new WalSync(folder);
    await wal.sync();
    expect(sizes.sort()).toEqual([2, 3]);
    await wal.close();
  });

  it('is forced once for all who wait together, and again for who comes later', async () => {
    await segment(1, 1, 1000);
    const sizes = syncedSizes();
    const wal = new WalSync(folder);
    const first = [wal.sync(), wal.sync(), wal.sync()];
    await Promise.all(first);
    expect(sizes).toHaveLength(1);
    await Promise.all([wal.sync(), wal.sync()]);
    expect(sizes).toHaveLength(2);
    await wal.close();
  });

  it('follows the log into new segments, and lets go of those behind', async () => {
    const opened = async () => (await readdir('/dev/fd')).length;
    const before = await opened();
    const wal = new WalSync(folder);
    const sizes = syncedSizes();
    for (const number of [1, 2, 3, 4, 5]) {
      await segment(number, number, number * 1000);
      await wal.sync();
    }
    expect(sizes.slice(-2).sort()).toEqual([4, 5]);
    expect(await opened()).toBe(before + 2);
    await wal.close();
    expect(await opened()).toBe(before);
  });

  it('tells everybody who waited when it fails, and works again after that', async () => {
    const wal = new WalSync(join(folder, 'none'));
    const results = await Promise.allSettled([wal.sync(), wal.sync()]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(wal.sync()).rejects.toThrow('ENOENT');
  });
});
