/**
 * Makes the data directory that the embedded PostgreSQL of a new state starts with. Run it when PGlite comes with
 * another PostgreSQL version: `npm run data-directory`.
 */
import { writeFileSync } from 'node:fs';
import { constants, zstdCompressSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';

const FILE = new URL('../sidecar/src/state/db/data-directory.tar.zst', import.meta.url);

const lite = await PGlite.create();
await lite.exec('checkpoint');
const tar = await (await lite.dumpDataDir('none')).arrayBuffer();
await lite.close();
// Three databases that are nearly the same lie 10 MB apart: the window must hold two of them.
const params = {
  [constants.ZSTD_c_compressionLevel]: 19,
  [constants.ZSTD_c_windowLog]: 25,
  [constants.ZSTD_c_enableLongDistanceMatching]: 1,
};
writeFileSync(FILE, zstdCompressSync(new Uint8Array(tar), { params }));
