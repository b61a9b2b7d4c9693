import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { deployFiles, type Files } from './packages.ts';
import { edited, orgForProject, packageOf, projectSource } from './project.ts';

type Change =
  | { readonly path: string; readonly search: string; readonly replace: string }
  | { readonly path: string; readonly text: string };

/** One change of a file, and what the deploy says of it for the sake of that change; others may follow from it. */
type Planted = Change & { readonly name: string } & (
    | { readonly said: string }
    | { readonly taken: string }
  );

const file = new URL('planted-mistakes.json', import.meta.url);
const all = JSON.parse(readFileSync(file, 'utf8')) as readonly Planted[];

const source = projectSource();
const org = orgForProject();
const before = deployFiles(org, packageOf(source));

afterAll(() => {
  org.close();
});

const changed = (change: Change): Files =>
  'text' in change
    ? { ...source, [change.path]: change.text }
    : edited(source, change.path, change.search, change.replace);

/** What a validation of the project with the change says. */
const said = (change: Change): readonly string[] =>
  deployFiles(org, packageOf(changed(change)), {
    checkOnly: true,
  }).details.componentFailures.map((one) => `${one.fullName}: ${one.problem ?? ''}`);

it('without a mistake all is deployed', () => {
  expect(before.details.componentFailures).toEqual([]);
});

it.each(all.filter((one) => 'said' in one))('$name is refused: $said', (planted) => {
  expect(said(planted)).toContain(planted.said);
});

it.each(all.filter((one) => 'taken' in one))('$name is taken: $taken', (planted) => {
  expect(said(planted)).toEqual([]);
});
