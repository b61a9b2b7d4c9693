import { expect, it } from 'vitest';
import { failuresOf, type TestReport } from './test-report.ts';

const passed = { status: 'passed', fullName: 'a test that passes', failureMessages: [] };

const report = (...testResults: TestReport['testResults']): TestReport => ({
  numPassedTests: 1,
  numFailedTests: 1,
  testResults,
});

it('names a test that failed with the first line of what was wrong, without colours', () => {
  const message = '\u001b[31mAssertionError\u001b[39m: expected 1 to be 2\n    at file.ts:1';
  const failed = { status: 'failed', fullName: 'orders arrive', failureMessages: [message] };
  const file = { name: '/project/test/a.test.ts', status: 'failed' };
  expect(
    failuresOf(report({ ...file, assertionResults: [passed, failed] }), '/project'),
  ).toStrictEqual(['test/a.test.ts > orders arrive: AssertionError: expected 1 to be 2']);
});

it('says by which seed and path a property is found to fail again', () => {
  const found = '{ seed: -1819918769, path: "12:3", endOnFailure: true }';
  const message = `Error: Property failed after 13 tests\n${found}\nCounterexample: [[]]`;
  const failed = { status: 'failed', fullName: 'converges', failureMessages: [message] };
  const file = { name: '/project/a.test.ts', status: 'failed', assertionResults: [failed] };
  expect(failuresOf(report(file), '/project')).toStrictEqual([
    `a.test.ts > converges: Error: Property failed after 13 tests ${found}`,
  ]);
});

it('names a file that failed outside its tests', () => {
  const file = { name: '/project/a.test.ts', status: 'failed', assertionResults: [passed] };
  expect(failuresOf(report({ ...file, message: 'Cannot find module' }), '/project')).toStrictEqual([
    'a.test.ts: Cannot find module',
  ]);
  expect(failuresOf(report(file), '/project')).toStrictEqual(['a.test.ts: no message']);
});

it('says nothing where all passed', () => {
  const file = { name: '/project/a.test.ts', status: 'passed', assertionResults: [passed] };
  expect(failuresOf(report(file), '/project')).toStrictEqual([]);
});
