import { ComponentSet, type SourceComponent } from '@salesforce/source-deploy-retrieve';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { root as project } from '../lib/sf.ts';

/** The folder that the package is made of. */
export const CONTENT = 'force-app';

/** A name in the content that no component there has. */
export interface Stray {
  readonly file: string;
  readonly name: string;
}

/** Endings by which queries name a relationship, and GraphQL a filter. */
const ENDINGS = /__r$|__c_Filter$/;
/** What tests of the gateway call a credential that is nowhere. */
const IN_TESTS = 'Woo_Test';

/** Drafts of mappings for objects that a recipe brings; where an org has no such object the page says so. */
const DRAFTS = `${CONTENT}/main/default/lwc/wooMappingDraft/recipes.js`;
const RECIPE_OBJECTS = 'config/recipes/*/objects/*';

const isTest = (path: string): boolean => path.includes('/__');

/** Ending of a type whose records are named without it, such as `Woo_Mapping.Order`. */
const RECORDS = /__mdt$/;

/** Names of components and of their parts, such as `Woo_Order__c`, `Total__c` and `Woo_Orders`, its relationship. */
function namesIn(components: readonly SourceComponent[], texts: ReadonlyMap<string, string>) {
  const full = components
    .flatMap((one) => [one, ...one.getChildren()])
    .map(({ fullName }) => fullName);
  const relationships = [...texts.values()].flatMap((text) =>
    [...text.matchAll(/<relationshipName>(\w+)</g)].map(([, name = '']) => name),
  );
  const parts = full.flatMap((name) => name.split(/[.\-/]/));
  const types = parts.map((name) => name.replace(RECORDS, ''));
  return new Set([...parts, ...types, ...relationships, IN_TESTS]);
}

/**
 * What of the package's content refers to something that is not in it, by the names that begin with `Woo_`.
 * @param root of the project
 */
export function strays(root: string): readonly Stray[] {
  const paths = globSync(`${CONTENT}/**/*.{xml,cls,js,html,json}`, { cwd: root });
  const texts = new Map(
    paths
      .filter((path) => !isTest(path))
      .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  );
  const components = ComponentSet.fromSource([join(root, CONTENT)]).getSourceComponents();
  const names = namesIn(components.toArray(), texts);
  const ofRecipes = new Set(
    globSync(RECIPE_OBJECTS, { cwd: project }).map((folder) => basename(folder)),
  );
  return [...texts].flatMap(([file, text]) =>
    [...new Set(text.match(/\bWoo_\w+/g))]
      .filter((name) => !names.has(name) && !names.has(name.replace(ENDINGS, '__c')))
      .filter((name) => !names.has(name.replace(/__r$/, '')))
      .filter((name) => file !== DRAFTS || !ofRecipes.has(name))
      .map((name) => ({ file, name })),
  );
}

/** How many components of each type the content has, the most first: fields and other parts of objects too. */
export function componentsByType(
  root: string,
): readonly (readonly [type: string, count: number])[] {
  const counts = new Map<string, number>();
  const components = ComponentSet.fromSource([join(root, CONTENT)]).getSourceComponents();
  for (const { type } of components.toArray().flatMap((one) => [one, ...one.getChildren()])) {
    counts.set(type.name, (counts.get(type.name) ?? 0) + 1);
  }
  return [...counts].toSorted(([, one], [, other]) => other - one);
}
