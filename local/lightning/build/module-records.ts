import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComponentBundle } from '../metadata/project.ts';

/** As `@lwc/module-resolver` takes them. */
export type ModuleRecord = { dir: string } | { name: string; path: string };

const here = import.meta.dirname;

/** The host's own packages; a project that it shows need not have any. */
export const packages = join(here, '..', '..', '..', 'node_modules');
export const lockFile = join(packages, '..', 'package-lock.json');
export const baseComponents = join(packages, 'lightning-base-components');

/** Components of the shell (`host/*`) and the modules that Salesforce brings (`lightning/*`, `platform/*`). */
export const ownModules = {
  platform: join(here, '..', 'platform'),
  shell: join(here, '..', 'shell'),
};

function baseComponentRecords(folder: string): ModuleRecord[] {
  const { lwc } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    lwc: { modules: readonly ({ name: string; path: string } | { dir: string })[] };
  };
  return lwc.modules.flatMap((one) =>
    'name' in one ? [{ name: one.name, path: join(folder, one.path) }] : [],
  );
}

/**
 * Which file each module name means; the first match counts.
 * The project's bundles need a record each, as `dir` wants a folder of the namespace above them.
 */
export function moduleRecords(bundles: readonly ComponentBundle[]): ModuleRecord[] {
  return [
    ...bundles.map(({ name, file }) => ({ name: `c/${name}`, path: file })),
    { dir: ownModules.shell },
    // Before the base components: their lightning/navigation needs a module that only Salesforce has.
    { dir: ownModules.platform },
    ...baseComponentRecords(baseComponents),
    { dir: join(baseComponents, 'src') },
  ];
}
