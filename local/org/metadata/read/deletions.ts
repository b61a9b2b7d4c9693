import { notEmulated, type Failure } from './components.ts';
import { isSupported, type SupportedType } from './kinds.ts';
import { readManifest } from './manifest.ts';
import type { PackageFiles } from './zip.ts';

/** A component that a deploy is to delete, and where it says so. */
export interface Deletion {
  readonly type: SupportedType;
  readonly fullName: string;
  /** Path in the zip. */
  readonly fileName: string;
  readonly line: number;
  readonly column: number;
}

/** What is deleted before and after the rest of a deploy. */
export interface Deletions {
  readonly before: readonly Deletion[];
  readonly after: readonly Deletion[];
  readonly failures: readonly Failure[];
}

const file = /^destructiveChanges(Pre|Post)?\.xml$/;

export const isDeletionList = (path: string): boolean => file.test(path);

function readList(path: string, files: PackageFiles): [Deletion[], Failure[]] {
  const fileName = files.root + path;
  const manifest = readManifest(files.text(path), false);
  if ('problems' in manifest) {
    return [[], manifest.problems.map((one) => ({ ...one, type: '', fullName: path, fileName }))];
  }
  const named = manifest.listed.map(({ type, member, place: { line, column } }) => ({
    type,
    fullName: member,
    fileName,
    line,
    column,
  }));
  const deletions = named.filter((one): one is Deletion => isSupported(one.type));
  const strangers = named.filter((one) => !isSupported(one.type));
  return [deletions, strangers.map((one) => ({ ...one, message: notEmulated(one.type) }))];
}

/** Reads the lists of components to delete that a package brings beside package.xml. */
export function readDeletions(files: PackageFiles): Deletions {
  const lists = files.paths
    .filter(isDeletionList)
    .map((path) => ({ isAfter: path.includes('Post'), read: readList(path, files) }));
  const named = (after: boolean) =>
    lists.filter(({ isAfter }) => isAfter === after).flatMap(({ read }) => read[0]);
  return {
    before: named(false),
    after: named(true),
    failures: lists.flatMap(({ read }) => read[1]),
  };
}
