import { strFromU8, unzipSync, type UnzipFileInfo } from 'fflate';
import type { Problem } from '../xml/read-typed.ts';
import { encodingProblem } from './encoding.ts';

/** Limits of a real org's deploy: 39 MB zipped, 400 MB unzipped, 10,000 files. */
export const zipLimits = { zipped: 39 * 1024 ** 2, unzipped: 400 * 1024 ** 2, files: 10_000 };

/** The zip cannot be deployed; `message` says why. */
export class ZipError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ZipError';
  }
}

/** The files of a deploy by their path in the package, folders left out. */
export interface PackageFiles {
  /** What stands before each path in the zip: empty, or a folder with its slash. */
  readonly root: string;
  readonly paths: readonly string[];
  /** @throws ZipError when there is no such file */
  text(path: string): string;
  /** Why the file is no text that the org could read. @throws ZipError when there is no such file */
  encodingProblem(path: string): Problem | undefined;
}

function refuseUnsafe(path: string): void {
  const steps = path.split('/');
  if (path.startsWith('/') || path.includes('\\') || path.includes(':') || steps.includes('..')) {
    throw new ZipError(`The zip holds the path "${path}", which leads out of the package.`);
  }
}

/** Checks each entry by what the zip says about it, before anything is unpacked. */
function guard(): (entry: UnzipFileInfo) => boolean {
  let files = 0;
  let bytes = 0;
  return (entry) => {
    refuseUnsafe(entry.name);
    if (entry.name.endsWith('/')) return false;
    files += 1;
    bytes += entry.originalSize;
    if (files > zipLimits.files) {
      throw new ZipError(`The zip holds more than ${zipLimits.files} files; deploy it in parts.`);
    }
    if (bytes > zipLimits.unzipped) {
      throw new ZipError('The zip holds more than 400 MB unzipped; deploy it in parts.');
    }
    return true;
  };
}

function unpack(zip: Uint8Array): Record<string, Uint8Array> {
  if (zip.length > zipLimits.zipped) {
    throw new ZipError(`The zip has ${zip.length} bytes; a deploy takes ${zipLimits.zipped}.`);
  }
  try {
    return unzipSync(zip, { filter: guard() });
  } catch (error) {
    if (error instanceof ZipError || !(error instanceof Error)) throw error;
    throw new ZipError(`The file is no zip that can be read: ${error.message}`);
  }
}

function rootOf(paths: readonly string[], singlePackage: boolean): string {
  if (singlePackage) return '';
  const roots = paths
    .filter((path) => /^[^/]+\/package\.xml$/.test(path))
    .map((path) => path.slice(0, -'package.xml'.length));
  if (roots.length > 1) {
    throw new ZipError(
      `The zip holds ${roots.length} packages (${roots.join(', ')}); the local org deploys one at a time.`,
    );
  }
  return roots[0] ?? '';
}

/**
 * Unpacks a deploy in memory.
 * @param singlePackage false: the package lies in a folder of the zip, as `--metadata-dir` sends it
 * @throws ZipError beyond the limits, on a path that leads out of the package, on a broken zip
 */
export function readPackage(zip: Uint8Array, singlePackage: boolean): PackageFiles {
  const entries = unpack(zip);
  const root = rootOf(Object.keys(entries), singlePackage);
  const paths = Object.keys(entries)
    .filter((path) => path.startsWith(root))
    .map((path) => path.slice(root.length));
  const bytesOf = (path: string): Uint8Array => {
    const bytes = entries[root + path];
    if (!bytes) throw new ZipError(`The zip holds no ${root}${path}.`);
    return bytes;
  };
  return {
    root,
    paths,
    text: (path) => strFromU8(bytesOf(path)),
    encodingProblem: (path) => encodingProblem(bytesOf(path)),
  };
}
