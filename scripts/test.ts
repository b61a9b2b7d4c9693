/**
 * `npm test`: lint, format, types and all tests but the long ones. `npm run test:long`: those that
 * vitest.config.ts names as long, and the short benchmark. The last line of each counts, and before it stands a line for each failure.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './lib/sf.ts';
import { failuresOf, type TestReport } from './lib/test-report.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
  /** A line for each of those that failed, as far as they have names. */
  readonly failures: readonly string[];
}

/** What is counted by itself. */
type Step = () => Promise<Count>;

const TITLE_WIDTH = 'lint:analyzer'.length;

/** Shows what a command prints, with its title before each line: others run at the same time. @returns whether it passed */
async function shown(title: string, command: string, args: readonly string[]): Promise<boolean> {
  const began = Date.now();
  const say = (line: string): void => {
    console.log(`${title.padEnd(TITLE_WIDTH)} | ${line}`);
  };
  say([command, ...args].join(' '));
  const { code } = await run(command, args, { onLine: say });
  const seconds = Math.round((Date.now() - began) / 1000);
  say(`${code === 0 ? 'nothing is wrong' : 'FAILED'}, after ${seconds} s`);
  return code === 0;
}

const check =
  (script: string, ...args: readonly string[]): Step =>
  async () => {
    const passed = await shown(script, 'npm', ['run', '--silent', script, '--', ...args]);
    return passed
      ? { passed: 1, failed: 0, failures: [] }
      : { passed: 0, failed: 1, failures: [script] };
  };

/** vitest and jest write the same report; a run that ends without one, or without a test, has failed. */
function counted(what: string, file: string, ok: boolean): Count {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as TestReport;
    const { numPassedTests: passed, numFailedTests: failed } = report;
    const failures = failuresOf(report, root);
    if (ok && passed > 0) return { passed, failed, failures };
    return { passed, failed: Math.max(1, failed), failures: [what, ...failures] };
  } catch {
    console.error(`No report was left by ${what}`);
    return { passed: 0, failed: 1, failures: [`${what}: no report`] };
  }
}

const tests =
  (project: string): Step =>
  async () => {
    const file = join(reports, `${project}.json`);
    const ok = await shown(project, 'vitest', [
      'run',
      '--project',
      project,
      '--reporter',
      'default',
      '--reporter',
      'json',
      '--outputFile',
      file,
    ]);
    return counted(`vitest for ${project}`, file, ok);
  };

/** Unit tests of the Lightning components, from jest's own report. */
const componentTests: Step = async () => {
  const file = join(reports, 'lwc.json');
  const args = ['--', '--json', '--outputFile', file];
  return counted('sfdx-lwc-jest', file, await shown('lwc', 'sfdx-lwc-jest', args));
};

/** One after the other. */
async function lane(steps: readonly Step[]): Promise<readonly Count[]> {
  const counts: Count[] = [];
  for (const step of steps) counts.push(await step());
  return counts;
}

/**
 * Lanes run at the same time. End-to-end tests wait much of their time, in which the others have the cores; among
 * those, checks of one core each come two at a time.
 */
const SHORT: readonly (readonly Step[])[] = [
  [tests('e2e')],
  [check('lint:ts'), tests('unit')],
  [
    check('lint:js'),
    check('format:check'),
    check('lint:analyzer'),
    check('lint:imports'),
    check('lint:exports'),
    check('lint:apex'),
    check('lint:slds'),
    componentTests,
    tests('contract'),
  ],
];
/** What is counted is the same on a busy machine, but for what waits for company: the benchmark has it to itself. */
const LONG: readonly (readonly Step[])[] = [[tests('long'), check('bench', '--short')]];

// Dozens of processes load the same modules: compiled once for all of them.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../node_modules/.cache/node');

const reports = mkdtempSync(join(tmpdir(), 'woo-salesforce-test-'));
try {
  const lanes = process.argv[2] === 'long' ? LONG : SHORT;
  const counts = (await Promise.all(lanes.map(lane))).flat();
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  for (const line of counts.flatMap(({ failures }) => failures)) console.log(`Failed: ${line}`);
  console.log(`\n${passed} passed, ${failed} failed`);
} finally {
  rmSync(reports, { recursive: true, force: true });
}
