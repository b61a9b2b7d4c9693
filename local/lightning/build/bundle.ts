import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compile, type BuildOptions } from './compile.ts';
import { lockFile, ownModules } from './module-records.ts';
import { componentBundles, filesEnding } from '../metadata/project.ts';
import { hashOf } from './sources-hash.ts';

export interface Bundle {
  /** Of all sources; part of the scripts' addresses. */
  readonly hash: string;
  /** Holds `main.js`. */
  readonly folder: string;
}

export const bundleFolder = (cacheFolder: string, hash: string): string =>
  join(cacheFolder, `bundle-${hash}`);

const keptBundles = 4;

/** Another host may have built the same meanwhile. */
function moveInto(draft: string, folder: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true });
  }
}

function forgetOldBundles(cacheFolder: string): void {
  const bundles = readdirSync(cacheFolder)
    .filter((name) => name.startsWith('bundle-'))
    .map((name) => join(cacheFolder, name));
  const byAge = bundles.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const folder of byAge.slice(keptBundles)) rmSync(folder, { recursive: true, force: true });
}

/** What a bundle is made of. */
function sourcesHash({ project, components }: BuildOptions): string {
  const paths = [
    join(import.meta.dirname),
    ownModules.shell,
    ownModules.platform,
    lockFile,
    ...componentBundles(project).map(({ folder }) => folder),
    ...filesEnding(project, '.labels-meta.xml'),
    ...filesEnding(project, '.field-meta.xml'),
    ...filesEnding(project, '.cls'),
    ...filesEnding(project, '.tab-meta.xml'),
  ];
  return hashOf(paths, components ?? null);
}

/**
 * The page's scripts; built only when a source has changed since a build that is still kept.
 * @throws Error that names the file for an import, label, icon or template that is wrong
 */
export async function buildBundle(options: BuildOptions): Promise<Bundle> {
  const hash = sourcesHash(options);
  const folder = bundleFolder(options.cacheFolder, hash);
  if (existsSync(folder)) return { hash, folder };
  const started = performance.now();
  options.report?.('Building the Lightning components …');
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  const modules = await compile(options, draft);
  moveInto(draft, folder);
  forgetOldBundles(options.cacheFolder);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  options.report?.(`Built ${modules} modules in ${seconds} s.`);
  return { hash, folder };
}
