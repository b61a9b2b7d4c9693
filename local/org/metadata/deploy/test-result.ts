/** A line that no test has run. */
interface Location {
  readonly column: number;
  readonly line: number;
  readonly numExecutions: number;
  readonly time: number;
}

export interface TestedMethod {
  readonly id: string;
  readonly methodName: string;
  readonly name: string;
  readonly namespace: null;
  readonly seeAllData: boolean;
  /** Milliseconds. */
  readonly time: number;
}

interface FailedTest extends TestedMethod {
  readonly message: string;
  readonly packageName: string;
  readonly stackTrace: string;
  readonly type: 'Class';
}

export interface CoverageWarning {
  readonly id: string | null;
  readonly message: string;
  /** Of the class; null where it is about all of them. */
  readonly name: string | null;
  readonly namespace: null;
}

/** What came of tests, as the APIs tell it. */
export interface RunTestsResult {
  readonly codeCoverage: readonly {
    readonly id: string;
    readonly locationsNotCovered: readonly Location[];
    readonly name: string;
    readonly namespace: null;
    readonly numLocations: number;
    readonly numLocationsNotCovered: number;
    readonly type: 'Class';
  }[];
  readonly codeCoverageWarnings: readonly CoverageWarning[];
  readonly failures: readonly FailedTest[];
  readonly numFailures: number;
  readonly numTestsRun: number;
  readonly successes: readonly TestedMethod[];
  readonly totalTime: number;
}

/** Whether a deploy may keep what these tests were run for. */
export const areTestsSound = (run: RunTestsResult | undefined): boolean =>
  run === undefined || (run.numFailures === 0 && run.codeCoverageWarnings.length === 0);
