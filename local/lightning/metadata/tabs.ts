import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { filesEnding, type Project } from './project.ts';
import { parseMetadata, textOf, type Element } from './xml.ts';

/** A tab that shows a Lightning page. */
export interface PageTab {
  readonly label: string;
  /** Name of the page. */
  readonly page: string;
}

export interface Tabs {
  /** By name: `custom:custom93`, as the motif `Custom93: Shopping Cart` names it. */
  readonly icons: Readonly<Record<string, string>>;
  /** Tabs of Lightning pages by name; those of objects have the name of their object. */
  readonly pages: Readonly<Record<string, PageTab>>;
}

const suffix = '.tab-meta.xml';

/** @throws Error for a tab that shows neither an object nor a Lightning page */
function pageTabOf(tab: Element, name: string, file: string): [string, PageTab][] {
  if (textOf(tab, 'customObject') === 'true') return [];
  const page = textOf(tab, 'flexiPage');
  if (page === '') throw new Error(`${file}: the host has tabs of objects and of Lightning pages.`);
  return [[name, { label: textOf(tab, 'label'), page }]];
}

/**
 * The project's tabs.
 * @throws Error that names the file which is not XML, or shows what the host has not
 */
export function readTabs(project: Project): Tabs {
  const tabs = filesEnding(project, suffix).map((file) => ({
    file,
    name: basename(file, suffix),
    tab: parseMetadata(readFileSync(file, 'utf8'), file),
  }));
  const icons = tabs.flatMap(({ name, tab }) => {
    const [, number] = /^Custom(\d+):/.exec(textOf(tab, 'motif')) ?? [];
    return number === undefined ? [] : [[name, `custom:custom${number}`] as const];
  });
  return {
    icons: Object.fromEntries(icons),
    pages: Object.fromEntries(tabs.flatMap(({ file, name, tab }) => pageTabOf(tab, name, file))),
  };
}
