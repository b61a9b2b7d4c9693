/** What a folder of the sources is to reach, and where the tests are that look at it. */
export interface Folder {
  /** Percent of the mutants that are not marked; null for one that is only measured. */
  readonly least: number | null;
  /** Below `sidecar/test`: those of the folder first, which take the least time. */
  readonly tests: readonly string[];
}

const SYNC = ['sync', 'diagnostics'];

/** By path below `sidecar/src`. A folder that is not here is measured with the tests of the same path. */
const FOLDERS: Readonly<Record<string, Folder>> = {
  mapping: { least: 90, tests: ['mapping', 'diagnostics'] },
  'mapping/conditions': { least: 90, tests: ['mapping/conditions', 'mapping', 'diagnostics'] },
  'sync/merge': { least: 90, tests: ['sync/merge', ...SYNC] },
  'sync/transform': { least: 85, tests: ['sync/transform', ...SYNC] },
  'sync/match': { least: 85, tests: ['sync/match', ...SYNC] },
  'sync/to-salesforce': { least: 85, tests: ['sync/to-salesforce', ...SYNC] },
  'sync/to-woo': { least: 85, tests: ['sync/to-woo', ...SYNC] },
  'sync/leads': { least: 85, tests: ['sync/leads', ...SYNC] },
  'sync/totals': { least: 85, tests: ['sync/totals', ...SYNC] },
};

const SOURCES = 'sidecar/src/';

/** @param path from the project's root, such as `sidecar/src/sync/merge` */
export function folderOf(path: string): Folder {
  const below = path.startsWith(SOURCES) ? path.slice(SOURCES.length) : '';
  const { least, tests } = FOLDERS[below] ?? { least: null, tests: below === '' ? [] : [below] };
  return { least, tests: tests.map((folder) => `sidecar/test/${folder}`) };
}
