import type { Deployer } from '../plan/target.ts';
import type { Plan } from '../plan/plan.ts';
import type { DeployOptions } from './result.ts';
import type { CoverageWarning, RunTestsResult } from './test-result.ts';

/** Runs the Apex tests of the org as it is now. */
export interface ApexTests {
  /** Classes that have tests. */
  names(): readonly string[];
  /** @throws UnknownTest */
  run(classes: readonly string[], by: Deployer): RunTestsResult;
}

/** Tests that there are not: none is run. */
export class UnknownTest extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnknownTest';
  }
}

/** What Salesforce wants of each class, and of all of them. */
const LEAST_PERCENT = 75;

/** Test levels that run all tests of the org. */
const ALL = new Set(['RunLocalTests', 'RunAllTestsInOrg']);

const isNamed = ({ runTests, testLevel }: DeployOptions): boolean =>
  runTests.length > 0 || testLevel === 'RunSpecifiedTests';

/** Why a deploy does not begin: it names no tests, or asks for what is not emulated. */
export function testRefusal(options: DeployOptions): { message: string; code: string } | undefined {
  const { runTests, testLevel } = options;
  if (testLevel === 'RunRelevantTests') {
    return {
      code: 'NOT_EMULATED',
      message:
        'NOT_EMULATED: the local org does not find out which tests are relevant. Name them with RunSpecifiedTests, or run all with RunLocalTests.',
    };
  }
  if (testLevel !== 'RunSpecifiedTests' || runTests.length > 0) return undefined;
  return { code: 'INVALID_OPERATION', message: 'RunSpecifiedTests needs the names of the tests.' };
}

/** Lines of a class, or of several, that tests have run. */
interface Counted {
  readonly numLocations: number;
  readonly numLocationsNotCovered: number;
}

function percentOf(counted: readonly Counted[]): number {
  const all = counted.reduce((sum, one) => sum + one.numLocations, 0);
  const missed = counted.reduce((sum, one) => sum + one.numLocationsNotCovered, 0);
  return all === 0 ? 100 : (100 * (all - missed)) / all;
}

/** Of named tests each class of the deploy is to be covered by itself. */
function thinClasses(
  { codeCoverage }: RunTestsResult,
  deployed: ReadonlySet<string>,
): readonly CoverageWarning[] {
  return codeCoverage.flatMap((one) => {
    const percent = percentOf([one]);
    if (!deployed.has(one.name) || percent >= LEAST_PERCENT) return [];
    const said = Number(percent.toFixed(3));
    const message = `Test coverage of selected Apex Class is ${said}%, at least ${LEAST_PERCENT}% test coverage is required`;
    return [{ id: one.id, message, name: one.name, namespace: null }];
  });
}

function thinOrg({ codeCoverage }: RunTestsResult): readonly CoverageWarning[] {
  const percent = percentOf(codeCoverage);
  if (percent >= LEAST_PERCENT) return [];
  const message = `Average test coverage across all Apex Classes and Triggers is ${Math.floor(percent)}%, at least ${LEAST_PERCENT}% test coverage is required.`;
  return [{ id: null, message, name: null, namespace: null }];
}

/**
 * Runs the tests that a deploy asks for, once all of it is written.
 * @returns undefined where it asks for none
 * @throws UnknownTest
 */
export function runDeployTests(
  options: DeployOptions,
  plan: Plan,
  tests: ApexTests,
  by: Deployer,
): RunTestsResult | undefined {
  const named = isNamed(options);
  if (!named && !ALL.has(options.testLevel)) return undefined;
  const run = tests.run(named ? options.runTests : tests.names(), by);
  const deployed = new Set(plan.draftsOf('ApexClass').map(({ fullName }) => fullName));
  return { ...run, codeCoverageWarnings: named ? thinClasses(run, deployed) : thinOrg(run) };
}
