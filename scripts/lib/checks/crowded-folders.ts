import { dirname } from 'node:path';

/** More than a person sees at a glance. */
const MOST_FILES = 25;

/** Source files by folder; those of tests, and of Lightning components, have shapes of their own. */
function sourceFilesByFolder(files: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of files) {
    if (!/\.(ts|js)$/.test(file) || /(^|\/)(test|__tests__|lwc)\/|\.test\.ts$/.test(file)) continue;
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  }
  return counts;
}

/** A sentence for each folder that has more source files than it may. */
export function crowdedFolders(files: readonly string[]): readonly string[] {
  return [...sourceFilesByFolder(files)]
    .filter(([, count]) => count > MOST_FILES)
    .map(
      ([folder, count]) =>
        `${folder} has ${count} source files, and ${MOST_FILES} are the most: move those of one matter into a folder of their own in it.`,
    );
}
