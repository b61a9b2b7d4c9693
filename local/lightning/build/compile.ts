import { statSync } from 'node:fs';
import { join } from 'node:path';
import lwcCompiler from '@lwc/rollup-plugin';
import { rollup, type Plugin, type RollupLog } from 'rollup';
import { standardIcons } from '../metadata/standard-objects.ts';
import { readTabs } from '../metadata/tabs.ts';
import { cached } from './compile-cache.ts';
import { iconSets, usedIcons } from './icons.ts';
import { readLabels } from './labels.ts';
import { baseComponents, moduleRecords, ownModules, packages } from './module-records.ts';
import {
  componentBundles,
  fileOf,
  type ComponentBundle,
  type Project,
} from '../metadata/project.ts';
import { salesforceModules } from './salesforce-modules.ts';

export interface BuildOptions {
  readonly project: Project;
  /** Where compiled files and bundles are kept. */
  readonly cacheFolder: string;
  /** Builds only these components and what they import; all when left out. */
  readonly components?: readonly string[];
  /** Is told, in a line, what is being built and how long it took. */
  readonly report?: (line: string) => void;
}

/** The shell's base components alone are more: fewer means that templates were not compiled. */
const fewestModules = 100;

function chosen(options: BuildOptions): ComponentBundle[] {
  const bundles = componentBundles(options.project).filter(({ hasTemplate }) => hasTemplate);
  const { components } = options;
  if (!components) return bundles;
  const unknown = components.find((name) => !bundles.some((one) => one.name === name));
  if (unknown !== undefined) {
    const known = bundles.map(({ name }) => name).join(', ') || 'none';
    throw new Error(`There is no component ${unknown} with a template; the project has: ${known}.`);
  }
  return bundles.filter(({ name }) => components.includes(name));
}

/** `host/components`: the project's components by name, for pages that name them in metadata. */
function componentRegistry(bundles: readonly ComponentBundle[]): Plugin {
  const id = 'host/components';
  return {
    name: 'component-registry',
    resolveId: (asked) => (asked === id ? `\0${id}` : null),
    load(asked) {
      if (asked !== `\0${id}`) return null;
      const imports = bundles.map(({ name }) => `import ${name} from 'c/${name}';`);
      const members = bundles.map(({ name }) => name).join(', ');
      return `${imports.join('\n')}\nexport const components = { ${members} };`;
    },
  };
}

/** Notes on the base components' own templates, which the build cannot change. */
const isNoise = ({ code, loc, message }: RollupLog): boolean =>
  code === 'CIRCULAR_DEPENDENCY' ||
  `${loc?.file ?? ''} ${message}`.includes('lightning-base-components');

function failOn(log: RollupLog, report: (line: string) => void): void {
  if (log.code === 'UNRESOLVED_IMPORT') {
    throw new Error(
      `${fileOf(log.id)} imports ${log.exporter ?? ''}, which is no module of the project, of Salesforce's base components or of the host.`,
    );
  }
  if (!isNoise(log)) report(`warning: ${log.message}`);
}

/** What Salesforce's own build sets; undefined in a browser otherwise. */
const buildConstants: Plugin = {
  name: 'build-constants',
  transform: (code) =>
    code
      .replaceAll('import.meta.env.SSR', 'false')
      .replaceAll('process.env.NODE_ENV', JSON.stringify('production')),
};

/** Icons that pages name in metadata. */
const shownIcons = (project: Project): string[] => [
  ...Object.values(standardIcons),
  ...Object.values(readTabs(project).icons),
];

function pluginsOf(options: BuildOptions): Plugin[] {
  const { project, cacheFolder } = options;
  const bundles = componentBundles(project);
  const ownFolders = [
    ownModules.shell,
    ownModules.platform,
    ...bundles.map(({ folder }) => folder),
  ];
  const compiler = lwcCompiler({
    rootDir: project.root,
    modules: moduleRecords(bundles),
    enableDynamicComponents: true,
    exclude: [/^\0/],
  });
  const versions = ['lwc', 'lightning-base-components'].map(
    (name) => statSync(join(packages, name, 'package.json')).mtimeMs,
  );
  return [
    salesforceModules(project, readLabels(project)),
    componentRegistry(chosen(options)),
    iconSets(baseComponents, [
      ...new Set([...usedIcons(baseComponents, ownFolders), ...shownIcons(project)]),
    ]),
    buildConstants,
    cached(compiler, join(cacheFolder, 'modules'), versions.join()),
  ];
}

/**
 * Writes the page's scripts as one file, `main.js`, into a folder.
 * @returns how many modules it is made of
 * @throws Error that names the file for an import, label, icon or template that is wrong
 */
export async function compile(options: BuildOptions, folder: string): Promise<number> {
  const report = options.report ?? (() => undefined);
  const bundle = await rollup({
    input: { main: join(ownModules.shell, 'main.js') },
    plugins: pluginsOf(options),
    // Shaking takes longer than the page needs for the rest.
    treeshake: false,
    onwarn: (log) => {
      failOn(log, report);
    },
  });
  try {
    const modules = bundle.watchFiles.length;
    if (modules < fewestModules) {
      throw new Error(`The bundle has only ${modules} modules: the base components are not in it.`);
    }
    // One file: what base components load late would otherwise be asked of a bundle that was replaced meanwhile.
    await bundle.write({ dir: folder, format: 'es', inlineDynamicImports: true });
    return modules;
  } finally {
    await bundle.close();
  }
}
