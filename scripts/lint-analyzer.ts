import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installedJava } from '../local/org/metadata/apex-ls/java.ts';
import { suppressionShape, verdictOn } from './lib/checks/analyzer-verdict.ts';
import { analyze, type Violation } from './lib/checks/code-analyzer.ts';
import { hashOf } from './lib/checks/file-hash.ts';
import { root } from './lib/sf.ts';

/*
 * `npm run lint:analyzer`: PMD, CPD and the regex engine of Salesforce Code Analyzer over force-app. What was
 * found is kept until force-app, the engines or this script change.
 */

/** What PMD 7 needs. */
const LEAST_JAVA = 11;

const key = hashOf(root, [
  'force-app/**',
  'package-lock.json',
  'scripts/lib/checks/code-analyzer.ts',
]);
const cached = join(root, 'node_modules/.cache/code-analyzer', `${key}.json`);

async function violations(): Promise<readonly Violation[] | null> {
  if (existsSync(cached)) return JSON.parse(readFileSync(cached, 'utf8')) as readonly Violation[];
  const java = await installedJava(LEAST_JAVA);
  if (java === undefined) return null;
  const found = await analyze(root, 'force-app', java);
  mkdirSync(dirname(cached), { recursive: true });
  writeFileSync(cached, JSON.stringify(found));
  return found;
}

const found = await violations();
if (found === null) {
  console.error(
    `Salesforce Code Analyzer is left out: it needs Java ${LEAST_JAVA} or later (Debian: apt-get install default-jre-headless).`,
  );
  process.exitCode = process.env['CI'] === 'true' ? 1 : 0;
} else {
  const config = JSON.parse(
    readFileSync(join(root, 'config/code-analyzer.json'), 'utf8'),
  ) as unknown;
  const problems = verdictOn(found, suppressionShape.parse(config).suppressed);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
