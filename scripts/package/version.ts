import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CONTENT } from './content.ts';

const packageJson = z.object({ version: z.string() });
const projectJson = z.object({
  namespace: z.string(),
  packageDirectories: z.array(
    z.object({
      path: z.string(),
      package: z.string().optional(),
      versionName: z.string().optional(),
      versionNumber: z.string().optional(),
    }),
  ),
  packageAliases: z.record(z.string(), z.string()),
});

/** The package as the files of the project name it. */
export interface PackageFacts {
  readonly name: string;
  /** Such as `0.1.0`. */
  readonly version: string;
  /** Ids by names: of the package (0Ho…), and of its versions (04t…). */
  readonly aliases: Readonly<Record<string, string>>;
}

/**
 * @param root of the project
 * @throws Error that says what of the files does not fit
 */
export function packageFacts(root: string): PackageFacts {
  const read = (name: string): string => readFileSync(join(root, name), 'utf8');
  const { version } = packageJson.parse(JSON.parse(read('package.json')));
  const project = projectJson.parse(JSON.parse(read('sfdx-project.json')));
  if (project.namespace !== '') {
    throw new Error(
      `sfdx-project.json has the namespace ${project.namespace}. In one, all names get a prefix by which the sidecar does not find them, and the gateway another address: set it to "" (docs/package.md).`,
    );
  }
  const folder = project.packageDirectories.find(({ path }) => path === CONTENT);
  const changelog = /^## (\d\S*)$/m.exec(read('CHANGELOG.md'))?.[1];
  const named = {
    'versionName of sfdx-project.json': folder?.versionName,
    'versionNumber of sfdx-project.json': folder?.versionNumber?.replace(/\.NEXT$/, ''),
    'the newest version of CHANGELOG.md': changelog,
  };
  const others = Object.entries(named).filter(([, one]) => one !== version);
  if (others.length > 0) {
    const what = others.map(([place, one]) => `${place} is ${one ?? 'missing'}`).join(', ');
    throw new Error(`The version of package.json is ${version}; ${what}.`);
  }
  if (folder?.package === undefined) throw new Error(`sfdx-project.json names no package.`);
  return { name: folder.package, version, aliases: project.packageAliases };
}
