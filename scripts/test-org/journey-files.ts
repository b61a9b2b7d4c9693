import { join } from 'node:path';

import { root } from '../lib/sf.ts';

/** What `npm run test:org` tries in any org: the files that ask for nothing but what every org gives. */
const JOURNEYS = ['main-job', 'edits', 'images', 'commands', 'issues', 'kill'];

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
