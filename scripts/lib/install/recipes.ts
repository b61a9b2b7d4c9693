import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
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

/**
 * What a recipe changes of components that the configuration has already: values of records, and what sharing rules
 * give. All else of these is the admin's.
 */
const CHANGES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'draft-orders': { 'Woo_Mapping.Order.md': ['Direction__c', 'Create_In_Woo__c'] },
  'orders-back': {
    'Woo_Condition.Order_Completed.md': ['Active__c'],
    'Woo_Field_Mapping.Order_Status.md': ['Direction__c'],
    'Woo_Mapping.Order.md': ['Direction__c'],
    'Woo_Order__c.sharingRules': ['accessLevel', 'description'],
  },
  'person-accounts': {
    'Woo_Mapping.Customer_Account.md': ['Active__c', 'Keep_Shop_Images__c'],
    'Woo_Mapping.Customer_Contact.md': ['Active__c', 'Keep_Shop_Images__c'],
  },
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
  /** Files that were there, and have what the recipe changes of them now. */
  readonly changed: readonly string[];
  /** Files that were there, and differ from the recipe's in what it does not change. */
  readonly kept: readonly string[];
  readonly permissionSets: readonly string[];
}

/**
 * Copies a recipe into config/org. A component that config/org has already keeps its file, in which only that changes
 * what the recipe is about: two files of one component would leave it to chance which of them a deploy takes.
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
  const [added, changed, kept]: [string[], string[], string[]] = [[], [], []];
  for (const file of filesOf(root, join(RECIPES, name))) {
    const there = own.get(componentOf(file));
    const target = there ?? join(OWN, file.slice(RECIPES.length + 1));
    if (there === undefined) {
      added.push(target);
      mkdirSync(dirname(join(root, target)), { recursive: true });
      cpSync(join(root, file), join(root, target));
      continue;
    }
    const [before, wanted] = [text(root, there), text(root, file)];
    const fields = CHANGES[name]?.[componentOf(file).replace('-meta.xml', '')] ?? [];
    const after = fields.reduce((xml, field) => withValue(xml, field, wanted), before);
    if (after !== before) {
      changed.push(target);
      writeFileSync(join(root, target), after);
    }
    if (after !== wanted) kept.push(target);
  }
  return { added, changed, kept, permissionSets: permissionSetsIn(root, join(RECIPES, name)) };
}

/** One XML with the value that another one has in a field of a record, or in an element of the sharing rules of a name. */
function withValue(xml: string, field: string, other: string): string {
  if (xml.includes('<CustomMetadata ')) {
    const value = new RegExp(`<field>${field}</field>\\s*<value [^>]*?(?:/>|>[^<]*</value>)`);
    const [wanted] = value.exec(other) ?? [];
    return wanted === undefined ? xml : xml.replace(value, () => wanted);
  }
  const element = new RegExp(`<${field}>[^<]*</${field}>`);
  const rules = /<(sharing\w+Rules)>.*?<\/\1>/gs;
  const wanted = new Map([...other.matchAll(rules)].map(([rule]) => [nameOf(rule), rule]));
  return xml.replace(rules, (rule) => {
    const [value] = element.exec(wanted.get(nameOf(rule)) ?? '') ?? [];
    return value === undefined ? rule : rule.replace(element, () => value);
  });
}

const nameOf = (rule: string): string => /<fullName>([^<]*)</.exec(rule)?.[1] ?? '';

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
