import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** What vitest and jest write with `--reporter json`, as far as it is read here. */
export interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    /** Absolute path of the file. */
    readonly name: string;
    readonly status: string;
    /** Why the file itself could not run; empty when its tests failed. */
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

/** Characters of a failure's first line that are shown. */
const MESSAGE_LENGTH = 300;

/** @returns a line per failed test, or per file that failed outside its tests: file, test and what was wrong. */
export function failuresOf({ testResults }: TestReport, root: string): readonly string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((one) => one.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${file}: ${firstLine(message)}`];
    return failed.map(
      ({ fullName, failureMessages }) =>
        `${file} > ${fullName}: ${firstLine(failureMessages?.[0])}`,
    );
  });
}

/** Of a property that failed, fast-check says in the second line by which seed and path it is found again. */
function firstLine(message = ''): string {
  const [line = '', next = ''] = stripVTControlCharacters(message).trim().split('\n', 2);
  if (line === '') return 'no message';
  const isFoundBy = /^\{ seed: /.test(next.trim());
  return (isFoundBy ? `${line} ${next.trim()}` : line).slice(0, MESSAGE_LENGTH);
}
