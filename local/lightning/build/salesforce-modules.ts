import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Plugin } from 'rollup';
import { apexModule, wiredApex } from './apex-methods.ts';
import type { Labels } from './labels.ts';
import { fileOf, filesEnding, type Project } from '../metadata/project.ts';

/** What the page's settings script puts on `globalThis`; the modules read it when they are loaded. */
export const settingsName = 'lightningHost';

/** `@salesforce/…` modules whose value is known only to the page: its user, language and width. */
const fromSettings: Readonly<Record<string, string>> = {
  '@salesforce/user/Id': 'userId',
  '@salesforce/user/isGuest': 'isGuest',
  '@salesforce/i18n/lang': 'lang',
  '@salesforce/i18n/locale': 'locale',
  '@salesforce/i18n/currency': 'currency',
  '@salesforce/i18n/timeZone': 'timeZone',
  '@salesforce/client/formFactor': 'formFactor',
};

/** Breaks comboboxes when it is open: they then ask for what synthetic shadow does not have. */
const closedGate = '@salesforce/gate/bc.260.enableComboboxElementInternals';

const refused: readonly (readonly [RegExp, string])[] = [
  [
    /^@salesforce\/apex(?!\/\w)/,
    'it has calls of Apex methods alone, and nothing that keeps their answers',
  ],
  [
    /^@salesforce\/userPermission\//,
    'the host cannot ask an org for it; read a field that the permission opens',
  ],
  [/^@salesforce\/resourceUrl\//, 'the host serves no static resources'],
];

/** The script of a schema token. */
function schemaModule(project: Project, name: string): string {
  const [objectApiName = '', ...path] = name.split('.');
  const folders = project.packages.map((one) => join(one, 'main', 'default', 'objects'));
  const has = (...parts: string[]): boolean =>
    folders.some((folder) => existsSync(join(folder, ...parts)));
  const isOurs = /__(c|mdt)$/;
  if (isOurs.test(objectApiName) && !has(objectApiName)) {
    throw new Error(`There is no object ${objectApiName} in the project.`);
  }
  const [field = ''] = path;
  const column = field.replace(/__r$/, '__c');
  if (isOurs.test(column) && !has(objectApiName, 'fields', `${column}.field-meta.xml`)) {
    throw new Error(`There is no field ${objectApiName}.${column} in the project.`);
  }
  const token =
    path.length === 0 ? { objectApiName } : { objectApiName, fieldApiName: path.join('.') };
  return `export default Object.freeze(${JSON.stringify(token)});`;
}

/** True for a user who has it, else undefined, as on the platform. */
function customPermissionModule(project: Project, name: string): string {
  if (filesEnding(project, `${sep}${name}.customPermission-meta.xml`).length === 0)
    throw new Error(`There is no custom permission ${name} in the project.`);
  return `export default ${settingsName}.customPermissions.includes(${JSON.stringify(name)}) || undefined;`;
}

function labelModule(labels: Labels, name: string): string {
  if (!labels.has(name)) throw new Error(`There is no custom label ${name} in the project.`);
  return `export default ${settingsName}.labels[${JSON.stringify(name)}];`;
}

/** The script of a `@salesforce/…` module, or undefined where the base components bring their own. */
function scriptOf(project: Project, labels: Labels, id: string): string | undefined {
  const setting = fromSettings[id];
  if (setting !== undefined) return `export default ${settingsName}.${setting};`;
  if (id === closedGate) return 'export default { isOpen: () => false };';
  const [, kind, name = ''] =
    /^@salesforce\/(schema\/|apex\/|customPermission\/|label\/c\.)(.+)$/.exec(id) ?? [];
  if (kind === 'schema/') return schemaModule(project, name);
  if (kind === 'apex/') return apexModule(project, name);
  if (kind === 'customPermission/') return customPermissionModule(project, name);
  if (kind !== undefined) return labelModule(labels, name);
  const refusal = refused.find(([pattern]) => pattern.test(id));
  if (refusal) throw new Error(`The host has no ${id}: ${refusal[1]}.`);
  return undefined;
}

/**
 * The `@salesforce/…` modules of the project's components.
 * A name that the project does not have ends the build with the file that imports it.
 */
export function salesforceModules(project: Project, labels: Labels): Plugin {
  const scripts = new Map<string, string>();
  return {
    name: 'salesforce-modules',
    resolveId(id, importer) {
      if (!id.startsWith('@salesforce/')) return null;
      try {
        const script = scriptOf(project, labels, id);
        if (script === undefined) return null;
        scripts.set(`\0${id}`, script);
        return `\0${id}`;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return this.error(`${fileOf(importer)} imports ${id}. ${reason}`);
      }
    },
    load: (id) => scripts.get(id) ?? null,
    transform(code, id) {
      const wired = wiredApex(code);
      if (wired === undefined) return null;
      return this.error(
        `${fileOf(id)} wires ${wired}. The host has calls of Apex methods alone: call it, and keep what it returns.`,
      );
    },
  };
}
