import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rollup';

const iconName = /\b(utility|standard|action|doctype|custom):([a-z0-9_]+)/g;

/** Icon names, such as `utility:add`, in the scripts and templates below a folder, with a file that names each. */
function iconsNamedIn(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(js|html)$/.test(path) && !/__tests__|buildTemplates/.test(path))
    .map((path) => join(folder, path));
  return new Map(
    files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(iconName)].map(([name]) => [name, file] as const),
    ),
  );
}

const librariesOf = (baseComponents: string): string => join(baseComponents, 'src', 'lightning');

function templateOf(baseComponents: string, icon: string): string {
  const [set = '', name = ''] = icon.split(':');
  const library = `iconSvgTemplates${set.charAt(0).toUpperCase()}${set.slice(1)}`;
  return join(librariesOf(baseComponents), library, 'buildTemplates', set, `${name}.html`);
}

/**
 * Icons that our sources and the base components name. The page gets only these, as the sets hold 1,700.
 * A name that is put together at run time must also be written out somewhere, in a comment for example.
 * @throws Error with the file for an icon of ours that SLDS does not have
 */
export function usedIcons(baseComponents: string, folders: readonly string[]): string[] {
  const theirs = [...iconsNamedIn(librariesOf(baseComponents)).keys()];
  const ours = folders.flatMap((folder) => [...iconsNamedIn(folder)]);
  const exists = (icon: string): boolean => existsSync(templateOf(baseComponents, icon));
  const unknown = ours.find(([icon]) => !exists(icon));
  if (unknown)
    throw new Error(`${unknown[1]} names the icon ${unknown[0]}, which SLDS does not have.`);
  return [...new Set([...theirs.filter(exists), ...ours.map(([icon]) => icon)])].toSorted();
}

/** Stands in for the base components' icon sets with the icons given. */
export function iconSets(baseComponents: string, icons: readonly string[]): Plugin {
  const prefix = 'lightning/iconSvgTemplates';
  return {
    name: 'icon-sets',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null;
      const set = id
        .slice(prefix.length + 1)
        .replace(/Rtl$/, '')
        .toLowerCase();
      const members = icons.filter((icon) => set === '' || icon.startsWith(`${set}:`));
      const keys = members.map((icon) => icon.replace(':', '_'));
      const imports = members.map(
        (icon, at) =>
          `import ${keys[at] ?? ''} from ${JSON.stringify(templateOf(baseComponents, icon))};`,
      );
      return `${imports.join('\n')}\nexport default { ${keys.join(', ')} };`;
    },
  };
}
