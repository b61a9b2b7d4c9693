/**
 * `npm run mistakes`: makes mistakes in the sources of the sidecar, one at a time, and looks whether a test notices.
 * `-- NAME` makes those, and `--tests PATH` looks at other tests than those that are there for it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { root, run } from '../lib/sf.ts';
import { MISTAKES } from './all.ts';
import { type Mistake, withMistake } from './mistake.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: 'string', multiple: true } },
});

/** What never ends is noticed too. */
const PATIENCE_MS = 600_000;

/** @returns the first test that notices; null where none does */
async function noticed(mistake: Mistake, tests: readonly string[]): Promise<string | null> {
  const file = join(root, 'sidecar/src', mistake.file);
  const source = readFileSync(file, 'utf8');
  const restore = () => {
    writeFileSync(file, source);
  };
  const stop = () => {
    restore();
    process.exit(130);
  };
  process.once('SIGINT', stop);
  writeFileSync(file, withMistake(source, mistake));
  try {
    const stopped = AbortSignal.timeout(PATIENCE_MS);
    const args = ['run', '--project', 'unit', '--bail', '1', ...tests];
    const { code, stdout, stderr } = await run('vitest', args, { stopped });
    if (code === 0) return null;
    const [, first] = /^ *FAIL .*?(sidecar\/test\/.*)$/m.exec(stripped(stderr)) ?? [];
    if (first === undefined && !stopped.aborted)
      throw new Error(`No test has run:\n${stdout}${stderr}`);
    return first ?? 'a test that never ends';
  } finally {
    restore();
    process.off('SIGINT', stop);
  }
}

/** Without the colours of a terminal. */
function stripped(text: string): string {
  // eslint-disable-next-line no-control-regex -- it is what colours begin with
  return text.replaceAll(/\u001B\[[\d;]*m/g, '');
}

const unknown = positionals.filter((name) => !MISTAKES.some((one) => one.name === name));
if (unknown.length > 0) throw new Error(`There is no mistake ${unknown.join(', ')}.`);
for (const mistake of MISTAKES) {
  const { name, means, guards, harmless } = mistake;
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const tests = values.tests ?? guards.map((path) => `sidecar/test/${path}`);
  if (tests.length === 0) {
    console.log(`${name}: ${harmless ?? 'nothing is there to notice it'}`);
    continue;
  }
  const by = await noticed(mistake, tests);
  console.log(by === null ? `${name}: NOT NOTICED, ${means}` : `${name}: ${by}`);
  if (by === null) process.exitCode = 1;
}
