import { createReadStream } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createZstdDecompress } from 'node:zlib';
import { tarEntries } from './tar-file.ts';

/**
 * A data directory as `initdb` makes it, a tar file. PGlite's own `initdb` takes 1 GB of memory, and 100 MB where it
 * unpacks the file itself.
 */
const TEMPLATE = join(import.meta.dirname, 'data-directory.tar.zst');

/**
 * Makes the data directory of the embedded PostgreSQL ready to be opened; nobody else may be in it. It holds
 * customers' data, so no other user gets into it.
 * @throws Error of the file system or of PGlite
 */
export async function prepareDataDirectory(path: string): Promise<void> {
  if ((await entriesOf(path)).length === 0) await make(path);
  await chmod(path, 0o700);
  // Left over by a process that was killed, and where that happened while PostgreSQL wrote it, it is empty: then
  // PostgreSQL does not start. Nobody else can be in there.
  await rm(join(path, 'postmaster.pid'), { force: true });
}

/** Beside its place first, so that one that was cut short is never taken for the state. */
async function make(path: string): Promise<void> {
  const unfinished = `${path}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const tar = createReadStream(TEMPLATE).pipe(createZstdDecompress());
  for await (const { path: name, content } of tarEntries(tar)) {
    const place = join(unfinished, name);
    if (content === null) await mkdir(place, { mode: 0o700 });
    else await writeFile(place, content, { mode: 0o600 });
  }
  await rename(unfinished, path);
}

/**
 * Takes the rights of others away from what is in an open data directory, wherever it is moved: PGlite fills a new one
 * with files that everybody may read and write, and a start writes some anew.
 */
export async function closeToOthers(path: string): Promise<void> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  await Promise.all(
    entries.map((entry) =>
      chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600),
    ),
  );
}

async function entriesOf(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
