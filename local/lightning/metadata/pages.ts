import { readFileSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { type App, type PageOverride, pageOverrides, parseApp } from './app.ts';
import { fieldOfColumn } from './columns.ts';
import { type FlexiPage, parseFlexiPage } from './flexipage.ts';
import { type Layout, parseLayout } from './layout.ts';
import { parseListView } from './list-view.ts';
import type { ObjectPages } from './object-pages.ts';
import { filesEnding, type Project } from './project.ts';
import { parsePropertyTypes, type PropertyTypes } from './property-types.ts';
import { parseQuickAction } from './quick-action.ts';
import { standardIcons, standardObjects } from './standard-objects.ts';
import { readTabs, type PageTab } from './tabs.ts';
import { type Element, firstOf, parseMetadata, textOf, textsOf } from './xml.ts';

/** All that the shell needs to know of the project's metadata. */
export interface Pages {
  readonly app: App;
  readonly flexiPages: Readonly<Record<string, FlexiPage>>;
  /** Lightning pages that the objects themselves name; the app's go before them. */
  readonly overrides: readonly PageOverride[];
  readonly objects: Readonly<Record<string, ObjectPages>>;
  /** By component: `Integer`, `Boolean` and so on, by property. */
  readonly propertyTypes: Readonly<Record<string, PropertyTypes>>;
  /** `custom:custom93`, by object. */
  readonly icons: Readonly<Record<string, string>>;
  /** Tabs that show a Lightning page, by name. */
  readonly pageTabs: Readonly<Record<string, PageTab>>;
}

interface MetadataFile {
  readonly path: string;
  /** The file's name without its ending: `Woo_Order__c-Woo Order Layout`. */
  readonly name: string;
  readonly element: Element;
}

function readAll(project: Project, kind: string): MetadataFile[] {
  const suffix = `.${kind}-meta.xml`;
  return filesEnding(project, suffix).map((path) => ({
    path,
    name: basename(path, suffix),
    element: parseMetadata(readFileSync(path, 'utf8'), path),
  }));
}

/** The object whose folder a file lies in. */
const objectOf = ({ path }: MetadataFile): string => {
  const parts = path.split(sep);
  return parts[parts.lastIndexOf('objects') + 1] ?? '';
};

function compactFields(object: Element, layouts: readonly MetadataFile[]): string[] {
  const assigned = textOf(object, 'compactLayoutAssignment');
  const layout = layouts.find(({ name }) => name === assigned);
  return layout ? textsOf(layout.element, 'fields') : ['Name'];
}

/** Of the object's search layout for its tab; the name is always the first. */
const recentColumns = (object: Element): string[] => [
  'Name',
  ...textsOf(firstOf(object, 'searchLayouts'), 'customTabListAdditionalFields').map(fieldOfColumn),
];

const noLayout: Layout = { sections: [], relatedLists: [] };

function readObjects(project: Project): Record<string, ObjectPages> {
  const objects = readAll(project, 'object');
  const compact = readAll(project, 'compactLayout');
  const layouts = readAll(project, 'layout');
  const views = readAll(project, 'listView');
  const actions = readAll(project, 'quickAction');
  const pagesOf = (name: string): Omit<ObjectPages, 'compactFields' | 'recentColumns'> => {
    const layout = layouts.find((one) => one.name.startsWith(`${name}-`));
    const standard = standardObjects[name];
    return {
      layout: layout ? parseLayout(layout.element) : (standard?.layout ?? noLayout),
      listViews: [
        ...(standard?.listViews ?? []),
        ...views
          .filter((one) => objectOf(one) === name)
          .map(({ element }) => parseListView(element)),
      ],
      actions: actions
        .filter((one) => one.name.startsWith(`${name}.`))
        .map((one) => parseQuickAction(one.element, one.name)),
    };
  };
  const ours = objects.map(({ name, element, path }): [string, ObjectPages] => {
    const own = compact.filter((one) => objectOf(one) === objectOf({ name, element, path }));
    const columns = standardObjects[name]?.recentColumns ?? recentColumns(element);
    return [
      name,
      {
        compactFields: compactFields(element, own),
        recentColumns: columns,
        ...pagesOf(name),
      },
    ];
  });
  const standard = Object.entries(standardObjects).map(([name, one]): [string, ObjectPages] => [
    name,
    { compactFields: one.compactFields, recentColumns: one.recentColumns, ...pagesOf(name) },
  ]);
  return Object.fromEntries([...standard, ...ours]);
}

/** @throws Error for a tab whose page the project lacks, or whose page is none of an app; for a tab that is not there */
function checkTabs(
  { tabs }: App,
  known: ReturnType<typeof readTabs>,
  pages: Readonly<Record<string, FlexiPage>>,
): void {
  for (const [name, { page }] of Object.entries(known.pages)) {
    const type = pages[page]?.type;
    if (type === undefined) throw new Error(`The tab ${name}: there is no Lightning page ${page}.`);
    if (type !== 'AppPage')
      throw new Error(`The tab ${name}: ${page} is a ${type}, not an AppPage.`);
  }
  const missing = tabs.find(
    (name) => !name.startsWith('standard-') && !(name in known.pages) && !(name in known.icons),
  );
  if (missing !== undefined) throw new Error(`The app has a tab ${missing} that is not there.`);
}

/**
 * The app, its pages and what its objects show, read from the project's metadata.
 * @throws Error that names the file which is not XML, a tab that does not fit, or where the project has not one app
 */
export function readPages(project: Project): Pages {
  const apps = readAll(project, 'app');
  const [app] = apps;
  if (!app || apps.length > 1) {
    throw new Error(`The host shows one app, and the project has ${apps.length}.`);
  }
  const pages = filesEnding(project, '.flexipage-meta.xml').map((file): [string, FlexiPage] => {
    const name = basename(file, '.flexipage-meta.xml');
    return [name, parseFlexiPage(readFileSync(file, 'utf8'), name, file)];
  });
  const flexiPages = Object.fromEntries(pages);
  const tabs = readTabs(project);
  const parsed = parseApp(app.element);
  checkTabs(parsed, tabs, flexiPages);
  return {
    app: parsed,
    flexiPages,
    overrides: readAll(project, 'object').flatMap(({ element, name }) =>
      pageOverrides(element, name),
    ),
    objects: readObjects(project),
    propertyTypes: Object.fromEntries(
      readAll(project, 'js').map(({ name, element }) => [name, parsePropertyTypes(element)]),
    ),
    icons: { ...standardIcons, ...tabs.icons },
    pageTabs: tabs.pages,
  };
}
