import { isRecord } from '../api/call.ts';
import { ApiError } from '../model/errors.ts';
import type { Chosen } from '../apex/host/tests.ts';

/** A run of tests as a call asks for it. */
export interface AskedTests {
  /** Undefined where all tests of the org are to run. */
  readonly tests: readonly Chosen[] | undefined;
  readonly skipsCoverage: boolean;
}

const ALL = new Set(['RunLocalTests', 'RunAllTestsInOrg']);

const KNOWN = new Set([
  'tests',
  'testLevel',
  'skipCodeCoverage',
  'maxFailedTests',
  'category',
  'classNames',
  'classids',
]);

const invalid = (message: string): ApiError => new ApiError(400, 'INVALID_INPUT', message);

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** `A, B` */
const listed = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '')
    : [];

function testOf(value: unknown, nameOf: (id: string) => string): Chosen {
  if (!isRecord(value)) throw invalid('A test is an object with className or classId.');
  const { className, classId, testMethods } = value;
  if (typeof className !== 'string' && typeof classId !== 'string') {
    throw invalid('A test is an object with className or classId.');
  }
  return {
    className: typeof className === 'string' ? className : nameOf(String(classId)),
    ...(Array.isArray(testMethods) ? { methods: testMethods.map(String) } : {}),
  };
}

function requireKnown(body: Readonly<Record<string, unknown>>): void {
  const { category, maxFailedTests } = body;
  const stranger = Object.keys(body).find((key) => !KNOWN.has(key) && !isEmpty(body[key]));
  const isOther = Array.isArray(category) && category.some((one) => one !== 'Apex');
  if (stranger === undefined && !isOther && (isEmpty(maxFailedTests) || maxFailedTests === -1)) {
    return;
  }
  const what = stranger ?? (isOther ? 'other categories of tests than Apex' : 'maxFailedTests');
  throw new ApiError(
    501,
    'NOT_EMULATED',
    `NOT_EMULATED: the local org runs tests without ${what}.`,
  );
}

/**
 * What the body of a call asks for.
 * @param nameOf a class, by its id
 * @throws ApiError
 */
export function readAskedTests(body: unknown, nameOf: (id: string) => string): AskedTests {
  if (!isRecord(body)) throw invalid('The body must be a JSON object.');
  requireKnown(body);
  const { tests, testLevel, classNames, classids, skipCodeCoverage } = body;
  const skipsCoverage = skipCodeCoverage === true;
  const named: readonly Chosen[] = [
    ...(Array.isArray(tests) ? tests.map((one) => testOf(one, nameOf)) : []),
    ...listed(classNames).map((className) => ({ className })),
    ...listed(classids).map((id) => ({ className: nameOf(id) })),
  ];
  if (named.length > 0) return { tests: named, skipsCoverage };
  if (ALL.has(String(testLevel))) return { tests: undefined, skipsCoverage };
  throw invalid('Always provide a classes, suites, tests, or testLevel property.');
}
