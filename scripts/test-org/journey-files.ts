import { join } from 'node:path';

import { root } from '../lib/sf.ts';

/** What `npm run test:org` tries in any org: the files that ask for nothing but what every org gives. */
const JOURNEYS = ['main-job', 'edits', 'images', 'commands', 'issues', 'kill'];

/** Journeys of a shop that is too large for an org with 5 MB of data storage, as a Developer Edition one has. */
const LARGE = ['kill'];

/** Names for vitest that choose the journeys of `--small`, where none are given. */
export const smallJourneys: readonly string[] = JOURNEYS.filter(
  (name) => !LARGE.includes(name),
).map((name) => `${name}.test.ts`);

/** Orders of the largest shop that a small journey loads. */
export const SMALL_ORDERS = 120;

/** @param names parts of files' names @throws Error for one that chooses a journey that is not small */
export function mustBeSmall(names: readonly string[]): void {
  const large = names.find((name) => LARGE.some((one) => `${one}.test.ts`.includes(name)));
  if (large !== undefined)
    throw new Error(`The journey ${large} loads a large shop: it is not among those of --small.`);
}

export const journeyFiles: readonly string[] = JOURNEYS.map((name) => `test/e2e/${name}.test.ts`);

/**
 * Vitest passes over a name that it finds no file for, beside one that it does.
 * @param names parts of files' names
 * @throws Error for one that no file has
 */
export function mustBeJourneys(names: readonly string[]): void {
  const unknown = names.find(
    (name) => !journeyFiles.some((file) => join(root, file).includes(name)),
  );
  if (unknown === undefined) return;
  throw new Error(`There is no journey ${unknown}; there are ${JOURNEYS.join(', ')}.`);
}
