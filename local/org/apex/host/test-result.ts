import type {
  CoverageWarning,
  RunTestsResult,
  TestedMethod,
} from '../../metadata/deploy/test-result.ts';
import type { Coverage, MethodResult, TestRun } from './tests.ts';

/** Id of a class, by its name. */
type IdOf = (className: string) => string;

const tested = ({ className, method, milliseconds }: MethodResult, idOf: IdOf): TestedMethod => ({
  id: idOf(className),
  methodName: method,
  name: className,
  namespace: null,
  seeAllData: false,
  time: milliseconds,
});

const coverageOf = ({ name, covered, uncovered }: Coverage, idOf: IdOf) => ({
  id: idOf(name),
  locationsNotCovered: uncovered.map((line) => ({ column: 0, line, numExecutions: 0, time: -1 })),
  name,
  namespace: null,
  numLocations: covered.length + uncovered.length,
  numLocationsNotCovered: uncovered.length,
  type: 'Class' as const,
});

export function runTestsResult(
  { results, coverage }: TestRun,
  idOf: IdOf,
  codeCoverageWarnings: readonly CoverageWarning[] = [],
): RunTestsResult {
  const failures = results.flatMap((one) =>
    one.failure === undefined
      ? []
      : [
          {
            ...tested(one, idOf),
            message: one.failure.message,
            stackTrace: one.failure.trace,
            packageName: one.className,
            type: 'Class' as const,
          },
        ],
  );
  return {
    codeCoverage: coverage.map((one) => coverageOf(one, idOf)),
    codeCoverageWarnings,
    failures,
    numFailures: failures.length,
    numTestsRun: results.length,
    successes: results.filter((one) => !one.failure).map((one) => tested(one, idOf)),
    totalTime: results.reduce((sum, one) => sum + one.milliseconds, 0),
  };
}
