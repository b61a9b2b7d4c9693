/**
 * `npm run mutate -- FOLDER`: changes the sources of a folder in many small ways, one at a time, and looks whether a
 * test notices.
 */
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';

import { root } from '../lib/sf.ts';
import { changedLines, isIn } from './changed-lines.ts';
import { folderOf } from './folders.ts';
import { instrument, type Mutant } from './mutants.ts';
import { print, report } from './report.ts';
import { faults } from './score.ts';
import { type Found, Search } from './search.ts';
import { Session } from './session.ts';

const HELP = `npm run mutate -- FOLDER|FILE [options]

Makes each small change of the sources in FOLDER (sidecar/src/sync/merge, say), or of
one FILE in it, one at a time, and looks whether a test notices. Prints those that none
notices, and fails where fewer are noticed than scripts/mutate/folders.ts asks for.

  --since COMMIT  only changes in lines that COMMIT does not have as they are now
  --tests PATH    other tests than those of scripts/mutate/folders.ts; may be repeated
  --least N       percent to be noticed, instead of that of scripts/mutate/folders.ts
  --matrix        tries each test with each mutant, to print those tests that alone
                  notice nothing; takes several times as long
  --slowest N     tests that take longer are left out: seconds of CPU, 2 if left out
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    since: { type: 'string' },
    tests: { type: 'string', multiple: true },
    least: { type: 'string' },
    matrix: { type: 'boolean', default: false },
    slowest: { type: 'string', default: '2' },
    help: { type: 'boolean', default: false },
  },
});

function changedSince(commit: string, mutants: readonly Mutant[]): readonly Mutant[] {
  const args = ['diff', '--unified=0', '--no-ext-diff', '--relative', commit, '--'];
  const changed = changedLines(execFileSync('git', args, { cwd: root, encoding: 'utf8' }));
  return mutants.filter((mutant) => isIn(changed.get(relative(root, mutant.file)) ?? [], mutant));
}

async function main(path: string): Promise<void> {
  const given = relative(root, join(root, path));
  const isFile = given.endsWith('.ts');
  const folder = isFile ? dirname(given) : given;
  const known = folderOf(folder);
  const tests = values.tests ?? known.tests;
  if (tests.length === 0) throw new Error('Say by --tests where its tests are.');
  const pattern = isFile ? basename(given) : '**/*.ts';
  const sources = globSync(pattern, { cwd: join(root, folder) }).toSorted();
  if (sources.length === 0) throw new Error(`There is no source in ${given}.`);

  const instrumented = await instrument(sources.map((source) => join(root, folder, source)));
  const mutants =
    values.since === undefined
      ? instrumented.mutants
      : changedSince(values.since, instrumented.mutants);
  if (mutants.length === 0) {
    console.log('Nothing to change.');
    return;
  }
  const results = join(root, '.local', 'mutate', given.replaceAll('/', '-'));
  mkdirSync(results, { recursive: true });
  const found = await search(results, instrumented.sources, tests, mutants);
  const result = report(given, mutants, found, values.matrix);
  writeFileSync(join(results, 'results.json'), `${JSON.stringify(result, null, 1)}\n`);
  print(result);
  const least = values.least === undefined ? known.least : Number(values.least);
  const wrong = faults(result.score, least);
  for (const line of wrong) console.log(line);
  console.log(`All of it: ${relative(root, join(results, 'results.json'))}`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

async function search(
  results: string,
  sources: ReadonlyMap<string, string>,
  tests: readonly string[],
  mutants: readonly Mutant[],
): Promise<Found> {
  const session = await Session.open(results, sources, tests);
  try {
    const options = {
      matrix: values.matrix,
      slowest: Number(values.slowest),
      progress: (line: string) => {
        console.error(line);
      },
    };
    return await new Search(session, await session.specifications(tests), options).run(mutants);
  } finally {
    // What failed in it were tests with mutants: it says nothing of this program.
    await session.close();
  }
}

const [path, ...others] = positionals;
if (values.help || path === undefined || others.length > 0) {
  console.log(HELP);
  process.exitCode = values.help ? 0 : 1;
} else await main(path);
