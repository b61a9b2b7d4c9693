import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOrg, type Org } from '../../org.ts';
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { deployFiles, failuresOf, file } from '../../metadata/test/packages.ts';
import { packageOf, projectSource } from '../../metadata/test/project.ts';
import { SfSandbox } from '../../metadata/test/sf-cli.ts';
import { statement } from './statement.ts';

/** A loaded machine takes long to start the CLI. */
const slow = 240_000;
const project = packageOf(projectSource());
let org: Org;
let sf: SfSandbox;

beforeAll(async () => {
  org = createOrg({ features: { translations: true } });
  const url = await org.listen(0);
  sf = await SfSandbox.create();
  const login = ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt'];
  const { exitCode } = await sf.run([...login, '--alias', 'local'], {
    SF_ACCESS_TOKEN: org.adminToken,
  });
  expect(exitCode).toBe(0);
  expect(failuresOf(deployFiles(org.data, project))).toEqual([]);
});

afterAll(async () => {
  await org.close();
  await sf.remove();
});

/** The lines of the project's files, by path and number. */
async function sourceLines(): Promise<ReadonlyMap<string, string>> {
  const paths = globSync(['force-app/**/*.*', 'config/**/*.*'], { cwd: sf.project });
  const lines = new Map<string, string>();
  for (const path of paths.sort()) {
    const text = await readFile(join(sf.project, path), 'utf8');
    for (const [index, line] of text.split('\n').entries()) lines.set(`${path}:${index}`, line);
  }
  return lines;
}

/** What differs from before, in both directions, as `file name: line`. */
async function changesSince(before: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const now = await sourceLines();
  return [...new Set([...before.keys(), ...now.keys()])]
    .filter((place) => before.get(place) !== now.get(place))
    .map((place) => `${basename(place).replace(/:\d+$/, '')}: ${now.get(place)?.trim() ?? 'gone'}`);
}

statement(
  '`sf project retrieve start` changes no byte of what was deployed, apart from what `replacements` have filled in; after an edit in the org the edited line alone differs.',
  async () => {
    const before = await sourceLines();
    const flow = join(sf.project, 'force-app/main/default/flows/Woo_Product_Images.flow-meta.xml');
    await writeFile(flow, (await readFile(flow, 'utf8')).replace(/<status>\w+/, '<status>Draft'));
    const all = await sf.run([
      'project',
      'retrieve',
      'start',
      '-d',
      'force-app',
      '-d',
      'config/org',
    ]);
    expect([all.exitCode, all.message]).toEqual([0, undefined]);
    const user = '<integrationUser>woo-sync@local-org.example</integrationUser>';
    const filledIn = ['Product2', 'Woo_Command__c', 'Woo_Sync_Issue__c'].map(
      (object) => `${object}.workflow-meta.xml: ${user}`,
    );
    expect(await changesSince(before)).toEqual(filledIn);

    const record = 'customMetadata/Woo_Mapping.Order.md';
    const label = '<label>Orders of the admin</label>';
    const edited = (project[record] ?? '').replace(/<label>[^<]*<\/label>/, label);
    expect(failuresOf(deployFiles(org.data, { [record]: edited }))).toEqual([]);
    const { exitCode, message } = await sf.run([
      'project',
      'retrieve',
      'start',
      '-m',
      'CustomMetadata',
    ]);
    expect([exitCode, message]).toEqual([0, undefined]);
    const line = `Woo_Mapping.Order.md-meta.xml: ${label}`;
    expect(await changesSince(before)).toEqual([line, ...filledIn]);
  },
  slow,
);

/** The parts of a deploy's report that these tests read. */
interface DeployReport {
  readonly id: string;
  readonly numberTestsTotal: number;
  readonly numberTestErrors: number;
  readonly details: {
    readonly runTestResult: {
      readonly codeCoverageWarnings: readonly { readonly name: string; readonly message: string }[];
    };
  };
}

statement(
  '`sf project deploy validate` runs all Apex tests; what it, or `sf project deploy start --dry-run`, has validated is deployed by `sf project deploy quick --job-id`, which runs none.',
  async () => {
    const source = ['-d', 'force-app', '-d', 'config/org'];
    const path = 'config/org/main/default/customMetadata/Woo_Mapping.Refund.md-meta.xml';
    const file = join(sf.project, path);
    const text = await readFile(file, 'utf8');
    const labelInOrg = (): unknown =>
      org.data.db.get("SELECT Label FROM Woo_Mapping__mdt WHERE DeveloperName = 'Refund'");
    const before = labelInOrg();
    const ways = [
      { label: 'Money back', way: ['start', '--dry-run'], tests: 0 },
      { label: 'Given back', way: ['validate'], tests: 20 },
    ];
    for (const { label, way, tests } of ways) {
      await writeFile(file, text.replace(/<label>[^<]*/, `<label>${label}`));
      const known = labelInOrg();
      const validated = await sf.run(['project', 'deploy', ...way, ...source]);
      expect([validated.exitCode, labelInOrg()]).toEqual([0, known]);
      const { id, numberTestsTotal } = validated.result as DeployReport;
      expect(numberTestsTotal).toBeGreaterThanOrEqual(tests);
      const { exitCode, message } = await sf.run(['project', 'deploy', 'quick', '--job-id', id]);
      expect([exitCode, message]).toEqual([0, undefined]);
      expect(labelInOrg()).toEqual({ Label: label });
    }
    expect(before).not.toEqual(labelInOrg());
  },
  slow,
);

statement(
  'A production deploy of this project passes with the tests that `npm run deploy` names, and is refused with Salesforce’s words when one is off the list.',
  async () => {
    const label = 'force-app/main/default/classes/WooMappings.cls';
    const file = join(sf.project, label);
    await writeFile(file, `${await readFile(file, 'utf8')}// another text\n`);
    const start = (tests: readonly string[]) =>
      sf.run([
        'project',
        'deploy',
        'start',
        '-d',
        'force-app',
        '-l',
        'RunSpecifiedTests',
        ...tests.flatMap((name) => ['-t', name]),
      ]);
    const content = (): string =>
      JSON.stringify(org.data.components().find(({ fullName }) => fullName === 'WooMappings'));
    const [all, few] = [
      ['WooGatewayTest', 'WooFlowsTest', 'WooMappingsTest'],
      ['WooGatewayTest', 'WooFlowsTest'],
    ];
    const refused = await start(few);
    const { details, numberTestErrors } = refused.result as DeployReport;
    expect([refused.exitCode, numberTestErrors]).toEqual([1, 0]);
    const warnings = [details.runTestResult.codeCoverageWarnings].flat();
    expect(warnings.map(({ name }) => name)).toContain('WooMappings');
    expect(warnings.find(({ name }) => name === 'WooMappings')?.message).toMatch(
      /^Test coverage of selected Apex Class is [1-6]?\d(\.\d+)?%, at least 75% test coverage is required$/,
    );
    expect(content()).not.toContain('another text');

    const passed = await start(all);
    expect([passed.exitCode, passed.message]).toEqual([0, undefined]);
    expect(content()).toContain('another text');
  },
  slow,
);

/** The parts of the report of `sf apex run test --json` that these tests read. */
interface TestReport {
  readonly summary: Readonly<Record<string, unknown>>;
  readonly tests: readonly {
    readonly FullName: string;
    readonly Outcome: string;
    readonly Message: string | null;
    readonly StackTrace: string | null;
  }[];
  readonly coverage?: {
    readonly coverage: readonly { readonly name: string; readonly coveredPercent: number }[];
  };
}

const failing = `@IsTest
private class FailingTest {
  @IsTest static void itPasses() { Assert.areEqual(2, 1 + 1); }
  @IsTest static void itFails() {
    Assert.areEqual('one', 'two', 'they differ');
  }
}`;

const classFile = (name: string, content: string) => ({
  [`classes/${name}.cls`]: content,
  [`classes/${name}.cls-meta.xml`]: file(
    'ApexClass',
    '<apiVersion>66.0</apiVersion><status>Active</status>',
  ),
});

statement.group(
  '`sf apex run test` runs the Apex tests of the org, at once with `--synchronous` or after the call, and `sf apex get test` tells what came of them and how much of each class they have covered.',
  () => {
    it(
      'at once, with the message and the place of what fails',
      async () => {
        expect(failuresOf(deployFiles(org.data, classFile('FailingTest', failing)))).toEqual([]);
        const { exitCode, result } = await sf.run([
          'apex',
          'run',
          'test',
          '--synchronous',
          '--class-names',
          'FailingTest',
        ]);
        const { summary, tests } = result as TestReport;
        expect(exitCode).toBe(100);
        expect(summary).toMatchObject({ outcome: 'Failed', testsRan: 2, passing: 1, failing: 1 });
        expect(tests.find((one) => one.Outcome === 'Fail')).toMatchObject({
          FullName: 'FailingTest.itFails',
          Message:
            'System.AssertException: Assertion Failed: they differ: Expected: one, Actual: two',
          StackTrace: 'Class.FailingTest.itFails: line 5, column 1',
        });
      },
      slow,
    );

    it(
      'after the call, and tells of it later',
      async () => {
        const started = await sf.run([
          'apex',
          'run',
          'test',
          '--code-coverage',
          '--tests',
          'WooGatewayTest',
          '--tests',
          'FailingTest.itPasses',
        ]);
        expect([started.exitCode, started.message]).toEqual([0, undefined]);
        const { testRunId } = started.result as { readonly testRunId: string };
        const folder = join(sf.project, 'results');
        const { result } = await sf.run([
          'apex',
          'get',
          'test',
          '--test-run-id',
          testRunId,
          '--code-coverage',
          '--output-dir',
          folder,
          '--result-format',
          'junit',
        ]);
        const { summary, tests, coverage } = result as TestReport;
        expect(summary).toMatchObject({ outcome: 'Passed', failing: 0, testRunId });
        expect(tests.map((one) => one.FullName)).toContain('FailingTest.itPasses');
        expect(tests.map((one) => one.FullName)).not.toContain('FailingTest.itFails');
        const store = coverage?.coverage.find(({ name }) => name === 'WooGatewayStore');
        expect(store?.coveredPercent).toBeGreaterThan(75);
        const junit = await readFile(join(folder, `test-result-${testRunId}-junit.xml`), 'utf8');
        expect(junit).toContain('<testcase name="itPasses" classname="FailingTest"');
      },
      slow,
    );

    it(
      'all of them, and waits until they have ended',
      async () => {
        const { exitCode, result } = await sf.run([
          'apex',
          'run',
          'test',
          '--test-level',
          'RunLocalTests',
          '--wait',
          '5',
          '--result-format',
          'human',
          '--code-coverage',
        ]);
        const { summary, tests } = result as TestReport;
        expect(exitCode).toBe(100);
        expect(tests.length).toBeGreaterThan(20);
        const failed = tests.filter((one) => one.Outcome !== 'Pass').map((one) => one.FullName);
        expect(failed).toEqual(['FailingTest.itFails']);
        expect(Number(String(summary['orgWideCoverage']).replace('%', ''))).toBeGreaterThan(90);
      },
      slow,
    );

    it(
      'none that there is not',
      async () => {
        const { exitCode, message } = await sf.run([
          'apex',
          'run',
          'test',
          '--class-names',
          'WooGateway',
        ]);
        expect(exitCode).toBe(1);
        expect(message).toContain(
          "This class name's value is invalid: WooGateway. Provide the name of an Apex class that has test methods.",
        );
      },
      slow,
    );
  },
);

statement(
  '`sf apex run` runs anonymous Apex of a file or of its input, and prints the debug log, the place of what does not compile, or the exception with its stack.',
  async () => {
    const file = join(sf.project, 'block.apex');
    const inOrg = (name: string): unknown =>
      org.data.db.get('SELECT Name FROM Account WHERE Name = ?', name);
    const run = async (code: string) => {
      await writeFile(file, code);
      return sf.run(['apex', 'run', '--file', file]);
    };
    const good = await run("insert new Account(Name = 'Told');\nSystem.debug('made & said');");
    expect(good).toMatchObject({ exitCode: 0, result: { success: true, compiled: true } });
    const { logs } = good.result as { readonly logs: string };
    expect(logs).toContain('|USER_DEBUG|[2]|DEBUG|made & said');
    expect(inOrg('Told')).toEqual({ Name: 'Told' });

    const bad = await run('Integer one = 1;\n  one = two;');
    expect(bad).toMatchObject({ exitCode: 1, name: 'executeCompileFailure' });
    expect(bad.message).toMatch(/Line 2 column 9 .*Variable does not exist: two/s);

    const thrown = await run("insert new Account(Name = 'Gone');\nInteger n = 1 / 0;");
    expect(thrown).toMatchObject({ exitCode: 1, name: 'executeRuntimeFailure' });
    expect(thrown.message).toContain('System.MathException: Divide by 0');
    expect(JSON.stringify(thrown)).toContain('AnonymousBlock: line 2, column 1');
    expect(inOrg('Gone')).toBeUndefined();

    const typed = await sf.run(['apex', 'run'], {}, "insert new Account(Name = 'Typed');\n");
    expect([typed.exitCode, typed.message]).toEqual([0, undefined]);
    expect(inOrg('Typed')).toEqual({ Name: 'Typed' });
  },
  slow,
);

statement(
  '`sf project delete source` and `--post-destructive-changes` delete what they name.',
  async () => {
    const has = (type: string, fullName: string): boolean =>
      org.data.components().some((one) => one.type === type && one.fullName === fullName);
    const kept = 'CustomMetadata:Woo_Mapping.Order';
    const refused = await sf.run(['project', 'delete', 'source', '-m', kept, '--no-prompt']);
    expect(refused.exitCode).toBe(1);
    expect(JSON.stringify(refused.result)).toContain('referenced elsewhere in salesforce.com');
    expect(has('CustomMetadata', 'Woo_Mapping.Order')).toBe(true);

    const [report = '', next = ''] = org.data
      .components()
      .filter((one) => one.type === 'Report')
      .map((one) => one.fullName);
    const deleted = await sf.run([
      'project',
      'delete',
      'source',
      '-m',
      `Report:${report}`,
      '--no-prompt',
    ]);
    expect([deleted.exitCode, deleted.message]).toEqual([0, undefined]);
    expect([has('Report', report), has('Report', next)]).toEqual([false, true]);

    const list = (types: string): string =>
      `<Package xmlns="http://soap.sforce.com/2006/04/metadata">${types}<version>66.0</version></Package>`;
    const gone = `<types><members>${next}</members><name>Report</name></types>`;
    await writeFile(join(sf.project, 'none.xml'), list(''));
    await writeFile(join(sf.project, 'gone.xml'), list(gone));
    const post = await sf.run([
      'project',
      'deploy',
      'start',
      '--manifest',
      'none.xml',
      '--post-destructive-changes',
      'gone.xml',
    ]);
    expect([post.exitCode, post.message]).toEqual([0, undefined]);
    expect(has('Report', next)).toBe(false);
  },
  slow,
);
