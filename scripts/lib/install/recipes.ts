import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where recipes are, and where those in use are kept beside the configuration. */
const RECIPES = 'config/recipes';
const OWN = 'config/org';

/** Recipes that work with what another one brings. */
const NEEDS: Readonly<Record<string, string>> = {
  campaigns: 'opportunities',
  'draft-orders': 'orders-back',
  'site-leads': 'leads',
};

/** All recipes, those that others need before these. */
export function recipeNames(root: string): readonly string[] {
  const names = readdirSync(join(root, RECIPES)).toSorted();
  const needs = (name: string): boolean => NEEDS[name] !== undefined;
  return [...names.filter((name) => !needs(name)), ...names.filter(needs)];
}

export interface CopiedRecipe {
  /** Files that are new, by their path in the project. */
  readonly added: readonly string[];
  /** Files of other folders that hold the same component, and have the recipe's content now. */
  readonly replaced: readonly string[];
  readonly permissionSets: readonly string[];
}

/**
 * Copies a recipe into config/org. A component that config/org has already keeps its file, which gets the content of
 * the recipe: two files of one component would leave it to chance which of them a deploy takes.
 * @param root of the project
 * @throws Error where there is no such recipe, or one is missing that it needs
 */
export function copyRecipe(root: string, name: string): CopiedRecipe {
  const names = readdirSync(join(root, RECIPES)).toSorted();
  if (!names.includes(name))
    throw new Error(`There is no recipe "${name}": give one of ${names.join(', ')}.`);
  const needed = NEEDS[name];
  if (needed !== undefined && !isCopied(root, needed))
    throw new Error(`The recipe ${name} works with what ${needed} brings: copy that one first.`);
  const own = new Map(filesOf(root, OWN).map((file) => [componentOf(file), file]));
  const added: string[] = [];
  const replaced: string[] = [];
  for (const file of filesOf(root, join(RECIPES, name))) {
    const there = own.get(componentOf(file));
    const target = there ?? join(OWN, file.slice(RECIPES.length + 1));
    if (there !== undefined && text(root, there) === text(root, file)) continue;
    (there === undefined ? added : replaced).push(target);
    mkdirSync(dirname(join(root, target)), { recursive: true });
    cpSync(join(root, file), join(root, target));
  }
  return { added, replaced, permissionSets: permissionSetsIn(root, join(RECIPES, name)) };
}

/** Permission sets that the integration user needs for the recipes in config/org. */
export const recipeRights = (root: string): readonly string[] =>
  permissionSetsIn(root, OWN).filter((name) => name.startsWith('Woo_Recipe_'));

/**
 * @throws Error that names each component of which config/org has several files that differ: which of them a deploy
 * takes is chance
 */
export function refuseDoubles(root: string): void {
  const byComponent = Map.groupBy(filesOf(root, OWN), componentOf);
  const doubles = [...byComponent.values()].filter(
    (files) => new Set(files.map((file) => text(root, file))).size > 1,
  );
  if (doubles.length === 0) return;
  const lines = doubles.map((files) => `- ${files.join(' and ')}`);
  throw new Error(
    `These files are of the same component and differ, and which of them counts would be chance:\n${lines.join('\n')}\nNothing was deployed. Keep one of each, that of the recipe which you added last: npm run recipe copies recipes so that none is there twice.`,
  );
}

const isCopied = (root: string, name: string): boolean =>
  permissionSetsIn(root, join(RECIPES, name)).every((set) =>
    permissionSetsIn(root, OWN).includes(set),
  );

const permissionSetsIn = (root: string, folder: string): readonly string[] =>
  filesOf(root, folder)
    .filter((file) => file.endsWith('.permissionset-meta.xml'))
    .map((file) => basename(file, '.permissionset-meta.xml'));

function filesOf(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return globSync(`${folder}/**/*-meta.xml`, { cwd: root }).toSorted();
}

const text = (root: string, file: string): string => readFileSync(join(root, file), 'utf8');

/** What a file holds, whatever folder it is in: name and suffix, and the object that it is part of. */
function componentOf(file: string): string {
  const [, ofObject] = /\/objects\/(.*)$/.exec(file) ?? [];
  return ofObject ?? basename(file);
}
