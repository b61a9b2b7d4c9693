import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the host finds what it shows. */
export interface Project {
  /** The folder of node_modules, package-lock.json and sfdx-project.json. */
  readonly root: string;
  /** Package directories in the order of their deployment, absolute: `force-app`, `config/org` … */
  readonly packages: readonly string[];
}

/**
 * The project whose sfdx-project.json lies in a folder.
 * @throws Error that names the file where it is missing or lists no package directory
 */
export function readProject(root: string): Project {
  const file = join(root, 'sfdx-project.json');
  if (!existsSync(file)) throw new Error(`${file} is missing: give the folder of an SFDX project.`);
  const { packageDirectories = [] } = JSON.parse(readFileSync(file, 'utf8')) as {
    packageDirectories?: readonly { readonly path: string }[];
  };
  const packages = packageDirectories.map(({ path }) => join(root, path)).filter(existsSync);
  if (packages.length === 0) throw new Error(`${file} lists no package directory that exists.`);
  return { root, packages };
}

/** Files of the packages whose path ends so, sorted; absolute. */
export function filesEnding(project: Project, suffix: string): string[] {
  return project.packages
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith(suffix))
        .map((path) => join(folder, path)),
    )
    .toSorted();
}

/** A Lightning web component bundle of the project. */
export interface ComponentBundle {
  /** `wooOrderItems`; the module is `c/wooOrderItems`. */
  readonly name: string;
  readonly folder: string;
  /** Its script. */
  readonly file: string;
  /** False for a module without a template, which only others import. */
  readonly hasTemplate: boolean;
}

/** The bundles in the `lwc` folders of the packages, sorted by name. */
export function componentBundles(project: Project): ComponentBundle[] {
  return filesEnding(project, '.js-meta.xml')
    .map((meta) => /^(.*[/\\]lwc[/\\]([^/\\]+))[/\\]\2\.js-meta\.xml$/.exec(meta))
    .filter((match) => match !== null)
    .map(([, folder = '', name = '']) => ({
      name,
      folder,
      file: join(folder, `${name}.js`),
      hasTemplate: existsSync(join(folder, `${name}.html`)),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The file of a module's id, to which the LWC compiler adds how the module was asked for. */
export const fileOf = (id = ''): string => id.replace(/\?.*$/, '');
