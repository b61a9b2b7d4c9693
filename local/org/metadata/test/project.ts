import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createOrgData, type OrgData } from '../../data/org-data.ts';
import { seed } from '../../data/people/seed.ts';
import type { OrgFeatures } from '../../model/features.ts';
import { file, type Files } from './packages.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const users = {
  adminUsername: 'admin@local-org.example',
  integrationUsername: 'woo-sync@local-org.example',
  repUsername: 'rep@local-org.example',
};

/** An org with the user as whom the project's outbound messages are sent. */
export function orgForProject(features: Partial<OrgFeatures> = {}): OrgData {
  const org = createOrgData({ features: { translations: true, ...features } });
  seed(org, users);
  return org;
}

const bases = [
  'force-app/main/default',
  'config/org/main/default',
  'config/org/main/store',
  'config/org/main/outbound',
  'config/japanese/main/default',
];

/** What is deployed beside it: the example of a second store, and the recipes, not the copies of running tests. */
export const additions = (): readonly string[] => [
  'config/second-store/main/default',
  ...globSync('config/recipes/*', { cwd: root })
    .filter((folder) => !folder.includes('/deployed-'))
    .sort(),
];

/**
 * This project's metadata as it is kept, by the path below `main/default`.
 * @param more folders whose files take the place of those of the same path
 */
export function projectSource(more: readonly string[] = []): Files {
  const source: Record<string, string> = {};
  for (const base of [...bases, ...more]) {
    const paths = globSync(['**/*-meta.xml', '{classes,staticresources}/*', 'lwc/*/*.*'], {
      cwd: root + base,
    });
    for (const path of [...new Set(paths)].sort()) {
      source[path] = readFileSync(`${root}${base}/${path}`, 'utf8');
    }
  }
  return source;
}

/** The source with one piece of one file replaced. */
export function edited(source: Files, path: string, search: string, replacement: string): Files {
  const text = source[path];
  if (text?.includes(search) !== true) throw new Error(`${path} does not hold ${search}`);
  return { ...source, [path]: text.replace(search, replacement) };
}

/** The source with a file under another name. */
export function renamed(source: Files, path: string, to: string): Files {
  const { [path]: text, ...others } = source;
  if (text === undefined) throw new Error(`The project has no ${path}`);
  return { ...others, [to]: text };
}

const childElements: Readonly<Record<string, string>> = {
  compactLayouts: 'compactLayouts',
  fields: 'fields',
  listViews: 'listViews',
  recordTypes: 'recordTypes',
  validationRules: 'validationRules',
};

const inner = (text: string): string =>
  text.replace(/^(<\?xml[^>]*>\s*)?<\w+[^>]*>\n?/, '').replace(/<\/\w+>\s*$/, '');

/** An object's file as the CLI composes it: its settings, and what lies in the folders below it. */
function composed(object: string, source: Files): string {
  const settings = source[`objects/${object}/${object}.object-meta.xml`];
  const parts = Object.entries(childElements).flatMap(([folder, element]) =>
    Object.keys(source)
      .filter((path) => path.startsWith(`objects/${object}/${folder}/`))
      .sort()
      .map((path) => `    <${element}>\n${inner(source[path] ?? '')}    </${element}>`),
  );
  return file('CustomObject', [settings === undefined ? '' : inner(settings), ...parts].join('\n'));
}

/** An object's words in one language as the CLI composes them, of the files beside each other. */
function composedWords(name: string, source: Files): string {
  const folder = `objectTranslations/${name}/`;
  const fields = Object.keys(source)
    .filter((path) => path.startsWith(folder) && path.endsWith('.fieldTranslation-meta.xml'))
    .sort()
    .map((path) => `    <fields>\n${inner(source[path] ?? '')}    </fields>`);
  const own = inner(source[`${folder}${name}.objectTranslation-meta.xml`] ?? '');
  return file('CustomObjectTranslation', [own, ...fields].join('\n'));
}

/** Content keeps its description beside it; every other file is its own description. */
function sentAs(path: string): string {
  if (path.startsWith('classes/') || path.startsWith('lwc/')) return path;
  const folder = /\.(?:report|dashboard)Folder-meta\.xml$/;
  if (folder.test(path)) return path.replace(folder, '-meta.xml');
  if (path.startsWith('staticresources/')) {
    return path.replace(/\.\w+(-meta\.xml)?$/, '.resource$1');
  }
  return path.replace(/-meta\.xml$/, '');
}

/** A file of the source as the CLI sends it: it replaces the user of outbound messages, who must be there. */
const filledIn = (text: string): string =>
  text.replaceAll('woo-sync-user@example.invalid', users.integrationUsername);

/** The source in the form in which it is sent to an org. */
export function packageOf(source: Files): Files {
  const objects = new Set(
    Object.keys(source).flatMap((path) => /^objects\/([^/]+)\//.exec(path)?.[1] ?? []),
  );
  const words = new Set(
    Object.keys(source).flatMap((path) => /^objectTranslations\/([^/]+)\//.exec(path)?.[1] ?? []),
  );
  const others = Object.entries(source)
    .filter(([path]) => !/^object(Translation)?s\//.test(path))
    .map(([path, text]) => [sentAs(path), filledIn(text)] as const);
  return {
    ...Object.fromEntries(others),
    ...Object.fromEntries(
      [...objects].map((name) => [`objects/${name}.object`, composed(name, source)]),
    ),
    ...Object.fromEntries(
      [...words].map((name) => [
        `objectTranslations/${name}.objectTranslation`,
        composedWords(name, source),
      ]),
    ),
  };
}
