/** `npm test`: lint, format, types and all tests; the last line counts them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './lib/sf.ts';

interface Count {
  passed: number;
  failed: number;
}

function step(title: string, command: string, args: readonly string[]): boolean {
  console.log(`\n== ${title}: ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) console.error(error.message);
  return status === 0;
}

/** Checks of one core each, at the same time; what they say is shown one after the other. */
function checks(scripts: readonly string[]): Promise<Count[]> {
  console.log(`\n== Checks: npm run ${scripts.join(', ')}`);
  return Promise.all(
    scripts.map(async (script) => {
      const { code, stdout, stderr } = await run('npm', ['run', '--silent', script]);
      console.log(`${stdout}${stderr}${script}: ${code === 0 ? 'nothing is wrong' : 'failed'}`);
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
    }),
  );
}

function tests(title: string, project: string, reports: string): Count {
  const file = join(reports, `${project}.json`);
  const ok = step(title, 'vitest', [
    ...['run', '--project', project, '--reporter', 'default'],
    ...['--reporter', 'json', '--outputFile', file],
  ]);
  return counted(`vitest for ${project}`, file, ok);
}

/** vitest and jest write the same report; a run that ends without one, or without a test, has failed. */
function counted(what: string, file: string, ok: boolean): Count {
  try {
    const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(
      readFileSync(file, 'utf8'),
    ) as { numPassedTests: number; numFailedTests: number };
    return { passed, failed: ok && passed > 0 ? failed : Math.max(1, failed) };
  } catch {
    console.error(`No report was left by ${what}`);
    return { passed: 0, failed: 1 };
  }
}

/** Unit tests of the Lightning components, from jest's own report. */
function componentTests(reports: string): Count {
  const file = join(reports, 'lwc.json');
  const ok = step('Component tests', 'sfdx-lwc-jest', ['--', '--json', '--outputFile', file]);
  return counted('sfdx-lwc-jest', file, ok);
}

// Dozens of processes load the same modules: compiled once for all of them.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../node_modules/.cache/node');

const reports = mkdtempSync(join(tmpdir(), 'woo-salesforce-test-'));
try {
  const counts = [
    ...(await checks([
      'lint:js',
      'lint:imports',
      'lint:apex',
      'lint:slds',
      'lint:analyzer',
      'format:check',
      'typecheck',
    ])),
    tests('Unit tests', 'unit', reports),
    componentTests(reports),
    tests('Contract tests', 'contract', reports),
    tests('End-to-end tests', 'e2e', reports),
  ];
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  process.exitCode = failed === 0 ? 0 : 1;
  console.log(`\n${passed} passed, ${failed} failed`);
} finally {
  rmSync(reports, { recursive: true, force: true });
}
