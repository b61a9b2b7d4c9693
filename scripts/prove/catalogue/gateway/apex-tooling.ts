import type { Assumption } from '../../model/assumption.ts';
import { asks, isJson } from '../../model/exchange.ts';
import { verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';

/** Code of a probe, as the Tooling API is asked to run it. */
const running = (anonymousBody: string): string =>
  `tooling/executeAnonymous/?${new URLSearchParams({ anonymousBody }).toString()}`;

const DIVIDES = 'Integer nothing = 0; Integer woo = 7 / nothing;';
const UNKNOWN = '\n  Integer woo = nowhereAtAll;';
const HOLDS =
  "List<String> held = new List<String>(); for (Integer i = 0; i < 1000; i++) { held.add('x'.repeat(1000) + i); } Integer size = Limits.getHeapSize();";

/** What the Tooling API says of code and of tests, as its texts and shapes are remembered. */
export const APEX_TOOLING: readonly Assumption[] = [
  {
    id: 'anonymous-exception',
    statement:
      'Anonymous Apex that throws is told with HTTP 200, `compiled` true, `success` false, `exceptionMessage` of type and text, `exceptionStackTrace` `AnonymousBlock: line 1, column 1`, and the line',
    places: ['local/org/tooling/anonymous.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const { status, body } = await org.call('GET', running(DIVIDES));
      const said = [
        status,
        ...['compiled', 'success', 'line', 'exceptionMessage', 'exceptionStackTrace'].map((name) =>
          member(body, name),
        ),
      ];
      const wanted = [
        200,
        true,
        false,
        1,
        'System.MathException: Divide by 0',
        'AnonymousBlock: line 1, column 1',
      ];
      return verdict(JSON.stringify(said) === JSON.stringify(wanted), said);
    },
    deviation: {
      says: 'the trace names no block',
      change: (exchange) => {
        if (asks(exchange, DIVIDES) && isJson(exchange.body))
          exchange.body['exceptionStackTrace'] = '(anonymous): line 1';
      },
    },
  },
  {
    id: 'anonymous-compile-problem',
    statement:
      'Anonymous Apex that does not compile is told with HTTP 200, `compileProblem` `Variable does not exist: …`, its line from 1, its column from 1, and nothing of an exception',
    places: ['local/org/tooling/anonymous.ts', 'local/org/apex/runtime/compile'],
    calls: 1,
    probe: async ({ org }) => {
      const { status, body } = await org.call('GET', running(UNKNOWN));
      const said = [
        status,
        ...['compiled', 'line', 'column', 'compileProblem', 'exceptionMessage'].map((name) =>
          member(body, name),
        ),
      ];
      const wanted = [200, false, 2, 17, 'Variable does not exist: nowhereAtAll', null];
      return verdict(JSON.stringify(said) === JSON.stringify(wanted), said);
    },
    deviation: {
      says: 'columns count from 0',
      change: (exchange) => {
        if (asks(exchange, 'nowhereAtAll') && isJson(exchange.body)) exchange.body['column'] = 16;
      },
    },
  },
  {
    id: 'unknown-test-class',
    statement:
      'A run of tests that names a class which is not there is refused with HTTP 400, `INVALID_INPUT`, and begins nothing',
    places: ['local/org/tooling/tooling.ts', 'local/org/apex/host/chosen-tests.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const tests = [{ className: 'WooNowhereTest' }];
      const { status, body } = await org.call('POST', 'tooling/runTestsAsynchronous', { tests });
      const [first] = Array.isArray(body) ? (body as unknown[]) : [body];
      return verdict(status === 400 && member(first, 'errorCode') === 'INVALID_INPUT', [
        status,
        body,
      ]);
    },
    deviation: {
      says: 'an empty run begins',
      change: (exchange) => {
        if (asks(exchange, 'WooNowhereTest'))
          Object.assign(exchange, { status: 200, body: '707000000000001' });
      },
    },
  },
  {
    id: 'heap-size',
    statement:
      '`Limits.getHeapSize()` tells of a thousand texts of a thousand characters in a list between 0.9 and 1.4 MB: a byte for a character, and little for its place',
    places: ['local/org/apex/runtime/values/size.ts', 'local/org/apex/runtime/run/heap.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const { value } = await org.apex(HOLDS, 'size');
      return verdict(typeof value === 'number' && value > 900_000 && value < 1_400_000, value);
    },
    deviation: {
      says: 'a character takes two bytes',
      change: (exchange) => {
        if (asks(exchange, 'Integer size = Limits.getHeapSize()') && isJson(exchange.body)) {
          const said = String(exchange.body['exceptionMessage']);
          exchange.body['exceptionMessage'] = said.replace(/\d+$/, '2010000');
        }
      },
    },
  },
  {
    id: 'test-run-rows',
    statement:
      'Rows of a run of tests: ApexTestRunResult has `Source` SFDX, `JobName` TestRunner, counts of classes and methods and the times of beginning and end; ApexTestQueueItem `ExtendedStatus` “(passed/all)” and Failed only where the class did not run; ApexTestResult `RunTime` in milliseconds; they are kept for 30 days, and a run that is broken off is Aborted',
    places: [
      'local/org/tooling/objects.ts',
      'local/org/tooling/test-runs.ts',
      'local/org/tooling/rows.ts',
    ],
    person:
      'Run `sf apex run test --class-names WooMappingsTest`, abort another run in Setup › Apex Test Execution, and query all fields of the three objects with `sf data query --use-tooling-api`.',
  },
  {
    id: 'coverage-rows',
    statement:
      'ApexCodeCoverage has a row for each test method and class, `Coverage` as an object of `coveredLines` and `uncoveredLines`; ApexCodeCoverageAggregate one for each class that was covered, without those of no line; `PercentCovered` of ApexOrgWideCoverage is rounded down; coverage of a class is gone once another text of it is deployed',
    places: ['local/org/tooling/coverage.ts'],
    person:
      'Run `sf apex run test --code-coverage`, query the three objects with `sf data query --use-tooling-api`, deploy a class with another comment, and query again.',
  },
  {
    id: 'test-result-topic',
    statement:
      'The topic `/systemTopic/TestResult` tells of each class of a run that has ended, and of the end of the run, by `sobject.Id`, the id of the job',
    places: ['local/org/http/streaming.ts'],
    person:
      'Run `sf apex run test --class-names WooMappingsTest --wait 5` with `DEBUG=*` and read the messages of CometD.',
  },
];
